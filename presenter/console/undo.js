/** The bar that offers for a few seconds to undo the newest action, whoever sent it. */

import { $ } from '../shared/dom.js'

const SHOWN_MS = 10_000 // holding back and muting are done at once: this is the time to see that it was the wrong one
const PLACES = ['gather', 'follow', 'take', 'meeting', 'edit'] // where the bar stands above the dock, and not below what is on
const MODERATED = ['hide_answer', 'restore_answer', 'undo_release', 'unmask_answer', 'unmute_phone']

/**
 * Whether a view's *last* action may be undone at *now* by somebody with that *right*. Pure.
 *
 * @type {(last: ConsoleView['last'], now: number, right: string) => boolean}
 */
export const canUndo = (last, now, right) =>
  last !== null && now - last.at < SHOWN_MS &&
  (['facilitator', 'run'].includes(right) || (right === 'moderate' && MODERATED.includes(last.undo.do)))

export class Undo {
  #t
  /** @type {ConsoleView} */
  #view
  #usedAt = /** @type {number | null} */ (null) // the step at which the button was pressed
  #right

  /**
   * `act(action)` resolves with the result of `feed.act`; `note` shows why it was not done.
   *
   * @param {{act: (action: Action) => Promise<ActionResult>, note: ShowNote, places?: Pick<import('./places.js').Places, 'on'>}} of
   */
  constructor({ act, note, places }) {
    places?.on('run', () => $('place-run').querySelector('.stage')?.append($('undo-bar')))
    for (const name of PLACES) places?.on(name, () => $('dock').insertBefore($('undo-bar'), $('dock').firstChild))
    this.#t = JSON.parse($('undo-strings').textContent)
    this.#right = document.body.dataset.right ?? ''
    $('undo').addEventListener('click', async () => {
      const { last, step } = this.#view
      if (!last) return
      this.#usedAt = step
      $('undo-bar').hidden = true
      $($('go').hidden ? 'question' : 'next').focus()
      // Only this action is undone; the step makes the server refuse if anything has happened since.
      const result = await act({ ...last.undo, if_step: step })
      if (result.status === 409) note(this.#t.too_late, true)
      else if (!result.ok) note(result.title ?? this.#t.failed, true)
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
    const last = this.#view?.last ?? null
    const shown = canUndo(last, now, this.#right) && this.#usedAt !== this.#view.step
    const text = last && shown ? this.#t.did[`${last.did}.${this.#view.state}`] ?? this.#t.did[last.did] ?? '' : ''
    if (shown && $('undo-say').textContent !== text) $('undo-say').textContent = text
    if ($('undo-bar').hidden === shown) $('undo-bar').hidden = !shown
  }
}
