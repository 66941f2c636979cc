/** The signs that phones can give during the meeting: the line that says when many are lost, and the switch. */

import { $, fill } from '../../shared/dom.js'

export class Signs {
  #t

  /** @param {{t: Strings, press: Act}} of */
  constructor({ t, press }) {
    this.#t = t
    $('signs-on')?.addEventListener('change', async () => {
      const on = $('signs-on').checked
      if (!(await press({ do: 'set_pulse', on }))) $('signs-on').checked = !on
    })
  }

  /** @param {ConsoleView} view */
  show({ signs }) {
    const words = signs?.lost ? fill(this.#t.lost, { n: signs.lost, of: signs.phones }) : ''
    if ($('lost').textContent !== words) $('lost').textContent = words
    $('lost').hidden = !words
    if (!$('signs-on')) return
    $('signs-part').hidden = !signs
    if (signs) $('signs-on').checked = signs.on
  }
}
