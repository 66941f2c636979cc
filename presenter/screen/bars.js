/** Results that are numbers: bars for a choice, columns for a scale, and the same of anything as a real table. */

import { el, fill, wordButton } from '../shared/dom.js'
import { pagesOfRows } from './wall.js'

const SERIES = 'abcdefg'
const language = () => document.documentElement.lang

/** 0.414 is "41 %"; the language says how. */
export const percent = (share, lang = language()) =>
  new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 0 }).format(share)

/** One decimal; a dash where there is nothing to tell. */
export const decimal = (n, lang = language()) =>
  n === null ? '–' : new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(n)

/** The colour class of the *place*-th series; past the seventh all share one, and the letter alone tells them apart. */
export const series = (place) => SERIES[place] ?? 'rest'

/** Parts of the whole width that bars of these *counts* take: the largest takes it all. */
export const lengths = (counts) => {
  const most = Math.max(1, ...counts)
  return counts.map((count) => count / most)
}

/** What bars, scales and tables share: rows of their own height, turned by the page. */
class Rows {
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

  /** Part *rows* by their heights into pages of *room* px. Call it when all of them stand in the page. */
  part(rows, room) {
    this.rows = rows
    rows.forEach((row) => (row.hidden = false))
    this.#pages = pagesOfRows(rows.map((row) => row.getBoundingClientRect().height), room)
    this.#page = Math.min(this.#page, Math.max(0, this.#pages.length - 1))
    this.#hide()
  }

  #hide() {
    const page = this.#pages[this.#page]
    this.rows.forEach((row, place) => (row.hidden = place < page.from || place >= page.to))
  }
}

const gapOf = (list) => parseFloat(getComputedStyle(list).rowGap) || 0

/** One row for each option: letter, text, bar, count and percent. Rows are kept, so that bars grow where they are. */
export class Bars extends Rows {
  #list = el('ul', { class: 'bars' })
  root = el('div', { class: 'scene' }, this.#list)

  show({ results }) {
    const ids = results.options.map(({ id }) => id).join()
    if (this.#list.dataset.ids !== ids) {
      this.#list.dataset.ids = ids
      this.#list.replaceChildren(...results.options.map(({ letter, text }, place) =>
        el('li', { class: series(place) },
          el('b', { class: 'letter' }, letter),
          el('span', { class: 'text', dir: 'auto' }, text),
          el('span', { class: 'drawn' }, el('span', { class: 'bar' }), el('b', { class: 'num' }), el('span', { class: 'num' }))),
      ))
    }
    const parts = lengths(results.options.map(({ count }) => count))
    results.options.forEach(({ count, share }, place) => {
      const [bar, number, part] = this.#list.children[place].lastChild.children
      bar.style.setProperty('--part', parts[place])
      number.textContent = count
      part.textContent = percent(share)
      this.#list.children[place].dataset.count = count
    })
    const gap = gapOf(this.#list)
    const rows = [...this.#list.children]
    this.part(rows, this.root.clientHeight - gap * Math.min(rows.length - 1, 8))
  }
}

const TALL = { 1: 24, 2: 12, many: 5.6 } // vh; few items leave room for higher columns

/** One row for each item: its mean, and a column for each step of the scale with the count on top. */
export class Scale extends Rows {
  #t
  #ends = el('p', { class: 'ends' })
  #list = el('ul', { class: 'scale' })
  root = el('div', { class: 'scene scaled' }, this.#ends, this.#list)

  constructor(t) {
    super()
    this.#t = t
  }

  show({ results, low, high, labels }) {
    const steps = Array.from({ length: high - low + 1 }, (_, n) => low + n)
    this.#ends.textContent = labels?.length ? ends(low, high, labels) : fill(this.#t.from_to, { low, high })
    this.#list.style.setProperty('--steps', steps.length)
    this.#list.style.setProperty('--tall', `${TALL[results.items.length] ?? TALL.many}vh`)
    this.#list.replaceChildren(...results.items.map(({ letter, text, mean, spread }, place) => {
      const parts = lengths(spread)
      return el('li', { class: series(place) },
        el('b', { class: 'letter' }, letter),
        el('span', { class: 'text', dir: 'auto' }, text),
        el('ol', { class: 'spread' }, ...steps.map((step, n) => {
          const column = el('span', { class: 'bar' })
          column.style.setProperty('--part', parts[n])
          return el('li', {},
            el('span', { class: 'num' }, spread[n] ? String(spread[n]) : ''), column, el('span', { class: 'num step' }, String(step)))
        })),
        el('p', { class: 'mean' }, el('b', { class: 'num' }, decimal(mean)), ` ${this.#t.mean}`))
    }))
    const gap = gapOf(this.#list)
    const rows = [...this.#list.children]
    this.part(rows, this.#list.clientHeight - gap * Math.min(rows.length - 1, 4))
  }
}

const ends = (low, high, labels) => `${low} = ${labels[0]} · ${high} = ${labels.at(-1)}`

/** The same results as a table: what key A shows, and the ranked list of a cloud. */
export class Table extends Rows {
  #t
  #pick
  #cards
  #head = el('thead')
  #body = el('tbody')
  #table = el('table', {}, el('caption', { class: 'unseen' }), this.#head, this.#body)
  root = el('div', { class: 'scene' }, this.#table)

  constructor(t, cards, pick) {
    super()
    this.#t = t
    this.#pick = pick
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
    this.part([...this.#body.children], this.root.clientHeight - this.#head.getBoundingClientRect().height)
  }

  #content(view, frame) {
    const t = this.#t
    const { results } = view
    const who = results.counted === 'people' ? t.people : t.phones
    const cell = (content, kind = 'num') => el('td', { class: kind }, String(content))
    const head = (text) => el('th', { scope: 'row', dir: 'auto' }, text)
    const named = (letter, text) => el('th', { scope: 'row', dir: 'auto' }, el('b', { class: 'letter' }, `${letter} `), text)
    if (results.options) {
      return {
        kind: 'counts',
        names: [t.option, who, t.share],
        rows: results.options.map(({ letter, text, count, share }) => [named(letter, text), cell(count), cell(percent(share))]),
      }
    }
    if (results.items) {
      const steps = Array.from({ length: view.high - view.low + 1 }, (_, n) => view.low + n)
      return {
        kind: 'counts',
        names: [t.item, t.mean_name, ...steps],
        rows: results.items.map(({ letter, text, mean, spread }) =>
          [named(letter, text), cell(decimal(mean)), ...spread.map((count) => cell(count))]),
      }
    }
    if (view.shape === 'wall' || view.shape === 'quiet') {
      return {
        kind: 'texts',
        names: [t.number, t.answer],
        rows: this.#cards.of(results, `${frame.epoch} ${frame.position}`, view.shape).map(({ text }, n) => [cell(n + 1), head(text)]),
      }
    }
    const parts = lengths(results.words.map(({ count }) => count))
    return {
      kind: 'ranked',
      names: [t.word, who],
      rows: results.words.map(({ text, count }, n) => {
        const bar = el('span', { class: 'bar' })
        bar.style.setProperty('--part', parts[n])
        return [el('th', { scope: 'row', dir: 'auto' }, wordButton(text, this.#pick, text)), el('td', {}, el('span', { class: 'drawn' }, bar, el('b', { class: 'num' }, String(count))))]
      }),
    }
  }
}
