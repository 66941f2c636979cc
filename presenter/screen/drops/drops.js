/** Draws drops at given spots. Those that are added may land: they fall into their place, and are in another colour for two seconds. */

import { el } from '../../shared/dom.js'

const FRESH_MS = 2000
const LANDING_MS = 250 // all that come with one view land within this time
const STAGGER_MS = 20

/** @typedef {import('./pile_layout.js').Spot} Spot */

export class Drops {
  #look
  #size = ''
  #spots = /** @type {Spot[]} */ ([])
  #timers = /** @type {Set<ReturnType<typeof setTimeout>>} */ (new Set())
  root = el('div', { class: 'drops' })

  /** @param {string} look class of each drop */
  constructor(look = 'drop') {
    this.#look = look
  }

  /**
   * A drop of *size* px at each of *spots*. Of more than before, the last are new; of fewer, the last go.
   *
   * @param {Spot[]} spots
   * @param {{size: number, landing: boolean}} how
   */
  show(spots, { size, landing }) {
    const fontSize = `${size.toFixed(1)}px`
    if (fontSize !== this.#size) this.root.style.fontSize = this.#size = fontSize
    const known = this.root.children.length
    const added = spots.slice(known).map(() => el('i', { class: this.#look }))
    for (const drop of [...this.root.children].slice(spots.length)) drop.remove()
    this.root.append(...added)
    for (const [index, drop] of [...this.root.children].entries()) this.#place(drop, spots[index], this.#spots[index])
    this.#spots = spots
    if (landing) this.#land(added)
  }

  stop() {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  /**
   * @param {PageElement} drop
   * @param {Spot} spot
   * @param {Spot | undefined} before
   */
  #place(drop, spot, before) {
    if (before && before.x === spot.x && before.y === spot.y && drop.style.translate) return
    drop.style.translate = `${spot.x.toFixed(1)}px ${spot.y.toFixed(1)}px`
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
