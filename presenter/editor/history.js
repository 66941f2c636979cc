/** Undo and redo for a workshop's text. Typing without a pause is one step. */

const LIMIT = 100
const PAUSE_MS = 1000

export class History {
  #past = /** @type {string[]} */ ([])
  #future = /** @type {string[]} */ ([])
  #typedAt = -Infinity

  /**
   * Record *text*, the text before a change.
   *
   * @param {string} text
   */
  record(text) {
    this.#past = [...this.#past, text].slice(-LIMIT)
    this.#future = []
    this.#typedAt = -Infinity
  }

  /**
   * As `record`, but only once for all that is typed without a pause. `now` in milliseconds.
   *
   * @param {string} text
   * @param {number} now
   */
  recordTyping(text, now) {
    if (now - this.#typedAt > PAUSE_MS) this.record(text)
    this.#typedAt = now
  }

  /**
   * The text before the newest change, or null; *now* is the text at present.
   *
   * @param {string} now
   */
  undo(now) {
    return this.#step(this.#past, this.#future, now)
  }

  /** @param {string} now */
  redo(now) {
    return this.#step(this.#future, this.#past, now)
  }

  clear() {
    this.#past = []
    this.#future = []
  }

  get can() {
    return { undo: this.#past.length > 0, redo: this.#future.length > 0 }
  }

  /**
   * @param {string[]} from
   * @param {string[]} to
   * @param {string} now
   */
  #step(from, to, now) {
    this.#typedAt = -Infinity
    const text = from.pop()
    if (text === undefined) return null
    to.push(now)
    return text
  }
}
