/** The workshop as text: which slide the caret is in, with the slide's lines tinted behind the text. */

import { isText } from './modes.js'
import { scrollToLine } from './problems.js'
import { $, fill } from '../shared/dom.js'

/**
 * The line of the caret at *offset* in *text*, from 1. Pure.
 *
 * @type {(text: string, offset: number) => number}
 */
export const lineOf = (text, offset) => {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

/**
 * Which slide *line* stands in; -1 above the first. Pure.
 *
 * @type {(slides: Pick<OutlineSlide, 'line'>[], line: number) => number}
 */
export const slideAtLine = (slides, line) => slides.findLastIndex((slide) => slide.line <= line)

/**
 * The text before *slide*, and the slide itself. Pure.
 *
 * @type {(text: string, slide: Pick<OutlineSlide, 'line' | 'last'>) => [before: string, inside: string]}
 */
export const partsOf = (text, { line, last }) => {
  const lines = text.split('\n')
  const together = (/** @type {string[]} */ some) => some.map((one) => `${one}\n`).join('')
  return [together(lines.slice(0, line - 1)), together(lines.slice(line - 1, last))]
}

/**
 * Put the caret at the end of line *n* (from 1) of *field*, in view.
 *
 * @type {(field: PageElement, n: number) => void}
 */
export const putCaret = (field, n) => {
  const at = field.value.split('\n').slice(0, n).join('\n').length
  field.focus()
  field.setSelectionRange(at, at)
  scrollToLine(field, n)
}

/** Behind *field* lies a copy of its text as far as the slide goes, of the same width and type, of which only the tint is seen. */
export class TextTint {
  #field
  /** @type {PageElement} */
  #before
  /** @type {PageElement} */
  #inside

  /** @param {PageElement} field */
  constructor(field) {
    this.#field = field
    const copy = /** @type {PageElement} */ (field.previousElementSibling)
    ;[this.#before, this.#inside] = /** @type {PageElement[]} */ ([...copy.children])
    field.addEventListener('scroll', () => this.#follow())
  }

  /** @param {Pick<OutlineSlide, 'line' | 'last'> | undefined} slide */
  show(slide) {
    const [before, inside] = slide ? partsOf(this.#field.value, slide) : ['', '']
    if (this.#before.textContent !== before) this.#before.textContent = before
    if (this.#inside.textContent !== inside) this.#inside.textContent = inside
    this.#follow()
  }

  #follow() {
    this.#before.style.marginTop = `${-this.#field.scrollTop}px` // it is shorter than the text, and can't scroll as far
  }
}

export class TextMode {
  #field
  #t
  #outline
  #onSlide
  #tint

  /**
   * `outline()` is that of the text now; `onSlide(slide)` is told in which slide the caret stands.
   *
   * @param {PageElement} field
   * @param {Strings} t
   * @param {() => Outline | undefined} outline
   * @param {(slide: number) => void} onSlide
   */
  constructor(field, t, outline, onSlide) {
    this.#field = field
    this.#t = t
    this.#outline = outline
    this.#onSlide = onSlide
    this.#tint = new TextTint(field)
    document.addEventListener('selectionchange', () => this.#onCaret())
  }

  /** The text has come forward: the caret goes to *slide*, unless it is there. @param {number} slide */
  show(slide) {
    const slides = this.#outline()?.slides ?? []
    if (slides[slide] && slideAtLine(slides, this.#line) !== slide) putCaret(this.#field, slides[slide].line)
    this.#onCaret()
  }

  /**
   * After *change*, made from beside the text, the caret goes to what was put in.
   *
   * @param {Change | null} change
   * @param {number} slide
   */
  changed(change, slide) {
    const outline = this.#outline()
    const at = outline?.slides[slide]
    const line = change?.do === 'add_activity' ? at?.activities.at(-1)?.line : ['add_slide', 'copy_slide', 'add_question'].includes(change?.do ?? '') ? at?.line : undefined
    if (line) putCaret(this.#field, line)
    this.#tint.show(outline?.broken.length ? undefined : at)
  }

  get #line() {
    return lineOf(this.#field.value, this.#field.selectionStart ?? 0)
  }

  #onCaret() {
    const outline = this.#outline()
    if (!outline || outline.broken.length || document.activeElement !== this.#field || !isText(this.#field)) return
    const slide = slideAtLine(outline.slides, this.#line)
    $('form-line').textContent = fill(this.#t.at_line, { n: this.#line })
    if (slide >= 0) this.#onSlide(slide)
    this.#tint.show(outline.slides[slide])
  }
}
