/** The scenes for results that are numbers: bars for a choice, columns for a scale, and a table for any result. */

import { el, fill, wordButton } from '../shared/dom.js'
import { rowPages } from './wall.js'

const SERIES = 'abcdefg'
const language = () => document.documentElement.lang

/** 0.414 is "41 %", written as in *lang*. */
export const percent = (share, lang = language()) =>
  new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 0 }).format(share)

/** A number with one decimal; a dash for null. */
export const decimal = (n, lang = language()) =>
  n === null ? '–' : new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(n)

/** The CSS class that colours row *index*. From the eighth on all share one; then only the letter tells them apart. */
export const seriesClass = (index) => SERIES[index] ?? 'rest'

/** The lengths of bars for these *counts*, 0–1 of the whole width: the largest count takes all of it. */
export const barLengths = (counts) => {
  const most = Math.max(1, ...counts)
  return counts.map((count) => count / most)
}

/** What bars, scales and tables share: rows of different heights, divided into pages. */
class PagedRows {
  rows = []
  #pages = []
  #page = 0

  get pages() {
    return { at: this.#page, of: this.#pages.length }
  }

  turn(to) {
    if (to < 0 || to >= this.#pages.length) return false
    this.#page = to
    this.#hide()
    return true
  }

  /** Divide *rows* by their heights into pages of *room* px. Call it when all of them are in the document. */
  paginate(rows, room) {
    this.rows = rows
    rows.forEach((row) => (row.hidden = false))
    this.#pages = rowPages(rows.map((row) => row.getBoundingClientRect().height), room)
    this.#page = Math.min(this.#page, Math.max(0, this.#pages.length - 1))
    this.#hide()
  }

  #hide() {
    const page = this.#pages[this.#page]
    this.rows.forEach((row, index) => (row.hidden = index < page.from || index >= page.to))
  }
}

const rowGap = (list) => parseFloat(getComputedStyle(list).rowGap) || 0

/** One row for each option: letter, text, bar, count and percent. The same elements are updated, so that bars grow smoothly. */
export class Bars extends PagedRows {
  #list = el('ul', { class: 'bars' })
  root = el('div', { class: 'scene' }, this.#list)

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
      bar.style.setProperty('--part', shares[index])
      number.textContent = count
      percentage.textContent = percent(share)
      this.#list.children[index].dataset.count = count
    })
    const gap = rowGap(this.#list)
    const rows = [...this.#list.children]
    this.paginate(rows, this.root.clientHeight - gap * Math.min(rows.length - 1, 8))
  }
}

const COLUMN_HEIGHT = { 1: 24, 2: 12, many: 5.6 } // vh, by the number of items: few items leave room for higher columns

/** One row for each item: its mean, and a column for each step of the scale with the count on top. */
export class Scale extends PagedRows {
  #t
  #endsLine = el('p', { class: 'ends' })
  #list = el('ul', { class: 'scale' })
  root = el('div', { class: 'scene scaled' }, this.#endsLine, this.#list)

  constructor(t) {
    super()
    this.#t = t
  }

  show({ results, low, high, labels }) {
    const steps = Array.from({ length: high - low + 1 }, (_, n) => low + n)
    this.#endsLine.textContent = labels?.length ? endsText(low, high, labels) : fill(this.#t.from_to, { low, high })
    this.#list.style.setProperty('--steps', steps.length)
    this.#list.style.setProperty('--tall', `${COLUMN_HEIGHT[results.items.length] ?? COLUMN_HEIGHT.many}vh`)
    this.#list.replaceChildren(...results.items.map(({ letter, text, mean, spread }, index) => {
      const shares = barLengths(spread)
      return el('li', { class: seriesClass(index) },
        el('b', { class: 'letter' }, letter),
        el('span', { class: 'text', dir: 'auto' }, text),
        el('ol', { class: 'spread' }, ...steps.map((step, n) => {
          const column = el('span', { class: 'bar' })
          column.style.setProperty('--part', shares[n])
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

const endsText = (low, high, labels) => `${low} = ${labels[0]} · ${high} = ${labels.at(-1)}`

/** Any results as a table: what key A shows, and the ranked list of words. */
export class Table extends PagedRows {
  #t
  #onPick
  #cards
  #head = el('thead')
  #body = el('tbody')
  #table = el('table', {}, el('caption', { class: 'unseen' }), this.#head, this.#body)
  root = el('div', { class: 'scene' }, this.#table)

  constructor(t, cards, onPick) {
    super()
    this.#t = t
    this.#onPick = onPick
    this.#cards = cards
  }

  stop() {
    this.#cards.stop()
  }

  show(view, frame) {
    const { names, rows, kind } = this.#content(view, frame)
    this.#table.className = `table ${kind}`
    this.#table.caption.textContent = view.question
    this.#head.replaceChildren(el('tr', {}, ...names.map((name) => el('th', { scope: 'col' }, name))))
    this.#body.replaceChildren(...rows.map((cells) => el('tr', {}, ...cells)))
    this.paginate([...this.#body.children], this.root.clientHeight - this.#head.getBoundingClientRect().height)
  }

  #content(view, frame) {
    const t = this.#t
    const { results } = view
    const countedName = results.counted === 'people' ? t.people : t.phones
    const cell = (content, kind = 'num') => el('td', { class: kind }, String(content))
    const textCell = (text) => el('th', { scope: 'row', dir: 'auto' }, text)
    const namedCell = (letter, text) => el('th', { scope: 'row', dir: 'auto' }, el('b', { class: 'letter' }, `${letter} `), text)
    if (results.options) {
      return {
        kind: 'counts',
        names: [t.option, countedName, t.share],
        rows: results.options.map(({ letter, text, count, share }) => [namedCell(letter, text), cell(count), cell(percent(share))]),
      }
    }
    if (results.items) {
      const steps = Array.from({ length: view.high - view.low + 1 }, (_, n) => view.low + n)
      return {
        kind: 'counts',
        names: [t.item, t.mean_name, ...steps],
        rows: results.items.map(({ letter, text, mean, spread }) =>
          [namedCell(letter, text), cell(decimal(mean)), ...spread.map((count) => cell(count))]),
      }
    }
    if (view.shape === 'wall' || view.shape === 'quiet') {
      return {
        kind: 'texts',
        names: [t.number, t.answer],
        rows: this.#cards.get(results, `${frame.epoch} ${frame.position}`, view.shape).map(({ text }, n) => [cell(n + 1), textCell(text)]),
      }
    }
    const shares = barLengths(results.words.map(({ count }) => count))
    return {
      kind: 'ranked',
      names: [t.word, countedName],
      rows: results.words.map(({ text, count }, n) => {
        const bar = el('span', { class: 'bar' })
        bar.style.setProperty('--part', shares[n])
        return [el('th', { scope: 'row', dir: 'auto' }, wordButton(text, this.#onPick, text)), el('td', {}, el('span', { class: 'drawn' }, bar, el('b', { class: 'num' }, String(count))))]
      }),
    }
  }
}
