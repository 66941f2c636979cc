/** The wall of cards, by page. Cards are never shrunk below what the back row can read; what does not fit is a page on. */

import { el } from '../shared/dom.js'
import { columnsFor } from './groups.js'

const MOST = 12 // cards on a page; more than that nobody reads
const ASK = 200 // cards to fetch at a time
const REST_MS = 1000

/** Pages of things of these *heights* below each other, at least one on each: `[{from, to}]`. */
export const pagesOfRows = (heights, room, most = Infinity) => {
  const pages = []
  let from = 0
  let used = 0
  heights.forEach((height, place) => {
    if (place > from && (used + height > room || place - from >= most)) {
      pages.push({ from, to: place })
      from = place
      used = 0
    }
    used += height
  })
  if (heights.length) pages.push({ from, to: heights.length })
  return pages
}

/**
 * Pages of cards in columns: `[{from, to, columns}]`. `columns` is null where cards stand in even rows, and else lists
 * for each column which cards stand in it, where that holds at least two more: long cards beside short ones.
 */
export const pagesOfCards = (heights, { columns, room, most = MOST }) => {
  const pages = []
  for (let from = 0; from < heights.length; ) {
    const rows = inRows(heights, from, columns, room, most)
    const packed = rows < heights.length - from ? inColumns(heights, from, columns, room, most) : null
    const page = packed && packed.flat().length > rows + 1
      ? { from, to: from + packed.flat().length, columns: packed }
      : { from, to: from + Math.max(1, rows), columns: null }
    pages.push(page)
    from = page.to
  }
  return pages
}

const inRows = (heights, from, columns, room, most) => {
  let count = 0
  let used = 0
  while (from + count < heights.length && count < most) {
    const row = heights.slice(from + count, from + Math.min(count + columns, most))
    if (used + Math.max(...row) > room) break
    used += Math.max(...row)
    count += row.length
  }
  return count
}

const inColumns = (heights, from, columns, room, most) => {
  const filled = Array.from({ length: columns }, () => ({ used: 0, cards: [] }))
  for (let place = from; place < Math.min(heights.length, from + most); place += 1) {
    const shortest = filled.reduce((a, b) => (b.used < a.used ? b : a))
    if (shortest.used + heights[place] > room) break
    shortest.used += heights[place]
    shortest.cards.push(place)
  }
  return filled.map(({ cards }) => cards)
}

/** *text* in two at the space nearest to its middle; where there is none, between two characters. */
export const halves = (text) => {
  const middle = Math.floor(text.length / 2)
  const spaces = [...text.matchAll(/\s+/g)].map(({ index }) => index).filter((at) => at > 0)
  if (spaces.length) {
    const at = spaces.reduce((a, b) => (Math.abs(b - middle) < Math.abs(a - middle) ? b : a))
    return [`${text.slice(0, at).trimEnd()} …`, `… ${text.slice(at).trimStart()}`]
  }
  const signs = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
  const half = Math.ceil(signs.length / 2)
  return [`${signs.slice(0, half).join('')}…`, `…${signs.slice(half).join('')}`]
}

/** All cards on show: the first come with every view, the rest are fetched, and again when something has changed. */
export class Cards {
  #fetch
  #changed
  #rest = []
  #stamp = null
  #timer = null
  #which = ''

  /** *fetch*(offset, limit) gives `{total, cards}`; *changed* is called when more cards have come. */
  constructor(fetch, changed) {
    this.#fetch = fetch
    this.#changed = changed
  }

  /** The cards known now. *stamp* differs whenever others than the first may have changed, *which* when all of them have. */
  of({ cards, cards_total: total }, stamp, which = '') {
    if (which !== this.#which) [this.#which, this.#stamp, this.#rest] = [which, null, []]
    if (total <= cards.length) return cards
    if (stamp !== this.#stamp && !this.#timer) {
      this.#timer = setTimeout(() => this.#more(cards.length, total, stamp), this.#stamp === null ? 0 : REST_MS)
    }
    return [...cards, ...this.#rest.slice(0, total - cards.length)]
  }

  stop() {
    clearTimeout(this.#timer)
  }

  async #more(from, total, stamp) {
    const rest = []
    while (from + rest.length < total) {
      const said = await this.#fetch(from + rest.length, ASK)
      if (!said?.cards.length) break
      rest.push(...said.cards)
    }
    this.#timer = null
    this.#stamp = stamp
    this.#rest = rest
    this.#changed()
  }
}

const SIZES = [6, 5.2, 4.6] // vh; the largest at which all cards stand on one page, else the last

export class Wall {
  #list = el('ul', { class: 'cards' })
  #ruler = el('ul', { class: 'cards ruler', 'aria-hidden': 'true' })
  #cards
  #heights = new Map()
  #measuredFor = ''
  #shown = new Set()
  #pages = []
  #items = []
  #page = 0

  /** *cards* is a `Cards`. */
  constructor(t, cards) {
    this.#cards = cards
    this.root = el('div', { class: 'scene' }, this.#list, this.#ruler)
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
    const cards = this.#cards.of(view.results, `${frame.epoch} ${frame.position}`, view.shape)
    const columns = columnsFor(innerWidth, innerHeight)
    const room = this.root.clientHeight
    this.root.style.setProperty('--columns', columns)
    for (const size of SIZES) {
      if (size > SIZES.at(-1) && cards.length > MOST) continue
      this.root.style.fontSize = `${size}vh`
      this.#items = this.#whole(cards, room, size)
      this.#pages = this.#paged(columns, room, size)
      if (this.#pages.length <= 1) break
    }
    this.#page = Math.min(this.#page, Math.max(0, this.#pages.length - 1))
    this.#draw()
  }

  stop() {
    this.#cards.stop()
  }

  /** Cards as they will stand: one taller than the screen takes a page of its own, after the others; one taller yet is cut. */
  #whole(cards, room, size) {
    this.#measure(cards.map(({ text }) => ({ text, wide: false })), size)
    const whole = cards.flatMap((card) => {
      if (this.#height(card.text, false, size) <= room) return [{ ...card, wide: false }]
      const parts = [card.text]
      for (let place = 0; place < parts.length; ) {
        if (this.#height(parts[place], true, size) <= room || parts[place].length < 20) place += 1
        else parts.splice(place, 1, ...halves(parts[place]))
      }
      return parts.map((text) => ({ ...card, text, wide: true }))
    })
    return [...whole.filter(({ wide }) => !wide), ...whole.filter(({ wide }) => wide)]
  }

  #paged(columns, room, size) {
    const narrow = this.#items.filter(({ wide }) => !wide)
    const pages = pagesOfCards(narrow.map(({ text }) => this.#height(text, false, size)), { columns, room })
    for (let place = narrow.length; place < this.#items.length; place += 1) pages.push({ from: place, to: place + 1, columns: null })
    return pages
  }

  #measure(texts, size) {
    const made = `${innerWidth} ${innerHeight}`
    if (made !== this.#measuredFor) this.#heights.clear()
    this.#measuredFor = made
    const unknown = texts.filter(({ text, wide }) => !this.#heights.has(`${size} ${wide} ${text}`))
    if (!unknown.length) return
    this.#ruler.replaceChildren(...unknown.map(({ text, wide }) => el('li', { class: wide ? 'wide' : '', dir: 'auto' }, text)))
    const items = [...this.#ruler.children]
    unknown.forEach(({ text, wide }, place) => {
      this.#heights.set(`${size} ${wide} ${text}`, items[place].getBoundingClientRect().height)
    })
    this.#ruler.replaceChildren()
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
    // A card that comes alone fades in; a page that is turned is simply there.
    const calm = [...this.#shown].some((id) => before.has(id))
    const draw = (place) => {
      const { id, text, wide } = this.#items[place]
      const fresh = calm && !before.has(id) ? 'new' : ''
      return el('li', { class: `${wide ? 'wide' : ''} ${fresh}`.trim() || null, 'data-card': id, dir: 'auto' }, text)
    }
    const places = Array.from({ length: page.to - page.from }, (_, n) => page.from + n)
    this.#list.classList.toggle('packed', Boolean(page.columns))
    this.#list.replaceChildren(
      ...(page.columns
        ? page.columns.map((column) => el('li', { role: 'presentation' }, el('ul', {}, ...column.map(draw))))
        : places.map(draw)),
    )
  }
}
