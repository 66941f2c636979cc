/** The kind `quiz`: the options as bars, with the right ones marked; and on the last page who has most points, where that is told. */

import { Bars } from '../screen/results/bars.js'
import { el, fill } from '../shared/dom.js'
import { decimal } from '../shared/figures.js'
import { optionDrawing } from './shared/options.js'
import { dot, line, sketch } from './shared/sketch.js'

/**
 * Rows of a table of points: first the teams, with the points of each member on average, then the players.
 *
 * @type {(board: ScoreBoard, t: Strings) => Element[]}
 */
const boardRows = ({ rows, more, teams }, t) => [
  ...teams.map(({ name, mean }, at) => el('li', { class: 'team' }, el('span', { class: 'num' }, String(1 + teams.findIndex((one) => one.mean === teams[at].mean))), el('span', {}, name), el('b', { class: 'num' }, decimal(mean)))),
  ...rows.map(({ place, name, points }) => el('li', {}, el('span', { class: 'num' }, String(place)), el('span', {}, name), el('b', { class: 'num' }, String(points)))),
  ...(more ? [el('li', { class: 'rest' }, fill(t.and_more, { n: more }))] : []),
]

class QuizResults extends Bars {
  #t
  #board = /** @type {ScoreBoard | null} */ (null)
  #onBoard = false
  #list = el('ol', { class: 'score-board', hidden: '' })

  /** @param {Strings} t */
  constructor(t) {
    super(t)
    this.#t = t
    this.root.append(this.#list)
  }

  get pages() {
    const { at, of } = super.pages
    return this.#board ? { at: this.#onBoard ? Math.max(1, of) : at, of: Math.max(1, of) + 1 } : super.pages
  }

  /** @param {number} to */
  turn(to) {
    if (to < 0 || to >= this.pages.of) return false
    this.#onBoard = Boolean(this.#board) && to === this.pages.of - 1
    this.#swap()
    return this.#onBoard || to === super.pages.at || super.turn(to)
  }

  /**
   * @param {ResultsView} view
   * @param {unknown} [frame]
   * @param {boolean} [resized]
   */
  show(view, frame, resized = false) {
    this.#board = view.results.board ?? null
    this.#onBoard &&= Boolean(this.#board)
    this.root.classList.remove('on-board') // rows that are hidden have no height
    super.show(view, frame, resized)
    this.#list.replaceChildren(...(this.#board ? boardRows(this.#board, this.#t) : []))
    this.#swap()
  }

  #swap() {
    this.root.classList.toggle('on-board', this.#onBoard)
    this.#list.hidden = !this.#onBoard
  }
}

export default {
  ...optionDrawing,
  scenes: { bars: (/** @type {Tools} */ { t }) => new QuizResults(t) },
  small: (/** @type {ResultsShown} */ results, /** @type {string} */ language, /** @type {Strings} */ t) => [
    ...optionDrawing.small(results, language, t), ...(results.board ? [el('ol', { class: 'score-board' }, ...boardRows(results.board, t))] : []),
  ],
  sketch: sketch(['voice', line(18, 12, 84, 9) + line(18, 44, 36, 9)], ['pale', line(18, 28, 52, 9) + line(18, 60, 24, 6)], ['ink', dot(118, 16, 6)]),
}
