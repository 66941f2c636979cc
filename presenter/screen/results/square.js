/** The scene for options between two scales: a letter where each stands on average, and beside it which letter is which. */

import { el, svg } from '../../shared/dom.js'
import { apart } from './apart.js'
import { PagedRows } from './paged_rows.js'

const MARK = 0.105 // of the square's side
const ENDS = /** @type {const} */ (['high', 'low', 'left', 'right'])

/** @type {(part: number | null | undefined) => string} */
const figure = (part) => (part === null || part === undefined ? '–' : String(Math.round(part)))

export class Square extends PagedRows {
  #plane = el('div', { class: 'plane', role: 'img' })
  #rows = el('tbody')
  #heads = [el('td'), el('th', { scope: 'col', class: 'num' }), el('th', { scope: 'col', class: 'num' })]
  #ends = ENDS.map((end) => el('span', { class: `end ${end}` }))
  #head = el('thead', {}, el('tr', {}, ...this.#heads))
  #table = el('table', { class: 'table counts' }, this.#head, this.#rows)
  #spread
  root = el('div', { class: 'scene squared' }, el('div', { class: 'framed' }, ...this.#ends, this.#plane), el('div', { class: 'beside' }, this.#table))

  /** With *spread*, around each letter an ellipse of one standard deviation. @param {{spread?: boolean}} of */
  constructor({ spread = false } = {}) {
    super()
    this.#spread = spread
  }

  /** @param {ResultsView} view */
  show({ results, language, question }) {
    const options = /** @type {PlacedOption[]} */ (results.options)
    const { ends } = results
    this.root.lang = language
    this.#ends.forEach((end, n) => { end.textContent = ends?.[ENDS[n]] ?? '' })
    this.#heads[1].textContent = '→'
    this.#heads[1].setAttribute('aria-label', `${ends?.left} – ${ends?.right}`)
    this.#heads[2].textContent = '↑'
    this.#heads[2].setAttribute('aria-label', `${ends?.low} – ${ends?.high}`)
    this.#rows.replaceChildren(...options.map(({ letter, text, x, y }) => el('tr', {},
      el('th', { scope: 'row', dir: 'auto' }, el('b', { class: 'letter' }, `${letter} `), text), el('td', { class: 'num' }, figure(x)), el('td', { class: 'num' }, figure(y)))))
    this.#plane.setAttribute('aria-label', question)
    this.#draw(options.filter(({ x }) => x !== null))
    this.paginate([...this.#rows.children], this.#table.parentElement.clientHeight - this.#head.getBoundingClientRect().height)
  }

  /** @param {PlacedOption[]} options those that somebody has placed */
  #draw(options) {
    const side = this.#plane.clientWidth || 1
    const points = options.map(({ x, y }) => ({ x: (Number(x) / 100) * side, y: (1 - Number(y) / 100) * side }))
    const places = apart(points, MARK * side, side, side)
    const drawing = svg('svg', { viewBox: `0 0 ${side} ${side}`, 'aria-hidden': 'true' },
      ...(this.#spread ? options.map(({ dx, dy }, n) => svg('ellipse', { cx: points[n].x, cy: points[n].y, rx: (Number(dx) / 100) * side, ry: (Number(dy) / 100) * side })) : []),
      ...options.map((_, n) => svg('line', { x1: points[n].x, y1: points[n].y, x2: places[n].x, y2: places[n].y })))
    const marks = options.map(({ letter, id, count }, n) => {
      const mark = el('b', { class: 'mark', 'data-option': id, 'data-count': String(count) }, letter)
      mark.style.left = `${places[n].x}px`
      mark.style.top = `${places[n].y}px`
      return mark
    })
    this.#plane.replaceChildren(drawing, ...marks)
  }
}
