/** Draws a pile of drops: one for each answer, fresh ones in another colour, and open ones for those who are writing. */

import { el, measuringConditions } from '../../shared/dom.js'
import { Drops } from './drops.js'
import { pileLayout } from './pile_layout.js'

/** The pile is decoration: what it shows is told in words beside it. */
export class Pile {
  #filled = new Drops()
  #open = new Drops('drop open')
  #hint = el('p', { class: 'hint', hidden: '' })
  #layout = /** @type {import('./pile_layout.js').PileLayout | null} */ (null)
  #drawn = ''
  #hintWidth = 0
  root = el('div', { class: 'pile' }, el('div', { 'aria-hidden': 'true' }, this.#filled.root, this.#open.root), this.#hint)

  /** How many answers one drop stands for. */
  get worth() {
    return this.#layout?.worth ?? 1
  }

  /**
   * Show *n* answers, and that *typing* people write; *hint* says so in words. With *grows* false no more will come.
   *
   * @param {{n: number, typing?: number, hint?: (Node | string)[], grows?: boolean}} of
   */
  show({ n, typing = 0, hint = [], grows = true }) {
    const { clientWidth: width, clientHeight: height } = this.root
    const conditions = `${width} ${height} ${measuringConditions()}`
    if (!width || this.#drawn === `${conditions} ${n} ${typing}`) return
    const resized = !this.#drawn.startsWith(`${conditions} `)
    this.#drawn = `${conditions} ${n} ${typing}`
    this.#hint.replaceChildren(...(typing ? hint : []))
    this.#hint.hidden = !typing
    const em = parseFloat(getComputedStyle(this.root).fontSize)
    if (typing) this.#hintWidth = Math.max(resized ? 0 : this.#hintWidth, this.#hint.offsetWidth)
    const before = this.#layout
    this.#layout = pileLayout({ n, typing, width, height, em, hintWidth: this.#hintWidth, grows, before: resized ? null : before })
    const { size, worth, drops, open, hint: place } = this.#layout
    this.#filled.show(drops, { size, landing: before?.worth === worth })
    this.#open.show(open, { size, landing: false })
    this.#hint.style.translate = `${place.x.toFixed(1)}px ${place.y.toFixed(1)}px`
    this.#hint.style.lineHeight = `${size.toFixed(1)}px`
  }

  stop() {
    this.#filled.stop()
  }
}
