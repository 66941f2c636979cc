/** The scene with questions to a panel: how many want each answered, in the order that the server gives. Those answered have a tick. */

import { el, fill, plural } from '../../shared/dom.js'
import { unbrokenNumbers } from '../../shared/figures.js'
import { PagedRows, rowGap } from './paged_rows.js'

const MOST_ON_PAGE = 6 // what a hall can compare

export class Questions extends PagedRows {
  #t
  #list = el('ol', { class: 'asked' })
  #empty = el('p', { class: 'step' })
  #rest = el('p', { class: 'rest' })
  #drawn = ''
  root = el('div', { class: 'scene questions' }, this.#empty, this.#list, this.#rest)

  /** @param {Strings} t */
  constructor(t) {
    super()
    this.#t = t
  }

  /**
   * @param {ResultsView} view
   * @param {Frame} _frame
   */
  show({ results, language, kind }, _frame, resized = false) {
    const cards = /** @type {QuestionCard[]} */ (results.cards)
    const drawn = JSON.stringify([cards, results.cards_total])
    if (drawn === this.#drawn && !resized) return
    this.#drawn = drawn
    this.#empty.hidden = cards.length > 0
    this.#empty.textContent = this.#t.kinds[kind]
    this.#list.lang = language
    this.#list.replaceChildren(...cards.map((card) => this.#row(card)))
    const more = results.cards_total - cards.length
    this.#rest.hidden = more <= 0
    this.#rest.textContent = fill(this.#t.and_more, { n: more })
    this.paginate([...this.#list.children], this.#list.clientHeight - rowGap(this.#list) * (MOST_ON_PAGE - 1), MOST_ON_PAGE)
  }

  /** @param {QuestionCard} card */
  #row({ id, text, votes = 0, answered }) {
    return el('li', { 'data-card': id, class: answered ? 'answered' : null },
      el('p', { class: 'wanted' }, el('b', { class: 'num' }, String(votes)), el('span', { class: 'unseen' }, ` ${fill(plural(this.#t.n_votes, votes), { n: votes })}`)),
      el('p', { class: 'words', dir: 'auto' }, unbrokenNumbers(text), ...(answered ? [el('b', { class: 'tick' }, ` ✓ ${this.#t.answered}`)] : [])))
  }
}
