/** The themes of the board: each with its name, its number of answers and, when it is open, its cards. */

import { $, el, fill } from '../../shared/dom.js'
import { digitFor, updateList } from './cards.js'

/**
 * @typedef {object} ThemeHandlers
 * @property {(id: string) => void} toggle
 * @property {(id: string) => void} press
 * @property {(id: string) => void} more
 * @property {(list: PageElement, id: string, cards: Card[]) => void} drawCards
 * @property {(button: PageElement, id: string, total: number, shown: number) => void} drawMore
 */

/**
 * What the button beside a theme does: while cards are selected, they go there. Pure.
 *
 * @type {(selected: Set<string>, several: boolean, t: Strings) => string}
 */
export const themeButton = (selected, several, t) => (!selected.size ? t.edit : several ? t.here_too : t.here)

export class Themes {
  #t
  #handlers

  /**
   * *handlers*: `toggle(id)` opens or closes a theme, `press(id)` is the button beside it, `more(id)` asks for all its cards,
   * `drawCards(list, id, cards)` and `drawMore(button, id, total, shown)` draw what all lists of cards have.
   *
   * @param {Strings} t
   * @param {ThemeHandlers} handlers
   */
  constructor(t, handlers) {
    this.#t = t
    this.#handlers = handlers
  }

  /**
   * Draw the themes of *board*; *state* as in board_state.js.
   *
   * @param {BoardView} board
   * @param {Pick<import('./board_state.js').BoardState, 'selected' | 'expanded'>} state
   * @param {string} language
   */
  draw({ themes, several }, { selected, expanded }, language) {
    updateList($('themes'), themes.map((theme, place) => ({ ...theme, place })), {
      key: ({ id }) => id,
      make: ({ id }) => this.#make(id),
      fill: (element, theme) => this.#fill(element, theme, { isOpen: expanded.has(theme.id), press: themeButton(selected, several, this.#t), language }),
    })
  }

  /** @param {string} id */
  #make(id) {
    /** @type {(handler: (id: string) => void, attributes: Record<string, string>, ...children: PageElement[]) => PageElement} */
    const button = (handler, attributes, ...children) => {
      const element = el('button', { type: 'button', ...attributes }, ...children)
      element.addEventListener('click', () => handler(id))
      return element
    }
    const { toggle, press, more } = this.#handlers
    const name = button(toggle, { class: 'theme-name', 'aria-expanded': 'false' }, el('kbd', { class: 'num' }), el('b'), el('span', { class: 'num count' }))
    return el('li', { class: 'theme', 'data-theme': id, 'data-drop': id },
      el('div', { class: 'theme-head' }, name, button(press, { class: 'link' })), el('p', { class: 'newest soft' }), el('ul', { class: 'cards' }),
      button(more, { class: 'link' }))
  }

  /**
   * @param {PageElement} element
   * @param {Theme & {place: number}} theme
   * @param {{isOpen: boolean, press: string, language: string}} look
   */
  #fill(element, { id, name, answers, cards, place, support }, { isOpen, press, language }) {
    const [head, newest, list, more] = element.children
    const [button, beside] = head.children
    const [digit, title, count] = button.children
    element.dataset.count = String(answers)
    digit.textContent = digitFor(place)
    title.textContent = name
    title.lang = newest.lang = language
    count.textContent = support ? `${answers} · ${fill(this.#t.supported, { n: support.count, of: support.seen })}` : String(answers)
    button.setAttribute('aria-expanded', String(isOpen))
    beside.textContent = press
    beside.setAttribute('aria-label', `${press}: ${name}`)
    newest.textContent = cards[0]?.text ?? ''
    newest.hidden = isOpen || !cards.length
    list.hidden = !isOpen
    list.setAttribute('aria-label', name)
    if (isOpen) this.#handlers.drawCards(list, id, cards)
    this.#handlers.drawMore(more, id, answers, cards.length)
    more.hidden ||= !isOpen
  }
}
