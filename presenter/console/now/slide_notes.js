/** The notes of the slide on show, which only the facilitator sees. */

import { $, el } from '../../shared/dom.js'

/** The paragraphs of *notes*: empty lines separate them. Pure. */
export const paragraphs = (notes) => (notes ? notes.split(/\n\s*\n/) : [])

export class SlideNotes {
  #drawn = null

  show({ slide, language }) {
    const notes = slide?.notes ?? ''
    $('notes-part').hidden = !notes
    if (this.#drawn === notes) return
    this.#drawn = notes
    $('notes').lang = language
    $('notes').replaceChildren(...paragraphs(notes).map((text) => el('p', {}, text)))
  }
}
