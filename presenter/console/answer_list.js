/** The answers as they come, newest first, and what may be done with each. */

import { el, fill, plural } from '../shared/dom.js'
import { mostAnswers } from './handheld.js'

const FETCH = 1000
const AGAIN_MS = 2000

/** What an answer says, in words: its text, or the options it chose, or the marks it gave. Pure. */
export const said = (answer, view) => {
  if (answer.text) return answer.text
  const { value } = answer
  const options = view.options ?? []
  if (Array.isArray(value)) return value.map((id) => options.find((one) => one.id === id)?.text ?? id).join(' · ')
  if (value && typeof value === 'object') {
    const named = (id) => view.items?.find((one) => one.id === id)?.text ?? id
    return Object.entries(value).map(([id, mark]) => `${named(id)}: ${mark}`).join(' · ')
  }
  return value === null || value === undefined ? '' : String(value)
}

/** What is told beside an answer: who, how many, how it came, and whether it counts. Pure. */
export const about = (answer, t) => [
  answer.via === 'phone' ? answer.alias : t.via[answer.via] ?? answer.alias,
  answer.heads > 1 && fill(t.heads, { n: answer.heads }),
  answer.late && t.late,
  answer.hidden !== null && (answer.hidden ? fill(t.held_because, { reason: answer.hidden }) : t.held_back),
  answer.hidden === null && answer.held && t.waiting,
  answer.muted && t.muted,
].filter(Boolean)

/**
 * Draws into *list*. While the pointer or the focus is in the list it stands still, for a row that jumps away under
 * the finger holds back the wrong answer; newcomers are counted on the *fresh* button meanwhile.
 */
export class Stream {
  #rows = new Map()
  #all = null // every answer, once it was asked for
  #fetchedAt = 0
  #fetching = false
  #view = null

  constructor({ list, fresh, toggle, t, code, press }) {
    Object.assign(this, { list, fresh, toggle, t, code, press })
    fresh.addEventListener('click', () => this.#draw(true))
    list.addEventListener('pointerleave', () => this.#view && this.#draw())
    list.addEventListener('focusout', () => setTimeout(() => this.#view && this.#draw()))
    toggle.addEventListener('click', () => (this.#all ? this.#forget() : this.#fetch()))
  }

  show(view) {
    if (view.activity !== this.#view?.activity) {
      this.#all = null
      this.#rows.forEach((row) => row.remove())
      this.#rows.clear()
    }
    this.#view = view
    if (this.#all && Date.now() - this.#fetchedAt > AGAIN_MS) this.#fetch()
    this.#draw()
  }

  #forget() {
    this.#all = null
    this.#draw(true)
  }

  async #fetch() {
    if (this.#fetching) return
    this.#fetching = true
    const { activity } = this.#view
    const found = []
    for (let after = 0; after !== null; ) {
      const got = await fetch(`/api/rooms/${this.code}/answers?after=${after}&limit=${FETCH}`).catch(() => null)
      if (!got?.ok) break
      const { answers, next } = await got.json()
      found.push(...answers.filter((one) => one.activity === activity))
      after = next
    }
    this.#fetching = false
    this.#fetchedAt = Date.now()
    if (activity !== this.#view.activity) return
    this.#all = found.reverse()
    this.#draw()
  }

  /** What to look at first, until it is shown; then the newest as the view tells them, before what was fetched. */
  get #answers() {
    const first = this.#view.state === 'results' ? [] : this.#view.look
    const told = new Map()
    for (const one of [...first, ...this.#view.answers, ...(this.#all ?? [])]) if (!told.has(one.id)) told.set(one.id, one)
    const most = this.#all ? Infinity : Math.max(first.length, mostAnswers())
    const lit = this.#view.spotlight?.id
    return [...told.values()].filter((one, n) => n < most || one.id === lit)
  }

  get #held() {
    const hovers = matchMedia('(hover: hover)').matches && this.list.matches(':hover')
    return hovers || this.list.contains(document.activeElement)
  }

  #draw(now = false) {
    const answers = this.#answers
    const total = this.#view.answers_total
    const ids = new Set(answers.map((one) => one.id))
    const still = !now && this.#held && this.#rows.size > 0
    let place = null
    let waiting = 0
    for (const answer of answers) {
      let row = this.#rows.get(answer.id)
      if (!row && still) {
        waiting += 1
        continue
      }
      if (!row) {
        row = el('li', {})
        this.#rows.set(answer.id, row)
      }
      this.#fill(row, answer)
      if (still) continue
      const before = place ? place.nextSibling : this.list.firstChild
      if (row !== before) this.list.insertBefore(row, before)
      place = row
    }
    if (!still) {
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
    const lit = this.#view.spotlight?.id === answer.id
    const canLift = Boolean(this.#view.results) && Boolean(answer.text)
    const drawn = JSON.stringify([answer, lit, canLift])
    if (row.dataset.drawn === drawn) return
    row.dataset.drawn = drawn
    const focused = row.contains(document.activeElement)
    const out = answer.hidden !== null || answer.held || answer.redacted
    row.classList.toggle('out', out)
    row.classList.toggle('lit', lit)
    const look = !out && answer.flags.length > 0
    row.classList.toggle('look', look)
    const does = (name, label, wrong = false) => {
      const button = el('button', { class: wrong ? 'link wrong' : 'link', type: 'button', 'data-does': name }, label)
      button.addEventListener('click', () => this.press(name, answer, said(answer, this.#view)))
      return button
    }
    const buttons = answer.redacted ? [] : [
      canLift && !out && !answer.late && does(lit ? 'unlift' : 'lift', lit ? t.unlift : t.lift),
      out || answer.late ? does('restore', answer.held && answer.hidden === null ? t.let : t.restore) : does('hold', t.hold),
      answer.alias && (out || look || answer.muted) && does(answer.muted ? 'unmute' : 'mute', answer.muted ? t.unmute : t.mute),
      does('redact', t.redact, true),
    ].filter(Boolean)
    row.replaceChildren(
      el('p', { class: 'said', lang: this.#view.language }, answer.redacted ? t.redacted : said(answer, this.#view)),
      el('p', { class: 'about soft' }, ...(look ? [el('b', {}, answer.flags.map((one) => t.flags[one]).join(', ')), ' · '] : []), about(answer, t).join(' · ')),
      el('div', { class: 'row' }, ...buttons),
    )
    if (focused) row.querySelector('button')?.focus()
  }
}
