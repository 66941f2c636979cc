/** The scene with answers as a wall of cards, in pages. Cards stay large enough for the back row; what does not fit comes on the next page. */

import { el, measuringConditions } from '../shared/dom.js'
import { columnsFor } from './groups.js'

const MOST_CARDS = 12 // on a page; nobody reads more than that
const FETCH_SIZE = 200 // cards in one request
const REFETCH_MS = 1000

/** Divide rows of these *heights*, one below the other, into pages with at least one row each: `[{from, to}]`. */
export const rowPages = (heights, room, most = Infinity) => {
  const pages = []
  let from = 0
  let used = 0
  heights.forEach((height, index) => {
    if (index > from && (used + height > room || index - from >= most)) {
      pages.push({ from, to: index })
      from = index
      used = 0
    }
    used += height
  })
  if (heights.length) pages.push({ from, to: heights.length })
  return pages
}

/**
 * Divide cards into pages: `[{from, to, columns}]`. `columns` is null where cards stand in even rows. Where long cards
 * stand beside short ones, packing each column by itself may get at least two more cards onto the page; then `columns`
 * lists the cards of each column.
 */
export const cardPages = (heights, { columns, room, most = MOST_CARDS }) => {
  const pages = []
  for (let from = 0; from < heights.length; ) {
    const rows = rowsThatFit(heights, from, columns, room, most)
    const packed = rows < heights.length - from ? columnsThatFit(heights, from, columns, room, most) : null
    const page = packed && packed.flat().length > rows + 1
      ? { from, to: from + packed.flat().length, columns: packed }
      : { from, to: from + Math.max(1, rows), columns: null }
    pages.push(page)
    from = page.to
  }
  return pages
}

const rowsThatFit = (heights, from, columns, room, most) => {
  let count = 0
  let usedPx = 0
  while (from + count < heights.length && count < most) {
    const row = heights.slice(from + count, from + Math.min(count + columns, most))
    if (usedPx + Math.max(...row) > room) break
    usedPx += Math.max(...row)
    count += row.length
  }
  return count
}

const columnsThatFit = (heights, from, columns, room, most) => {
  const packed = Array.from({ length: columns }, () => ({ used: 0, cards: [] }))
  for (let index = from; index < Math.min(heights.length, from + most); index += 1) {
    const shortest = packed.reduce((a, b) => (b.used < a.used ? b : a))
    if (shortest.used + heights[index] > room) break
    shortest.used += heights[index]
    shortest.cards.push(index)
  }
  return packed.map(({ cards }) => cards)
}

/** *text* in two, cut at the space nearest to its middle; where there is no space, between two characters. */
export const splitText = (text) => {
  const middle = Math.floor(text.length / 2)
  const spaces = [...text.matchAll(/\s+/g)].map(({ index }) => index).filter((at) => at > 0)
  if (spaces.length) {
    const at = spaces.reduce((a, b) => (Math.abs(b - middle) < Math.abs(a - middle) ? b : a))
    return [`${text.slice(0, at).trimEnd()} …`, `… ${text.slice(at).trimStart()}`]
  }
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
  const half = Math.ceil(characters.length / 2)
  return [`${characters.slice(0, half).join('')}…`, `…${characters.slice(half).join('')}`]
}

/** All cards of the results on show. The first ones come with every view; the rest are fetched, and again when they may have changed. */
export class CardLoader {
  #fetchPage
  #onChange
  #rest = []
  #stamp = null
  #timer = null
  #source = ''

  /** `fetchPage(offset, limit)` gives `{total, cards}`; `onChange()` is called when more cards have come. */
  constructor(fetchPage, onChange) {
    this.#fetchPage = fetchPage
    this.#onChange = onChange
  }

  /** The cards known now. Another *stamp* means that the fetched ones may have changed; another *source*, that all are other cards. */
  get({ cards, cards_total: total }, stamp, source = '') {
    if (source !== this.#source) [this.#source, this.#stamp, this.#rest] = [source, null, []]
    if (total <= cards.length) return cards
    if (stamp !== this.#stamp && !this.#timer) {
      this.#timer = setTimeout(() => this.#fetchRest(cards.length, total, stamp), this.#stamp === null ? 0 : REFETCH_MS)
    }
    return [...cards, ...this.#rest.slice(0, total - cards.length)]
  }

  stop() {
    clearTimeout(this.#timer)
  }

  async #fetchRest(from, total, stamp) {
    const rest = []
    while (from + rest.length < total) {
      const page = await this.#fetchPage(from + rest.length, FETCH_SIZE)
      if (!page?.cards.length) break
      rest.push(...page.cards)
    }
    this.#timer = null
    this.#stamp = stamp
    this.#rest = rest
    this.#onChange()
  }
}

const SIZES = [6, 5.2, 4.6] // vh; the largest at which all cards fit on one page is taken, else the last

export class Wall {
  #list = el('ul', { class: 'cards' })
  #measuringList = el('ul', { class: 'cards ruler', 'aria-hidden': 'true' })
  #cards
  #heights = new Map()
  #measuredFor = ''
  #shown = new Set()
  #pages = []
  #items = []
  #page = 0

  /** *cards* is a `CardLoader`. */
  constructor(t, cards) {
    this.#cards = cards
    this.root = el('div', { class: 'scene' }, this.#list, this.#measuringList)
  }

  get pages() {
    return { at: this.#page, of: this.#pages.length }
  }

  turn(to) {
    if (to < 0 || to >= this.#pages.length) return false
    this.#page = to
    this.#draw()
    return true
  }

  show(view, frame) {
    const cards = this.#cards.get(view.results, `${frame.epoch} ${frame.position}`, view.shape)
    const columns = columnsFor(innerWidth, innerHeight)
    const room = this.root.clientHeight
    this.root.style.setProperty('--columns', columns)
    for (const size of SIZES) {
      if (size > SIZES.at(-1) && cards.length > MOST_CARDS) continue
      this.root.style.fontSize = `${size}vh`
      this.#items = this.#cardsToShow(cards, room, size)
      this.#pages = this.#pagesOf(columns, room, size)
      if (this.#pages.length <= 1) break
    }
    this.#page = Math.min(this.#page, Math.max(0, this.#pages.length - 1))
    this.#draw()
  }

  stop() {
    this.#cards.stop()
  }

  /** The cards to lay out. One that is too tall for a column becomes `wide`: it gets a page of its own, after the others. One too tall even for that is cut. */
  #cardsToShow(cards, room, size) {
    this.#measure(cards.map(({ text }) => ({ text, wide: false })), size)
    const cardsToShow = cards.flatMap((card) => {
      if (this.#height(card.text, false, size) <= room) return [{ ...card, wide: false }]
      const parts = [card.text]
      for (let index = 0; index < parts.length; ) {
        if (this.#height(parts[index], true, size) <= room || parts[index].length < 20) index += 1
        else parts.splice(index, 1, ...splitText(parts[index]))
      }
      return parts.map((text) => ({ ...card, text, wide: true }))
    })
    return [...cardsToShow.filter(({ wide }) => !wide), ...cardsToShow.filter(({ wide }) => wide)]
  }

  #pagesOf(columns, room, size) {
    const narrow = this.#items.filter(({ wide }) => !wide)
    const pages = cardPages(narrow.map(({ text }) => this.#height(text, false, size)), { columns, room })
    for (let index = narrow.length; index < this.#items.length; index += 1) pages.push({ from: index, to: index + 1, columns: null })
    return pages
  }

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

  #height(text, wide, size) {
    this.#measure([{ text, wide }], size)
    return this.#heights.get(`${size} ${wide} ${text}`)
  }

  #draw() {
    const page = this.#pages[this.#page]
    if (!page) return this.#list.replaceChildren()
    const before = this.#shown
    this.#shown = new Set(this.#items.slice(page.from, page.to).map(({ id }) => id))
    // A new card on the page that was shown before fades in; on another page all cards appear at once.
    const samePage = [...this.#shown].some((id) => before.has(id))
    const makeCard = (index) => {
      const { id, text, wide } = this.#items[index]
      const look = samePage && !before.has(id) ? 'new' : ''
      return el('li', { class: `${wide ? 'wide' : ''} ${look}`.trim() || null, 'data-card': id, dir: 'auto' }, text)
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
