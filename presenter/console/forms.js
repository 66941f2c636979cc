/** The forms of the console: a new question, and the number of people in the hall. */

import { $ } from '../shared/dom.js'
import { filledLines } from '../shared/list_lines.js'

/** Each form keeps what was written until the server has accepted it. *kinds* are the schemas of the kinds. */
export class Forms {
  #kinds
  #press
  #note

  /** @param {{t: Strings, kinds: Kinds, press: Act, note: ShowNote}} of */
  constructor({ t, kinds, press, note }) {
    this.#kinds = kinds
    this.#press = press
    this.#note = note
    this.#wire('ask', '', () => ({
      do: 'ask', kind: $('ask-kind').value, question: $('ask-question').value, options: filledLines($('ask-options').value),
    }))
    this.#wire('hall', t.saved, () => ({ do: 'set_people', n: Number($('hall-n').value) }), { keeps: true })
    $('ask-kind').addEventListener('change', () => this.#showOptions())
  }

  /**
   * *keeps*: the form still shows what was sent when it has been accepted.
   *
   * @param {string} id
   * @param {string} doneText
   * @param {() => Action} makeAction
   */
  #wire(id, doneText, makeAction, { keeps = false } = {}) {
    $(id).addEventListener('submit', async (event) => {
      event.preventDefault()
      if (!(await this.#press(makeAction()))) return
      if (!keeps) $(id).reset()
      this.#showOptions()
      $(id).closest('dialog')?.close()
      this.#note(doneText)
    })
  }

  #showOptions() {
    $('ask-choices').hidden = !this.#kinds[$('ask-kind').value]?.options
  }
}
