/** A result as a picture to put in a letter or a slide: SVG, and PNG drawn from it. Nothing of it leaves the browser. */

import { decimal, lengths, percent } from '../screen/bars.js'
import { EDGE, INK, SOFT, WIDTH, bars, cloud, lines, safe, sheets, text, themes, wall } from '../screen/svg_results.js'
import { fill } from '../shared/dom.js'
import { save } from './take_home.js'

const TITLE = 46
const MOST_ROWS = 20
const ASK = 200 // cards to fetch at a time
const GROUND = '#ffffff'
const FONT = "Inter, 'Noto Sans', 'Segoe UI', Arial, sans-serif"
const AIR = { width: 28, height: 1.15 } // around a word of a cloud

/** What the bars are: `{ text, part, said }` with part 0…1 of the whole width. *high* is the end of a scale. Null where a result has no figures. */
export const rowsOf = (results, lang, high) => {
  if (results?.options) {
    const parts = lengths(results.options.map(({ count }) => count))
    return results.options.map(({ letter, text, count, share }, place) =>
      ({ text: `${letter}  ${text}`, part: parts[place], said: `${count} (${percent(share, lang)})` }))
  }
  if (results?.items) {
    return results.items.map(({ letter, text, mean, spread }) => ({
      text: `${letter}  ${text}`, part: mean === null ? 0 : Math.max(0, mean) / Math.max(1, high ?? spread.length), said: decimal(mean, lang),
    }))
  }
  if (!results?.words?.length) return null
  const words = results.words.slice(0, MOST_ROWS)
  const parts = lengths(words.map(({ count }) => count))
  return words.map(({ text, count }, place) => ({ text, part: parts[place], said: String(count) }))
}

/**
 * The whole picture. `shown` is what there is of `{ rows, words, cards, groups }`, and *foot* one line of what it is from.
 * `measure(text, size)` gives what a word of a cloud takes; only that needs it.
 */
export const picture = ({ question, foot, lang, rows, words, cards, groups, measure }) => {
  const title = lines(question, 58, 3)
  const top = EDGE + title.length * TITLE * 1.25 + 30
  const drawn = groups ? themes(groups, top) : cards ? wall(cards, top) : words ? cloud(words, top, measure) : bars(rows, top)
  const height = Math.round(top + drawn.height + 40 + EDGE)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" xml:lang="${safe(lang)}" role="img" aria-labelledby="title desc" font-family="${FONT}">`,
    `<title id="title">${safe(question)}</title>`,
    `<desc id="desc">${safe(drawn.said)}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="${GROUND}"/>`,
    ...title.map((line, n) => text(EDGE, EDGE + TITLE * (0.8 + 1.25 * n), TITLE, INK, line, ' font-weight="700"')),
    ...drawn.parts,
    text(EDGE, height - EDGE / 2, 24, SOFT, foot),
    '</svg>',
  ].join('\n')
}

/** What of a view's results is drawn, by the shape they are shown in; null where there is nothing to draw. */
export const shownOf = ({ results, shape, lang, high }) => {
  if (['wall', 'quiet'].includes(shape) && results?.cards?.length) return { cards: results.cards, total: results.cards_total, shape }
  if (shape === 'cloud' && results?.words?.length) return { words: results.words }
  const rows = rowsOf(results, lang, high)
  return rows && { rows }
}

/** A name every system can hold. */
export const fileName = (code, question, ending) => {
  const letters = { æ: 'ae', ø: 'o', å: 'a' }
  const plain = question.toLowerCase().replace(/[æøå]/g, (letter) => letters[letter]).normalize('NFKD').replace(/[^a-z0-9]+/g, '-')
  return `${['innspill', code, plain.slice(0, 50)].join('-').replace(/-+/g, '-').replace(/-$/, '')}.${ending}`
}

const asPng = async (drawn) => {
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([drawn], { type: 'image/svg+xml' }))
  try {
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    canvas.getContext('2d').drawImage(image, 0, 0)
    return await new Promise((done) => canvas.toBlob(done, 'image/png'))
  } finally {
    URL.revokeObjectURL(image.src)
  }
}

/** What a word takes: `wide` as it is drawn, `width` and `height` with air. */
const measurer = () => {
  const canvas = document.createElement('canvas').getContext('2d')
  canvas.font = `700 100px ${FONT}`
  return (word, size) => {
    const wide = (canvas.measureText(word).width * size) / 100
    return { wide, width: wide + AIR.width, height: size * AIR.height }
  }
}

/** The buttons `{part}-png` and `{part}-svg`, and what they save. A wall too long for one picture is saved by one press for each. */
export class Picture {
  #now = null
  #left = {} // of each button: what is still to be saved of a wall

  constructor({ code, note, t, part = 'picture' }) {
    Object.assign(this, { code, note, t, part: document.getElementById(`${part}-part`), buttons: {} })
    for (const ending of ['png', 'svg']) {
      const button = document.getElementById(`${part}-${ending}`)
      this.buttons[ending] = { button, words: button.textContent }
      button.addEventListener('click', () => this.#save(ending))
    }
  }

  /** The results that the buttons save; *foot* says what they are from. */
  show({ question, foot, lang, groups, ...told }) {
    const shown = groups ? groups.length && { groups } : shownOf({ lang, ...told })
    const before = this.#now
    this.#now = shown ? { question, foot, lang, ...shown } : null
    this.part.hidden = !shown
    if (before?.question !== this.#now?.question || before?.shape !== this.#now?.shape) for (const ending of Object.keys(this.buttons)) this.#next(ending, null)
  }

  /** What the next press on a button saves; null is the beginning. */
  #next(ending, left) {
    const { button, words } = this.buttons[ending]
    this.#left[ending] = left?.length ? left : null
    button.textContent = left?.length ? `${words} (${left[0].part})` : words
  }

  async #save(ending) {
    const { cards, total, ...now } = this.#now
    const left = cards ? (this.#left[ending] ?? (await this.#parts(cards, total, now))) : [now]
    const [one, ...rest] = left
    const drawn = picture({ ...one, measure: measurer() })
    const name = one.part ? `${now.question} ${one.n}` : now.question
    save(ending === 'svg' ? new Blob([drawn], { type: 'image/svg+xml' }) : await asPng(drawn), fileName(this.code, name, ending))
    this.#next(ending, rest)
    this.note(rest.length ? fill(this.t.saved_part, { part: one.part }) : this.t.saved_image)
  }

  /** A whole wall, as what is drawn on each picture of it. */
  async #parts(first, total, now) {
    const all = (await this.#fetched(total, now.shape)) ?? first
    const some = all.length < total ? ` (${fill(this.t.n_of, { n: all.length, of: total })})` : ''
    const made = sheets(all)
    return made.map((cards, place) => {
      const part = made.length > 1 ? fill(this.t.n_of, { n: place + 1, of: made.length }) : ''
      return { ...now, cards, part, n: place + 1, foot: [`${now.foot}${some}`, part].filter(Boolean).join(' · ') }
    })
  }

  /** Every card; null where they can't be had, as while the hall does not see them. */
  async #fetched(total, shape) {
    const cards = []
    while (cards.length < total) {
      const asked = new URLSearchParams({ offset: cards.length, limit: ASK, ...(shape === 'quiet' ? { shape } : {}) })
      const said = await fetch(`/${this.code}/cards?${asked}`).catch(() => null)
      const more = said?.ok ? (await said.json()).cards : []
      if (!more.length) return null
      cards.push(...more)
    }
    return cards
  }
}
