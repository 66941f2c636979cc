/** The scene with answers as a wall of cards, in pages. Cards stay large enough for the back row; what does not fit comes on the next page. */

import { el, measuringConditions, svg, zoomFactor } from '../../shared/dom.js'
import { unbrokenNumbers } from '../../shared/figures.js'
import { columnsFor } from '../groups.js'
import { cardSource } from './card_loader.js'
import { MOST_CARDS, cardsToShow, cardsUntil, wallPages } from './wall_pages.js'

const SIZES = [6, 5.2, 4.6] // vh; the largest at which all cards fit on one page is taken, else the last

const MOST_NEW = 12 // cards measured at once, which is a page
const UNFOLDED_MS = 1500 // the first page unfolds before the others are measured
const MAP_VH = 2 // the width of a small drop's place
const LONG_WORD = /\S{14}/ // may be wider than a column, and has to be broken: to look for places in every card doubles what it takes to lay it out
const MOST_MAPPED = 240 // drops below the wall; of more cards only the words tell how many have been shown

/** @typedef {{from: number, to: number, seen: number, of: number}} Seen cards on show, how many were, and of how many */

/**
 * Small drops in rows, one for each answer, as paths for SVG: those that have been shown, those on show, and those still to
 * come. *across* is how many stand in a row, each in a cell of *cell* px. Pure.
 *
 * @type {(cards: Seen, across: number, cell: number) => {read: string, now: string, come: string}}
 */
export const seenPaths = ({ from, to, seen, of }, across, cell) => {
  const paths = { read: '', now: '', come: '' }
  const [size, half] = [Math.round(cell * 8) / 10, Math.round(cell * 4) / 10]
  for (let index = 0; index < of; index += 1) {
    const [x, y] = [(index % across) * cell, Math.floor(index / across) * cell + size]
    const which = index >= from && index < to ? 'now' : index < seen ? 'read' : 'come'
    paths[which] += `M${x.toFixed(1)} ${y.toFixed(1)}v${-half}a${half} ${half} 0 1 1 ${half} ${half}z`
  }
  return paths
}

/** One drawing, and not an element for each answer, of which the first page would have to wait for hundreds. It is decoration. */
class SeenMap {
  #drawn = ''
  #paths = { come: svg('path'), read: svg('path', { class: 'read' }), now: svg('path', { class: 'now' }) }
  #drawing = svg('svg', {}, ...Object.values(this.#paths))
  root = el('div', { class: 'map', 'aria-hidden': 'true', hidden: '' }, this.#drawing)

  /**
   * @param {Seen} cards
   * @param {number} width
   */
  show(cards, width) {
    const drawn = JSON.stringify([cards, width, innerHeight])
    if (this.#drawn === drawn) return
    this.#drawn = drawn
    const across = Math.max(1, Math.floor(width / ((MAP_VH * innerHeight) / 100)))
    const cell = Math.round((width / across) * 10) / 10
    this.#drawing.style.blockSize = `${Math.round(Math.ceil(cards.of / across) * cell)}px`
    for (const [which, path] of Object.entries(seenPaths(cards, across, cell))) this.#paths[/** @type {'read'} */ (which)].setAttribute('d', path)
  }
}

/** @type {(text: string, wide: boolean) => string | null} */
const lookOf = (text, wide) => [wide ? 'wide' : '', LONG_WORD.test(text) ? 'long' : ''].filter(Boolean).join(' ') || null

export class Wall {
  #list = el('ul', { class: 'cards' })
  #map = new SeenMap()
  #seenTo = 0 // items before this one have been on show
  #measuringList = el('ul', { class: 'cards ruler', 'aria-hidden': 'true' })
  #cards
  #heights = /** @type {Map<string, number>} */ (new Map())
  #measuredFor = ''
  #shown = /** @type {Set<string>} */ (new Set())
  #pages = /** @type {import('./wall_pages.js').WallPage[]} */ ([])
  #items = /** @type {import('./wall_pages.js').Item[]} */ ([])
  #page = 0
  #drawn = ''
  #laidOut = ''
  #width = 0
  #unmeasured = 0 // cards that wait for the next frame

  /**
   * *cards* is a `CardLoader`.
   *
   * @param {Cards} cards
   */
  constructor(cards) {
    this.#cards = cards
    this.root = el('div', { class: 'scene walled' }, this.#list, this.#map.root, this.#measuringList)
  }

  get pages() {
    return { at: this.#page, of: Math.max(this.#pages.length, this.growing ? this.#page + 2 : 0) } // what is not measured yet is a page at least
  }

  /** Whether there are cards that have not been laid out yet. */
  get growing() {
    return this.#unmeasured > 0
  }

  /** How many answers have been on show, of how many. */
  get seen() {
    return { n: cardsUntil(this.#items, this.#seenTo), of: cardsUntil(this.#items, Infinity) + this.#unmeasured }
  }

  /** @param {number} to */
  turn(to) {
    if (to < 0 || to >= this.#pages.length) return false
    this.#page = to
    this.root.classList.remove('revealed') // only the first page unfolds
    this.#draw()
    return true
  }

  /**
   * @param {ResultsView} view
   * @param {Frame} frame
   */
  show(view, frame) {
    const all = this.#cards.get(view.results, `${frame.epoch} ${frame.position}`, cardSource(view))
    this.#width = this.root.clientWidth
    const laidOut = JSON.stringify([all, this.#width, this.root.clientHeight, measuringConditions()])
    if (laidOut !== this.#laidOut || this.#unmeasured) {
      const cards = this.#measurable(all.map((card) => ({ ...card, text: unbrokenNumbers(card.text) })))
      this.#unmeasured = all.length - cards.length
      this.#laidOut = laidOut
      this.#paginate(cards, all.length)
      if (this.#unmeasured) this.#cards.again(this.root.classList.contains('revealed') ? UNFOLDED_MS : 0)
    }
    this.#page = Math.min(this.#page, Math.max(0, this.#pages.length - 1))
    this.#draw()
  }

  /**
   * The first of *cards*, with at most MOST_NEW that have not been measured yet: more at once would stop the page.
   *
   * @param {Card[]} cards
   */
  #measurable(cards) {
    const size = SIZES[SIZES.length - 1]
    if (this.#measuredFor !== measuringConditions()) return cards.slice(0, MOST_NEW)
    const unknown = cards.flatMap(({ text }, index) => (this.#heights.has(`${size} false ${text}`) ? [] : [index]))
    return unknown.length > MOST_NEW ? cards.slice(0, unknown[MOST_NEW]) : cards
  }

  /**
   * @param {Card[]} cards
   * @param {number} total
   */
  #paginate(cards, total) {
    const mapped = total > MOST_CARDS && total <= MOST_MAPPED
    if (this.#map.root.hidden === mapped) this.#map.root.hidden = !mapped
    if (mapped) this.#map.show({ from: 0, to: 0, seen: 0, of: total }, this.#width) // it takes its room from the cards
    if (this.#layOut(cards, total) || mapped || total > MOST_MAPPED) return
    this.#map.root.hidden = false
    this.#map.show({ from: 0, to: 0, seen: 0, of: total }, this.#width)
    this.#layOut(cards, total)
  }

  /**
   * Divide *cards* into pages, the first of *total*; whether one is enough.
   *
   * @param {Card[]} cards
   * @param {number} total
   */
  #layOut(cards, total) {
    const columns = columnsFor(innerWidth, innerHeight * zoomFactor())
    const room = this.#list.clientHeight
    this.root.style.setProperty('--columns', String(columns))
    const conditions = measuringConditions()
    if (conditions !== this.#measuredFor) this.#heights.clear()
    this.#measuredFor = conditions
    for (const size of SIZES) {
      if (size !== SIZES.at(-1) && total > MOST_CARDS) continue
      this.root.style.fontSize = `calc(${size} * var(--vh))`
      const heightOf = (/** @type {string} */ text, /** @type {boolean} */ wide) => this.#height(text, wide, size)
      this.#measure(cards.map(({ text }) => ({ text, wide: false })), size) // all at once: one by one, each would be laid out anew
      this.#items = cardsToShow(cards, room, heightOf)
      this.#pages = wallPages(this.#items, { columns, room, heightOf })
      if (this.#pages.length <= 1) break
    }
    return this.#pages.length <= 1
  }

  stop() {
    this.#cards.stop()
  }

  /**
   * @param {{text: string, wide: boolean}[]} texts
   * @param {number} size
   */
  #measure(texts, size) {
    const unknown = texts.filter(({ text, wide }) => !this.#heights.has(`${size} ${wide} ${text}`))
    if (!unknown.length) return
    this.#measuringList.replaceChildren(...unknown.map(({ text, wide }) => el('li', { class: lookOf(text, wide), dir: 'auto' }, text)))
    const items = [...this.#measuringList.children]
    unknown.forEach(({ text, wide }, index) => {
      this.#heights.set(`${size} ${wide} ${text}`, items[index].getBoundingClientRect().height)
    })
    this.#measuringList.replaceChildren()
  }

  /**
   * @param {string} text
   * @param {boolean} wide
   * @param {number} size
   */
  #height(text, wide, size) {
    this.#measure([{ text, wide }], size)
    return this.#heights.get(`${size} ${wide} ${text}`) ?? 0
  }

  #draw() {
    const page = this.#pages[this.#page]
    this.#seenTo = Math.max(page?.to ?? 0, Math.min(this.#seenTo, this.#items.length))
    this.#map.show({ from: cardsUntil(this.#items, page?.from ?? 0), to: cardsUntil(this.#items, page?.to ?? 0), seen: this.seen.n, of: this.seen.of }, this.#width)
    const drawn = page ? JSON.stringify([page.columns, this.#items.slice(page.from, page.to)]) : ''
    if (drawn === this.#drawn) return // cards made anew would appear again
    this.#drawn = drawn
    if (!page) return this.#list.replaceChildren()
    const before = this.#shown
    this.#shown = new Set(this.#items.slice(page.from, page.to).map(({ id }) => id))
    // A new card on the page that was shown before fades in; on another page all cards appear at once.
    const samePage = [...this.#shown].some((id) => before.has(id))
    const makeCard = (/** @type {number} */ index) => {
      const { id, text, wide } = this.#items[index]
      const look = samePage && !before.has(id) ? 'new' : ''
      const card = el('li', { class: `${lookOf(text, wide) ?? ''} ${look}`.trim() || null, 'data-card': id, dir: 'auto' }, text)
      card.style.setProperty('--n', String(index - page.from))
      return card
    }
    const indexes = Array.from({ length: page.to - page.from }, (_, n) => page.from + n)
    this.#list.classList.toggle('packed', Boolean(page.columns))
    this.#list.replaceChildren(
      ...(page.columns
        ? page.columns.map((column) => el('li', { role: 'presentation' }, el('ul', {}, ...column.map(makeCard))))
        : indexes.map(makeCard)),
    )
  }
}
