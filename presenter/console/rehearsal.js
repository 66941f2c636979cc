/** The rehearsal: simulated participants join and answer; afterwards everything they did is deleted. */

import { clockDigits } from '../shared/clock.js'
import { $, fill, plural } from '../shared/dom.js'
import { confirm } from './confirm.js'

/**
 * The text about a rehearsal at *now* (the server's clock); '' without one. Pure.
 *
 * @type {(rehearsal: RehearsalView | null, now: number, t: Strings) => string}
 */
export const rehearsalText = (rehearsal, now, t) => {
  if (!rehearsal) return ''
  const answers = fill(plural(t.n_answers, rehearsal.answers), { n: rehearsal.answers })
  if (!isRunning(rehearsal, now)) return fill(t.over, { answers })
  return fill(t.running, { n: rehearsal.phones, answers, left: clockDigits(Math.ceil((rehearsal.until - now) / 1000)) })
}

/** @type {(rehearsal: RehearsalView | null, now: number) => boolean} */
const isRunning = (rehearsal, now) => Boolean(rehearsal && !rehearsal.stopped && now < rehearsal.until)

export class Rehearsal {
  #t = JSON.parse($('rehearse-strings').textContent)
  /** @type {ConsoleView} */
  #view

  /**
   * `press(action)` sends it; resolves with whether it was done. *ready* resolves with the first view.
   *
   * @param {{press: Act, note: ShowNote, ready: Promise<unknown>, places: Pick<import('./places.js').Places, 'open'>}} of
   */
  constructor({ press, note, ready, places }) {
    const t = this.#t
    $('rehearse').addEventListener('submit', async (event) => {
      event.preventDefault()
      await ready
      const { state, rehearsal } = this.#view
      // In the lobby nothing is disturbed. Later people may be looking at the screen, so ask first.
      if (state !== 'lobby' && !rehearsal && (await confirm(t.sure)) === false) return
      if (!(await press({ do: 'rehearse', n: Number($('rehearse-n').value) }))) return
      places.open('run')
      note(t.started)
    })
    $('rehearse-stop').addEventListener('click', () => press({ do: 'stop_rehearsal' }))
    $('rehearse-clear').addEventListener('click', async () => {
      const toLobby = this.#view.rehearsal?.to_lobby
      if (await press({ do: 'clear_rehearsal' })) note(toLobby ? t.cleared_home : t.cleared)
    })
  }

  /**
   * @param {ConsoleView} view
   * @param {number} now
   */
  show(view, now) {
    this.#view = view
    this.tick(now)
  }

  /** @param {number} now */
  tick(now) {
    const rehearsal = this.#view?.rehearsal ?? null
    const text = rehearsalText(rehearsal, now, this.#t)
    if ($('rehearsing-say').textContent !== text) $('rehearsing-say').textContent = text
    const running = isRunning(rehearsal, now)
    $('rehearsing').hidden = !rehearsal
    $('rehearse-stop').hidden = !running
    $('rehearse-section').hidden = running || this.#view?.state === 'ended'
  }
}
