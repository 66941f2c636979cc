/** Keyboard and clicker, the same on console and screen: which key means what, and what it asks of the server. */

import { lettersSteer } from './letter_keys.js'

const GUARD_MS = 300 // a clicker that bounces, and a finger that trembles, press twice within this
const NUMBER_MS = 4000 // how long typed digits wait for the key that uses them

const NAMES = {
  PageDown: 'next', ArrowRight: 'next', ' ': 'next', Spacebar: 'next',
  PageUp: 'back', ArrowLeft: 'back',
  ArrowDown: 'down', ArrowUp: 'up',
  '.': 'blank', b: 'blank',
  F5: 'start', f: 'fullscreen', Escape: 'escape',
  r: 'reveal', h: 'reveal', c: 'close',
  j: 'join', q: 'join', i: 'join',
  t: 'timer', '+': 'add', v: 'shape', d: 'dark', a: 'table', g: 'board',
  Enter: 'enter', '?': 'help',
}

/**
 * What a key press means: a name, `digit`, or null when it is none of ours. Pure: looks only at the event.
 *
 * `start` is what clickers send for "start the show" (F5); whoever listens must keep the browser from reloading.
 */
export const action = ({ key, ctrlKey, metaKey, altKey, target }) => {
  if (ctrlKey || metaKey || altKey) return null
  if (key === 'F5') return NAMES.F5
  if (isField(target)) return null
  if ((key === ' ' || key === 'Enter') && isPressable(target)) return null
  if (/^[0-9]$/.test(key)) return 'digit'
  return NAMES[key.length === 1 ? key.toLowerCase() : key] ?? null
}

const isField = (target) =>
  Boolean(target?.isContentEditable || target?.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]'))
const isPressable = (target) => Boolean(target?.closest?.('button, input[type="checkbox"], a[href], summary, [role="button"]'))

/**
 * What the pressed key asks of the server: actions of the API, in order; none when it concerns this page alone.
 *
 * *n* is the number typed just before, or null. *view* is what the face is shown now; *now* is the server's clock.
 */
export const wishes = (name, view, n = null, now = Date.now()) => {
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
    case 'add':
      return [{ do: 'add_time', seconds: 30 }]
    case 'timer':
      if (n > 0) return minutes(view, n, now)
      return [{ do: view.paused_ms === null || view.paused_ms === undefined ? 'pause' : 'resume' }]
    case 'shape': {
      const shapes = (view.results ?? view.hidden_results)?.shapes ?? []
      return shapes.length > 1 ? [{ do: 'show_as', shape: after(shapes, view.shape) }] : []
    }
    case 'enter':
      return n > 0 ? [{ do: 'goto', slide: n }] : []
    default:
      return []
  }
}

const after = (list, one) => list[(list.indexOf(one) + 1) % list.length]

/** Let *n* minutes be left from now, whatever the timer said; while an activity only waits, start it first. */
const minutes = (view, n, now) => {
  const wanted = n * 60
  if (view.state === 'idle') {
    const planned = view.steps?.[0]?.time_s ?? 0
    return [{ do: 'next' }, ...longer(wanted - planned, wanted)]
  }
  const left = view.paused_ms ?? (view.deadline ? view.deadline - now : 0)
  return longer(wanted - Math.max(0, Math.round(left / 1000)), wanted)
}

const longer = (more, wanted) => {
  if (more > 0) return [{ do: 'add_time', seconds: more }]
  return more < 0 ? [{ do: 'close_in', seconds: wanted }] : []
}

/**
 * Listens to *target* and calls `press(name, n)`; `n` is the number typed before the key, or null. `digits(text)`
 * is told what has been typed so far, '' when it is used or forgotten.
 */
export class Keyboard {
  #target
  #press
  #digits
  #now
  #typed = ''
  #typedAt = 0
  #last = {}

  constructor(target, { press, digits = () => {}, now = () => performance.now() }) {
    this.#target = target
    this.#press = press
    this.#digits = digits
    this.#now = now
    target.addEventListener('keydown', this.#listen)
  }

  stop() {
    this.#target.removeEventListener('keydown', this.#listen)
  }

  #listen = (event) => {
    const name = action(event)
    if (name === null || (event.key.length === 1 && event.key !== ' ' && !lettersSteer())) return
    if (name !== 'escape') event.preventDefault()
    const now = this.#now()
    if (event.repeat) return
    if (name === 'digit') {
      this.#typed = (now - this.#typedAt > NUMBER_MS ? '' : this.#typed + event.key).slice(-4) || event.key
      this.#typedAt = now
      this.#digits(this.#typed)
      return
    }
    if (now - (this.#last[name] ?? -Infinity) < GUARD_MS) return
    this.#last[name] = now
    const n = this.#typed && now - this.#typedAt <= NUMBER_MS ? Number(this.#typed) : null
    if (this.#typed) this.#digits('')
    this.#typed = ''
    if (name !== 'enter' || n !== null) this.#press(name, n)
  }
}

/** What `?` shows: keys and the message that says what they do (see the `keys` strings of each page). */
export const HELP = [
  ['PgDn → ␣', 'next'], ['PgUp ←', 'back'], ['↓ ↑', 'page'], ['23 Enter', 'goto'],
  ['B .', 'blank'], ['R H', 'reveal'], ['C', 'close'], ['T', 'timer'], ['3 T', 'minutes'], ['+', 'add'],
  ['V', 'shape'], ['Tab ↵', 'word'], ['A', 'table'], ['G', 'board'], ['J Q I', 'join'], ['D', 'dark'], ['F', 'fullscreen'], ['?', 'help'],
]
