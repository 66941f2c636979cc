/** The scene for a slide, in the largest size that fits. One that does not fit at the smallest readable size is cut into parts; ↓ and ↑ turn them. */

import { durationText } from '../shared/clock.js'
import { el, fit } from '../shared/dom.js'

const SIZES = [6, 5.6, 5.2, 4.8, 4.4] // vh; the last is the smallest that the back row can read
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('workshop', { createHTML: (/** @type {string} */ html) => html })

/**
 * HTML of a slide, made by the server, as `innerHTML` accepts it under our Trusted Types policy.
 *
 * @type {(html: string) => string}
 */
export const trustedHtml = (html) => (policy ? policy.createHTML(html) : html)

/** The pieces of a slide that are never cut. Headings of columns and tables are not among them: they are repeated in every part. */
const PIECES = ':scope > p, :scope > .pictures, :scope > ul > li, :scope > ol > li, :scope > blockquote > *, :scope > h4, :scope > h5, :scope > hr, ' +
  ':scope > pre, :scope > .columns > section > p, :scope > .columns > section > blockquote > *, ' +
  ':scope > .columns > section > :is(ul, ol) > li, :scope > h3, :scope > table tbody > tr, :scope > .columns > section > table tbody > tr'

/**
 * Which pieces fit in the next part. `bottoms` are the lower edges in px from the top, in the order of the text, when all
 * pieces are shown. Columns stand side by side, so a later piece may fit where an earlier one does not. At least one
 * piece is always taken.
 *
 * @type {(bottoms: number[], roomPx: number) => boolean[]}
 */
export const piecesThatFit = (bottoms, roomPx) => {
  const fits = bottoms.map((bottom) => bottom <= roomPx)
  return fits.some(Boolean) ? fits : bottoms.map((_, index) => index === 0)
}

export class Slide {
  #t
  #drawn = ''
  #parts = /** @type {PageElement[][]} */ ([[]])
  #part = 0
  #pieces = /** @type {PageElement[]} */ ([])
  #anchor = 0 // the piece that must be seen, also in another size; its place among all pieces
  #text = el('div', { class: 'text' })
  #steps = el('section', { class: 'steps' })
  root = el('div', { class: 'scene slide' }, this.#text, this.#steps)

  /** @param {Strings} t */
  constructor(t) {
    this.#t = t
  }

  get pages() {
    return { at: this.#part, of: this.#parts.length }
  }

  /** @param {number} to */
  turn(to) {
    if (to < 0 || to >= this.#parts.length) return false
    this.#part = to
    this.#anchor = this.#pieces.indexOf(this.#parts[to][0])
    this.#showPart()
    return true
  }

  /**
   * @param {View} view
   * @param {Frame} _frame
   */
  show(view, _frame, resized = false) {
    const html = view.slide?.html ?? ''
    const steps = view.state === 'idle' ? view.steps : []
    const drawn = JSON.stringify([view.slide?.id, html, steps])
    const sameContent = drawn === this.#drawn
    if (sameContent && !resized) return
    this.#drawn = drawn
    this.#text.innerHTML = trustedHtml(html)
    this.#text.lang = view.language
    this.#drawSteps(steps)
    this.#paginate()
    // A point that was just revealed must be seen: show the part it is in.
    if (!sameContent) this.#anchor = Math.max(0, this.#pieces.findIndex((piece) => piece.dataset.step === String(view.slide?.shown)))
    this.#part = Math.max(0, this.#parts.findIndex((part) => part.includes(this.#pieces[this.#anchor])))
    this.#showPart()
  }

  /** @param {View['steps']} steps */
  #drawSteps(steps) {
    this.#steps.hidden = !steps.length
    const items = steps.map(({ kind, text, time_s: time }) =>
      el('li', {}, text || this.#t.kinds[kind] || '', time ? el('span', { class: 'soft' }, ` (${durationText(time)})`) : ''))
    this.#steps.replaceChildren(el('h2', {}, this.#t.how), el(steps.length > 1 ? 'ol' : 'ul', {}, ...items))
  }

  #paginate() {
    const roomPx = () => this.root.clientHeight
    this.#pieces = [...this.#text.querySelectorAll(PIECES), ...(this.#steps.hidden ? [] : [this.#steps])]
    for (const piece of this.#pieces) piece.classList.remove('away')
    this.#parts = [this.#pieces]
    this.root.classList.remove('parted')
    this.root.classList.toggle('stepwise', Boolean(this.#text.querySelector('[data-step]')))
    this.#text.classList.remove('tight')
    if (fit(this.root, SIZES, () => this.root.scrollHeight <= roomPx() + 1 && this.root.scrollWidth <= this.root.clientWidth + 1)) return
    this.root.classList.add('parted')
    this.#text.classList.toggle('tight', this.root.scrollWidth > this.root.clientWidth + 1)
    this.#lockColumns()
    this.#parts = []
    let rest = this.#pieces
    while (rest.length && this.#parts.length < 40) {
      this.#showOnly(rest)
      const top = this.root.getBoundingClientRect().top
      if (rest[0].getBoundingClientRect().bottom - top > roomPx() && splitPiece(rest[0], roomPx(), top)) {
        rest = [rest[0], rest[0].nextElementSibling, ...rest.slice(1)]
        this.#pieces = [...this.#pieces.filter((piece) => !rest.includes(piece)), ...rest]
        continue
      }
      const fits = piecesThatFit(rest.map((piece) => piece.getBoundingClientRect().bottom - top), roomPx() + 1)
      const part = rest.filter((_, index) => fits[index])
      // A piece brings along what stands before it (a margin, a list's first rule), so the part may still be too tall.
      for (this.#showOnly(part); part.length > 1 && this.root.scrollHeight > roomPx() + 1; this.#showOnly(part)) part.pop()
      this.#parts.push(part)
      rest = rest.filter((piece) => !part.includes(piece))
    }
  }

  /** With fewer rows a table would get other column widths, and its columns would jump from part to part. */
  #lockColumns() {
    for (const table of this.#text.querySelectorAll('table')) {
      const cells = [...(table.rows[0]?.cells ?? [])]
      const widths = cells.map((cell) => cell.getBoundingClientRect().width)
      table.style.tableLayout = 'fixed'
      for (const [index, cell] of cells.entries()) cell.style.width = `${widths[index]}px`
    }
  }

  /** @param {PageElement[]} shown */
  #showOnly(shown) {
    const visible = new Set(shown)
    for (const piece of this.#pieces) piece.classList.toggle('away', !visible.has(piece))
    for (const list of this.#text.querySelectorAll('ul, ol, blockquote, table')) {
      list.classList.toggle('away', ![...list.querySelectorAll('li, p, tbody > tr')].some((item) => !item.closest('.away:not(ul, ol, blockquote, table)')))
    }
  }

  #showPart() {
    this.#showOnly(this.#parts[this.#part] ?? [])
  }
}

/**
 * Cut a piece that is taller than the screen in two, near where the screen ends; false for one that can't be cut.
 *
 * @type {(piece: PageElement, roomPx: number, top: number) => boolean}
 */
const splitPiece = (piece, roomPx, top) => {
  const text = piece.textContent
  if (piece.tagName === 'TR' || piece.tagName === 'SECTION' || text.length < 80) return false
  const share = Math.min(0.9, roomPx / (piece.getBoundingClientRect().bottom - top))
  let charactersLeft = Math.max(40, text.lastIndexOf(' ', Math.floor(text.length * share * 0.9)))
  const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { length } = /** @type {Text} */ (walker.currentNode)
    if (charactersLeft <= length) {
      const range = document.createRange()
      range.setStart(walker.currentNode, charactersLeft)
      range.setEnd(piece, piece.childNodes.length)
      const rest = /** @type {PageElement} */ (piece.cloneNode(false))
      rest.classList.add('continued')
      rest.append(range.extractContents())
      piece.after(rest)
      return true
    }
    charactersLeft -= length
  }
  return false
}
