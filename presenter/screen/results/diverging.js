/** The scene for degrees of agreement: a bar that grows from the middle to both sides, and every step with its count. */

import { el } from '../../shared/dom.js'
import { PagedRows } from './paged_rows.js'

const MIDDLE = 4.5

export class Diverging extends PagedRows {
  #against = el('div', { class: 'half against' })
  #towards = el('div', { class: 'half towards' })
  #list = el('ol', { class: 'steps-of' })
  #notes = el('p', { class: 'notes' })
  root = el('div', { class: 'scene diverging' }, el('div', { class: 'whole', 'aria-hidden': 'true' }, this.#against, this.#towards), this.#list, this.#notes)

  /** @param {ResultsView} view */
  show({ results, language }) {
    const { options, notes = [] } = results
    const segment = (/** @type {ResultOption} */ { id, count, share }) => {
      const part = el('span', { class: 'segment', 'data-step': id }, (share ?? 0) >= 0.06 ? id : '')
      part.style.inlineSize = `${(share ?? 0) * 100}%`
      part.hidden = !count
      return part
    }
    const below = options.filter(({ id }) => Number(id) < MIDDLE)
    const above = options.filter(({ id }) => Number(id) > MIDDLE)
    this.#against.replaceChildren(...[...below].reverse().map(segment))
    this.#towards.replaceChildren(...[...above].reverse().map(segment))
    const row = (/** @type {ResultOption} */ { id, text, count }) => el('li', { 'data-option': id, 'data-count': String(count) },
      el('b', { class: 'key', 'data-step': id }, id), el('span', { class: 'text', dir: 'auto' }, text), el('b', { class: 'num' }, String(count)))
    this.#list.replaceChildren(...[...below].reverse().map(row), ...above.map(row))
    this.#list.lang = this.#notes.lang = language
    this.#notes.textContent = notes.join(' ')
  }
}
