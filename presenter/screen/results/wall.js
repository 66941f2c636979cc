/** The scene with answers as a wall of cards, in pages. Cards stay large enough for the back row; what does not fit comes on the next page. */

import { el, measuringConditions, zoomFactor } from '../../shared/dom.js'
import { unbrokenNumbers } from '../../shared/figures.js'
import { columnsFor } from '../groups.js'
import { cardSource } from './card_loader.js'
import { MOST_CARDS, cardsToShow, cardsUntil, wallPages } from './wall_pages.js'

const SIZES = [6, 5.2, 4.6] // vh; the largest at which all cards fit on one page is taken, else the last

const MOST_MAPPED = 240 // drops below the wall; of more cards only the words tell how many have been shown

/** Small drops, one for each answer: those that have been shown, those on show, and those still to come. It is decoration. */
class SeenMap {
  #drawn = ''
  root = el('div', { class: 'map', 'aria-hidden': 'true', hidden: '' })

  /** @param {{from: number, to: number, seen: number, of: number}} cards those on show, and how many were */
  show({ from, to, seen, of }) {
    const drawn = `${from} ${to} ${seen} ${of}`
    if (this.#drawn === drawn) return
    this.#drawn = drawn
    if (this.root.children.length !== of) this.root.replaceChildren(...Array.from({ length: of }, () => el('i')))
    for (const [index, drop] of [...this.root.children].entries()) drop.className = index >= from && index < to ? 'now' : index < seen ? 'read' : ''
  }
}

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
    return { at: this.#page, of: this.#pages.length }
  }

  /** How many answers have been on show, of how many. */
  get seen() {
    return { n: cardsUntil(this.#items, this.#seenTo), of: cardsUntil(this.#items, Infinity) }
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
    const cards = this.#cards.get(view.results, `${frame.epoch} ${frame.position}`, cardSource(view))
      .map((card) => ({ ...card, text: unbrokenNumbers(card.text) }))
    this.#map.root.hidden = true
    if (!this.#layOut(cards) && cards.length <= MOST_MAPPED) {
      this.#map.root.hidden = false
      this.#map.show({ from: 0, to: 0, seen: 0, of: cards.length }) // it takes its room from the cards
      this.#layOut(cards)
    }
    this.#page = Math.min(this.#page, Math.max(0, this.#pages.length - 1))
    this.#draw()
  }

  /**
   * Divide *cards* into pages; whether one is enough.
   *
   * @param {Card[]} cards
   */
  #layOut(cards) {
    const columns = columnsFor(innerWidth, innerHeight * zoomFactor())
    const room = this.#list.clientHeight
    this.root.style.setProperty('--columns', String(columns))
    for (const size of SIZES) {
      if (size !== SIZES.at(-1) && cards.length > MOST_CARDS) continue
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
    const conditions = measuringConditions()
    if (conditions !== this.#measuredFor) this.#heights.clear()
    this.#measuredFor = conditions
    const unknown = texts.filter(({ text, wide }) => !this.#heights.has(`${size} ${wide} ${text}`))
    if (!unknown.length) return
    this.#measuringList.replaceChildren(...unknown.map(({ text, wide }) => el('li', { class: wide ? 'wide' : '', dir: 'auto' }, text)))
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
    this.#map.show({ from: cardsUntil(this.#items, page?.from ?? 0), to: cardsUntil(this.#items, page?.to ?? 0), ...this.seen, seen: this.seen.n })
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
      const card = el('li', { class: `${wide ? 'wide' : ''} ${look}`.trim() || null, 'data-card': id, dir: 'auto' }, text)
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
