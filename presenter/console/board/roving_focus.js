/** Roving focus on the board: Tab leads to one card, the arrow keys from there to the others (WAI-ARIA "roving tabindex"). */

import { nextCard } from './cards.js'

export class RovingFocus {
  current = /** @type {string | null} */ (null) // a card's key
  #hadFocus = false // whether the last element with the focus is, or was, on the board

  /** @param {PageElement} root */
  constructor(root) {
    this.root = root
    document.addEventListener('focusin', (event) => {
      const target = /** @type {PageElement} */ (event.target)
      if (!target.closest('dialog')) this.#hadFocus = root.contains(target)
    })
    document.addEventListener('pointerdown', (event) => {
      const target = /** @type {Node | null} */ (event.target)
      if (!root.contains(target)) this.#hadFocus = false
    })
  }

  /** Whether the focus is on the board, or belongs there because `focusLost`. */
  get inside() {
    return this.root.contains(document.activeElement) || this.focusLost
  }

  /** Whether the card with the focus was removed, and nothing else has taken the focus. */
  get focusLost() {
    return this.#hadFocus && document.activeElement === document.body
  }

  cards() {
    return [...this.root.querySelectorAll('.card:not(.gone)')].filter((card) => card.offsetParent)
  }

  keys() {
    return this.cards().map(({ dataset }) => String(dataset.key))
  }

  draw() {
    const cards = this.cards()
    if (!cards.some(({ dataset }) => dataset.key === this.current)) this.current = cards[0]?.dataset.key ?? null
    for (const card of cards) /** @type {PageElement} */ (card.querySelector('.face')).tabIndex = card.dataset.key === this.current ? 0 : -1
  }

  /** @param {string | null} key */
  focus(key) {
    this.current = key
    this.draw()
    this.root.querySelector(`.card[data-key="${this.current}"] .face`)?.focus()
  }

  /**
   * The cards *leaving* will be removed: the focus goes to the next one that stays, so that card after card can be sorted by keys alone.
   *
   * @param {string[]} leaving
   */
  moveOn(leaving) {
    const next = nextCard(this.keys(), new Set(leaving), this.current)
    if (this.inside) this.focus(next)
    else this.current = next
  }

  /** @param {number} by */
  step(by) {
    const keys = this.keys()
    const index = keys.indexOf(this.current ?? '')
    this.focus(keys[Math.max(0, Math.min(keys.length - 1, index + by))])
  }

  /** Move the focus to the first card of the other side. */
  switchSide() {
    const side = document.activeElement?.closest('.side')
    const card = this.cards().find((each) => each.closest('.side') !== side)
    if (card) this.focus(String(card.dataset.key))
  }
}
