/** Which answers the column beside the screen shows: the new ones, those to look at, those held back, or the result. */

import { $ } from '../../shared/dom.js'

/** @typedef {'new' | 'look' | 'held' | 'results'} ListName */

/**
 * The lists there are now, in order. Pure.
 *
 * @type {(has: {flagged: number, held: number, results: boolean}) => ListName[]}
 */
export const listsOf = ({ flagged, held, results }) => [
  'new', ...(flagged ? /** @type {const} */ (['look']) : []), ...(held ? /** @type {const} */ (['held']) : []),
  ...(results ? /** @type {const} */ (['results']) : []),
]

/**
 * The list to show: the one that was *chosen* for this question while there is such a one; else the result where people
 * choose among options, because nobody reads those one by one. Pure.
 *
 * @type {(lists: ListName[], chosen: ListName | null, writes: string) => ListName}
 */
export const listToShow = (lists, chosen, writes) => {
  if (chosen && lists.includes(chosen)) return chosen
  return writes === 'choices' && lists.includes('results') ? 'results' : 'new'
}

export class WhichList {
  #chosen = /** @type {ListName | null} */ (null)
  #activity = /** @type {string | null} */ (null)
  #lists = /** @type {ListName[]} */ (['new'])
  #writes = ''
  #onChange
  #buttons

  /** @param {{onChange: () => unknown}} of */
  constructor({ onChange }) {
    this.#onChange = onChange
    this.#buttons = /** @type {PageElement[]} */ ([...document.querySelectorAll('[data-list]')])
    for (const button of this.#buttons) button.addEventListener('click', () => this.choose(/** @type {ListName} */ (button.dataset.list)))
    $('look-line').addEventListener('click', () => {
      this.choose('look')
      $('answers-part').scrollIntoView({ block: 'start' })
    })
  }

  get name() {
    return listToShow(this.#lists, this.#chosen, this.#writes)
  }

  /** @param {ListName} name */
  choose(name) {
    this.#chosen = name
    this.#draw()
    this.#onChange()
  }

  /** @param {ConsoleView} view */
  show({ activity, flagged, held, results, hidden_results: hidden, counts, writes }) {
    if (activity !== this.#activity) this.#chosen = null
    this.#activity = activity
    this.#writes = writes
    this.#lists = listsOf({ flagged, held, results: Boolean(results ?? hidden) && counts.answers > 0 })
    this.#draw()
  }

  #draw() {
    const { name } = this
    for (const button of this.#buttons) {
      const list = /** @type {ListName} */ (button.dataset.list)
      button.hidden = !this.#lists.includes(list)
      button.setAttribute('aria-pressed', String(list === name))
    }
    $('list-part').hidden = name === 'results'
    $('results-part').hidden = name !== 'results'
  }
}
