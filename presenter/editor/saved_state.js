/** Tells whether what is written is kept: «Saved now», «Saved 3 min ago», or that it is not. */

import { fill } from '../shared/dom.js'

const MINUTE_MS = 60_000

/**
 * The words for a text that was saved *ago* milliseconds ago. Pure.
 *
 * @type {(ago: number, t: Strings) => string}
 */
export const savedText = (ago, t) => (ago < MINUTE_MS ? t.now : fill(t.ago, { n: Math.floor(ago / MINUTE_MS) }))

export class SavedState {
  #element
  #t
  #now
  #at = NaN
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /**
   * *t* are the words: `saving`, `now`, `ago`. `now()` is a clock in ms.
   *
   * @param {PageElement} element
   * @param {Strings} t
   */
  constructor(element, t, now = () => performance.now()) {
    this.#element = element
    this.#t = t
    this.#now = now
  }

  saving() {
    this.#say(this.#t.saving)
  }

  saved() {
    this.#at = this.#now()
    this.#draw()
  }

  /** *words* say why it is not saved, and what to do. @param {string} words */
  failed(words) {
    this.#say(words, true)
  }

  clear() {
    this.#say('')
  }

  #draw() {
    clearTimeout(this.#timer)
    if (Number.isNaN(this.#at)) return
    this.#show(savedText(this.#now() - this.#at, this.#t), false)
    this.#timer = setTimeout(() => this.#draw(), MINUTE_MS)
  }

  /** @param {string} words */
  #say(words, isProblem = false) {
    this.#at = NaN
    this.#show(words, isProblem)
  }

  /**
   * @param {string} words
   * @param {boolean} isProblem
   */
  #show(words, isProblem) {
    if (this.#element.textContent !== words) this.#element.textContent = words
    this.#element.classList.toggle('problem', isProblem)
  }
}
