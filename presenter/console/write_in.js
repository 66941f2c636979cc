/** Writes an answer in for somebody without a phone: a text, or what they choose, with the same rows as on a phone. */

import { $, fill } from '../shared/dom.js'

export class WriteIn {
  #t
  /** @type {ConsoleView} */
  #view
  /** What the phone's script of the kind on show exports. @type {KindScript} */
  #kind = {}
  #kindName = ''

  /** @param {{t: Strings, press: Act}} of */
  constructor({ t, press }) {
    this.#t = t
    $('write').addEventListener('submit', async (event) => {
      event.preventDefault()
      $('write-say').textContent = ''
      $('write-say').classList.remove('problem')
      const answer = this.#answer()
      const heads = Number($('write-heads').value)
      if (!answer || !(await press({ do: 'add_answer', ...answer, heads, via: $('write-via').value }))) return
      $('write').reset()
      $('write-say').textContent = t.written
    })
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#view = view
    const chosen = view.writes === 'choices'
    $('write-words').hidden = chosen
    $('write-text').required = !chosen
    $('write-choices').hidden = !chosen
    if (chosen) this.#draw()
  }

  async #draw() {
    const name = this.#view.script ?? this.#view.kind
    if (name !== this.#kindName) {
      this.#kind = {}
      const script = await import(`../../static/activities/${name}.js`).catch(() => null) // the next view asks again
      if (!script || name !== (this.#view.script ?? this.#view.kind)) return
      this.#kind = script
      this.#kindName = name
    }
    this.#kind.show?.($('write-choices'), this.#asPhoneView(), undefined, '', this.#say, this.#view.weigh)
  }

  #asPhoneView() {
    return /** @type {PhoneView} */ (/** @type {unknown} */ ({ ...this.#view, shuffle: false }))
  }

  /** @type {Say} */
  #say = (sentence, n) => fill(this.#t[sentence], { n })

  /** What is filled in; null after it was said what is missing. @returns {{text?: string, value?: Value} | null} */
  #answer() {
    if (this.#view.writes !== 'choices') return { text: $('write-text').value }
    const refuse = (/** @type {string} */ sentence, n = 0) => {
      $('write-say').textContent = this.#say(sentence, n)
      return null
    }
    const answer = /** @type {Partial<Sent>} */ ({})
    const value = this.#kind.read?.(new FormData(/** @type {any} */ ($('write'))), this.#asPhoneView(), refuse, answer)
    return value ? { value, ...(answer.text && { text: answer.text }) } : null
  }
}
