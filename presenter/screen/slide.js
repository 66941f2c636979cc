/** A slide, as large as fits; one that does not fit at the readable floor is cut into parts, turned by ↓ and ↑. */

import { durationText } from '../shared/clock.js'
import { el, fit } from '../shared/dom.js'

const SIZES = [6, 5.6, 5.2, 4.8, 4.4] // vh
const policy = globalThis.trustedTypes?.createPolicy('workshop', { createHTML: (html) => html })

/** HTML that the server made of a slide, for `innerHTML`. */
export const trusted = (html) => (policy ? policy.createHTML(html) : html)

/** What stays whole when a slide is cut. Headings of columns and tables are none of them: they stand in every part. */
const PIECES = ':scope > p, :scope > ul > li, :scope > ol > li, :scope > blockquote > *, :scope > h4, :scope > h5, :scope > hr, ' +
  ':scope > pre, :scope > .columns > section > p, :scope > .columns > section > blockquote > *, ' +
  ':scope > .columns > section > :is(ul, ol) > li, :scope > h3, :scope > table tbody > tr, :scope > .columns > section > table tbody > tr'

/**
 * Which pieces the next part takes: `bottoms` are px from the top, in the order of the text, when all are shown. Columns
 * stand side by side, so those that fit need not come first. One is always taken.
 */
export const fitting = (bottoms, room) => {
  const taken = bottoms.map((bottom) => bottom <= room)
  return taken.some(Boolean) ? taken : bottoms.map((_, place) => place === 0)
}

export class Slide {
  #t
  #html = null
  #parts = [[]]
  #part = 0
  #pieces = []
  #text = el('div', { class: 'text' })
  #steps = el('section', { class: 'steps' })
  #id = null
  root = el('div', { class: 'scene slide' }, this.#text, this.#steps)

  constructor(t) {
    this.#t = t
  }

  get pages() {
    return { at: this.#part, of: this.#parts.length }
  }

  turn(to) {
    if (to < 0 || to >= this.#parts.length) return false
    this.#part = to
    this.#hide()
    return true
  }

  show(view, _frame, resized = false) {
    const html = view.slide?.html ?? ''
    const steps = view.state === 'idle' ? view.steps : []
    const drawn = JSON.stringify([view.slide?.id, html, steps])
    if (drawn === this.#html && !resized) return
    this.#html = drawn
    this.#text.innerHTML = trusted(html)
    this.#text.lang = view.language
    this.#keepNumbers()
    this.#drawSteps(steps)
    this.#cut()
    // A point that comes must be seen: the part with the newest one is turned up.
    const newest = view.slide?.id === this.#id && view.slide?.shown
    this.#part = newest ? Math.max(0, this.#parts.findIndex((part) => part.some((one) => one.dataset.step === String(newest)))) : 0
    this.#id = view.slide?.id
    this.#hide()
  }

  /** What is hidden in a list no longer counts, so every item is told its number. */
  #keepNumbers() {
    for (const list of this.#text.querySelectorAll('ol')) {
      let n = list.start
      for (const item of list.children) item.value = n++
    }
  }

  #drawSteps(steps) {
    this.#steps.hidden = !steps.length
    const told = steps.map(({ kind, text, time_s: time }) =>
      el('li', {}, text || this.#t.kinds[kind] || '', time ? el('span', { class: 'soft' }, ` (${durationText(time)})`) : ''))
    this.#steps.replaceChildren(el('h2', {}, this.#t.how), el(steps.length > 1 ? 'ol' : 'ul', {}, ...told))
  }

  #cut() {
    const room = () => this.root.clientHeight
    this.#pieces = [...this.#text.querySelectorAll(PIECES), ...(this.#steps.hidden ? [] : [this.#steps])]
    this.#pieces.forEach((piece) => piece.classList.remove('away'))
    this.#parts = [this.#pieces]
    this.root.classList.remove('parted')
    this.root.classList.toggle('stepwise', Boolean(this.#text.querySelector('[data-step]')))
    this.#text.classList.remove('tight')
    if (fit(this.root, SIZES, () => this.root.scrollHeight <= room() + 1 && this.root.scrollWidth <= this.root.clientWidth + 1)) return
    this.root.classList.add('parted')
    this.#text.classList.toggle('tight', this.root.scrollWidth > this.root.clientWidth + 1)
    this.#lockColumns()
    this.#parts = []
    let rest = this.#pieces
    while (rest.length && this.#parts.length < 40) {
      this.#only(rest)
      const top = this.root.getBoundingClientRect().top
      if (rest[0].getBoundingClientRect().bottom - top > room() && halve(rest[0], room(), top)) {
        rest = [rest[0], rest[0].nextElementSibling, ...rest.slice(1)]
        this.#pieces = [...this.#pieces.filter((one) => !rest.includes(one)), ...rest]
        continue
      }
      const taken = fitting(rest.map((piece) => piece.getBoundingClientRect().bottom - top), room() + 1)
      const part = rest.filter((_, place) => taken[place])
      // What stands before a piece goes with it (a list's first rule, a margin), so it may still not fit.
      for (this.#only(part); part.length > 1 && this.root.scrollHeight > room() + 1; this.#only(part)) part.pop()
      this.#parts.push(part)
      rest = rest.filter((piece) => !part.includes(piece))
    }
  }

  /** With fewer rows a table would choose other widths, and its columns jump from part to part. */
  #lockColumns() {
    for (const table of this.#text.querySelectorAll('table')) {
      const cells = [...(table.rows[0]?.cells ?? [])]
      const widths = cells.map((cell) => cell.getBoundingClientRect().width)
      table.style.tableLayout = 'fixed'
      cells.forEach((cell, place) => (cell.style.width = `${widths[place]}px`))
    }
  }

  #only(shown) {
    const kept = new Set(shown)
    for (const piece of this.#pieces) piece.classList.toggle('away', !kept.has(piece))
    for (const list of this.#text.querySelectorAll('ul, ol, blockquote, table')) {
      list.classList.toggle('away', ![...list.querySelectorAll('li, p, tbody > tr')].some((one) => !one.closest('.away:not(ul, ol, blockquote, table)')))
    }
  }

  #hide() {
    this.#only(this.#parts[this.#part] ?? [])
  }
}

/** Cut a piece that is taller than the screen in two where its text is half way; false for what can't be cut. */
const halve = (piece, room, top) => {
  const text = piece.textContent
  if (piece.tagName === 'TR' || piece.tagName === 'SECTION' || text.length < 80) return false
  const share = Math.min(0.9, room / (piece.getBoundingClientRect().bottom - top))
  let left = Math.max(40, text.lastIndexOf(' ', Math.floor(text.length * share * 0.9)))
  const walk = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    if (left <= walk.currentNode.length) {
      const range = document.createRange()
      range.setStart(walk.currentNode, left)
      range.setEnd(piece, piece.childNodes.length)
      const rest = piece.cloneNode(false)
      rest.classList.add('continued')
      rest.append(range.extractContents())
      piece.after(rest)
      return true
    }
    left -= walk.currentNode.length
  }
  return false
}
