/** Draws the people who are here as drops in rows, and their seats that are still open where it is known how many will come. */

import { el, measuringConditions } from '../../shared/dom.js'
import { Drops } from './drops.js'
import { hallLayout } from './hall_layout.js'

const STEPS = [24, 40, 60, 90, 120, 200, 320, 500, 800, 1200] // how many a hall has room for, when nobody knows how many will come

/**
 * For how many people a hall has room in which *n* are: for *expected*, or else for a step more than there are, so that
 * seldom somebody who comes makes all drops smaller. Pure.
 *
 * @type {(n: number, expected: number) => number}
 */
export const placesFor = (n, expected) => Math.max(n, expected || (STEPS.find((step) => step >= n) ?? 0))

/** It is decoration: who is here is told in words beside it. */
export class Hall {
  #open = new Drops('drop open seat')
  #taken = new Drops()
  #drawn = ''
  #worth = 0
  #places = 0
  root = el('div', { class: 'hall', 'aria-hidden': 'true' }, this.#open.root, this.#taken.root)

  /** How many people one drop stands for. */
  get worth() {
    return this.#worth || 1
  }

  /**
   * Show *n* people of those *expected*; 0 where that is not known.
   *
   * @param {number} n
   * @param {number} expected
   */
  show(n, expected) {
    const { clientWidth: width, clientHeight: height } = this.root
    const conditions = `${width} ${height} ${measuringConditions()}`
    if (!width || this.#drawn === `${conditions} ${n} ${expected}`) return
    const resized = !this.#drawn.startsWith(`${conditions} `)
    this.#drawn = `${conditions} ${n} ${expected}`
    this.#places = Math.max(resized || expected ? 0 : this.#places, placesFor(n, expected)) // who leaves makes no others larger
    const em = parseFloat(getComputedStyle(this.root).fontSize)
    const box = { places: this.#places, width, height, em }
    const { size, worth, seats } = hallLayout({ ...box, n })
    const landing = this.#worth === worth
    this.#worth = worth
    this.#open.show(hallLayout({ ...box, n: expected }).seats.slice(seats.length), { size, landing: false })
    this.#taken.show(seats, { size, landing })
  }

  stop() {
    this.#taken.stop()
  }
}
