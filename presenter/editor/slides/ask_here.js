/** «Ask here»: a dialog with the kinds of questions; the one that is chosen stands on a slide of its own after the slide that was named. */

import { sketchOf } from '../../activities/drawing.js'
import { $, el, fill } from '../../shared/dom.js'

/** A button that opens the dialog for slide *s*. @type {(s: number, id: string, t: Strings, look?: string) => PageElement} */
export const askButton = (s, id, t, look = 'link') => el('button', { type: 'button', class: look, id, 'data-does': 'ask_here', 'data-slide': s,
  'aria-label': `${t.ask_here}: ${fill(t.slide_n, { n: s + 1 })}`, 'aria-haspopup': 'dialog' }, t.ask_here)

/**
 * The kinds with which people answer, as the form orders them. Pure.
 *
 * @type {(kinds: Kinds) => string[]}
 */
export const questionKinds = (kinds) => Object.keys(kinds).filter((kind) => !kinds[kind].talk).sort((one, other) => kinds[one].order - kinds[other].order)

export class AskHere {
  #t
  #dialog = $('form-ask')
  #slide = 0

  /**
   * `press(data)` does what a button of the form with that data does.
   *
   * @param {{t: Strings, kinds: Kinds, press: (data: {does: string, slide: string, kind: string}) => unknown}} of
   */
  constructor({ t, kinds, press }) {
    this.#t = t
    $('form-ask-kinds').replaceChildren(...questionKinds(kinds).map((kind) => {
      const button = el('button', { type: 'button', class: 'kind' }, sketchOf(kind, kinds[kind].writes), t.kinds[kind] ?? kind)
      button.addEventListener('click', () => {
        this.#dialog.close()
        press({ does: 'add_question', slide: String(this.#slide), kind })
      })
      return button
    }))
    $('form-ask-close').addEventListener('click', () => this.#dialog.close())
    this.#dialog.addEventListener('keydown', (event) => event.stopPropagation()) // the console has keys of its own
  }

  /**
   * *slide* counts from 0; *title* is its heading.
   *
   * @param {number} slide
   * @param {string} title
   */
  open(slide, title) {
    this.#slide = slide
    $('form-ask-title').textContent = fill(this.#t.ask_after, { n: slide + 1, title: title || this.#t.untitled })
    $('form-try').close() // it may have been opened from there
    this.#dialog.showModal()
  }
}
