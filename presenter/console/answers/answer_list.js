/** The list of answers, newest first, with the buttons for each. */

import { el, fill, plural } from '../../shared/dom.js'
import { mostAnswers } from '../handheld.js'

const FETCH_SIZE = 1000
const REFETCH_MS = 2000

/** An answer in words: its text, or the options it chose, or the value it gave each item. Pure. */
export const answerText = (answer, view) => {
  if (answer.text) return answer.text
  const { value } = answer
  const options = view.options ?? []
  if (Array.isArray(value)) return value.map((id) => options.find((option) => option.id === id)?.text ?? id).join(' · ')
  if (value && typeof value === 'object') {
    const named = (id) => view.items?.find((item) => item.id === id)?.text ?? id
    return Object.entries(value).map(([id, mark]) => `${named(id)}: ${mark}`).join(' · ')
  }
  return value === null || value === undefined ? '' : String(value)
}

/** The notes beside an answer: which phone, for how many people, how it came, and whether it counts. Pure. */
export const answerNotes = (answer, t) => [
  answer.via === 'phone' ? answer.alias : t.via[answer.via] ?? answer.alias,
  answer.heads > 1 && fill(t.heads, { n: answer.heads }),
  answer.late && t.late,
  answer.hidden !== null && (answer.hidden ? fill(t.held_because, { reason: answer.hidden }) : t.held_back),
  answer.hidden === null && answer.held && t.waiting,
  answer.muted && t.muted,
].filter(Boolean)

/**
 * Draws into *list*. While the pointer or the focus is in the list no row moves, because a press would then hit the wrong
 * answer; new answers are meanwhile counted on the button *fresh*.
 */
export class AnswerList {
  #rows = new Map()
  #all = null // every answer, once all have been asked for
  #fetchedAt = 0
  #fetching = false
  #view = null

  constructor({ list, fresh, toggle, t, code, press }) {
    Object.assign(this, { list, fresh, toggle, t, code, press })
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

  /** The answers to draw: those that need a look, until results are shown; then the newest ones of the view, then those fetched. */
  get #answers() {
    const first = this.#view.state === 'results' ? [] : this.#view.look
    const known = new Map()
    for (const answer of [...first, ...this.#view.answers, ...(this.#all ?? [])]) if (!known.has(answer.id)) known.set(answer.id, answer)
    const most = this.#all ? Infinity : Math.max(first.length, mostAnswers())
    const inSpotlight = this.#view.spotlight?.id
    return [...known.values()].filter((answer, n) => n < most || answer.id === inSpotlight)
  }

  get #isInUse() {
    const hovers = matchMedia('(hover: hover)').matches && this.list.matches(':hover')
    return hovers || this.list.contains(document.activeElement)
  }

  #draw(now = false) {
    const answers = this.#answers
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
    const { t } = this
    const inSpotlight = this.#view.spotlight?.id === answer.id
    const canSpotlight = Boolean(this.#view.results) && Boolean(answer.text)
    const drawn = JSON.stringify([answer, inSpotlight, canSpotlight])
    if (row.dataset.drawn === drawn) return
    row.dataset.drawn = drawn
    const focused = row.contains(document.activeElement)
    const isOut = answer.hidden !== null || answer.held || answer.redacted
    row.classList.toggle('out', isOut)
    row.classList.toggle('lit', inSpotlight)
    const isFlagged = !isOut && answer.flags.length > 0
    row.classList.toggle('look', isFlagged)
    const actionButton = (name, label, destructive = false) => {
      const button = el('button', { class: destructive ? 'link wrong' : 'link', type: 'button', 'data-does': name }, label)
      button.addEventListener('click', () => this.press(name, answer, answerText(answer, this.#view)))
      return button
    }
    const buttons = answer.redacted ? [] : [
      canSpotlight && !isOut && !answer.late && actionButton(inSpotlight ? 'unlift' : 'lift', inSpotlight ? t.unlift : t.lift),
      isOut || answer.late ? actionButton('restore', answer.held && answer.hidden === null ? t.let : t.restore) : actionButton('hold', t.hold),
      answer.alias && (isOut || isFlagged || answer.muted) && actionButton(answer.muted ? 'unmute' : 'mute', answer.muted ? t.unmute : t.mute),
      actionButton('redact', t.redact, true),
    ].filter(Boolean)
    row.replaceChildren(
      el('p', { class: 'said', lang: this.#view.language }, answer.redacted ? t.redacted : answerText(answer, this.#view)),
      el('p', { class: 'about soft' }, ...(isFlagged ? [el('b', {}, answer.flags.map((flag) => t.flags[flag]).join(', ')), ' · '] : []), answerNotes(answer, t).join(' · ')),
      el('div', { class: 'row' }, ...buttons),
    )
    if (focused) row.querySelector('button')?.focus()
  }
}
