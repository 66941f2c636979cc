/** The results of every question that was answered: pictures to save, and, after the end, the result of a slide to read. */

import { drawingOf } from '../../activities/drawing.js'
import { $, el, fill, plural } from '../../shared/dom.js'
import { pictureFoot } from './results.js'
import { ResultPicture } from './result_picture.js'

export class Pictures {
  #code
  #t
  #note
  /** @type {ConsoleView} */
  #view
  #list = $('pictures')

  /** @param {{code: string, t: Strings, note: ShowNote}} of */
  constructor({ code, t, note }) {
    this.#code = code
    this.#t = t
    this.#note = note
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#view = view
  }

  /** Fetch the results, and draw a row with its pictures for each question. */
  async draw() {
    const all = await this.#fetch()
    if (!all) return
    $('pictures-part').hidden = all.length === 0
    this.#list.replaceChildren(...all.map((one) => this.#row(one)))
    for (const one of all) this.#wire(one)
  }

  /**
   * Show what was answered on slide *n* in the column of answers.
   *
   * @param {{n: number, title: string}} slide
   */
  async read({ n, title }) {
    const results = await this.#fetch()
    if (!results) return
    const all = results.filter(({ slide }) => slide === n)
    const { language } = this.#view
    $('past-part').hidden = false
    $('past-title').textContent = title
    $('past').replaceChildren(...(all.length ? all.flatMap((one) => [
      ...(one.question && one.question !== title ? [el('h4', { lang: language }, one.question)] : []),
      el('p', { class: 'soft' }, fill(plural(this.#t.n_answers, one.answers), { n: one.answers })),
      ...drawingOf(one.kind, one.results).small(one.results, language, this.#t),
      ...(one.results.cards.length ? [el('ul', { class: 'list said-list' }, ...one.results.cards.map(({ text }) => el('li', { lang: language }, el('p', {}, text))))] : []),
    ]) : [el('p', { class: 'soft' }, this.#t.nothing_asked)]))
    $('past-title').focus()
  }

  /** @returns {Promise<QuestionResults[] | null>} */
  async #fetch() {
    const response = await fetch(`/api/rooms/${this.#code}/results`).catch(() => null)
    if (response?.ok) return response.json()
    this.#note(this.#t.failed, true)
    return null
  }

  /** @param {QuestionResults} one */
  #row({ activity, question, answers }) {
    const part = `picture-of-${activity}`
    return el('li', { id: `${part}-part` },
      el('p', {}, el('b', { lang: this.#view.language }, question || this.#view.title), ' ',
        el('span', { class: 'soft' }, fill(plural(this.#t.n_answers, answers), { n: answers }))),
      el('p', { class: 'row' },
        el('button', { class: 'link', type: 'button', id: `${part}-png` }, $('picture-png').textContent),
        el('button', { class: 'link', type: 'button', id: `${part}-svg` }, $('picture-svg').textContent)))
  }

  /** @param {QuestionResults} one */
  #wire({ activity, kind, question, shape, high, answers, results }) {
    const { title, language } = this.#view
    new ResultPicture({ code: this.#code, note: this.#note, t: this.#t, part: `picture-of-${activity}` }).show({
      kind, results, shape, high, activity, lang: language, question: question || title, foot: pictureFoot(title, answers, this.#t),
    })
  }
}
