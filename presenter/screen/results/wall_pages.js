/** Divides cards and rows into pages, by their heights. Pure. */

/** A card as the wall lays it out. @typedef {Card & {wide: boolean}} Item */
/** `columns` are the cards of each column, by index; null where cards stand in even rows. @typedef {{from: number, to: number, columns: number[][] | null}} WallPage */
/** The height of a text in px, in a column or on the whole width. @typedef {(text: string, wide: boolean) => number} HeightOf */

export const MOST_CARDS = 12 // on a page; nobody reads more than that
const LEAST_CUT = 20 // characters; a shorter text is never cut

/**
 * Divide rows of these *heights*, one below the other, into pages with at least one row each: `[{from, to}]`.
 *
 * @type {(heights: number[], room: number, most?: number) => {from: number, to: number}[]}
 */
export const rowPages = (heights, room, most = Infinity) => {
  const pages = /** @type {{from: number, to: number}[]} */ ([])
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
 * stand beside short ones, packing each column by itself may get more cards onto the page; then `columns` lists the cards of each
 * column.
 *
 * @type {(heights: number[], of: {columns: number, room: number, most?: number}) => WallPage[]}
 */
export const cardPages = (heights, { columns, room, most = MOST_CARDS }) => {
  const pages = /** @type {WallPage[]} */ ([])
  for (let from = 0; from < heights.length; ) {
    const rows = rowsThatFit(heights, from, columns, room, most)
    const packed = rows < heights.length - from ? columnsThatFit(heights, from, columns, room, most) : null
    const page = packed && packed.flat().length > rows
      ? { from, to: from + packed.flat().length, columns: packed }
      : { from, to: from + Math.max(1, rows), columns: null }
    pages.push(page)
    from = page.to
  }
  return pages
}

/** @type {(heights: number[], from: number, columns: number, room: number, most: number) => number} */
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

/** @type {(heights: number[], from: number, columns: number, room: number, most: number) => number[][]} */
const columnsThatFit = (heights, from, columns, room, most) => {
  const packed = Array.from({ length: columns }, () => ({ used: 0, cards: /** @type {number[]} */ ([]) }))
  for (let index = from; index < Math.min(heights.length, from + most); index += 1) {
    const shortest = packed.reduce((a, b) => (b.used < a.used ? b : a))
    if (shortest.used + heights[index] > room) break
    shortest.used += heights[index]
    shortest.cards.push(index)
  }
  return packed.map(({ cards }) => cards)
}

/**
 * *text* in two, cut at the space nearest to its middle; where there is no space, between two characters.
 *
 * @type {(text: string) => [string, string]}
 */
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

/**
 * The cards to lay out where a page has *room* px; `heightOf(text, wide)` measures. One that is too tall for a column becomes
 * `wide`: it gets a page of its own, after the others. One too tall even for that is cut.
 *
 * @type {(cards: Card[], room: number, heightOf: HeightOf) => Item[]}
 */
export const cardsToShow = (cards, room, heightOf) => {
  const shown = cards.flatMap((card) => {
    if (heightOf(card.text, false) <= room) return [{ ...card, wide: false }]
    const parts = [card.text]
    for (let index = 0; index < parts.length; ) {
      if (heightOf(parts[index], true) <= room || parts[index].length < LEAST_CUT) index += 1
      else parts.splice(index, 1, ...splitText(parts[index]))
    }
    return parts.map((text) => ({ ...card, text, wide: true }))
  })
  return [...shown.filter(({ wide }) => !wide), ...shown.filter(({ wide }) => wide)]
}

/**
 * The pages of *items* as `cardsToShow` returns them, as `cardPages` has them.
 *
 * @type {(items: Item[], of: {columns: number, room: number, heightOf: HeightOf}) => WallPage[]}
 */
export const wallPages = (items, { columns, room, heightOf }) => {
  const narrow = items.filter(({ wide }) => !wide)
  const pages = cardPages(narrow.map(({ text }) => heightOf(text, false)), { columns, room })
  for (let index = narrow.length; index < items.length; index += 1) pages.push({ from: index, to: index + 1, columns: null })
  return pages
}

/**
 * How many different cards stand before item *to*; a long one is several items. Pure.
 *
 * @type {(items: Item[], to: number) => number}
 */
export const cardsUntil = (items, to) => new Set(items.slice(0, to).map(({ id }) => id)).size
