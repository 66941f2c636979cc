/** The scenes of an opinion map: statements with how many agree, pass and disagree, in two orders, and the map itself. */

import { el } from '../../shared/dom.js'
import { percent } from '../../shared/figures.js'
import { PagedRows, optionsOnPage, rowGap } from './paged_rows.js'

const SVG = 'http://www.w3.org/2000/svg'
const LETTERS = 'ABCDE'

/**
 * The parts of a statement's bar, from left to right: which, how many, and their part of all (0–1). Pure.
 *
 * @type {(statement: ResultOption) => [string, number, number][]}
 */
export const partsOf = ({ count, against = 0, passed = 0 }) => {
  const seen = Math.max(1, count + against + passed)
  return [['1', count, count / seen], ['0', passed, passed / seen], ['-1', against, against / seen]]
}

/** *statements* with those first that divide people most. Pure. @type {(statements: ResultOption[]) => ResultOption[]} */
export const byDivision = (statements) => [...statements].sort((one, other) => (other.divides ?? 0) - (one.divides ?? 0))

/** What the groups say of a statement: the part of each that agrees. @type {(statement: ResultOption, lang?: string) => string} */
export const groupsLine = ({ groups = [] }, lang) => groups.map((share, at) => `${LETTERS[at]} ${percent(share, lang)}`).join(' · ')

/** Statements in the order of the results, which is that of common ground; or by what divides. */
export class Opinions extends PagedRows {
  #order
  #key = el('p', { class: 'ends' })
  #list = el('ul', { class: 'opinions' })
  #notes = el('p', { class: 'notes' })
  root = el('div', { class: 'scene opined' }, this.#key, this.#list, this.#notes)

  /** @param {'common' | 'divides'} order */
  constructor(order) {
    super()
    this.#order = order
  }

  /** @param {ResultsView} view */
  show({ results, language, says = {} }) {
    const { options, notes = [] } = results
    const statements = this.#order === 'divides' ? byDivision(options) : options
    this.#key.replaceChildren(el('b', {}, says[this.#order] ?? ''), ...['1', '0', '-1'].flatMap((mark) => [' ', el('span', { class: 'key', 'data-mark': mark }, says[mark] ?? '')]))
    this.#list.replaceChildren(...statements.map((statement) => {
      const bar = el('span', { class: 'whole-bar', 'aria-hidden': 'true' }, ...partsOf(statement).map(([mark, n, share]) => {
        const part = el('span', { 'data-mark': mark }, share >= 0.08 ? String(n) : '')
        part.style.inlineSize = `${share * 100}%`
        part.hidden = !n
        return part
      }))
      const told = partsOf(statement).map(([mark, n]) => `${says[mark]}: ${n}`).join(', ')
      const groups = groupsLine(statement, language)
      return el('li', { 'data-option': statement.id, 'data-count': String(statement.count) },
        el('span', { class: 'text', dir: 'auto' }, statement.text), bar, el('span', { class: 'unseen' }, told), ...(groups ? [el('span', { class: 'num of-groups' }, groups)] : []))
    }))
    this.#list.lang = this.#notes.lang = this.#key.lang = language
    this.#notes.textContent = notes.at(-1) ?? ''
    this.#notes.hidden = !notes.length
    const said = notes.length ? this.#notes.clientHeight : 0
    const rows = [...this.#list.children]
    this.paginate(rows, this.root.clientHeight - said - this.#key.clientHeight - rowGap(this.#list) * (optionsOnPage(rows.length) - 1), optionsOnPage(rows.length))
  }
}

/** A dot for phones that stand close to each other, in the colour and with the letter of their group; the same as text below. */
export class OpinionMap {
  #svg = document.createElementNS(SVG, 'svg')
  #notes = el('p', { class: 'notes' })
  root = el('div', { class: 'scene opinion-map' })

  constructor() {
    this.#svg.setAttribute('viewBox', '0 0 160 90')
    this.#svg.setAttribute('aria-hidden', 'true')
    this.root.append(this.#svg, this.#notes)
  }

  pages = { at: 0, of: 1 }

  turn() { return false }

  /** @param {ResultsView} view */
  show({ results, language }) {
    const { map = [], groups = [], notes = [] } = results
    const [xs, ys] = [0, 1].map((axis) => map.map((point) => point[axis]))
    /** @type {(values: number[], value: number, room: number) => number} */
    const along = (values, value, room) => 8 + (room - 16) * ((value - Math.min(...values)) / (Math.max(...values) - Math.min(...values) || 1))
    this.#svg.replaceChildren(...map.flatMap(([x, y, n, group]) => {
      const dot = document.createElementNS(SVG, 'circle')
      const [cx, cy] = [along(xs, x, 160), along(ys, y, 90)]
      const r = Math.min(8, 1.6 + Math.sqrt(n))
      for (const [name, value] of Object.entries({ cx, cy, r, class: `of-${groups.length ? LETTERS[group].toLowerCase() : 'rest'}` })) dot.setAttribute(name, String(value))
      if (!groups.length || r < 3) return [dot]
      const letter = document.createElementNS(SVG, 'text')
      for (const [name, value] of Object.entries({ x: cx, y: cy + 1.3 })) letter.setAttribute(name, String(value))
      letter.textContent = LETTERS[group]
      return [dot, letter]
    }))
    this.#notes.textContent = notes.at(-1) ?? ''
    this.#notes.lang = language
  }
}
