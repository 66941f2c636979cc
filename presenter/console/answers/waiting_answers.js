/** The flagged answers to all questions, which stop the report from being published until somebody has decided. */

import { $, el, fill, plural } from '../../shared/dom.js'
import { releaseAll } from './answer_actions.js'
import { markedText } from './answer_list.js'
import { answerRow } from './answer_rows.js'

const LEFT_OUT = ['lift', 'unlift', 'redact'] // what is not for this place

export class WaitingAnswers {
  #t
  #perform
  #press
  #asked = false
  #drawn = ''
  /** @type {ConsoleView} */
  #view
  #part = $('followup-waiting')
  #list = $('followup-waiting-list')

  /**
   * `press(action)` carries it out and says whether it was done; *perform* has what can be done with an answer.
   *
   * @param {{t: Strings, perform: import('./answer_actions.js').AnswerActions, press: Act}} of
   */
  constructor({ t, perform, press }) {
    this.#t = t
    this.#perform = perform
    this.#press = press
    $('followup-release').addEventListener('click', () => press(releaseAll(this.#view.followup.look)))
    $('followup-without').addEventListener('click', async () => {
      if (!(await press({ do: 'publish', without: true }))) return
      this.#asked = false
      this.show(this.#view)
    })
  }

  /** Publish the report, or list what waits. */
  async publish() {
    return this.#view.followup.waiting > 0 ? this.list() : this.#press({ do: 'publish' })
  }

  list() {
    this.#asked = true
    this.show(this.#view)
    $('followup-waiting-say').focus()
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#view = view
    const { published, waiting, look } = view.followup
    this.#asked &&= waiting > 0
    this.#part.hidden = !this.#asked
    $('followup-without').hidden = published
    const drawn = this.#asked ? JSON.stringify([waiting, look]) : ''
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    $('followup-waiting-say').textContent = fill(plural(this.#t.n_stop, waiting), { n: waiting })
    $('followup-release').textContent = fill(this.#t.release_all, { n: look.length })
    this.#list.replaceChildren(...(this.#asked ? look : []).map(this.#item))
  }

  /** @param {Answer} answer */
  #item = (answer) => {
    const { pieces, flags, buttons } = answerRow(answer, this.#view, this.#t)
    const words = pieces.map(([piece]) => piece).join('')
    return el('li', { class: 'look' },
      el('p', { class: 'said', lang: this.#view.language }, ...markedText(pieces)),
      el('p', { class: 'about soft' }, el('b', {}, flags)),
      el('div', { class: 'row' }, ...buttons.filter(([name]) => !LEFT_OUT.includes(name)).map(([name, label]) => {
        const button = el('button', { class: 'link', type: 'button', 'data-does': name }, label)
        button.addEventListener('click', () => this.#perform[name](answer, words))
        return button
      })))
  }
}
