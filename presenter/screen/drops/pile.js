/** Draws a pile of drops: one for each answer, fresh ones in another colour, and open ones for those who are writing. */

import { el, measuringConditions } from '../../shared/dom.js'
import { pileLayout } from './pile_layout.js'

const FRESH_MS = 2000
const LANDING_MS = 250 // all that come with one view land within this time
const STAGGER_MS = 20

/** @typedef {import('./pile_layout.js').PileLayout} PileLayout */
/** @typedef {import('./pile_layout.js').Spot} Spot */

/**
 * Bring the children of *parent* to their *spots*. Returns those that were added.
 *
 * @type {(parent: PageElement, spots: Spot[], look: string, moved: boolean) => PageElement[]}
 */
const placeDrops = (parent, spots, look, moved) => {
  const known = parent.children.length
  const added = spots.slice(known).map(() => el('i', { class: look }))
  for (const drop of [...parent.children].slice(spots.length)) drop.remove()
  parent.append(...added)
  for (const [index, drop] of [...parent.children].entries()) {
    if (moved || index >= known) drop.style.translate = `${spots[index].x.toFixed(1)}px ${spots[index].y.toFixed(1)}px`
  }
  return added
}

/** The pile is decoration: what it shows is told in words beside it. */
export class Pile {
  #filled = el('div', { class: 'drops' })
  #open = el('div', { class: 'drops' })
  #hint = el('p', { class: 'hint', hidden: '' })
  #layout = /** @type {PileLayout | null} */ (null)
  #drawn = ''
  #timers = /** @type {Set<ReturnType<typeof setTimeout>>} */ (new Set())
  #hintWidth = 0
  root = el('div', { class: 'pile' }, el('div', { 'aria-hidden': 'true' }, this.#filled, this.#open), this.#hint)

  /** How many answers one drop stands for. */
  get worth() {
    return this.#layout?.worth ?? 1
  }

  /**
   * Show *n* answers, and that *typing* people write; *hint* says so in words.
   *
   * @param {{n: number, typing: number, hint: (Node | string)[]}} of
   */
  show({ n, typing, hint }) {
    const { clientWidth: width, clientHeight: height } = this.root
    const conditions = `${width} ${height} ${measuringConditions()}`
    if (!width || this.#drawn === `${conditions} ${n} ${typing}`) return
    const resized = !this.#drawn.startsWith(`${conditions} `)
    this.#drawn = `${conditions} ${n} ${typing}`
    this.#hint.replaceChildren(...(typing ? hint : []))
    this.#hint.hidden = !typing
    const em = parseFloat(getComputedStyle(this.root).fontSize)
    if (typing) this.#hintWidth = Math.max(resized ? 0 : this.#hintWidth, this.#hint.offsetWidth)
    this.#place(pileLayout({ n, typing, width, height, em, hintWidth: this.#hintWidth, before: resized ? null : this.#layout }), resized)
  }

  stop() {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  /**
   * @param {PileLayout} layout
   * @param {boolean} resized
   */
  #place(layout, resized) {
    const before = this.#layout
    this.#layout = layout
    const moved = resized || before?.size !== layout.size || before.worth !== layout.worth
    if (moved) this.#filled.style.fontSize = this.#open.style.fontSize = `${layout.size.toFixed(1)}px`
    const added = placeDrops(this.#filled, layout.drops, 'drop', moved)
    placeDrops(this.#open, layout.open, 'drop open', true)
    this.#hint.style.translate = `${layout.hint.x.toFixed(1)}px ${layout.hint.y.toFixed(1)}px`
    this.#hint.style.lineHeight = `${layout.size.toFixed(1)}px`
    if (before && before.worth === layout.worth) this.#land(added)
  }

  /** @param {PageElement[]} drops */
  #land(drops) {
    if (!drops.length) return
    const stagger = Math.min(STAGGER_MS, LANDING_MS / drops.length)
    for (const [index, drop] of drops.entries()) {
      drop.style.animationDelay = `${(index * stagger).toFixed(0)}ms`
      drop.classList.add('fresh')
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      for (const drop of drops) drop.classList.remove('fresh')
    }, FRESH_MS)
    this.#timers.add(timer)
  }
}
