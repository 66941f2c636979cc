/** The texts that a programme has had, to go back and forth between. Typing that goes on is one step. */

const MOST = 100
const PAUSE_MS = 1000

export class History {
  #past = []
  #coming = []
  #typedAt = -Infinity

  /** *text* is what stood there before it is changed now. */
  keep(text) {
    this.#past = [...this.#past, text].slice(-MOST)
    this.#coming = []
    this.#typedAt = -Infinity
  }

  /** As `keep`, but once for all that is typed without a pause. `now` in milliseconds. */
  type(text, now) {
    if (now - this.#typedAt > PAUSE_MS) this.keep(text)
    this.#typedAt = now
  }

  /** The text before *now*, or null. */
  undo(now) {
    return this.#go(this.#past, this.#coming, now)
  }

  redo(now) {
    return this.#go(this.#coming, this.#past, now)
  }

  forget() {
    this.#past = []
    this.#coming = []
  }

  get can() {
    return { undo: this.#past.length > 0, redo: this.#coming.length > 0 }
  }

  #go(from, to, now) {
    this.#typedAt = -Infinity
    if (!from.length) return null
    to.push(now)
    return from.pop()
  }
}
