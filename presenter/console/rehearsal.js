/** The rehearsal: pretend participants are let in, leave, and all they did is taken out again. */

import { clockDigits } from '../shared/clock.js'
import { $, fill, plural } from '../shared/dom.js'
import { sure } from './confirm.js'

/** What the console says of a rehearsal at *now*, by the server's clock; '' without one. Pure. */
export const words = (rehearsal, now, t) => {
  if (!rehearsal) return ''
  const answers = fill(plural(t.n_answers, rehearsal.answers), { n: rehearsal.answers })
  if (!runs(rehearsal, now)) return fill(t.over, { answers })
  return fill(t.running, { n: rehearsal.phones, answers, left: clockDigits(Math.ceil((rehearsal.until - now) / 1000)) })
}

const runs = (rehearsal, now) => Boolean(rehearsal) && !rehearsal.stopped && now < rehearsal.until

export class Rehearsal {
  #t = JSON.parse($('rehearse-strings').textContent)
  #view = null

  /** `press(action)` carries it out and says whether it was done. */
  constructor({ press, note }) {
    const t = this.#t
    $('rehearse').addEventListener('submit', async (event) => {
      event.preventDefault()
      const { state, rehearsal } = this.#view
      // In the lobby nobody has begun anything. Later a hall may be looking at the screen.
      if (state !== 'lobby' && !rehearsal && (await sure(t.sure)) === false) return
      if (!(await press({ do: 'rehearse', n: Number($('rehearse-n').value) }))) return
      $('rehearse-part').open = false
      note(t.started)
    })
    $('rehearse-stop').addEventListener('click', () => press({ do: 'stop_rehearsal' }))
    $('rehearse-clear').addEventListener('click', async () => {
      const home = this.#view.rehearsal?.to_lobby
      if (await press({ do: 'clear_rehearsal' })) note(home ? t.cleared_home : t.cleared)
    })
  }

  show(view, now) {
    this.#view = view
    this.tick(now)
  }

  tick(now) {
    const rehearsal = this.#view?.rehearsal ?? null
    const said = words(rehearsal, now, this.#t)
    if ($('rehearsing-say').textContent !== said) $('rehearsing-say').textContent = said
    const running = runs(rehearsal, now)
    $('rehearsing').hidden = !rehearsal
    $('rehearse-stop').hidden = !running
    $('rehearse-section').hidden = running || this.#view?.state === 'ended'
  }
}
