/** The scene with a word cloud, and below it a line: the words that found no place, or one of the answers. */

import { el, measuringConditions, phrase, plural, wordButton, zoomFactor } from '../../shared/dom.js'
import { unbrokenNumbers } from '../../shared/figures.js'
import { layout, wordKey } from './cloud_layout.js'

const MOST_NAMED = 12 // words listed in the line below
const MOST_WORDS = 30 // in the cloud; more are noise, and stand in the line below and in the table
const MIN = 4.8 // all sizes in % of the screen's height
const MAX = 14.6
const BOLD = 1.2 // times the smallest size; from here words are bold
const TOP = 0.85 // of the largest word's size; from here words have the colour of voices
const LEAST_COUNTED = 5 // from here a word's count stands beside it
const REVEAL_MS = 1000 // all words come within this time
const MOST_GAP_MS = 50
const COUNT_VH = 7 // the room of a count
const SPACING = { x: 2.6, y: 0.5 }

const FIGURE = 4.4 // the size of a count, as in screen.css

/** @import { Layout, Placed } from './cloud_layout.js' */
/** @typedef {(view: ResultsView, drawn: import('./kept_cloud.js').Drawn) => void} CloudDrawn */

/** @type {(placed: Placed[]) => number} */
const largestOf = (placed) => Math.max(0, ...placed.map(({ rank }) => rank))

/** How loud a word of this *rank* is: 2 in the colour of voices, 1 bold, 0 neither. @type {(rank: number, placed: Placed[], vh: number) => number} */
const loudness = (rank, placed, vh) => (rank < BOLD * MIN * vh ? 0 : rank >= TOP * largestOf(placed) ? 2 : 1)

/** Draws the cloud in an element of its own. */
export class Cloud {
  #t
  #onPick
  #onDrawn
  #list
  #rest
  #measuringSpan
  #counts = /** @type {Map<string, number>} */ (new Map())
  #widths = /** @type {Map<string, number>} */ (new Map())
  #drawn = /** @type {Map<string, {item: PageElement, stamp: string}>} */ (new Map())
  #previous = /** @type {(Layout & {width: number, height: number, vh: number}) | null} */ (null)
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #relayoutTimer
  #restStamp = ''
  #measuredFor = ''
  #size = /** @type {{width: number, height: number} | null} */ (null) // kept, because measuring it in the middle of an update would make the browser lay out the page again

  /**
   * `onPick(word)` is called when a word is pressed, `onDrawn(view, drawn)` when the words stand where they will.
   *
   * @param {Strings} t
   * @param {(word: string) => void} onPick
   * @param {CloudDrawn} [onDrawn]
   */
  constructor(t, onPick, onDrawn) {
    this.#t = t
    this.#onDrawn = onDrawn
    this.#onPick = onPick
    this.#list = el('ul', { class: 'cloud' })
    this.#rest = el('p', { class: 'unplaced' })
    this.#measuringSpan = el('span', { class: 'ruler', 'aria-hidden': 'true' })
    this.root = el('div', { class: 'scene clouded' }, this.#list, this.#rest, this.#measuringSpan)
    new ResizeObserver(() => { this.#size = null }).observe(this.#list)
  }

  /** @param {ResultsView} view */
  show(view) {
    const { results } = view
    clearTimeout(this.#relayoutTimer)
    const vh = (innerHeight / 100) * zoomFactor()
    const conditions = measuringConditions()
    if (conditions !== this.#measuredFor) {
      this.#widths.clear()
      this.#size = this.#previous = null
      this.#restStamp = ''
      this.#measuredFor = conditions
    }
    if (results.voice) this.#drawVoice(results.voice, view.language)
    else this.#rest.classList.remove('read', 'wrapped')
    this.#size ??= { width: this.#list.clientWidth, height: this.#list.clientHeight }
    const { width, height } = this.#size
    const from = this.#previous
    const resized = from && (from.width !== width || from.height !== height || from.vh !== vh)
    const words = results.words.slice(0, MOST_WORDS)
    this.#counts = new Map(words.map(({ text, count }) => [text, count]))
    this.#measureAll(words)
    const result = layout(words, {
      width,
      height,
      minSize: MIN * vh,
      maxSize: MAX * vh,
      measure: (text, size, rank) => this.#measure(text, size, rank, vh),
      previous: resized ? null : from,
    })
    this.#previous = { ...result, width, height, vh }
    this.#drawWords(result.placed, vh)
    if (!results.voice) this.#drawRest([...result.unplaced, ...results.words.slice(MOST_WORDS)], results.words_total - results.words.length)
    if (!result.settled) this.#relayoutTimer = setTimeout(() => this.show(view), 600)
    else this.#onDrawn?.(view, { width, height, figure: FIGURE * vh, words: result.placed.map((word) => ({ ...word, loud: loudness(word.rank, result.placed, vh) })) })
  }

  stop() {
    clearTimeout(this.#relayoutTimer)
  }

  /**
   * All words not known yet in both weights: one by one, the page would be laid out for each.
   *
   * @param {Word[]} words
   */
  #measureAll(words) {
    const unknown = words.flatMap(({ text }) => [false, true].filter((bold) => !this.#widths.has(`${bold}${text}`)).map((bold) => ({ text, bold })))
    if (!unknown.length) return
    const rulers = unknown.map(({ text, bold }) => el('span', { class: bold ? 'ruler loud' : 'ruler', 'aria-hidden': 'true' }, text))
    this.#measuringSpan.after(...rulers)
    for (const [index, { text, bold }] of unknown.entries()) this.#widths.set(`${bold}${text}`, rulers[index].getBoundingClientRect().width / 100)
    for (const ruler of rulers) ruler.remove()
  }

  /**
   * Widths at 100 px are kept, so each word is measured only once for each weight.
   *
   * @param {string} text
   * @param {number} size
   * @param {number} rank
   * @param {number} vh
   */
  #measure(text, size, rank, vh) {
    const bold = rank >= BOLD * MIN * vh
    const cacheKey = `${bold}${text}`
    let width = this.#widths.get(cacheKey)
    if (width === undefined) {
      this.#measuringSpan.className = bold ? 'ruler loud' : 'ruler'
      this.#measuringSpan.textContent = text
      width = this.#measuringSpan.getBoundingClientRect().width / 100
      this.#widths.set(cacheKey, width)
    }
    const counted = (this.#counts.get(text) ?? 0) >= LEAST_COUNTED ? COUNT_VH * vh : 0
    return { width: width * size + counted + SPACING.x * vh, height: size * 1.1 + SPACING.y * vh }
  }

  /**
   * @param {import('./cloud_layout.js').Placed[]} placed
   * @param {number} vh
   */
  #drawWords(placed, vh) {
    const gone = new Set(this.#drawn.keys())
    const largest = largestOf(placed)
    this.#list.style.setProperty('--gap', `${Math.min(MOST_GAP_MS, REVEAL_MS / Math.max(1, placed.length)).toFixed(0)}ms`)
    for (const [index, word] of placed.entries()) {
      const name = wordKey(word.text)
      gone.delete(name)
      let { item, stamp } = this.#drawn.get(name) ?? {}
      if (!item) {
        const made = el('li', {}, wordButton('', () => this.#onPick(String(made.dataset.word)), el('span'), el('small', { class: 'num' })))
        item = made
        item.style.setProperty('--n', String(placed.length - 1 - index)) // at the reveal the largest comes last
        this.#list.append(item)
      }
      const newStamp = `${word.text} ${word.count} ${word.size} ${word.rank} ${word.x} ${word.y} ${vh} ${largest}`
      if (stamp === newStamp) continue // true for most words of most updates; only changed ones cost time
      this.#drawn.set(name, { item, stamp: newStamp })
      const [text, count] = item.firstElementChild.children
      item.dataset.word = word.text
      item.dataset.count = String(word.count)
      if (text.textContent !== word.text) text.textContent = word.text
      count.textContent = word.count >= LEAST_COUNTED ? String(word.count) : ''
      const loud = loudness(word.rank, placed, vh)
      item.classList.toggle('loud', loud > 0)
      item.classList.toggle('top', loud === 2)
      item.style.fontSize = `${word.size.toFixed(1)}px`
      item.style.transform = `translate(${word.x.toFixed(1)}px, ${word.y.toFixed(1)}px) translate(-50%, -50%)`
    }
    for (const name of gone) {
      this.#drawn.get(name)?.item.remove()
      this.#drawn.delete(name)
    }
  }

  /**
   * One answer, whole, in the place of the words without a place. Only where it is too narrow for it on one line, the cloud gives it a second.
   *
   * @param {NonNullable<ResultsShown['voice']>} voice
   * @param {string} language
   */
  #drawVoice({ id, text, word, n }, language) {
    const stamp = JSON.stringify([id, text, word, n])
    if (stamp === this.#restStamp) return
    this.#restStamp = stamp
    const whose = el('span', { class: 'whose' }, ...phrase(plural(this.#t.voice_of, n), { n: String(n), word }))
    const line = el('span', { class: 'line' }, el('i', { class: 'drop', 'aria-hidden': 'true' }),
      el('q', { dir: 'auto', lang: language, 'data-card': id }, unbrokenNumbers(text)))
    this.#rest.classList.remove('wrapped')
    this.#rest.classList.add('read')
    this.#rest.replaceChildren(line, ' ', whose)
    if (this.#rest.scrollWidth > this.#rest.clientWidth + 1) whose.hidden = true
    if (this.#rest.scrollWidth > this.#rest.clientWidth + 1) this.#rest.classList.add('wrapped')
    this.#size = null
  }

  /**
   * Words without a place stand in a line below, as many as it holds; the rest is only counted.
   *
   * @param {Word[]} unplaced
   * @param {number} unnamed
   */
  #drawRest(unplaced, unnamed) {
    const total = unplaced.length + Math.max(0, unnamed)
    const named = unplaced.slice(0, MOST_NAMED)
    const stamp = JSON.stringify([named, total])
    if (stamp === this.#restStamp) return // finding out how many words the line holds would be the slowest part of an update
    this.#restStamp = stamp
    if (total === 0) return this.#rest.replaceChildren()
    const draw = (/** @type {number} */ n) => {
      const shown = named.slice(0, n).map(({ text, count }, place) => [
        place ? ' · ' : '',
        el('span', { 'data-word': text, 'data-count': count, dir: 'auto' }, wordButton(text, this.#onPick, text)),
        ` ${count}`,
      ])
      const more = total - n
      const tail = more ? phrase(n ? this.#t.and_more : this.#t.words_more, { n: more }) : []
      this.#rest.replaceChildren(el('span', { class: 'line' }, ...(n ? [`${this.#t.also} `] : []), ...shown.flat(), ' ', ...tail))
      return this.#rest.firstChild.offsetWidth <= this.#rest.clientWidth
    }
    let low = 0
    let high = named.length
    while (low < high) {
      const half = Math.ceil((low + high) / 2)
      if (draw(half)) low = half
      else high = half - 1
    }
    draw(low)
  }
}
