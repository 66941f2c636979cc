/** The notes of the slide on show, which only the facilitator sees. */

import { $, el } from '../../shared/dom.js'

/**
 * The paragraphs of *notes*: empty lines separate them. Pure.
 *
 * @type {(notes: string) => string[]}
 */
export const paragraphs = (notes) => (notes ? notes.split(/\n\s*\n/) : [])

export class SlideNotes {
  #drawn = /** @type {string | null} */ (null)

  /** @param {ConsoleView} view */
  show({ slide, language }) {
    const notes = slide?.notes ?? ''
    $('notes-part').hidden = !notes
    if (this.#drawn === notes) return
    this.#drawn = notes
    $('notes').lang = language
    $('notes').replaceChildren(...paragraphs(notes).map((text) => el('p', {}, text)))
  }
}
