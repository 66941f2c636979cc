/** The list of answers, newest first, with the buttons for each. */

import { $, el, fill, plural } from '../../shared/dom.js'
import { releaseAll } from './answer_actions.js'
import { ageText, answerRow, answerText, answersToShow } from './answer_rows.js'
import { RowFocus } from './row_focus.js'
import { Swipe } from './swipe.js'

const FETCH_SIZE = 1000
const REFETCH_MS = 2000
const AGE_MS = 1000 // how often ages are told anew
const NARROW = matchMedia('(max-width: 899px)')
/** How many answers the list begins with on a narrow page. */
const MOST_NARROW = 5
const DESTRUCTIVE = ['redact'] // behind «More»: what can't be undone is not beside what is pressed all the time

/**
 * A text with the words marked that made it flagged.
 *
 * @type {(pieces: import('./answer_rows.js').AnswerRow['pieces']) => (string | PageElement)[]}
 */
export const markedText = (pieces) => pieces.map(([piece, isMarked]) => (isMarked ? el('mark', {}, piece) : piece))

/**
 * While the pointer or the focus is in the list no row moves, because a press would then hit the wrong
 * answer; new answers are meanwhile counted on the button `fresh`.
 */
export class AnswerList {
  /** @type {Map<string, PageElement>} */
  #rows = new Map()
  #all = /** @type {Answer[] | null} */ (null) // every answer, once all have been asked for
  #fetchedAt = 0
  #fetching = false
  #which
  #focus
  #toldAt = 0
  #opened = '' // the answer whose «More» is open
  /** @type {ConsoleView} */
  #view

  /**
   * *perform* has what can be done with an answer, by name (answer_actions.js); `which()` is the list to show.
   *
   * @param {{code: string, t: Strings, perform: import('./answer_actions.js').AnswerActions, act: (action: Action) => unknown, which: () => import('./which_list.js').ListName}} of
   */
  constructor({ code, t, perform, act, which }) {
    this.#which = which
    this.t = t
    this.code = code
    this.perform = perform
    this.list = $('answers')
    this.fresh = $('fresh')
    this.toggle = $('all')
    this.#focus = new RowFocus(this.list, () => $('next').focus())
    new Swipe(this.list)
    this.releaseAll = el('button', { class: 'press quiet', type: 'button', id: 'release-all', hidden: true })
    this.releaseAll.addEventListener('click', () => act(releaseAll(this.#listed)))
    this.fresh.after(this.releaseAll)
    this.fresh.addEventListener('click', () => this.#draw(true))
    this.list.addEventListener('pointerleave', () => this.#view && this.#draw())
    this.list.addEventListener('focusout', () => setTimeout(() => this.#view && this.#draw()))
    this.toggle.addEventListener('click', () => (this.#all ? this.#showNewest() : this.#fetch()))
  }

  /** @param {ConsoleView} view */
  show(view) {
    if (view.activity !== this.#view?.activity && this.#which() !== 'questions') {
      this.#all = null
      for (const row of this.#rows.values()) row.remove()
      this.#rows.clear()
    }
    this.#view = view
    if (this.#all && Date.now() - this.#fetchedAt > REFETCH_MS) this.#fetch()
    this.#draw()
  }

  /** Another list was chosen. */
  redraw() {
    if (!this.#view) return
    this.#all = null // those of another list
    if (this.#which() === 'held') this.#fetch()
    this.#draw(true)
  }

  /** @param {number} now */
  tick(now) {
    if (now - this.#toldAt < AGE_MS) return
    this.#toldAt = now
    for (const row of /** @type {Iterable<PageElement>} */ (this.#rows.values())) {
      const age = row.querySelector('.age')
      const text = ageText(now - Number(row.dataset.at), this.t)
      if (age && age.textContent !== text) age.textContent = text
    }
  }

  /** The flagged answers that somebody can read in the list now. */
  get #listed() {
    return this.#view.look.filter(({ id }) => this.#rows.has(id))
  }

  #showNewest() {
    this.#all = null
    this.#draw(true)
  }

  async #fetch() {
    if (this.#fetching) return
    this.#fetching = true
    const activity = this.#activity
    /** @type {Answer[]} */
    const found = []
    let after = /** @type {number | null} */ (0)
    while (after !== null) {
      /** @type {Response | null} */
      const response = await fetch(`/api/rooms/${this.code}/answers?after=${after}&limit=${FETCH_SIZE}`).catch(() => null)
      if (!response?.ok) break
      /** @type {{answers: Answer[], next: number | null}} */
      const { answers, next } = await response.json()
      found.push(...answers.filter((answer) => answer.activity === activity))
      after = next
    }
    this.#fetching = false
    this.#fetchedAt = Date.now()
    if (activity !== this.#activity) return
    this.#all = found.reverse()
    this.#draw()
  }

  /** Whose answers are listed: those to the activity on show, or the questions to the panel. */
  get #activity() {
    return this.#which() === 'questions' ? this.#view.questions?.activity ?? null : this.#view.activity
  }

  get #isInUse() {
    const hovers = matchMedia('(hover: hover)').matches && this.list.matches(':hover')
    return hovers || this.list.contains(document.activeElement)
  }

  #draw(now = false) {
    const which = this.#which()
    const answers = answersToShow(this.#view, this.#all, NARROW.matches ? MOST_NARROW : Infinity, which)
    const { answers_total: newest, questions } = this.#view
    const total = which === 'new' ? newest : which === 'questions' && questions ? questions.n + questions.waiting : answers.length
    const ids = new Set(answers.map((answer) => answer.id))
    const isStill = !now && this.#isInUse && this.#rows.size > 0
    /** @type {PageElement | null} */
    let previous = null
    let waiting = 0
    for (const answer of answers) {
      let row = this.#rows.get(answer.id)
      if (!row && isStill) {
        waiting += 1
        continue
      }
      if (!row) {
        row = el('li', { tabindex: -1, 'data-at': answer.at })
        this.#rows.set(answer.id, row)
      }
      this.#fill(row, answer)
      if (isStill) continue
      /** @type {Node | null} */
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
    this.#focus.draw()
    const listed = this.#listed.length
    this.releaseAll.hidden = listed < 2
    this.releaseAll.textContent = fill(this.t.release_all, { n: listed })
    this.fresh.hidden = waiting === 0
    this.fresh.textContent = fill(plural(this.t.n_new, waiting), { n: waiting })
    this.toggle.hidden = !this.#all && total <= answers.length
    this.toggle.textContent = this.#all ? this.t.only_newest : fill(this.t.all, { n: total })
  }

  /**
   * @param {PageElement} row
   * @param {Answer} answer
   */
  #fill(row, answer) {
    const shown = answerRow(answer, this.#view, this.t)
    const drawn = JSON.stringify([answer, shown])
    if (row.dataset.drawn === drawn) return
    row.dataset.drawn = drawn
    const focused = row !== document.activeElement && row.contains(document.activeElement)
    row.classList.toggle('out', shown.isOut)
    row.classList.toggle('lit', shown.inSpotlight)
    row.classList.toggle('look', shown.isFlagged)
    row.classList.toggle('question', answer.votes !== undefined)
    row.classList.toggle('named', Boolean(answer.name))
    row.replaceChildren(
      el('p', { class: 'said', lang: this.#view.language }, ...markedText(shown.pieces)),
      el('span', { class: 'age soft num' }),
      ...(shown.reply ? [el('p', { class: 'replied', lang: this.#view.language }, shown.reply)] : []),
      el('p', { class: 'about soft' }, ...(shown.flags ? [el('b', {}, shown.flags), ' · '] : []), shown.notes),
      el('div', { class: 'row' }, ...this.#buttons(shown.buttons, answer)),
    )
    this.#toldAt = 0
    if (!focused) return
    row.focus() // buttons are drawn only in a row that has the focus, and what is not drawn can't take it
    row.querySelector('button')?.focus()
  }

  /**
   * @param {import('./answer_rows.js').AnswerRow['buttons']} named
   * @param {Answer} answer
   */
  #buttons(named, answer) {
    const made = named.map(([name, label]) => this.#button(name, label, answer))
    const rare = made.filter((button) => DESTRUCTIVE.includes(button.dataset.does ?? ''))
    const more = el('button', { class: 'link', type: 'button', 'data-does': 'more' }, this.t.more)
    const draw = () => {
      const isOpen = this.#opened === answer.id
      more.setAttribute('aria-expanded', String(isOpen))
      for (const button of rare) button.hidden = !isOpen
    }
    more.addEventListener('click', () => {
      this.#opened = this.#opened === answer.id ? '' : answer.id
      draw()
    })
    draw()
    return [...made.filter((button) => !rare.includes(button)), ...(rare.length ? [more, ...rare] : [])]
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {Answer} answer
   */
  #button(name, label, answer) {
    const button = el('button', { class: DESTRUCTIVE.includes(name) ? 'link wrong' : 'link', type: 'button', 'data-does': name }, label)
    button.addEventListener('click', () => this.perform[name](answer, answerText(answer, this.#view)))
    return button
  }
}
