/** Cards with a line above that says which of all answers they are: quiet voices, or those in which a word was said. */

import { el } from '../shared/dom.js'
import { Wall } from './wall.js'

export class Voices {
  #wall
  #lead = el('p', { class: 'lead' })
  #words
  root = el('div', { class: 'scene voiced' })

  /** *words*(view) is what stands above; where there is a way *back*, `[its name, what it does]`. */
  constructor(t, cards, words, back = null) {
    this.#wall = new Wall(t, cards)
    this.#words = words
    const head = el('div', { class: 'voiced-head' }, this.#lead)
    if (back) {
      const button = el('button', { class: 'word back', type: 'button' }, back[0])
      button.addEventListener('click', back[1])
      head.append(button)
    }
    this.root.append(head, this.#wall.root)
  }

  get pages() {
    return this.#wall.pages
  }

  turn(to) {
    return this.#wall.turn(to)
  }

  stop() {
    this.#wall.stop()
  }

  show(view, frame) {
    this.#lead.textContent = this.#words(view)
    this.#wall.show(view, frame)
  }
}
