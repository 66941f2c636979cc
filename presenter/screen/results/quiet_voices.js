/**
 * The scene for some of the answers, with a line above that says which: the quiet voices (answers that share neither a word
 * nor a theme with the answers of others), or the answers that contain a word.
 */

import { el } from '../../shared/dom.js'
import { Wall } from './wall.js'

export class QuietVoices {
  #wall
  #lead = el('p', { class: 'lead' })
  #leadText
  root = el('div', { class: 'scene voiced' })

  /**
   * `leadText(view)` is the line above, or what it is made of; *back*, where there is such a button, is `[label, what it does]`.
   *
   * @param {Cards} cards
   * @param {(view: ResultsView) => string | (Element | string)[]} leadText
   * @param {[label: string, onPress: () => void] | null} back
   */
  constructor(cards, leadText, back = null) {
    this.#wall = new Wall(cards)
    this.#leadText = leadText
    const head = el('div', { class: 'voiced-head' }, this.#lead)
    if (back) {
      const [label, onPress] = back
      const button = el('button', { class: 'word back', type: 'button' }, label)
      button.addEventListener('click', onPress)
      head.append(button)
    }
    this.root.append(head, this.#wall.root)
  }

  get pages() {
    return this.#wall.pages
  }

  get growing() {
    return this.#wall.growing
  }

  get seen() {
    return this.#wall.seen
  }

  /** @param {number} to */
  turn(to) {
    return this.#wall.turn(to)
  }

  stop() {
    this.#wall.stop()
  }

  /**
   * @param {ResultsView} view
   * @param {Frame} frame
   */
  show(view, frame) {
    this.#lead.replaceChildren(...[this.#leadText(view)].flat())
    this.#wall.show(view, frame)
  }
}
