/** The scene for answers in the order of their support: place, text, a bar, and how many of those who have seen it support it. */

import { el, fill } from '../../shared/dom.js'
import { PagedRows, rowGap } from './paged_rows.js'

/**
 * What must be known of a place: that another has the same, and how sure it is. Pure.
 *
 * @type {(option: WeighedOption, t: Strings) => string[]}
 */
export const remarks = ({ seen, tied, thin }, t) => [seen ? fill(t.seen_by, { n: seen }) : t.unseen, ...(tied ? [t.same_place] : []), ...(seen && thin ? [t.thin] : [])]

export class Ranked extends PagedRows {
  #t
  #list = el('ol', { class: 'bars weighed' })
  #notes = el('p', { class: 'notes' })
  root = el('div', { class: 'scene voted' }, this.#list, this.#notes)

  /** @param {Strings} t */
  constructor(t) {
    super()
    this.#t = t
  }

  /** @param {ResultsView} view */
  show({ results, language }) {
    const options = /** @type {WeighedOption[]} */ (results.options)
    const more = (results.options_total ?? 0) - options.length
    this.#notes.textContent = [...(results.notes ?? []), ...(more > 0 ? [fill(this.#t.and_more, { n: more })] : [])].join(' ')
    this.#notes.lang = this.#list.lang = language
    this.#list.replaceChildren(...options.map((option) => this.#row(option)))
    const gap = rowGap(this.#list)
    this.paginate([...this.#list.children], this.root.clientHeight - this.#notes.clientHeight - gap * Math.min(options.length - 1, 8))
  }

  /** @param {WeighedOption} option */
  #row(option) {
    const bar = el('span', { class: 'bar' })
    bar.style.setProperty('--part', String(option.score))
    const [seen, ...others] = remarks(option, this.#t)
    return el('li', { 'data-option': option.id, 'data-count': String(option.count), class: option.thin ? 'thin' : null },
      el('b', { class: 'letter' }, option.letter || '–'),
      el('span', { class: 'text', dir: 'auto' }, option.text),
      el('span', { class: 'votes barred', 'aria-hidden': 'true' }, bar),
      el('b', { class: 'num' }, String(option.count)),
      el('span', { class: 'told' }, el('span', { class: 'num' }, seen), ' ', el('span', { class: 'tie' }, others.join(', '))))
  }
}
