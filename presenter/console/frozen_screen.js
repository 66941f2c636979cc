/** Says that a big screen has stopped drawing, for as long as it has. */

import { $, fill, plural } from '../shared/dom.js'

export class FrozenScreen {
  #t

  /** @param {{t: Strings}} of */
  constructor({ t }) {
    this.#t = t
  }

  /** @param {ConsoleView} view */
  show({ frozen }) {
    const words = frozen ? fill(plural(this.#t.frozen, frozen), { n: frozen }) : ''
    if ($('frozen').textContent !== words) $('frozen').textContent = words
    $('frozen').hidden = !frozen
  }
}
