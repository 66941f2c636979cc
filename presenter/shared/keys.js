/** Keyboard and clicker (presentation remote) for console and screen: what each key means, and which actions it sends. */

import { letterKeysOn } from './letter_keys.js'

const GUARD_MS = 300 // a second press of the same key within this time is taken for a bouncing clicker or a trembling finger
const HELD_MS = 1500 // one that was not let go before is taken for a key that is held: the longest wait before systems repeat one
/** How long people have to finish when it is closed with notice. */
export const CLOSING_S = 20
const NUMBER_MS = 4000 // how long typed digits wait for the key that uses them

/** @type {Record<string, string>} */
const NAMES = {
  PageDown: 'next', ArrowRight: 'next', ' ': 'next', Spacebar: 'next',
  PageUp: 'back', ArrowLeft: 'back',
  ArrowDown: 'down', ArrowUp: 'up',
  '.': 'blank', b: 'blank',
  F5: 'start', f: 'fullscreen', Escape: 'escape',
  r: 'reveal', c: 'close', s: 'close-soon',
  j: 'join', q: 'join', i: 'join',
  t: 'timer', '+': 'add', v: 'shape', x: 'voice', d: 'dark', a: 'table', g: 'board',
  n: 'ask', e: 'edit', z: 'undo',
  Enter: 'enter', '?': 'help',
}

/**
 * What a key press means: a name, `digit`, or null when it is not one of our keys. Pure: looks only at the event.
 *
 * `start` is F5, which clickers send for "start the show"; the listener must keep the browser from reloading the page.
 *
 * @type {(event: KeyboardEvent) => string | null}
 */
export const keyName = ({ key, ctrlKey, metaKey, altKey, shiftKey, target }) => {
  if (ctrlKey || metaKey || altKey) return null
  if (key === 'F5') return NAMES.F5
  if (isField(target)) return null
  if ((key === ' ' || key === 'Enter') && isPressable(target)) return null
  if (/^[0-9]$/.test(key)) return 'digit'
  if (shiftKey && key.toLowerCase() === 'l') return 'large'
  return NAMES[key.length === 1 ? key.toLowerCase() : key] ?? null
}

/** @param {any} target */
const isField = (target) =>
  Boolean(target?.isContentEditable || target?.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]'))
/** @param {any} target */
const isPressable = (target) => Boolean(target?.closest?.('button, input[type="checkbox"], a[href], summary, [role="button"]'))

/**
 * The API's actions that a pressed key sends, in order; none when the key concerns this page alone.
 *
 * *name* is of `keyName`; *n* is the number typed just before, or null; *now* is the server's clock.
 *
 * @type {(name: string, view: ConsoleView, n?: number | null, now?: number) => Action[]}
 */
export const actionsFor = (name, view, n = null, now = Date.now()) => {
  switch (name) {
    case 'next':
    case 'back':
      return [{ do: name }]
    case 'blank':
      return [{ do: view.blank ? 'unblank' : 'blank' }]
    case 'reveal':
      return [{ do: view.revealed ? 'hide' : 'reveal' }]
    case 'close':
      return [{ do: 'close' }]
    case 'close-soon':
      return view.state === 'write' ? [{ do: 'close_in', seconds: CLOSING_S }] : []
    case 'add':
      return [{ do: 'add_time', seconds: 30 }]
    case 'timer':
      if (n) return setMinutesLeft(view, n, now)
      if (view.state === 'talk' && view.film?.src) return [{ do: view.film.since === null ? 'resume' : 'pause' }]
      return [{ do: view.paused_ms === null || view.paused_ms === undefined ? 'pause' : 'resume' }]
    case 'shape': {
      const shapes = (view.results ?? view.hidden_results)?.shapes ?? []
      return shapes.length > 1 ? [{ do: 'show_as', shape: nextIn(shapes, view.shape) }] : []
    }
    case 'voice': // beyond the last answer the server begins again
      return view.shape === 'cloud' && view.results ? [{ do: 'page', n: view.page + 1 }] : []
    case 'enter':
      return n ? [{ do: 'goto', slide: n }] : []
    default:
      return []
  }
}

/** @type {(list: string[], current: string | null) => string} */
const nextIn = (list, current) => list[(list.indexOf(current ?? '') + 1) % list.length]

/**
 * Set the timer so that *n* minutes are left from now; an activity that waits is started first.
 *
 * @type {(view: ConsoleView, n: number, now: number) => Action[]}
 */
const setMinutesLeft = (view, n, now) => {
  const wantedS = n * 60
  if (view.state === 'idle') {
    const plannedS = view.steps?.[0]?.time_s ?? 0
    return [{ do: 'next' }, ...changeTimeBy(wantedS - plannedS, wantedS)]
  }
  const leftMs = view.paused_ms ?? (view.deadline ? view.deadline - now : 0)
  return changeTimeBy(wantedS - Math.max(0, Math.round(leftMs / 1000)), wantedS)
}

/** @type {(moreS: number, wantedS: number) => Action[]} */
const changeTimeBy = (moreS, wantedS) => {
  if (moreS > 0) return [{ do: 'add_time', seconds: moreS }]
  return moreS < 0 ? [{ do: 'close_in', seconds: wantedS }] : []
}

/**
 * Listens to *target* and calls `press(name, n)`; `n` is the number typed before the key, or null. `digits(text)` is
 * called with the digits typed so far, and with '' when they have been used or dropped.
 */
export class Keyboard {
  #target
  #onKey
  #onDigits
  #now
  #typed = ''
  #typedAt = 0
  /** When each key last came down, by what it means. @type {Record<string, number>} */
  #downAt = {}
  /** Keys that are down, by what they mean. @type {Set<string>} */
  #down = new Set()

  /**
   * @param {Document} target
   * @param {{press: (name: string, n: number | null) => void, digits?: (text: string) => void, now?: () => number}} handlers
   */
  constructor(target, { press, digits = () => {}, now = () => performance.now() }) {
    this.#target = target
    this.#onKey = press
    this.#onDigits = digits
    this.#now = now
    target.addEventListener('keydown', this.#receive)
    target.addEventListener('keyup', this.#release)
  }

  stop() {
    this.#target.removeEventListener('keydown', this.#receive)
    this.#target.removeEventListener('keyup', this.#release)
  }

  /** @param {KeyboardEvent} event */
  #release = (event) => this.#down.delete(keyName(event) ?? '')

  /** @param {KeyboardEvent} event */
  #receive = (event) => {
    const name = keyName(event)
    if (name === null || (event.key.length === 1 && event.key !== ' ' && !letterKeysOn())) return
    if (name !== 'escape') event.preventDefault()
    const now = this.#now()
    if (event.repeat) {
      this.#downAt[name] = now
      return
    }
    if (name === 'digit') {
      this.#typed = (now - this.#typedAt > NUMBER_MS ? '' : this.#typed + event.key).slice(-4) || event.key
      this.#typedAt = now
      this.#onDigits(this.#typed)
      return
    }
    if (this.#isAgain(name, now)) return
    const n = this.#typed && now - this.#typedAt <= NUMBER_MS ? Number(this.#typed) : null
    if (this.#typed) this.#onDigits('')
    this.#typed = ''
    if (name !== 'enter' || n !== null) this.#onKey(name, n)
  }

  /**
   * Whether this key came down a moment ago, or is held: some systems say so of a held key, some send it anew all the time,
   * and some let it go in between. Each time puts the end of the wait off.
   *
   * @type {(name: string, now: number) => boolean}
   */
  #isAgain(name, now) {
    const sinceMs = now - (this.#downAt[name] ?? -Infinity)
    const again = sinceMs < (this.#down.has(name) ? HELD_MS : GUARD_MS)
    this.#downAt[name] = now
    this.#down.add(name)
    return again
  }
}

/** The list that `?` shows: keys, and the name of the string that says what they do (see the `keys` strings of each page). */
export const HELP = [
  ['PgDn → ␣', 'next'], ['PgUp ←', 'back'], ['↓ ↑', 'page'], ['23 Enter', 'goto'],
  ['B .', 'blank'], ['R', 'reveal'], ['C', 'close'], ['S', 'close-soon'], ['T', 'timer'], ['3 T', 'minutes'], ['+', 'add'],
  ['V', 'shape'], ['X', 'voice'], ['Tab ↵', 'word'], ['A', 'table'], ['G', 'board'], ['N', 'ask'], ['E', 'edit'], ['Z', 'undo'],
  ['L', 'lift'], ['H', 'hold'], ['J Q I', 'join'], ['D', 'dark'], ['Shift L', 'large'], ['F', 'fullscreen'], ['?', 'help'],
]
