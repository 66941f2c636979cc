/**
 * A soft chime when the time of a talk is up. It is off until somebody switches it on, in the console or in this page's
 * help, and browsers let no page sound before somebody has pressed something in it.
 */

import { $ } from '../shared/dom.js'

const KEY = 'chime'
const LATE_MS = 3000 // a page that slept through the end says nothing afterwards
const ALLOWED_MS = 300 // how long a browser may take to let the page sound
const NOTES = [[523.25, 0], [659.25, 0.22], [783.99, 0.44]] // Hz, and s after the first
const FADE_S = 1.8
const LOUD = 0.12

/**
 * How long is left of the talk on show, in ms: below 0 when its time is up, null where no clock runs. Pure.
 *
 * @type {(view: Pick<View, 'state' | 'deadline' | 'paused_ms'>, now: number) => number | null}
 */
export const talkLeftMs = ({ state, deadline, paused_ms: pausedMs }, now) =>
  (state === 'talk' && deadline !== null && pausedMs === null ? deadline - now : null)

/**
 * Whether the time has run out between two looks, the later one not long after. Pure.
 *
 * @type {(before: number | null, left: number | null) => boolean}
 */
export const hasRunOut = (before, left) => before !== null && left !== null && before > 0 && left <= 0 && left > -LATE_MS

/**
 * Sound the chime by *context*, if the browser lets it at once; what it would let sound later is dropped.
 *
 * @param {AudioContext} context
 */
export async function ring(context) {
  await Promise.race([context.resume(), new Promise((done) => setTimeout(done, ALLOWED_MS))])
  if (context.state !== 'running') return context.close()
  for (const [pitch, after] of NOTES) {
    const start = context.currentTime + after
    const [tone, volume] = [context.createOscillator(), context.createGain()]
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0, start)
    volume.gain.linearRampToValueAtTime(LOUD, start + 0.03)
    volume.gain.exponentialRampToValueAtTime(0.0001, start + FADE_S)
    tone.connect(volume).connect(context.destination)
    tone.start(start)
    tone.stop(start + FADE_S)
    tone.onended = () => after === NOTES.at(-1)?.[1] && context.close()
  }
}

/** What was chosen on this screen: `on`, `off`, or null where the console decides. */
const chosenHere = () => {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** @param {string | null} choice */
const choose = (choice) => {
  try {
    if (choice) localStorage.setItem(KEY, choice)
    else localStorage.removeItem(KEY)
  } catch {
    // Storage is switched off: what the console says goes.
  }
}

export class Chime {
  #view = /** @type {View | null} */ (null)
  #left = /** @type {number | null} */ (null)
  #activity = /** @type {string | null} */ (null)
  #ring

  /** @param {() => unknown} sound */
  constructor(sound = () => ring(new AudioContext())) {
    this.#ring = sound
    $('chime').addEventListener('change', () => {
      choose($('chime').checked ? 'on' : 'off')
      if ($('chime').checked) this.#ring() // so that who switches it on hears what it is
    })
  }

  /** @param {View} view */
  show(view) {
    if (this.#view && this.#view.chime !== view.chime) choose(null) // who pressed last decides
    this.#view = view
    $('chime').checked = this.#isOn
  }

  /** @param {number} now */
  tick(now) {
    const view = /** @type {View} */ (this.#view)
    if (view.paused_ms !== null && view.activity === this.#activity) return
    const left = talkLeftMs(view, now)
    if (view.activity === this.#activity && hasRunOut(this.#left, left) && this.#isOn) this.#ring()
    this.#left = left
    this.#activity = view.activity
  }

  get #isOn() {
    const choice = chosenHere()
    return choice ? choice === 'on' : Boolean(this.#view?.chime)
  }
}
