/** Puts the results into the slides that the programme was made of: a deck is chosen or dropped, and comes back with them. */

import { $, el, fill, plural } from '../../shared/dom.js'
import { saveFile } from '../../shared/files.js'

const MOST_BYTES = 100 * 1024 * 1024
const TICK_MS = 1000

/** What became of the results: *titles* are questions that belong to no slide, as many as the header holds. @typedef {{placed: number, unplaced: number, titles: string[]}} Inserted */

/**
 * The name of the copy beside that of the deck. Pure.
 *
 * @type {(name: string, word: string) => string}
 */
export const copyName = (name, word) => `${name.replace(/\.pptx$/i, '')} – ${word}.pptx`

/**
 * What became of the results, in sentences. Pure.
 *
 * @type {(inserted: Inserted, name: string, t: Strings) => string[]}
 */
export const toldOf = ({ placed, unplaced, titles }, name, t) => [
  fill(plural(t.placed, placed), { n: placed, name }),
  ...(unplaced ? [fill(plural(t.unplaced, unplaced), { n: unplaced }) + titles.map((title) => ` «${title}»`).join(',')] : []),
]

export class DeckResults {
  #code
  #t
  #field

  /** @param {{code: string}} of */
  constructor({ code }) {
    this.#code = code
    this.#t = JSON.parse($('deck-strings')?.textContent ?? 'null')
    this.#field = /** @type {PageElement | null} */ ($('deck-file')) // not there where this server can't write slides
    this.#field?.addEventListener('change', () => this.#take())
  }

  async #take() {
    const [file] = this.#field?.files ?? []
    if (!file || !this.#field) return
    this.#field.value = ''
    if (file.size > MOST_BYTES) return this.#say([this.#t.large], true)
    this.#field.disabled = true
    let seconds = 0
    const tick = () => this.#say([fill(this.#t.waits, { n: seconds++ })])
    tick()
    const ticking = setInterval(tick, TICK_MS)
    const response = await fetch(`/api/rooms/${this.#code}/deck${location.search}`, { method: 'POST', body: file }).catch(() => null)
    const blob = response?.ok ? await response.blob().catch(() => null) : null
    clearInterval(ticking)
    this.#field.disabled = false
    this.#field.focus()
    if (!response || !blob) {
      const body = await response?.json().catch(() => null)
      return this.#say([body?.why ?? body?.title ?? this.#t.offline], true)
    }
    const name = copyName(file.name, this.#t.word)
    /** @type {Inserted} */
    const inserted = JSON.parse(response.headers.get('innspill-inserted') ?? '{"placed":0,"unplaced":0,"titles":[]}')
    if (inserted.placed + inserted.unplaced === 0) return this.#say([this.#t.nothing])
    saveFile(blob, name)
    this.#say(toldOf(inserted, name, this.#t))
  }

  /**
   * @param {string[]} sentences
   * @param {boolean} isProblem
   */
  #say(sentences, isProblem = false) {
    $('deck-say').className = isProblem ? 'problem' : ''
    $('deck-say').replaceChildren(...sentences.map((one) => el('span', { class: 'sentence' }, one)))
  }
}
