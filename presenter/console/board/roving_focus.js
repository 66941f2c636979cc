/** Which card of the board the next key is for. One is reached by Tab, the others by the arrows. */

import { nextOf } from './cards.js'

export class RovingFocus {
  current = null // a card's key
  #held = false // whether what had the focus last is on the board, or was until it left

  constructor(root) {
    this.root = root
    document.addEventListener('focusin', ({ target }) => {
      if (!target.closest('dialog')) this.#held = root.contains(target)
    })
    document.addEventListener('pointerdown', ({ target }) => {
      if (!root.contains(target)) this.#held = false
    })
  }

  /** Whether the focus is on the board, or belongs there: what had it has left, and nothing else has taken it. */
  get inside() {
    return this.root.contains(document.activeElement) || this.adrift
  }

  get adrift() {
    return this.#held && document.activeElement === document.body
  }

  cards() {
    return [...this.root.querySelectorAll('.card:not(.gone)')].filter((card) => card.offsetParent)
  }

  keys() {
    return this.cards().map(({ dataset }) => dataset.key)
  }

  draw() {
    const cards = this.cards()
    if (!cards.some(({ dataset }) => dataset.key === this.current)) this.current = cards[0]?.dataset.key ?? null
    for (const card of cards) card.querySelector('.face').tabIndex = card.dataset.key === this.current ? 0 : -1
  }

  focus(key) {
    this.current = key
    this.draw()
    this.root.querySelector(`.card[data-key="${this.current}"] .face`)?.focus()
  }

  /** *gone* leave: the focus goes to the next that stays, so that one key after the other sorts them all. */
  goOn(gone) {
    const next = nextOf(this.keys(), new Set(gone), this.current)
    if (this.inside) this.focus(next)
    else this.current = next
  }

  step(by) {
    const keys = this.keys()
    const at = keys.indexOf(this.current)
    this.focus(keys[Math.max(0, Math.min(keys.length - 1, at + by))])
  }

  /** Across: to the first card of the other side. */
  cross() {
    const here = document.activeElement.closest('.side')
    const there = this.cards().find((card) => card.closest('.side') !== here)
    if (there) this.focus(there.dataset.key)
  }
}
