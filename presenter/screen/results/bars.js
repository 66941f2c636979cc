/** The scenes for results that are numbers: bars, and columns on a scale. */

import { el, fill } from '../../shared/dom.js'
import { decimal, percent } from '../../shared/figures.js'
import { pictureElement } from '../prompt.js'
import { PagedRows, optionsOnPage, rowGap } from './paged_rows.js'
import { byCount, dropGrid, isTied } from './votes.js'

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

const FALL_MS = 1000 // all votes fall within this time, when results are revealed
const STAGGER_MS = 20
const SLIDE = { duration: 600, easing: 'cubic-bezier(.3, 0, .2, 1)' }

/**
 * One row for each option: letter, text, its votes as drops or as a bar, count and percent. The same elements are updated,
 * so that only what is new moves. While people vote, options stay in their order; afterwards the largest count comes first.
 */
export class Bars extends PagedRows {
  #t
  #drops
  #notes = el('p', { class: 'notes' })
  #list = el('ul', { class: 'bars' })
  #nobody = el('p', { class: 'nobody', hidden: '' })
  #rows = /** @type {Map<string, PageElement>} */ (new Map())
  #drawn = ''
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #sorting
  root = el('div', { class: 'scene voted' }, this.#list, this.#nobody, this.#notes)

  /**
   * @param {Strings} t
   * @param {{drops?: boolean}} [of] `drops`: whether what is counted is drawn as drops where there is room; without it where
   *   that is phones or people
   */
  constructor(t, { drops } = {}) {
    super()
    this.#t = t
    this.#drops = drops
    this.#nobody.textContent = t.nobody
  }

  /**
   * @param {ResultsView} view
   * @param {unknown} [_frame]
   * @param {boolean} [resized]
   */
  show({ results, state, language, pictures = {} }, _frame, resized = false) {
    const { options, notes = [], unit } = results
    this.#notes.textContent = notes.join(' ')
    this.#notes.lang = language
    this.#notes.hidden = !notes.length
    const ids = options.map(({ id, letter, text, right }) => `${id} ${letter} ${text} ${right}`).join('\n')
    const isNew = this.#drawn !== ids
    if (isNew) this.#makeRows(options, pictures)
    this.#drawn = ids
    this.#nobody.hidden = options.some(({ count }) => count > 0)
    const most = Math.max(...options.map(({ count }) => count))
    for (const [index, option] of options.entries()) this.#showFigures(option, isTied(options, index), most, unit)
    this.root.classList.toggle('running', state === 'write' || state === 'closing')
    const open = this.root.classList.contains('running')
    const revealed = isNew && !resized && this.root.classList.contains('revealed')
    const sorted = (open ? options : byCount(options)).map(({ id }) => id)
    if (!revealed) this.#sort(sorted, !isNew && !resized)
    const gap = rowGap(this.#list)
    const said = notes.length ? this.#notes.clientHeight : 0
    this.paginate([...this.#list.children], this.root.clientHeight - said - gap * Math.min(options.length - 1, 8), optionsOnPage(options.length))
    this.#showVotes(options, isNew ? revealed : !resized, this.#drops ?? !unit)
    clearTimeout(this.#sorting)
    if (revealed) this.#sorting = setTimeout(() => this.#sort(sorted, true), FALL_MS + SLIDE.duration)
  }

  stop() {
    clearTimeout(this.#sorting)
  }

  /**
   * @param {ResultOption[]} options
   * @param {Record<string, ShownPicture>} pictures
   */
  #makeRows(options, pictures) {
    this.#list.classList.toggle('pictured', options.some(({ id }) => pictures[id]))
    this.#rows = new Map(options.map(({ id, letter, text, right }, index) => [id, el('li', { class: seriesClass(index), 'data-option': id },
      el('b', { class: 'letter' }, letter, ...(pictures[id] ? [pictureElement(pictures[id], 'thumb')] : [])),
      el('span', { class: 'text', dir: 'auto' }, text, ...(right ? [' ', el('b', { class: 'right' }, `✓ ${this.#t.right}`)] : [])),
      el('span', { class: 'votes', 'aria-hidden': 'true' }),
      el('b', { class: 'num' }), el('span', { class: 'told' }, el('span', { class: 'num' }), ' ', el('span', { class: 'tie' })))]))
    this.#list.replaceChildren(...this.#rows.values())
    this.#list.classList.toggle('few', options.length < 6)
  }

  /**
   * @param {ResultOption} option
   * @param {boolean} tied
   * @param {number} most
   * @param {string} [unit] what is counted, where that is neither phones nor people
   */
  #showFigures({ id, count, share }, tied, most, unit) {
    const row = /** @type {PageElement} */ (this.#rows.get(id))
    const [, , , number, { children: [percentage, tie] }] = row.children
    number.textContent = String(count)
    percentage.textContent = share === null ? (unit ?? '').toLowerCase() : percent(share)
    tie.textContent = tied ? this.#t.tie : ''
    row.dataset.count = String(count)
    row.classList.toggle('top', count > 0 && count === most)
  }

  /**
   * Put the rows in order; those that change places slide there.
   *
   * @param {string[]} ids
   * @param {boolean} slides
   */
  #sort(ids, slides) {
    const rows = ids.map((id) => /** @type {PageElement} */ (this.#rows.get(id)))
    if (rows.every((row, index) => row === this.#list.children[index])) return
    for (const drop of this.#list.querySelectorAll('.fell')) drop.classList.remove('fell') // it would fall again with its row
    const before = new Map(rows.map((row) => [row, row.getBoundingClientRect().top]))
    this.#list.append(...rows)
    if (this.rows.length) this.refresh([...this.#list.children])
    if (!slides || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    for (const row of rows) {
      const by = Number(before.get(row)) - row.getBoundingClientRect().top
      if (by) row.animate?.([{ transform: `translateY(${by}px)` }, { transform: 'none' }], SLIDE)
    }
  }

  /**
   * @param {ResultOption[]} options
   * @param {boolean} landing whether votes that are new fall into their places
   * @param {boolean} drops
   */
  #showVotes(options, landing, drops) {
    const [first] = this.#rows.values()
    const { clientWidth: width = 0, clientHeight: row = 0 } = first?.children[2] ?? {}
    const em = parseFloat(getComputedStyle(this.root).fontSize)
    const most = Math.max(0, ...options.map(({ count }) => count))
    const grid = drops && dropGrid(most, { width, height: Math.max(row, em), em })
    const lengths = barLengths(options.map(({ count }) => count))
    this.root.style.setProperty('--drop', `${(grid ? grid.size : em).toFixed(1)}px`)
    this.root.style.setProperty('--across', String(grid ? grid.across : 1))
    const stagger = Math.min(STAGGER_MS, FALL_MS / Math.max(1, most))
    for (const [index, { id, count }] of options.entries()) {
      const votes = /** @type {PageElement} */ (this.#rows.get(id)?.children[2])
      if (grid) fillWithDrops(votes, count, landing, stagger)
      else drawBar(votes, lengths[index])
    }
  }
}

/**
 * Let *place* hold *count* drops. Those that are new fall one after the other.
 *
 * @type {(place: PageElement, count: number, landing: boolean, staggerMs: number) => void}
 */
const fillWithDrops = (place, count, landing, staggerMs) => {
  place.querySelector('.bar')?.remove()
  place.classList.remove('barred')
  for (const drop of [...place.children].slice(count)) drop.remove()
  const known = place.children.length
  place.append(...Array.from({ length: count - known }, (_, index) => {
    const drop = el('i', { class: landing ? 'vote fell' : 'vote' })
    drop.style.animationDelay = `${Math.round(index * staggerMs)}ms`
    return drop
  }))
}

/** @type {(place: PageElement, length: number) => void} */
const drawBar = (place, length) => {
  place.classList.add('barred')
  if (!place.querySelector('.bar')) place.replaceChildren(el('span', { class: 'bar' }))
  place.firstElementChild.style.setProperty('--part', String(length))
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
    this.paginate(rows, this.#list.clientHeight - gap * Math.min(rows.length - 1, 4), optionsOnPage(rows.length))
  }
}

/** @type {(low: number, high: number, labels: string[]) => string} */
const endsText = (low, high, labels) => `${low} = ${labels[0]} · ${high} = ${labels.at(-1)}`
