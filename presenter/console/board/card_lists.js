/** Draws the lists of cards: those without a theme, and those of each open theme. */

import { fill } from '../../shared/dom.js'
import { PAGE_SIZE } from './card_pages.js'
import { cardKey, drawCards } from './cards.js'
import { moreCards } from './moves.js'

export class CardLists {
  #t
  #pages
  #byMouse = false // whether the pointer used last was a mouse

  /**
   * *pages* is a `CardPages`; `redraw()` is called when the mouse has left a list in which places were kept empty.
   *
   * @param {{root: PageElement, t: Strings, pages: import('./card_pages.js').CardPages, redraw: () => void}} of
   */
  constructor({ root, t, pages, redraw }) {
    this.#t = t
    this.#pages = pages
    root.addEventListener('pointerover', ({ pointerType }) => (this.#byMouse = pointerType === 'mouse'))
    root.addEventListener('pointerout', ({ target, relatedTarget }) => {
      const list = target.closest('.cards')
      if (list?.querySelector('.gone') && !list.contains(/** @type {Node | null} */ (relatedTarget))) redraw()
    })
  }

  /**
   * Draw the cards of *theme* ('': of none) into *list*: the first ones, which come with the view, and those fetched.
   *
   * @param {PageElement} list
   * @param {string} theme
   * @param {Card[]} firstCards
   * @param {{themes: Theme[], leaving: Map<string, number>, language: string}} of
   */
  draw(list, theme, firstCards, { themes, leaving, language }) {
    const ids = new Set(firstCards.map(({ id }) => id))
    const cards = [...firstCards, ...this.#pages.of(theme).filter(({ id }) => !ids.has(id))]
    // Cards must not move under the mouse, or the wrong one would be pressed.
    const hovers = this.#byMouse && list.matches(':hover')
    const keepsPlace = (/** @type {PageElement} */ { dataset }) => hovers && !leaving.has(String(dataset.key))
    const shown = cards.filter(({ id }) => !leaving.has(cardKey(theme, id)))
    drawCards(list, shown, { theme, themes, language, t: this.#t, keepsPlace })
  }

  /**
   * The button below a list of *total* cards, of which *firstCount* came with the view.
   *
   * @param {PageElement} button
   * @param {string} theme
   * @param {number} total
   * @param {number} firstCount
   */
  drawMore(button, theme, total, firstCount) {
    const n = moreCards({ theme, total, shown: firstCount + this.#pages.of(theme).length, page: PAGE_SIZE })
    button.hidden = n === 0
    button.textContent = fill(theme ? this.#t.all : this.#t.more, { n })
  }
}
