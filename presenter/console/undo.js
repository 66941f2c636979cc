/** The newest press, whoever made it, and for a moment what takes it back. */

import { $ } from '../shared/dom.js'

const SHOWN_MS = 5000
const MODERATED = ['hide_answer', 'restore_answer']

/** Whether *last* of a view may be taken back at *now* by somebody with that *right*. Pure. */
export const offered = (last, now, right) =>
  Boolean(last) && now - last.at < SHOWN_MS &&
  (['facilitator', 'run'].includes(right) || (right === 'moderate' && MODERATED.includes(last.undo.do)))

export class Undo {
  #t
  #view = null
  #tried = null // the step that it was pressed at
  #right

  /** `act(action)` tells what the server said; `note` says why it was not done. */
  constructor({ act, note }) {
    this.#t = JSON.parse($('undo-strings').textContent)
    this.#right = document.body.dataset.right
    $('undo').addEventListener('click', async () => {
      const { last, step } = this.#view
      this.#tried = step
      $('undo-bar').hidden = true
      $($('go').hidden ? 'question' : 'next').focus()
      // Just this press: whatever has happened since stands.
      const said = await act({ ...last.undo, if_step: step })
      if (said.status === 409) note(this.#t.too_late, true)
      else if (!said.ok) note(said.title ?? this.#t.failed, true)
    })
  }

  show(view, now) {
    this.#view = view
    this.tick(now)
  }

  tick(now) {
    const last = this.#view?.last ?? null
    const shown = offered(last, now, this.#right) && this.#tried !== this.#view.step
    const words = shown ? this.#t.did[last.did] ?? '' : ''
    if (shown && $('undo-say').textContent !== words) $('undo-say').textContent = words
    if ($('undo-bar').hidden === shown) $('undo-bar').hidden = !shown
  }
}
