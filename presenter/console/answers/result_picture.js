/** Saves a result as a picture for a letter or a slide: SVG, and PNG drawn from it. All of it happens in the browser. */

import { drawingOf } from '../../activities/drawing.js'
import { $, fill } from '../../shared/dom.js'
import { saveFile, svgToPng } from '../../shared/files.js'
import { fetchLetters, outlineWidth, withOutlines } from '../../shared/outlines.js'
import { square } from './svg_square.js'
import { EDGE, INK, SOFT, WIDTH, bars, cardSheets, cloud, escapeXml, svgText, themes, wall, wrapText } from './svg_results.js'

const TITLE = 46
const FETCH_SIZE = 200 // cards to fetch at a time
const OWN_ORDER = ['quiet', 'weighed'] // shapes with other cards than the wall, or in another order
const GROUND = '#ffffff'
const FONT = "Inter, 'Noto Sans', 'Segoe UI', Arial, sans-serif"
/** @import { Measure } from './svg_results.js' */

const SPACING = { width: 28, height: 1.15 } // around a word of a cloud

/** @typedef {Picture & {question: string, foot: string, lang: string, part?: string, n?: number, activity?: string}} Sheet */

/**
 * The whole picture as SVG. One of *rows*, *plane*, *words*, *cards* and *groups* is given and drawn; *foot* is a line that says
 * where it comes from. `measure(text, size)` gives the size of a word; only a cloud needs it.
 *
 * @type {(sheet: Sheet & {measure?: Measure}) => string}
 */
export const renderSvg = ({ question, foot, lang, rows, plane, words, drawn: places, cards, groups, measure }) => {
  const title = wrapText(question, 58, 3)
  const top = EDGE + title.length * TITLE * 1.25 + 30
  const drawn = groups ? themes(groups, top) : plane ? square(plane, top) : cards ? wall(cards, top) : words && measure ? cloud(words, top, measure, places) : bars(rows ?? [], top)
  const height = Math.round(top + drawn.height + 40 + EDGE)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" xml:lang="${escapeXml(lang)}" role="img" aria-labelledby="title desc" font-family="${FONT}">`,
    `<title id="title">${escapeXml(question)}</title>`,
    `<desc id="desc">${escapeXml(drawn.description)}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="${GROUND}"/>`,
    ...title.map((line, n) => svgText(EDGE, EDGE + TITLE * (0.8 + 1.25 * n), TITLE, INK, line, ' font-weight="700"')),
    ...drawn.parts,
    svgText(EDGE, height - EDGE / 2, 24, SOFT, foot),
    '</svg>',
  ].join('\n')
}

/**
 * What `renderSvg` draws of the *results* of a *kind*, by the shape they are shown in; null where there is nothing to draw.
 *
 * @type {(shown: {kind: string, results: ResultsShown | null | undefined, shape?: string | null, lang?: string, high?: number}) => Picture | null | undefined}
 */
export const contentOf = ({ kind, results, ...shown }) => results && drawingOf(kind, results).picture({ results, ...shown })

/**
 * A file name that is valid on every system.
 *
 * @type {(code: string, question: string, ending: string) => string}
 */
export const fileName = (code, question, ending) => {
  /** @type {Record<string, string>} */
  const letters = { æ: 'ae', ø: 'o', å: 'a' }
  const plain = question.toLowerCase().replace(/[æøå]/g, (letter) => letters[letter]).normalize('NFKD').replace(/[^a-z0-9]+/g, '-')
  return `${['innspill', code, plain.slice(0, 50)].join('-').replace(/-+/g, '-').replace(/-$/, '')}.${ending}`
}

/**
 * Measures words for the cloud: `drawnWidth` of the letters, `width` and `height` with the space around them. A word
 * without outlines is measured as this browser sets it.
 *
 * @type {(letters: import('../../shared/outlines.js').Letters | null) => Measure}
 */
const measurer = (letters) => {
  const canvas = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'))
  return (word, size, weight = 600) => {
    canvas.font = `${weight} 100px ${FONT}`
    const drawnWidth = (letters && outlineWidth(word, size, weight, letters)) ?? (canvas.measureText(word).width * size) / 100
    return { drawnWidth, width: drawnWidth + SPACING.width, height: size * SPACING.height }
  }
}

/** The buttons `{part}-png` and `{part}-svg`, and what they save. A wall too long for one picture is saved sheet by sheet, one for each press. */
export class ResultPicture {
  /** @type {Sheet | null} */
  #content = null
  #sheetsLeft = /** @type {Record<string, Sheet[] | null>} */ ({}) // for each button: the sheets of a wall that are still to be saved

  /** @param {{code: string, note: ShowNote, t: Strings, part?: string}} of */
  constructor({ code, note, t, part = 'picture' }) {
    this.code = code
    this.note = note
    this.t = t
    this.part = $(`${part}-part`)
    /** @type {Record<string, {button: PageElement, words: string}>} */
    this.buttons = {}
    for (const ending of ['png', 'svg']) {
      const button = $(`${part}-${ending}`)
      this.buttons[ending] = { button, words: button.textContent }
      button.addEventListener('click', () => this.#save(ending))
    }
  }

  /**
   * The results that the buttons save; *foot* says where they come from. Without *activity* they are those on show.
   *
   * @param {Partial<Parameters<typeof contentOf>[0]> & {question: string, foot: string, lang: string, groups?: Theme[], activity?: string}} shown
   */
  show({ question, foot, lang, groups, activity, ...results }) {
    const shown = groups ? groups.length && { groups } : contentOf({ lang, kind: '', results: null, ...results })
    const before = this.#content
    this.#content = shown ? { question, foot, lang, activity, ...shown } : null
    this.part.hidden = !shown
    if (before?.question !== this.#content?.question || before?.shape !== this.#content?.shape) for (const ending of Object.keys(this.buttons)) this.#setNext(ending, null)
  }

  /**
   * What the next press on a button saves; null starts again with the first sheet.
   *
   * @param {string} ending
   * @param {Sheet[] | null} sheets
   */
  #setNext(ending, sheets) {
    const { button, words } = this.buttons[ending]
    this.#sheetsLeft[ending] = sheets?.length ? sheets : null
    button.textContent = sheets?.length ? `${words} (${sheets[0].part})` : words
  }

  /** @param {string} ending */
  async #save(ending) {
    const { cards, total = 0, activity, ...content } = /** @type {Sheet} */ (this.#content)
    const sheets = cards ? (this.#sheetsLeft[ending] ?? (await this.#sheets(cards, total, content, activity))) : [content]
    const [sheet, ...rest] = sheets
    const letters = ending === 'png' || sheet.words ? await fetchLetters(this.t.outlines) : null
    const drawn = renderSvg({ ...sheet, measure: measurer(letters) })
    const svg = letters ? withOutlines(drawn, letters) : drawn
    const name = sheet.part ? `${content.question} ${sheet.n}` : content.question
    saveFile(ending === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await svgToPng(svg), fileName(this.code, name, ending))
    this.#setNext(ending, rest)
    this.note(rest.length ? fill(this.t.saved_part, { part: sheet.part }) : this.t.saved_image)
  }

  /**
   * All sheets of a wall: for each, what `renderSvg` draws.
   *
   * @param {Card[]} first
   * @param {number} total
   * @param {Sheet} content
   * @param {string} [activity]
   * @returns {Promise<Sheet[]>}
   */
  async #sheets(first, total, content, activity) {
    const all = (await this.#fetchCards(total, content.shape, activity)) ?? first
    const some = all.length < total ? ` (${fill(this.t.n_of, { n: all.length, of: total })})` : ''
    const sheets = cardSheets(all)
    return sheets.map((cards, index) => {
      const part = sheets.length > 1 ? fill(this.t.n_of, { n: index + 1, of: sheets.length }) : ''
      return { ...content, cards, part, n: index + 1, foot: [`${content.foot}${some}`, part].filter(Boolean).join(' · ') }
    })
  }

  /**
   * Every card; null where the server refuses them, as while the screen does not show them.
   *
   * @param {number} total
   * @param {string | null | undefined} shape
   * @param {string} [activity]
   * @returns {Promise<Card[] | null>}
   */
  async #fetchCards(total, shape, activity) {
    const cards = /** @type {Card[]} */ ([])
    while (cards.length < total) {
      const query = new URLSearchParams({ offset: String(cards.length), limit: String(FETCH_SIZE), ...(shape && OWN_ORDER.includes(shape) ? { shape } : {}), ...(activity ? { activity } : {}) })
      const response = await fetch(`/${this.code}/cards?${query}`).catch(() => null)
      const more = response?.ok ? (await response.json()).cards : []
      if (!more.length) return null
      cards.push(...more)
    }
    return cards
  }
}
