/** The scene while people write: how many answers there are, a drop for each, and how many of those present have answered. */

import { Ring, readClock } from '../shared/clock.js'
import { el, fill, fit, measuringConditions, phrase, plural } from '../shared/dom.js'
import { Pile } from './drops/pile.js'
import { answeredOf, clockLabel } from './scenes.js'

const FIGURE_VH = [28, 24, 20, 16, 12]

/** How far a hall is, in words and as a bar that fills; empty where nobody knows how many could answer. */
export class Meter {
  #words = el('p', { class: 'who' })
  #bar = el('div', { class: 'meter', 'aria-hidden': 'true' }, el('i'))
  root = el('div', {}, this.#words, this.#bar)

  /**
   * @param {{n: number, of: number}} counts
   * @param {string} words with `{n}` and `{of}`
   */
  show({ n, of }, words) {
    this.root.hidden = !of
    if (!of) return
    this.#words.replaceChildren(...phrase(words, { n, of: String(of) }))
    this.#bar.style.setProperty('--part', String(n / of))
    this.#bar.classList.toggle('full', n >= of)
  }
}

export class Write {
  #t
  #ring = new Ring()
  #figure = el('p', { class: 'figure num' })
  #unit = el('p', { class: 'of' })
  #meter = new Meter()
  #pile = new Pile()
  #next = el('p')
  #legend = el('p', { class: 'legend', hidden: '' })
  #allIn = /** @type {boolean | null} */ (null)
  #fitted = ''
  root = el('div', { class: 'scene write' },
    el('div', { class: 'count' }, this.#figure, this.#unit, this.#meter.root), this.#pile.root, this.#ring.root,
    el('div', { class: 'then' }, this.#next, this.#legend))
  hasClock = true

  /** @param {Strings} t */
  constructor(t) {
    this.#t = t
  }

  /** @param {View} view */
  show(view) {
    const t = this.#t
    const { answers } = view.counts
    const timed = view.deadline !== null || view.paused_ms !== null
    this.#ring.root.hidden = !timed
    this.root.classList.toggle('timed', timed)
    this.#figure.textContent = String(answers)
    this.#unit.textContent = plural(t.answers, answers)
    this.#showProgress(answeredOf(view.counts))
    this.#showInstruction(view)
    this.#fitFigure(timed)
    this.#showPile(view)
  }

  /**
   * The legend that a drop stands for several takes room from the pile, so this is laid out twice when it comes.
   *
   * @param {View} view
   */
  #showPile({ state, counts: { answers, typing = 0 } }) {
    const t = this.#t
    const pile = { n: answers, typing, hint: phrase(plural(t.n_writing, typing), { n: typing }) }
    this.#pile.show(pile)
    const legend = this.#pile.worth > 1 && state !== 'closing' ? fill(t.worth, { n: this.#pile.worth }) : ''
    if (this.#legend.textContent === legend) return
    this.#legend.textContent = legend
    this.#legend.hidden = !legend
    this.#pile.show(pile)
  }

  stop() {
    this.#pile.stop()
  }

  /**
   * @param {View} view
   * @param {number} now
   */
  tick(view, now) {
    const clock = readClock(view, now)
    if (!clock) return
    this.#ring.show(clock, false)
    this.#ring.root.setAttribute('aria-label', clockLabel(clock, this.#t))
  }

  /**
   * When the last of all answers has come, the figure gives one beat.
   *
   * @param {{n: number, of: number}} counts
   */
  #showProgress(counts) {
    this.#meter.show(counts, this.#t.n_of_answered)
    const allIn = counts.of > 0 && counts.n >= counts.of
    this.#figure.classList.toggle('beat', allIn && (this.#allIn === false || this.#figure.classList.contains('beat')))
    this.#allIn = allIn
  }

  /** @param {View} view */
  #showInstruction(view) {
    const closing = view.state === 'closing'
    this.#next.classList.toggle('said', closing)
    const words = [view.says?.version, view.instruction || this.#t.kinds[view.kind]].filter(Boolean).join(': ')
    this.#next.textContent = closing ? this.#t.closing : words
    this.#next.lang = closing ? document.documentElement.lang : view.language
  }

  /** @param {boolean} timed */
  #fitFigure(timed) {
    const room = this.#pile.root.clientHeight
    const conditions = `${this.#figure.textContent.length} ${timed} ${room} ${this.root.clientWidth} ${measuringConditions()}`
    if (conditions === this.#fitted) return // it lays out the page again
    this.#fitted = conditions
    const count = this.root.firstElementChild
    fit(this.#figure, FIGURE_VH, () => count.offsetHeight <= this.#pile.root.clientHeight + 1 && count.offsetWidth <= this.root.clientWidth * 0.42)
  }
}

/** After the close and before the results: how many answers there are, in a pile that has drawn together. */
export class Closed {
  #t
  #figure = el('p', { class: 'figure num' })
  #of = el('p', { class: 'of' })
  #step = el('p', { class: 'step' })
  #pile = new Pile()
  root = el('div', { class: 'scene closed' }, el('div', {}, this.#figure, this.#of), this.#step, this.#pile.root)

  /** @param {Strings} t */
  constructor(t) {
    this.#t = t
    this.#pile.root.classList.add('compact')
  }

  /** @param {View} view */
  show({ counts: { answers, answered_people: people } }) {
    this.#figure.textContent = String(answers)
    this.#of.textContent = `${plural(this.#t.answers, answers)} ${fill(plural(this.#t.from_people, people), { n: people })}`
    this.#step.textContent = answers ? this.#t.ready : this.#t.thanks
    this.#pile.show({ n: answers, grows: false })
  }

  stop() {
    this.#pile.stop()
  }
}
