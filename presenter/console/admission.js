/** Admission: closing the room to new phones, and withholding the answers of all that came in the last minute with one press. */

import { $, fill, plural } from '../shared/dom.js'

const NEWCOMER_S = 60

export class Admission {
  #t = JSON.parse($('door-strings').textContent)
  /** @type {ConsoleView} */
  #view

  /**
   * `press(action)` sends it; resolves with whether it was done. *ready* resolves with the first view.
   *
   * @param {{press: Act, note: ShowNote, ready: Promise<unknown>}} of
   */
  constructor({ press, note, ready }) {
    const t = this.#t
    $('door').addEventListener('click', async () => {
      await ready
      press({ do: this.#view.door.closed ? 'open_door' : 'close_door' })
    })
    $('newcomers').addEventListener('click', async () => {
      if (await press({ do: 'mute_newcomers', seconds: NEWCOMER_S })) note(t.done)
    })
    $('newcomers-undo').addEventListener('click', async () => {
      if (await press({ do: 'admit_newcomers' })) note(t.undone)
    })
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#view = view
    const { closed, muted, undo } = view.door
    const t = this.#t
    const words = [closed ? t.said_closed : t.said_open, ...(muted ? [fill(plural(t.muted, muted), { n: muted })] : [])]
    $('door-say').textContent = words.join(' ')
    $('door').textContent = closed ? t.open : t.close
    $('newcomers-undo').hidden = !undo
  }

  /**
   * What is said beside the number of phones while the room is closed.
   *
   * @type {(view: ConsoleView) => string[]}
   */
  words = (view) => (view.door.closed ? [this.#t.closed] : [])
}
