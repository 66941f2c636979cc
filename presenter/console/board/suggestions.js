/** Themes that the server suggests for similar answers. Nothing happens until somebody accepts one. */

import { updateList } from './cards.js'
import { el, fill } from '../../shared/dom.js'

/** @typedef {{theme: string, name: string, cards: Card[]}} Suggestion */
/** @typedef {Suggestion & {key: string}} DrawnSuggestion */

const SHOWN = 3
const SHOWN_NARROW = 1
const WAIT_MS = 500 // after a change, before new suggestions are fetched
const GUARD_MS = 400 // a press so soon after a change was meant for the suggestion that stood there before

/** @type {(suggestion: Suggestion) => string} */
const suggestionKey = ({ theme, cards }) => `${theme} ${cards.map(({ id }) => id).join()}`

export class Suggestions {
  #stamp = ''
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  #found = /** @type {Suggestion[]} */ ([])
  #excluded = new Set() // cards that were taken out of a suggestion, each as "suggestion's key card's id"
  #changedAt = -Infinity
  /** @type {BoardView} */
  #board

  /**
   * `act(action, ids)` sends an action about those cards; `isDragging()` is true while a card is dragged.
   *
   * @param {{code: string, t: Strings, list: PageElement, part: PageElement, act: (action: Action, ids: string[]) => unknown, isDragging: () => boolean}} of
   */
  constructor({ code, t, list, part, act, isDragging }) {
    this.code = code
    this.t = t
    this.list = list
    this.part = part
    this.act = act
    this.isDragging = isDragging
  }

  /** @param {BoardView} board */
  show(board) {
    this.#board = board
    const stamp = JSON.stringify([board.activity, board.answers, board.ungrouped, board.refused, board.undo?.n])
    if (stamp === this.#stamp) return
    this.#stamp = stamp
    clearTimeout(this.#timer)
    if (board.ungrouped === 0) this.#setFound([])
    else this.#timer = setTimeout(() => this.#fetch(stamp), this.#found.length ? WAIT_MS : 0)
  }

  /** @param {string} stamp */
  async #fetch(stamp) {
    const response = await fetch(`/api/rooms/${this.code}/board/suggestions?activity=${this.#board.activity}`).catch(() => null)
    if (!response?.ok) {
      this.#stamp = ''
      return
    }
    if (stamp === this.#stamp) this.#setFound((await response.json()).suggestions)
  }

  /** @param {Suggestion[]} found */
  #setFound(found) {
    this.#found = found
    if (!this.isDragging()) this.draw() // while dragging, the drop target must not move away
  }

  draw() {
    const shown = this.#found.slice(0, innerWidth < 900 ? SHOWN_NARROW : SHOWN).map((suggestion) => ({ ...suggestion, key: suggestionKey(suggestion) }))
    this.part.hidden = shown.length === 0
    updateList(this.list, shown, { key: ({ key }) => key, make: (suggestion) => this.#make(suggestion), fill: (item, suggestion) => this.#fill(item, suggestion) })
  }

  /** @param {DrawnSuggestion} suggestion */
  #make(suggestion) {
    const { t } = this
    const accept = el('button', { class: 'press quiet', type: 'button' }, t.accept)
    const refuse = el('button', { class: 'link', type: 'button' }, t.refuse)
    accept.addEventListener('click', () => this.#press(suggestion, 'accept'))
    refuse.addEventListener('click', () => this.#press(suggestion, 'refuse'))
    return el('li', { class: 'suggestion' }, el('p', { class: 'would' }), el('ul'), el('div', { class: 'row' }, accept, refuse))
  }

  /**
   * @param {PageElement} item
   * @param {DrawnSuggestion} suggestion
   */
  #fill(item, suggestion) {
    const { t } = this
    const [title, list, row] = item.children
    const theme = this.#board.themes.find(({ id }) => id === suggestion.theme)
    title.textContent = theme ? fill(t.belongs, { name: theme.name }) : fill(t.alike, { name: suggestion.name })
    row.firstElementChild.setAttribute('aria-label', `${t.accept}: ${title.textContent}`)
    row.lastElementChild.setAttribute('aria-label', `${t.refuse}: ${title.textContent}`)
    const cards = this.#cardsOf(suggestion)
    updateList(list, cards, {
      key: ({ id }) => id,
      make: ({ id, text }) => {
        const exclude = el('button', { class: 'link', type: 'button', 'aria-label': `${t.not_this}: ${text}`, title: t.not_this }, '×')
        exclude.addEventListener('click', () => {
          this.#excluded.add(`${suggestion.key} ${id}`)
          this.#changedAt = -Infinity // somebody who takes a card out has seen the new suggestion
          this.draw()
        })
        return el('li', {}, el('span', {}, text), exclude)
      },
      fill: (one) => (one.lastElementChild.hidden = cards.length < 2),
    })
  }

  /** @param {DrawnSuggestion} suggestion */
  #cardsOf(suggestion) {
    return suggestion.cards.filter(({ id }) => !this.#excluded.has(`${suggestion.key} ${id}`))
  }

  /**
   * @param {DrawnSuggestion} suggestion
   * @param {'accept' | 'refuse'} decision
   */
  async #press(suggestion, decision) {
    if (performance.now() - this.#changedAt < GUARD_MS) return
    this.#changedAt = performance.now()
    const ids = this.#cardsOf(suggestion).map(({ id }) => id)
    this.#setFound(this.#found.filter((other) => suggestionKey(other) !== suggestion.key))
    const accepted = { do: 'accept_suggestion', ids, ...(suggestion.theme ? { theme: suggestion.theme } : { name: suggestion.name }) }
    const excluded = suggestion.cards.map(({ id }) => id).filter((id) => !ids.includes(id))
    if (decision === 'accept') {
      if (excluded.length) this.act({ do: 'refuse_suggestion', ids: excluded }, [])
      await this.act(accepted, ids)
    } else await this.act({ do: 'refuse_suggestion', ids: suggestion.cards.map(({ id }) => id) }, [])
    this.#stamp = '' // the next view fetches new suggestions
    this.show(this.#board)
  }
}
