/** The list of answers, newest first, with the buttons for each. */

import { $, el, fill, plural } from '../../shared/dom.js'
import { mostAnswers } from '../handheld.js'
import { answerRow, answerText, answersToShow } from './answer_rows.js'

const FETCH_SIZE = 1000
const REFETCH_MS = 2000
const DESTRUCTIVE = ['redact']

/**
 * While the pointer or the focus is in the list no row moves, because a press would then hit the wrong
 * answer; new answers are meanwhile counted on the button `fresh`.
 */
export class AnswerList {
  #rows = new Map()
  #all = null // every answer, once all have been asked for
  #fetchedAt = 0
  #fetching = false
  #view = null

  /** *perform* has what can be done with an answer, by name (answer_actions.js). */
  constructor({ code, t, perform }) {
    const [list, fresh, toggle] = ['answers', 'fresh', 'all'].map($)
    Object.assign(this, { list, fresh, toggle, t, code, perform })
    fresh.addEventListener('click', () => this.#draw(true))
    list.addEventListener('pointerleave', () => this.#view && this.#draw())
    list.addEventListener('focusout', () => setTimeout(() => this.#view && this.#draw()))
    toggle.addEventListener('click', () => (this.#all ? this.#showNewest() : this.#fetch()))
  }

  show(view) {
    if (view.activity !== this.#view?.activity) {
      this.#all = null
      this.#rows.forEach((row) => row.remove())
      this.#rows.clear()
    }
    this.#view = view
    if (this.#all && Date.now() - this.#fetchedAt > REFETCH_MS) this.#fetch()
    this.#draw()
  }

  #showNewest() {
    this.#all = null
    this.#draw(true)
  }

  async #fetch() {
    if (this.#fetching) return
    this.#fetching = true
    const { activity } = this.#view
    const found = []
    for (let after = 0; after !== null; ) {
      const response = await fetch(`/api/rooms/${this.code}/answers?after=${after}&limit=${FETCH_SIZE}`).catch(() => null)
      if (!response?.ok) break
      const { answers, next } = await response.json()
      found.push(...answers.filter((answer) => answer.activity === activity))
      after = next
    }
    this.#fetching = false
    this.#fetchedAt = Date.now()
    if (activity !== this.#view.activity) return
    this.#all = found.reverse()
    this.#draw()
  }

  get #isInUse() {
    const hovers = matchMedia('(hover: hover)').matches && this.list.matches(':hover')
    return hovers || this.list.contains(document.activeElement)
  }

  #draw(now = false) {
    const answers = answersToShow(this.#view, this.#all, mostAnswers())
    const total = this.#view.answers_total
    const ids = new Set(answers.map((answer) => answer.id))
    const isStill = !now && this.#isInUse && this.#rows.size > 0
    let previous = null
    let waiting = 0
    for (const answer of answers) {
      let row = this.#rows.get(answer.id)
      if (!row && isStill) {
        waiting += 1
        continue
      }
      if (!row) {
        row = el('li', {})
        this.#rows.set(answer.id, row)
      }
      this.#fill(row, answer)
      if (isStill) continue
      const next = previous ? previous.nextSibling : this.list.firstChild
      if (row !== next) this.list.insertBefore(row, next)
      previous = row
    }
    if (!isStill) {
      for (const [id, row] of this.#rows) {
        if (ids.has(id)) continue
        row.remove()
        this.#rows.delete(id)
      }
    }
    this.fresh.hidden = waiting === 0
    this.fresh.textContent = fill(plural(this.t.n_new, waiting), { n: waiting })
    this.toggle.hidden = !this.#all && total <= answers.length
    this.toggle.textContent = this.#all ? this.t.only_newest : fill(this.t.all, { n: total })
  }

  #fill(row, answer) {
    const shown = answerRow(answer, this.#view, this.t)
    const drawn = JSON.stringify([answer, shown])
    if (row.dataset.drawn === drawn) return
    row.dataset.drawn = drawn
    const focused = row.contains(document.activeElement)
    row.classList.toggle('out', shown.isOut)
    row.classList.toggle('lit', shown.inSpotlight)
    row.classList.toggle('look', shown.isFlagged)
    row.replaceChildren(
      el('p', { class: 'said', lang: this.#view.language }, shown.text),
      el('p', { class: 'about soft' }, ...(shown.flags ? [el('b', {}, shown.flags), ' · '] : []), shown.notes),
      el('div', { class: 'row' }, ...shown.buttons.map(([name, label]) => this.#button(name, label, answer))),
    )
    if (focused) row.querySelector('button')?.focus()
  }

  #button(name, label, answer) {
    const button = el('button', { class: DESTRUCTIVE.includes(name) ? 'link wrong' : 'link', type: 'button', 'data-does': name }, label)
    button.addEventListener('click', () => this.perform[name](answer, answerText(answer, this.#view)))
    return button
  }
}
