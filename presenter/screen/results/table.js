/** The scene for any results as a table: what key A shows, and the ranked list of words. */

import { el, wordButton } from '../../shared/dom.js'
import { cardSource } from './card_loader.js'
import { PagedRows } from './paged_rows.js'

export class Table extends PagedRows {
  #tools
  #contentOf
  #head = el('thead')
  #body = el('tbody')
  #table = el('table', {}, el('caption', { class: 'unseen' }), this.#head, this.#body)
  root = el('div', { class: 'scene' }, this.#table)

  /**
   * *tools* and *contentOf* (the part `table` of a drawing) as in activities/drawing.js.
   *
   * @param {Tools} tools
   * @param {Drawing['table']} contentOf
   */
  constructor(tools, contentOf) {
    super()
    this.#tools = tools
    this.#contentOf = contentOf
  }

  stop() {
    this.#tools.cards.stop()
  }

  /**
   * @param {ResultsView} view
   * @param {Frame} frame
   */
  show(view, { epoch, position }) {
    const { t, cards } = this.#tools
    const { look, names, rows } = this.#contentOf(view, t, () => cards.get(view.results, `${epoch} ${position}`, cardSource(view)))
    this.#table.className = `table ${look}`
    this.#table.caption.textContent = view.question
    this.#head.replaceChildren(el('tr', {}, ...names.map((name) => el('th', { scope: 'col' }, String(name)))))
    this.#body.replaceChildren(...rows.map((cells) => el('tr', {}, ...cells.map((cell) => this.#cell(cell)))))
    this.paginate([...this.#body.children], this.root.clientHeight - this.#head.getBoundingClientRect().height)
  }

  /** @param {Cell} cell */
  #cell(cell) {
    if (typeof cell !== 'object') return el('td', { class: 'num' }, String(cell))
    if ('bar' in cell) {
      const bar = el('span', { class: 'bar' })
      bar.style.setProperty('--part', String(cell.bar))
      return el('td', {}, el('span', { class: 'drawn' }, bar, el('b', { class: 'num' }, String(cell.figure))))
    }
    const letter = cell.letter ? [el('b', { class: 'letter' }, `${cell.letter} `)] : []
    return el('th', { scope: 'row', dir: 'auto' }, ...letter, cell.word ? wordButton(cell.text, this.#tools.pickWord, cell.text) : cell.text)
  }
}
