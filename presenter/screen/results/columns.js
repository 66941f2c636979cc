/** The scene for numbers: a column for each stretch of numbers, with how many are in it, and below what is said about them. */

import { el } from '../../shared/dom.js'
import { barLengths } from './bars.js'
import { PagedRows } from './paged_rows.js'

export class Columns extends PagedRows {
  #columns = el('ol', { class: 'spread' })
  #notes = el('p', { class: 'notes' })
  root = el('div', { class: 'scene histogram' }, this.#columns, this.#notes)

  /** @param {ResultsView} view */
  show({ results, language }) {
    const { options, notes = [] } = results
    const lengths = barLengths(options.map(({ count }) => count))
    this.#columns.style.setProperty('--steps', String(Math.max(1, options.length)))
    this.#columns.replaceChildren(...options.map(({ text, count }, n) => {
      const bar = el('span', { class: 'bar series-a' })
      bar.style.setProperty('--part', String(lengths[n]))
      return el('li', { 'data-count': String(count) },
        el('span', { class: 'num' }, count ? String(count) : ''), bar, el('span', { class: 'num step' }, ...text.split(/(?<=–)/).map((part) => el('span', {}, part))))
    }))
    this.#notes.textContent = notes.join(' ')
    this.#notes.lang = language
  }
}
