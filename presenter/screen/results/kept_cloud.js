/** Tells the server where the words of a closed cloud stand, so that files show what the hall saw. */

const WHOLE = 10_000 // all is told in ten thousandths of the cloud's width
const REST_MS = 2000 // a cloud that has not changed for so long has settled

/** @typedef {{activity: string, high: number, figure: number, places: Record<string, [x: number, y: number, size: number, loud: number]>}} Kept */

/** @typedef {{width: number, height: number, figure: number, words: {text: string, x: number, y: number, size: number, loud: number}[]}} Drawn */

/**
 * A drawn cloud as it is told. Pure.
 *
 * @type {(drawn: Drawn) => Omit<Kept, 'activity'>}
 */
export const asTold = ({ width, height, figure, words }) => {
  const part = (/** @type {number} */ px) => Math.round((px / width) * WHOLE)
  return {
    high: part(height), figure: part(figure),
    places: Object.fromEntries(words.map(({ text, x, y, size, loud }) => [text, [part(x), part(y), part(size), loud]])),
  }
}

export class KeptCloud {
  #send
  #told = ''
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /** @param {(kept: Kept) => unknown} send */
  constructor(send) {
    this.#send = send
  }

  /**
   * A cloud was drawn for *view*: tell it when it rests, if it is closed and has not been told.
   *
   * @param {Pick<View, 'activity' | 'state'>} view
   * @param {Drawn} drawn
   */
  drawn = ({ activity, state }, drawn) => {
    clearTimeout(this.#timer)
    if (state !== 'results' || !activity || !drawn.width || !drawn.words.length) return
    this.#timer = setTimeout(() => {
      const kept = { activity, ...asTold(drawn) }
      const told = JSON.stringify([activity, Object.keys(kept.places).sort()])
      if (told === this.#told) return
      this.#told = told
      this.#send(kept)
    }, REST_MS)
  }
}
