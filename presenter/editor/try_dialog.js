/** The slide as the hall and the phones will see it, large, in a dialog that goes through all of them. */

import { $, fill } from '../shared/dom.js'
import { slidePreviews } from './slides/slide_previews.js'

export class TryDialog {
  #preview
  #t
  #kinds
  #pictures
  #slide = 0
  #of = 0
  #asked = 0

  /**
   * `preview(slide)` resolves with a slide as the server renders it, or null; `pictures()` tells where pictures are.
   *
   * @param {{preview: (slide: number) => Promise<PreviewSlide | null>, t: Strings, kinds: Kinds, pictures: () => Record<string, string>, ask: (slide: number) => unknown}} of
   */
  constructor({ preview, t, kinds, pictures, ask }) {
    this.#preview = preview
    this.#t = t
    this.#kinds = kinds
    this.#pictures = pictures
    $('form-try-ask').addEventListener('click', () => ask(this.#slide))
    const dialog = $('form-try')
    $('form-try-close').addEventListener('click', () => dialog.close())
    $('form-try-back').addEventListener('click', () => this.#show(this.#slide - 1))
    $('form-try-on').addEventListener('click', () => this.#show(this.#slide + 1))
    dialog.addEventListener('keydown', (event) => {
      event.stopPropagation() // the console has keys of its own
      const by = { ArrowLeft: -1, PageUp: -1, ArrowRight: 1, PageDown: 1 }[String(event.key)]
      if (!by) return
      event.preventDefault()
      this.#show(this.#slide + by)
    })
  }

  /**
   * Open it at *slide*, of *of*; both count from 0 as everywhere in the form.
   *
   * @param {number} slide
   * @param {number} of
   */
  async open(slide, of) {
    this.#of = of
    this.#slide = -1
    await this.#show(slide)
    if (this.#slide < 0 || $('form-try').open) return
    $('form-try').showModal()
  }

  /** @param {number} slide */
  async #show(slide) {
    if (slide < 0 || slide >= this.#of) return
    const asked = ++this.#asked
    const preview = await this.#preview(slide)
    if (!preview || asked !== this.#asked) return
    this.#slide = slide
    $('form-try-title').textContent = fill(this.#t.place, { n: slide + 1, of: this.#of })
    $('form-try-slide').replaceChildren(...slidePreviews(preview, this.#t, this.#kinds, this.#pictures()))
    for (const [id, off] of /** @type {[string, boolean][]} */ ([['form-try-back', slide === 0], ['form-try-on', slide === this.#of - 1]])) {
      if (off && document.activeElement === $(id)) $('form-try-close').focus()
      $(id).disabled = off
    }
  }
}
