/** The list of answers by keyboard: Tab leads to one row, the arrows to the others, L and H act on the row with the focus. */

import { letterKeysOn } from '../../shared/letter_keys.js'

/** What a key does to the row with the focus: the names of its buttons, the first that it has. @type {Record<string, string[]>} */
const LETTERS = { l: ['lift', 'unlift'], h: ['hold'] }

/**
 * Which row a key leads to, from row *index* of *n*; null where the key is another. Pure.
 *
 * @type {(key: string, index: number, n: number) => number | null}
 */
export const rowAfter = (key, index, n) => {
  if (key === 'ArrowDown') return Math.min(n - 1, index + 1)
  if (key === 'ArrowUp') return Math.max(0, index - 1)
  if (key === 'Home') return 0
  return key === 'End' ? n - 1 : null
}

export class RowFocus {
  #list
  #leave

  /**
   * `leave()` is called when Esc leaves the list.
   *
   * @param {PageElement} list
   * @param {() => unknown} leave
   */
  constructor(list, leave) {
    this.#list = list
    this.#leave = leave
    list.addEventListener('keydown', this.#onKey)
    list.addEventListener('focusin', () => this.draw())
    list.addEventListener('click', ({ target }) => {
      if (!target.closest('button')) target.closest('li')?.focus()
    })
  }

  /** Only one row is a stop of the Tab key: the one with the focus, else the first. */
  draw() {
    const rows = /** @type {PageElement[]} */ ([...this.#list.children])
    const current = rows.find((row) => row.contains(document.activeElement)) ?? rows.find(({ tabIndex }) => tabIndex === 0) ?? rows[0]
    for (const row of rows) row.tabIndex = row === current ? 0 : -1
  }

  /** @param {PageEvent<'keydown'>} event */
  #onKey = (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event
    if (ctrlKey || metaKey || altKey) return
    const row = target.closest('li')
    if (!row) return
    const rows = /** @type {PageElement[]} */ ([...this.#list.children])
    const next = rowAfter(key, rows.indexOf(row), rows.length)
    const buttons = letterKeysOn() && !shiftKey ? LETTERS[key.toLowerCase()] : undefined
    if (next === null && !buttons && key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation() // the page's own keys mean other things
    if (next !== null) rows[next].focus()
    else if (buttons) row.querySelector(buttons.map((name) => `[data-does="${name}"]`).join(','))?.click()
    else this.#leave()
  }
}
