/** The scenes for results that are numbers: bars, and columns on a scale. */

import { el, fill } from '../../shared/dom.js'
import { decimal, percent } from '../../shared/figures.js'
import { PagedRows, rowGap } from './paged_rows.js'

const SERIES = 'abcdefg'

/**
 * The CSS class that colours row *index*. From the eighth on all share one; then only the letter tells them apart.
 *
 * @type {(index: number) => string}
 */
export const seriesClass = (index) => SERIES[index] ?? 'rest'

/**
 * The lengths of bars for these *counts*, 0–1 of the whole width: the largest count takes all of it.
 *
 * @type {(counts: number[]) => number[]}
 */
export const barLengths = (counts) => {
  const most = Math.max(1, ...counts)
  return counts.map((count) => count / most)
}

/** One row for each option: letter, text, bar, count and percent. The same elements are updated, so that bars grow smoothly. */
export class Bars extends PagedRows {
  #list = el('ul', { class: 'bars' })
  root = el('div', { class: 'scene' }, this.#list)

  /** @param {ResultsView} view */
  show({ results }) {
    const ids = results.options.map(({ id }) => id).join()
    if (this.#list.dataset.ids !== ids) {
      this.#list.dataset.ids = ids
      this.#list.replaceChildren(...results.options.map(({ letter, text }, index) =>
        el('li', { class: seriesClass(index) },
          el('b', { class: 'letter' }, letter),
          el('span', { class: 'text', dir: 'auto' }, text),
          el('span', { class: 'drawn' }, el('span', { class: 'bar' }), el('b', { class: 'num' }), el('span', { class: 'num' }))),
      ))
    }
    const shares = barLengths(results.options.map(({ count }) => count))
    results.options.forEach(({ count, share }, index) => {
      const [bar, number, percentage] = this.#list.children[index].lastChild.children
      bar.style.setProperty('--part', String(shares[index]))
      number.textContent = String(count)
      percentage.textContent = percent(share)
      this.#list.children[index].dataset.count = String(count)
    })
    const gap = rowGap(this.#list)
    const rows = [...this.#list.children]
    this.paginate(rows, this.root.clientHeight - gap * Math.min(rows.length - 1, 8))
  }
}

/** @type {Record<number | 'many', number>} */
const COLUMN_HEIGHT = { 1: 24, 2: 12, many: 5.6 } // vh, by the number of items: few items leave room for higher columns

/** One row for each item: its mean, and a column for each step of the scale with the count on top. */
export class Scale extends PagedRows {
  #t
  #endsLine = el('p', { class: 'ends' })
  #list = el('ul', { class: 'scale' })
  root = el('div', { class: 'scene scaled' }, this.#endsLine, this.#list)

  /** @param {Strings} t */
  constructor(t) {
    super()
    this.#t = t
  }

  /** @param {ResultsView} view */
  show({ results, low, high, labels }) {
    const steps = Array.from({ length: high - low + 1 }, (_, n) => low + n)
    this.#endsLine.textContent = labels?.length ? endsText(low, high, labels) : fill(this.#t.from_to, { low, high })
    this.#list.style.setProperty('--steps', String(steps.length))
    this.#list.style.setProperty('--tall', `${COLUMN_HEIGHT[results.items.length] ?? COLUMN_HEIGHT.many}vh`)
    this.#list.replaceChildren(...results.items.map(({ letter, text, mean, spread }, index) => {
      const shares = barLengths(spread)
      return el('li', { class: seriesClass(index) },
        el('b', { class: 'letter' }, letter),
        el('span', { class: 'text', dir: 'auto' }, text),
        el('ol', { class: 'spread' }, ...steps.map((step, n) => {
          const column = el('span', { class: 'bar' })
          column.style.setProperty('--part', String(shares[n]))
          return el('li', {},
            el('span', { class: 'num' }, spread[n] ? String(spread[n]) : ''), column, el('span', { class: 'num step' }, String(step)))
        })),
        el('p', { class: 'mean' }, el('b', { class: 'num' }, decimal(mean)), ` ${this.#t.mean}`))
    }))
    const gap = rowGap(this.#list)
    const rows = [...this.#list.children]
    this.paginate(rows, this.#list.clientHeight - gap * Math.min(rows.length - 1, 4))
  }
}

/** @type {(low: number, high: number, labels: string[]) => string} */
const endsText = (low, high, labels) => `${low} = ${labels[0]} · ${high} = ${labels.at(-1)}`
