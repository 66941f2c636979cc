/** What bars, scales and tables share: rows of different heights, divided into pages. */

import { rowPages } from './wall_pages.js'

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
   * Divide *rows* by their heights into pages of *room* px. Call it when all of them are in the document.
   *
   * @param {PageElement[]} rows
   * @param {number} room
   */
  paginate(rows, room) {
    this.rows = rows
    for (const row of rows) row.hidden = false
    this.#pages = rowPages(rows.map((row) => row.getBoundingClientRect().height), room)
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
