/** Which answers the column beside the screen shows: the new ones, those to look at, those held back, the result, or the questions to the panel. */

import { $, fill, plural } from '../../shared/dom.js'

/** @typedef {'new' | 'look' | 'held' | 'results' | 'questions'} ListName */

/**
 * The lists there are now, in order. Pure.
 *
 * @type {(has: {flagged: number, held: number, results: boolean, questions?: boolean}) => ListName[]}
 */
export const listsOf = ({ flagged, held, results, questions }) => [
  'new', ...(flagged ? /** @type {const} */ (['look']) : []), ...(held ? /** @type {const} */ (['held']) : []),
  ...(results ? /** @type {const} */ (['results']) : []), ...(questions ? /** @type {const} */ (['questions']) : []),
]

/**
 * The list to show: the one that was *chosen* for this question while there is such a one; else the result where people
 * choose among options, because nobody reads those one by one, and the questions where these are on show (*asks*), or
 * nothing else is. Pure.
 *
 * @type {(lists: ListName[], chosen: ListName | null, writes: string, asks?: boolean) => ListName}
 */
export const listToShow = (lists, chosen, writes, asks = false) => {
  if (chosen && lists.includes(chosen)) return chosen
  if (asks && lists.includes('questions')) return 'questions'
  return writes === 'choices' && lists.includes('results') ? 'results' : 'new'
}

/** How many questions there are, and how many of them nobody has looked at here. Pure. @type {(n: number, fresh: number, t: Strings) => string} */
export const questionsText = (n, fresh, t) => [n ? String(n) : '', ...(fresh > 0 && n ? [fill(plural(t.n_fresh, fresh), { n: fresh })] : [])].join(' · ')

export class WhichList {
  #chosen = /** @type {ListName | null} */ (null)
  #activity = /** @type {string | null} */ (null)
  #lists = /** @type {ListName[]} */ (['new'])
  #writes = ''
  #asks = false
  #came = 0 // questions in all
  #read = 0 // how many had come when somebody last looked at them here
  #t
  #onChange
  #buttons

  /** @param {{t: Strings, onChange: () => unknown}} of */
  constructor({ t, onChange }) {
    this.#t = t
    this.#onChange = onChange
    this.#buttons = /** @type {PageElement[]} */ ([...document.querySelectorAll('[data-list]')])
    for (const button of this.#buttons) button.addEventListener('click', () => this.choose(/** @type {ListName} */ (button.dataset.list)))
    $('look-line').addEventListener('click', () => {
      this.choose('look')
      $('answers-part').scrollIntoView({ block: 'start' })
    })
  }

  get name() {
    return listToShow(this.#lists, this.#chosen, this.#writes, this.#asks)
  }

  /** @param {ListName} name */
  choose(name) {
    this.#chosen = name
    this.#draw()
    this.#onChange()
  }

  /** @param {ConsoleView} view */
  show({ activity, flagged, held, results, hidden_results: hidden, counts, writes, questions }) {
    if (activity !== this.#activity && this.#chosen !== 'questions') this.#chosen = null
    this.#asks = Boolean(questions) && questions?.activity === activity
    this.#came = questions?.came ?? 0
    this.#activity = activity
    this.#writes = writes
    this.#lists = listsOf({ flagged, held, results: Boolean(results ?? hidden) && counts.answers > 0 && !this.#asks, questions: Boolean(questions) })
    this.#draw()
  }

  #draw() {
    const { name } = this
    for (const button of this.#buttons) {
      const list = /** @type {ListName} */ (button.dataset.list)
      button.hidden = !this.#lists.includes(list)
      button.setAttribute('aria-pressed', String(list === name))
    }
    if (name === 'questions') this.#read = this.#came
    $('n-questions').textContent = questionsText(this.#came, this.#came - this.#read, this.#t)
    $('list-part').hidden = name === 'results'
    $('results-part').hidden = name !== 'results'
  }
}
