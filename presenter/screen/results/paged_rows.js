/** What bars, scales and tables share: rows of different heights, divided into pages. */

import { rowPages } from './wall_pages.js'

const MOST_OPTIONS = 6 // on a page: what a hall can compare

/**
 * How many of *n* options stand on a page, so that none has many more than another: 8 are 4 and 4. Pure.
 *
 * @type {(n: number) => number}
 */
export const optionsOnPage = (n) => Math.ceil(n / Math.max(1, Math.ceil(n / MOST_OPTIONS)))

export class PagedRows {
  rows = /** @type {PageElement[]} */ ([])
  #pages = /** @type {{from: number, to: number}[]} */ ([])
  #page = 0

  get pages() {
    return { at: this.#page, of: this.#pages.length }
  }

  /** @param {number} to */
  turn(to) {
    if (to < 0 || to >= this.#pages.length) return false
    this.#page = to
    this.#hide()
    return true
  }

  /**
   * Divide *rows* by their heights into pages of *room* px, at most *most* on each. Call it when all of them are in the
   * document.
   *
   * @param {PageElement[]} rows
   * @param {number} room
   */
  paginate(rows, room, most = Infinity) {
    this.rows = rows
    for (const row of rows) row.hidden = false
    this.#pages = rowPages(rows.map((row) => row.getBoundingClientRect().height), room, most)
    this.#page = Math.min(this.#page, Math.max(0, this.#pages.length - 1))
    this.#hide()
  }

  /**
   * The same rows in another order; as many are on each page as before.
   *
   * @param {PageElement[]} rows
   */
  refresh(rows) {
    this.rows = rows
    this.#hide()
  }

  #hide() {
    const page = this.#pages[this.#page] ?? { from: 0, to: Infinity }
    for (const [index, row] of this.rows.entries()) row.hidden = index < page.from || index >= page.to
  }
}

/**
 * The px between two rows of *list*.
 *
 * @type {(list: Element) => number}
 */
export const rowGap = (list) => parseFloat(getComputedStyle(list).rowGap) || 0
