/** The clock of a timer: what it shows at a given moment, and the ring that draws it. The time is the server's. */

import { el, svg } from './dom.js'

export const LAST_S = 10

/** @typedef {{seconds: number, over: boolean, timeUp: boolean, paused: boolean, last: boolean, left: number, otherTurn: boolean, text: string}} Clock */

/**
 * What the clock of *view* shows at *now* (both on the server's clock), or null when no timer runs.
 *
 * `left` goes from 1 at the start to 0 at the end. `timeUp`: the time has run out. `over`: at least one second past it.
 * `last`: the last seconds. `otherTurn`: two people share the time, and it is the second one's turn to speak.
 *
 * @type {(view: Timer, now: number) => Clock | null}
 */
export const readClock = (view, now) => {
  const leftMs = view.paused_ms ?? (view.deadline ? view.deadline - now : null)
  if (leftMs === null) return null
  const over = leftMs <= -1000
  const seconds = over ? Math.floor(-leftMs / 1000) : Math.max(0, Math.ceil(leftMs / 1000))
  return {
    seconds,
    over,
    timeUp: leftMs <= 0,
    paused: view.paused_ms !== null && view.paused_ms !== undefined,
    last: !over && leftMs > 0 && seconds <= LAST_S,
    left: view.length_ms ? Math.min(1, Math.max(0, leftMs / view.length_ms)) : 0,
    otherTurn: view.turns === 2 && leftMs > 0 && leftMs * 2 <= /** @type {number} */ (view.length_ms),
    text: (over ? '+' : '') + clockDigits(seconds),
  }
}

/** 75 is "1:15"; past an hour, "1:02:05". @type {(seconds: number) => string} */
export const clockDigits = (seconds) => {
  /** @type {(n: number) => string} */
  const twoDigits = (n) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours ? `${hours}:${twoDigits(minutes)}:${twoDigits(seconds % 60)}` : `${minutes}:${twoDigits(seconds % 60)}`
}

/** "2 min", "1 min 30 s", "45 s": the planned length of a step. @type {(seconds: number) => string} */
export const durationText = (seconds) =>
  [seconds >= 60 && `${Math.floor(seconds / 60)}\u00a0min`, seconds % 60 && `${seconds % 60}\u00a0s`].filter(Boolean).join('\u00a0')

/** A ring that empties as time passes, with digits inside. `show(clock, true)` also marks the half, where the turn changes. */
export class Ring {
  #arc
  #digits
  #half

  constructor() {
    /** @param {string} name */
    const circle = (name) => svg('circle', { class: name, cx: 50, cy: 50, r: 46, pathLength: 1 })
    this.#arc = circle('left')
    this.#half = svg('path', { class: 'half', d: 'M50 90v12' })
    this.#digits = el('time', { class: 'num' })
    this.root = el(
      'div',
      { class: 'ring', role: 'timer' },
      svg('svg', { viewBox: '0 0 100 100', fill: 'none', 'aria-hidden': 'true' }, circle('track'), this.#arc, this.#half),
      this.#digits,
    )
  }

  /**
   * @param {Clock} clock
   * @param {boolean} halfway
   */
  show(clock, halfway) {
    this.root.classList.toggle('last', clock.last)
    this.root.classList.toggle('over', clock.over)
    this.root.classList.toggle('paused', clock.paused)
    this.root.classList.toggle('long', clock.text.length > 5)
    this.#half.style.display = halfway ? '' : 'none'
    this.#arc.setAttribute('stroke-dasharray', `${clock.left} 2`)
    this.#arc.style.display = clock.left > 0 ? '' : 'none'
    if (this.#digits.textContent !== clock.text) this.#digits.textContent = clock.text
  }
}
