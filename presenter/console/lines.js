/** A list of lines, some with a button. */

import { el } from '../shared/dom.js'

/** @typedef {{words?: string, button?: string, onPress?: () => unknown}} Line */

export class Lines {
  #list
  #drawn = ''

  /** @param {PageElement} list */
  constructor(list) {
    this.#list = list
  }

  /**
   * Draw *lines*, when they have changed: each has `words`, a `button` with its words, or both; a press calls `onPress()`.
   *
   * @param {Line[]} lines
   */
  show(lines) {
    const drawn = JSON.stringify(lines)
    if (this.#drawn === drawn) return
    this.#drawn = drawn
    this.#list.replaceChildren(...lines.map(({ words = '', button: label, onPress }) => {
      if (!label) return el('li', {}, words)
      const button = el('button', { class: 'link', type: 'button' }, label)
      button.addEventListener('click', () => onPress?.())
      return el('li', {}, ...(words ? [words, ' '] : []), button)
    }))
  }
}
