/** Pure functions for the phone: ids, time left, length of a text. */

/** 128 random bits as 32 hex digits. `randomUUID` would need a secure context. */
export const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('')

/** Whole seconds left; below 0 in overtime. @type {(ms: number) => number} */
export const secondsLeft = (ms) => Math.ceil(ms / 1000)

/** `1:05`; past zero `0:00`, or `+0:05` with *over*. @type {(ms: number, over?: boolean) => string} */
export const clockText = (ms, over = false) => {
  const s = ms < 0 && over ? Math.floor(-ms / 1000) : Math.max(0, secondsLeft(ms))
  return `${ms < 0 && over && s ? '+' : ''}${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`
}

const segments = globalThis.Intl?.Segmenter && new Intl.Segmenter()

/** Number of characters as a person counts them: an emoji is one. @type {(text: string) => number} */
export const graphemes = (text) => (segments ? [...segments.segment(text.trim())].length : [...text.trim()].length)

/**
 * The time of TIMES_S that has passed since *before* seconds were left, now that *left* are; undefined if none, or after a jump.
 *
 * @type {(left: number, before: number) => number | undefined}
 */
export const passedTime = (left, before) => (before - left < 5 ? TIMES_S.find((at) => left <= at && before > at) : undefined)
const TIMES_S = [60, 30, 10, 0] // when a screen reader says how much time is left
