/** What a saved picture shows of a result, below its question: `{ height, parts, said }`, `said` for those who hear it. Pure. */

import { layout } from './cloud.js'

export const WIDTH = 1600
export const EDGE = 80
const LABEL = 520 // of the names, left of the bars
const ROW = 84
const SIZE = 30
const GAP = 60 // between two columns
const BETWEEN = 14 // two cards
const WORDS = { height: 780, minSize: 30, maxSize: 150 }
const TALLEST = 1500 // of the cards on one picture: as long as a sheet of A4
const QUOTES = 2
export const INK = '#14191b'
export const SOFT = '#444a4b'
const BAR = '#0b4f47'
const LINE = '#c9c4b8'

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** *text* as it may stand in XML. */
export const safe = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign])

/** *text* in at most *most* lines of about *wide* letters, the last one cut where it is longer. */
export const lines = (text, wide, most) => {
  const made = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = made.at(-1)
    if (last !== undefined && [...last].length + [...word].length < wide) made[made.length - 1] = `${last} ${word}`
    else made.push(word)
  }
  const shown = made.slice(0, most).map((line) => ([...line].length > wide ? `${[...line].slice(0, wide - 1).join('')}…` : line))
  if (made.length > most) shown[most - 1] = `${shown[most - 1].replace(/…$/, '')} …`
  return shown
}

export const text = (x, y, size, fill, said, more = '') =>
  `<text x="${Math.round(x)}" y="${Math.round(y)}" font-size="${size}" fill="${fill}"${more}>${safe(said)}</text>`

const BOLD = ' font-weight="700"'

/** `rows` as of `rowsOf`. */
export const bars = (rows, top) => {
  const wide = WIDTH - 2 * EDGE - LABEL - 190
  const parts = rows.flatMap((row, place) => {
    const middle = top + place * ROW + ROW / 2
    const label = lines(row.text, 32, 2)
    const first = middle + SIZE * 0.35 - ((label.length - 1) * SIZE * 1.1) / 2
    const width = Math.max(2, Math.round(row.part * wide))
    return [
      ...label.map((line, n) => text(EDGE, first + n * SIZE * 1.1, SIZE, INK, line)),
      `<rect x="${EDGE + LABEL}" y="${Math.round(middle - 24)}" width="${width}" height="48" rx="4" fill="${BAR}"/>`,
      text(EDGE + LABEL + width + 16, middle + SIZE * 0.35, SIZE, INK, row.said, BOLD),
    ]
  })
  return { height: rows.length * ROW, parts, said: rows.map((row) => `${row.text} ${row.said}`).join('; ') }
}

/** The word cloud as on the screen. Each word is as wide as it was measured, whatever font the reader has. */
export const cloud = (words, top, measure) => {
  const { placed } = layout(words, { ...WORDS, width: WIDTH - 2 * EDGE, measure })
  const parts = placed.map(({ text: word, x, y, size, count, wide }) => {
    const look = `text-anchor="middle" textLength="${Math.round(wide)}" lengthAdjust="spacingAndGlyphs"`
    return text(EDGE + x, top + y + size * 0.35, Math.round(size), count > 1 ? INK : SOFT, word, ` ${look}${BOLD}`)
  })
  return { height: WORDS.height, parts, said: words.map(({ text: word, count }) => `${word} ${count}`).join('; ') }
}

/** Pieces in two columns, each to where there is most room. `piece` gives `{ height, draw(x, y) }`. */
const columns = (pieces, top, gap) => {
  const wide = (WIDTH - 2 * EDGE - GAP) / 2
  const heights = [0, 0]
  const parts = pieces.flatMap(({ height, draw }) => {
    const at = heights[0] <= heights[1] ? 0 : 1
    const y = top + heights[at]
    heights[at] += height + gap
    return draw(EDGE + at * (wide + GAP), y, wide)
  })
  return { height: Math.max(...heights), parts }
}

const card = ({ text: said }) => {
  const shown = lines(said, 44, 40)
  return {
    height: shown.length * 40 + 24,
    draw: (x, y, wide) => [
      `<line x1="${x}" y1="${Math.round(y)}" x2="${Math.round(x + wide)}" y2="${Math.round(y)}" stroke="${LINE}" stroke-width="2"/>`,
      ...shown.map((line, n) => text(x, y + 44 + n * 40, SIZE, INK, line)),
    ],
  }
}

/** *cards* in as many lists as there are pictures to draw of them. */
export const sheets = (cards) => {
  const made = [[]]
  for (const one of cards) {
    if (columns([...made.at(-1), one].map(card), 0, BETWEEN).height > TALLEST && made.at(-1).length) made.push([])
    made.at(-1).push(one)
  }
  return made
}

/** Answers word for word. */
export const wall = (cards, top) => ({ ...columns(cards.map(card), top, BETWEEN), said: cards.map((one) => one.text).join('; ') })

/** Themes with how many answers each has, a bar for it, and some answers. */
export const themes = (told, top) => {
  const most = Math.max(1, ...told.map(({ answers }) => answers))
  const pieces = told.map(({ name, answers, cards }) => {
    const title = lines(name, 34, 2)
    const said = cards.slice(0, QUOTES).map((card) => lines(`«${card.text.replace(/\s+/g, ' ')}»`, 54, 2))
    const above = title.length * 42 + 36
    return {
      height: above + said.reduce((sum, one) => sum + one.length * 34 + 8, 0),
      draw: (x, y, wide) => [
        ...title.map((line, n) => text(x, y + 34 + n * 42, 34, INK, line, BOLD)),
        text(x + wide, y + 34, 34, INK, String(answers), ` text-anchor="end"${BOLD}`),
        `<rect x="${x}" y="${Math.round(y + title.length * 42 + 8)}" width="${Math.round((wide * answers) / most)}" height="12" rx="3" fill="${BAR}"/>`,
        ...said.flatMap((one, place) => {
          const before = said.slice(0, place).reduce((sum, other) => sum + other.length * 34 + 8, 0)
          return one.map((line, n) => text(x, y + above + before + 22 + n * 34, 26, SOFT, line))
        }),
      ],
    }
  })
  return { ...columns(pieces, top, 36), said: told.map(({ name, answers }) => `${name} ${answers}`).join('; ') }
}
