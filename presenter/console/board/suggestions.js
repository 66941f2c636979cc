/** Themes the machine could think of, dashed until somebody agrees. */

import { keep } from './cards.js'
import { el, fill } from '../../shared/dom.js'

const SHOWN = 3
const SHOWN_IN_HAND = 1
const REST_MS = 500 // after a change, before it is asked what is alike now
const GUARD_MS = 400 // what has just moved up is not what the finger meant

const keyOf = ({ theme, cards }) => `${theme} ${cards.map(({ id }) => id).join()}`

export class Suggestions {
  #asked = ''
  #timer = 0
  #found = []
  #without = new Set() // cards that were taken out of a suggestion, each as `suggestion card`
  #changedAt = 0
  #board = null

  /** *act*(action, ids) carries out; *carries*() says whether a card is in the hand. */
  constructor({ code, t, list, part, act, carries }) {
    Object.assign(this, { code, t, list, part, act, carries })
  }

  show(board) {
    this.#board = board
    const asked = JSON.stringify([board.activity, board.answers, board.ungrouped, board.refused, board.undo?.n])
    if (asked === this.#asked) return
    this.#asked = asked
    clearTimeout(this.#timer)
    if (board.ungrouped === 0) this.#take([])
    else this.#timer = setTimeout(() => this.#fetch(asked), this.#found.length ? REST_MS : 0)
  }

  async #fetch(asked) {
    const said = await fetch(`/api/rooms/${this.code}/board/suggestions?activity=${this.#board.activity}`).catch(() => null)
    if (!said?.ok) {
      this.#asked = ''
      return
    }
    if (asked === this.#asked) this.#take((await said.json()).suggestions)
  }

  #take(found) {
    this.#found = found
    if (!this.carries()) this.draw() // else what the card is carried to would move away under it
  }

  draw() {
    const shown = this.#found.slice(0, innerWidth < 900 ? SHOWN_IN_HAND : SHOWN).map((one) => ({ ...one, key: keyOf(one) }))
    this.part.hidden = shown.length === 0
    keep(this.list, shown, { key: ({ key }) => key, make: (one) => this.#make(one), fill: (item, one) => this.#fill(item, one) })
  }

  #make(one) {
    const { t } = this
    const accept = el('button', { class: 'press quiet', type: 'button' }, t.accept)
    const refuse = el('button', { class: 'link', type: 'button' }, t.refuse)
    accept.addEventListener('click', () => this.#press(one, 'accept'))
    refuse.addEventListener('click', () => this.#press(one, 'refuse'))
    return el('li', { class: 'suggestion' }, el('p', { class: 'would' }), el('ul'), el('div', { class: 'row' }, accept, refuse))
  }

  #fill(item, one) {
    const { t } = this
    const [title, list, row] = item.children
    const theme = this.#board.themes.find(({ id }) => id === one.theme)
    title.textContent = theme ? fill(t.belongs, { name: theme.name }) : fill(t.alike, { name: one.name })
    row.firstElementChild.setAttribute('aria-label', `${t.accept}: ${title.textContent}`)
    row.lastElementChild.setAttribute('aria-label', `${t.refuse}: ${title.textContent}`)
    const cards = this.#kept(one)
    keep(list, cards, {
      key: ({ id }) => id,
      make: ({ id, text }) => {
        const out = el('button', { class: 'link', type: 'button', 'aria-label': `${t.not_this}: ${text}`, title: t.not_this }, '×')
        out.addEventListener('click', () => {
          this.#without.add(`${one.key} ${id}`)
          this.#changedAt = 0 // whoever takes a card out has seen what stands there now
          this.draw()
        })
        return el('li', {}, el('span', {}, text), out)
      },
      fill: (row, _) => (row.lastElementChild.hidden = cards.length < 2),
    })
  }

  #kept(one) {
    return one.cards.filter(({ id }) => !this.#without.has(`${one.key} ${id}`))
  }

  async #press(one, what) {
    if (performance.now() - this.#changedAt < GUARD_MS) return
    this.#changedAt = performance.now()
    const ids = this.#kept(one).map(({ id }) => id)
    this.#take(this.#found.filter((other) => keyOf(other) !== one.key))
    const accepted = { do: 'accept_suggestion', ids, ...(one.theme ? { theme: one.theme } : { name: one.name }) }
    const out = one.cards.map(({ id }) => id).filter((id) => !ids.includes(id))
    if (what === 'accept') {
      if (out.length) this.act({ do: 'refuse_suggestion', ids: out }, [])
      await this.act(accepted, ids)
    } else await this.act({ do: 'refuse_suggestion', ids: one.cards.map(({ id }) => id) }, [])
    this.#asked = '' // what is alike now is asked with the next view
    this.show(this.#board)
  }
}
