/** The picture that people are asked about: it stands beside the scene while they write or vote, and until results are shown. */

import { el } from '../shared/dom.js'

const BESIDE = ['write', 'ballot', 'closed']

/**
 * An `img` of *picture*, which is large enough for the screen.
 *
 * @type {(picture: ShownPicture, look?: string) => PageElement}
 */
export const pictureElement = ({ src, alt, width, height }, look = '') =>
  el('img', { src, alt, width: String(width), height: String(height), decoding: 'async', ...(look && { class: look }) })

/**
 * Whether each of *options* has a picture, and they are few enough to stand side by side. Pure.
 *
 * @type {(options: Option[], pictures?: Record<string, ShownPicture>) => boolean}
 */
export const sideBySide = (options, pictures = {}) => options.length > 1 && options.length <= 4 && options.every(({ id }) => pictures[id])

export class Prompt {
  #figure = el('figure', { class: 'prompt' })
  #src = ''

  /**
   * Put the picture of *view* beside the scene *name* in *stage*, or take it away.
   *
   * @param {PageElement} stage
   * @param {View} view
   * @param {string} name
   */
  show(stage, view, name) {
    const picture = BESIDE.includes(name) ? view.pictures?.[''] : undefined
    stage.classList.toggle('prompted', Boolean(picture))
    if (!picture) return this.#figure.remove()
    if (picture.src !== this.#src) this.#figure.replaceChildren(pictureElement(picture))
    this.#src = picture.src
    this.#figure.lang = view.language
    if (this.#figure.parentElement !== stage) stage.append(this.#figure)
  }
}
