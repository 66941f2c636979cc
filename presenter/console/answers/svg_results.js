/**
 * Draws results as SVG for a saved picture, below its question. Each function returns `{ height, parts, description }`:
 * SVG elements as text, and the same in words for people who use a screen reader. Pure.
 */

import { layout } from '../../screen/results/cloud_layout.js'

export const WIDTH = 1600
export const EDGE = 80
const LABEL = 520 // width of the names, left of the bars
const ROW = 84
const SIZE = 30
const GAP = 60 // between two columns
const CARD_GAP = 14
const WORDS = { height: 780, minSize: 30, maxSize: 150 }
const TALLEST = 1500 // height of the cards on one picture: about a sheet of A4
const QUOTES = 2
export const INK = '#14191b'
export const SOFT = '#444a4b'
const BAR = '#0b4f47'
const LINE = '#c9c4b8'

/** @type {Record<string, string>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * *text* as it may stand in XML.
 *
 * @type {(text: string) => string}
 */
export const escapeXml = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (character) => ENTITIES[character])

/**
 * *text* in at most *mostLines* lines of about *mostLetters* letters; what is longer is cut, with an ellipsis.
 *
 * @type {(text: string, mostLetters: number, mostLines: number) => string[]}
 */
export const wrapText = (text, mostLetters, mostLines) => {
  /** @type {string[]} */
  const lines = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1)
    if (last !== undefined && [...last].length + [...word].length < mostLetters) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  const shown = lines.slice(0, mostLines).map((line) => ([...line].length > mostLetters ? `${[...line].slice(0, mostLetters - 1).join('')}…` : line))
  if (lines.length > mostLines) shown[mostLines - 1] = `${shown[mostLines - 1].replace(/…$/, '')} …`
  return shown
}

/**
 * One line of text as an SVG element; *attributes* is added as it stands.
 *
 * @type {(x: number, y: number, size: number, fill: string, text: string, attributes?: string) => string}
 */
export const svgText = (x, y, size, fill, text, attributes = '') =>
  `<text x="${Math.round(x)}" y="${Math.round(y)}" font-size="${size}" fill="${fill}"${attributes}>${escapeXml(text)}</text>`

/** @typedef {{height: number, parts: string[], description: string}} Drawn */
/** @typedef {(word: string, size: number, weight?: number) => {drawnWidth: number, width: number, height: number}} Measure */
/** @typedef {{height: number, draw: (x: number, y: number, width: number) => string[]}} Piece */

const BOLD = ' font-weight="700"'

/**
 * Bars, one below the other. 
 *
 * @type {(rows: BarRow[], top: number) => Drawn}
 */
export const bars = (rows, top) => {
  const longest = WIDTH - 2 * EDGE - LABEL - 190
  const parts = rows.flatMap((row, index) => {
    const middle = top + index * ROW + ROW / 2
    const label = wrapText(row.text, 32, 2)
    const first = middle + SIZE * 0.35 - ((label.length - 1) * SIZE * 1.1) / 2
    const width = Math.max(2, Math.round(row.share * longest))
    return [
      ...label.map((line, n) => svgText(EDGE, first + n * SIZE * 1.1, SIZE, INK, line)),
      `<rect x="${EDGE + LABEL}" y="${Math.round(middle - 24)}" width="${width}" height="48" rx="4" fill="${BAR}"/>`,
      svgText(EDGE + LABEL + width + 16, middle + SIZE * 0.35, SIZE, INK, row.figure, BOLD),
    ]
  })
  return { height: rows.length * ROW, parts, description: rows.map((row) => `${row.text} ${row.figure}`).join('; ') }
}

const wordsAsTold = (/** @type {Word[]} */ words) => words.map(({ text: word, count }) => `${word} ${count}`).join('; ')

/** By how loud a word is on the screen: its weight and colour. @type {Record<number, [weight: number, fill: string]>} */
const LOUDNESS = { 0: [400, SOFT], 1: [600, INK], 2: [600, BAR] }
const ASIDE = 0.25 // the space before a count, in parts of its size
const LEAST_COUNTED = 5 // from here a word's count stands beside it, as on the screen

/** The word cloud where the hall saw its words. @type {(words: Word[], top: number, measure: Measure, drawn: DrawnCloud) => Drawn} */
const cloudAsDrawn = (words, top, measure, drawn) => {
  const wide = WIDTH - 2 * EDGE
  const small = Math.round(drawn.figure * wide)
  const parts = drawn.words.flatMap(({ text: word, x, y, size: part, loud, count }) => {
    const size = Math.round(part * wide)
    const [weight, fill] = LOUDNESS[loud]
    const line = top + y * wide + size * 0.36
    const width = measure(word, size, weight).drawnWidth
    const figure = count >= LEAST_COUNTED ? String(count) : ''
    const aside = figure ? small * ASIDE : 0
    const left = EDGE + x * wide - (width + aside + (figure ? measure(figure, small, 400).drawnWidth : 0)) / 2
    return [
      svgText(left, line, size, fill, word, ` font-weight="${weight}"`),
      ...(figure ? [svgText(left + width + aside, line, small, INK, figure)] : []),
    ]
  })
  return { height: Math.round(drawn.high * wide), parts, description: wordsAsTold(words) }
}

/**
 * The word cloud: where the hall saw its words, else with room for each as it was measured.
 *
 * @type {(words: Word[], top: number, measure: Measure, drawn?: DrawnCloud) => Drawn}
 */
export const cloud = (words, top, measure, drawn) => {
  if (drawn) return cloudAsDrawn(words, top, measure, drawn)
  const { placed } = layout(words, { ...WORDS, width: WIDTH - 2 * EDGE, measure: (word, size) => measure(word, size) })
  const parts = placed.map(({ text: word, x, y, size, count }) =>
    svgText(EDGE + x, top + y + size * 0.36, Math.round(size), count > 1 ? INK : SOFT, word, ' text-anchor="middle" font-weight="600"'))
  return { height: WORDS.height, parts, description: wordsAsTold(words) }
}

/**
 * Pieces in two columns, each put into the shorter one. A piece is `{ height, draw(x, y, width) }`.
 *
 * @type {(pieces: Piece[], top: number, gap: number) => {height: number, parts: string[]}}
 */
const columns = (pieces, top, gap) => {
  const width = (WIDTH - 2 * EDGE - GAP) / 2
  const heights = [0, 0]
  const parts = pieces.flatMap(({ height, draw }) => {
    const column = heights[0] <= heights[1] ? 0 : 1
    const y = top + heights[column]
    heights[column] += height + gap
    return draw(EDGE + column * (width + GAP), y, width)
  })
  return { height: Math.max(...heights), parts }
}

/** @type {(card: Card) => Piece} */
const cardPiece = ({ text }) => {
  const lines = wrapText(text, 44, 40)
  return {
    height: lines.length * 40 + 24,
    draw: (x, y, width) => [
      `<line x1="${x}" y1="${Math.round(y)}" x2="${Math.round(x + width)}" y2="${Math.round(y)}" stroke="${LINE}" stroke-width="2"/>`,
      ...lines.map((line, n) => svgText(x, y + 44 + n * 40, SIZE, INK, line)),
    ],
  }
}

/**
 * *cards* divided into sheets: one list for each picture.
 *
 * @type {(cards: Card[]) => Card[][]}
 */
export const cardSheets = (cards) => {
  let sheet = /** @type {Card[]} */ ([])
  const sheets = [sheet]
  for (const card of cards) {
    if (columns([...sheet, card].map(cardPiece), 0, CARD_GAP).height > TALLEST && sheet.length) {
      sheet = []
      sheets.push(sheet)
    }
    sheet.push(card)
  }
  return sheets
}

/**
 * Answers word for word.
 *
 * @type {(cards: Card[], top: number) => Drawn}
 */
export const wall = (cards, top) => ({ ...columns(cards.map(cardPiece), top, CARD_GAP), description: cards.map(({ text }) => text).join('; ') })

/**
 * Themes: each with its number of answers, a bar for that, and its newest answers.
 *
 * @type {(groups: Theme[], top: number) => Drawn}
 */
export const themes = (groups, top) => {
  const most = Math.max(1, ...groups.map(({ answers }) => answers))
  const pieces = groups.map(({ name, answers, cards }) => {
    const title = wrapText(name, 34, 2)
    const quotes = cards.slice(0, QUOTES).map((card) => wrapText(`«${card.text.replace(/\s+/g, ' ')}»`, 54, 2))
    const above = title.length * 42 + 36
    return {
      height: above + quotes.reduce((sum, lines) => sum + lines.length * 34 + 8, 0),
      draw: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ width) => [
        ...title.map((line, n) => svgText(x, y + 34 + n * 42, 34, INK, line, BOLD)),
        svgText(x + width, y + 34, 34, INK, String(answers), ` text-anchor="end"${BOLD}`),
        `<rect x="${x}" y="${Math.round(y + title.length * 42 + 8)}" width="${Math.round((width * answers) / most)}" height="12" rx="3" fill="${BAR}"/>`,
        ...quotes.flatMap((quote, index) => {
          const before = quotes.slice(0, index).reduce((sum, lines) => sum + lines.length * 34 + 8, 0)
          return quote.map((line, n) => svgText(x, y + above + before + 22 + n * 34, 26, SOFT, line))
        }),
      ],
    }
  })
  return { ...columns(pieces, top, 36), description: groups.map(({ name, answers }) => `${name} ${answers}`).join('; ') }
}
