/** The scene while people vote: what can be chosen, in its order, and how many have voted, but not for what. */

import { Ring, readClock } from '../shared/clock.js'
import { el, fit, measuringConditions } from '../shared/dom.js'
import { pictureElement, sideBySide } from './prompt.js'
import { PagedRows, optionsOnPage, rowGap } from './results/paged_rows.js'
import { rowPages } from './results/wall_pages.js'
import { answeredOf, clockLabel } from './scenes.js'
import { Meter } from './write.js'

const SIZES_VH = [6, 5.2, 4.4]

/**
 * What a view lists to be voted for or rated. Pure.
 *
 * @type {(view: Pick<View, 'options' | 'items'>) => Option[]}
 */
export const choicesOf = ({ options, items }) => options ?? items ?? []

/**
 * The letter of option *index*: A, B … Z, AA, as results have them. Pure.
 *
 * @type {(index: number) => string}
 */
export const letterOf = (index) => (index >= 26 ? letterOf(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))

export class Ballot extends PagedRows {
  #t
  #ring = new Ring()
  #list = el('ol', { class: 'ballot' })
  #meter = new Meter()
  #nobody = el('p', { class: 'who' })
  #notice = el('p', { class: 'said' })
  #drawn = ''
  root = el('div', { class: 'scene voting' },
    this.#list, this.#ring.root, el('div', { class: 'turnout' }, el('div', {}, this.#nobody, this.#meter.root), this.#notice))
  hasClock = true

  /** @param {Strings} t */
  constructor(t) {
    super()
    this.#t = t
  }

  /** @param {View} view */
  show(view) {
    const t = this.#t
    const { n, of } = answeredOf(view.counts)
    const rated = !view.options?.length
    this.#meter.show({ n, of }, rated ? t.n_of_answered : t.n_of_voted)
    this.#nobody.textContent = t.nobody
    this.#nobody.hidden = n > 0 || rated
    this.#meter.root.hidden = !of || !this.#nobody.hidden
    const timed = view.deadline !== null || view.paused_ms !== null
    this.#ring.root.hidden = !timed
    this.root.classList.toggle('timed', timed)
    const closed = view.state !== 'write' && view.state !== 'closing'
    this.#notice.textContent = closed ? t.thanks : view.state === 'closing' ? t.closing_votes : view.instruction || t.kinds[view.kind] || ''
    this.#notice.lang = closed || view.state === 'closing' ? document.documentElement.lang : view.language
    this.#drawChoices(view, timed)
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
   * @param {View} view
   * @param {boolean} timed
   */
  #drawChoices(view, timed) {
    const choices = choicesOf(view)
    const pictures = view.pictures ?? {}
    const drawn = JSON.stringify([choices, pictures, timed, this.root.clientHeight, measuringConditions()])
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    this.#list.lang = view.language
    const across = sideBySide(choices, pictures)
    this.#list.classList.toggle('across', across)
    this.#list.classList.toggle('pictured', choices.some(({ id }) => pictures[id]))
    this.#list.replaceChildren(...choices.map(({ id, text }, index) =>
      el('li', {}, el('b', { class: 'letter' }, letterOf(index)), ...(pictures[id] ? [pictureElement(pictures[id], 'thumb')] : []), el('span', { class: 'text', dir: 'auto' }, text))))
    const rows = [...this.#list.children]
    const most = optionsOnPage(rows.length)
    if (across) {
      fit(this.#list, SIZES_VH, () => this.#list.scrollHeight <= this.#list.clientHeight + 1)
      return this.paginate(rows, Infinity)
    }
    const fits = () => rowPages(rows.map((row) => row.getBoundingClientRect().height), this.#list.clientHeight + 1, most).length === Math.ceil(rows.length / most)
    fit(this.#list, SIZES_VH, fits)
    this.paginate(rows, this.#list.clientHeight - rowGap(this.#list), most)
  }
}
