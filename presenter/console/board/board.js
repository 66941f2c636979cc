/**
 * The board, on which answers (cards) are sorted into themes: with mouse, finger or keyboard, one card or several at once.
 * Answers without a theme are on one side, the themes on the other.
 */

import { answerIdOf, cardKey, digitFor, drawCards, indexFor, nextCard, themeOf, updateList } from './cards.js'
import { Drag } from './drag.js'
import { $, el, fill, plural } from '../../shared/dom.js'
import { PAGE_SIZE, CardPages } from './card_pages.js'
import { RovingFocus } from './roving_focus.js'
import { Suggestions } from './suggestions.js'
import { confirm } from '../confirm.js'
import { chooseTheme, editTheme } from './dialogs.js'

const MOST_AT_ONCE = 400 // cards in one action
const PATIENCE_MS = 2000

/** The text on the button that undoes the newest change. Pure. */
export const undoLabel = (undo, t) => {
  if (!undo) return ''
  const done = undo.did === 'cards-placed' && !undo.name ? 'cards-out' : undo.did
  return fill(t.undo[done] ?? t.undo['cards-out'], { n: undo.cards, name: undo.name })
}

export class Board {
  #view = null
  #board = null
  #waitingView = null // a view that came while a card was being dragged
  #open = false // opened by a press, while the meeting is at something else
  #selected = new Set() // keys of cards: one answer may be a card in several themes
  #leaving = new Map() // card's key -> the position of the view in which it is gone
  #expanded = new Set() // ids of themes whose answers are shown
  #byMouse = false // whether the pointer used last was a mouse
  #queue = Promise.resolve()
  #newestPosition = 0

  /** `act(action)` sends an action, and shows the reason if it is refused. `answer(name, id, text)` does what else can be done with an answer. */
  constructor({ code, act, answer }) {
    this.t = JSON.parse($('board-strings').textContent)
    Object.assign(this, { code, act, answer })
    this.root = $('board')
    this.pages = new CardPages(code, () => this.#draw())
    this.roving = new RovingFocus(this.root)
    this.suggestions = new Suggestions({
      code, t: this.t, list: $('suggestions'), part: $('suggestions-part'), act: (action, ids) => this.#perform(action, ids.map((id) => cardKey('', id))),
      isDragging: () => this.drag.busy,
    })
    this.drag = new Drag(this.root, {
      ids: (card) => this.#draggedWith(card),
      words: (ids) => (ids.length > 1 ? fill(plural(this.t.picked, ids.length), { n: ids.length }) : this.#textOf(ids[0])),
      drop: (target, ids) => (target === 'new' ? this.#createTheme(ids) : this.#move(ids, target)),
      done: () => this.#showWaiting(),
    })
    this.#wire()
  }

  /** Whether the board is shown in place of the list of answers. */
  get open() {
    return Boolean(this.#board) && (this.#view.state === 'grouping' || this.#open)
  }

  /** Open the board and give a card the focus. */
  enter() {
    if (!this.#board || $('board-part').hidden) return
    this.#open = true
    this.#draw()
    this.roving.focus(this.roving.current)
  }

  show(view) {
    if (this.drag.busy) {
      this.#waitingView = view
      return
    }
    if (view.board?.activity !== this.#board?.activity) this.#clear()
    this.#view = view
    this.#board = view.board
    for (const [id, until] of this.#leaving) if (until <= view.position) this.#leaving.delete(id)
    this.#draw()
    if (this.#board) this.pages.show(this.#board)
  }

  #clear() {
    this.#selected.clear()
    this.#leaving.clear()
    this.#expanded.clear()
    this.pages.clear()
    this.roving.current = null
    this.#open = false
  }

  #showWaiting() {
    const view = this.#waitingView
    this.#waitingView = null
    if (view) this.show(view)
    this.suggestions.draw()
  }

  // -- drawing ----------------------------------------------------------------------------------------------

  #draw() {
    const board = this.#board
    const part = $('board-part')
    part.hidden = !board || (board.answers === 0 && this.#view.state !== 'grouping')
    document.body.classList.toggle('boarding', this.open)
    this.root.hidden = !this.open
    if (part.hidden) return
    const { t } = this
    $('board-open').hidden = this.#view.state === 'grouping'
    $('board-open').textContent = this.#open ? t.close : t.open
    $('board-open').setAttribute('aria-expanded', String(this.open))
    $('board-undo').hidden = !this.open || !board.undo
    $('board-undo').textContent = undoLabel(board.undo, t)
    if (!this.open) return
    const [hadFocus, keysBefore] = [this.roving.inside, this.roving.keys()]
    $('cards-title').textContent = fill(t.title, { n: board.ungrouped })
    $('cards-none').hidden = board.ungrouped > 0 || board.answers === 0
    this.#drawCards($('cards'), '', board.cards)
    this.#drawMore($('cards-more'), '', board.ungrouped, board.cards.length)
    updateList($('themes'), board.themes.map((theme, index) => ({ ...theme, place: index })), {
      key: ({ id }) => id, make: (theme) => this.#themeElement(theme), fill: (element, theme) => this.#fillTheme(element, theme),
    })
    this.#drawSelected()
    const now = new Set(this.roving.keys())
    if (hadFocus && this.roving.focusLost) this.roving.focus(nextCard(keysBefore, new Set(keysBefore.filter((id) => !now.has(id))), this.roving.current))
    this.roving.draw()
    this.suggestions.show(board)
  }

  #drawCards(list, theme, firstCards) {
    const ids = new Set(firstCards.map(({ id }) => id))
    const cards = [...firstCards, ...this.pages.of(theme).filter(({ id }) => !ids.has(id))]
    // Cards must not move under the mouse, or the wrong one would be pressed.
    const hovers = this.#byMouse && list.matches(':hover')
    const keepsPlace = ({ dataset }) => hovers && !this.#leaving.has(dataset.key)
    const shown = cards.filter(({ id }) => !this.#leaving.has(cardKey(theme, id)))
    drawCards(list, shown, { theme, themes: this.#board.themes, language: this.#view.language, t: this.t, keepsPlace })
  }

  #drawMore(button, theme, total, shownCount) {
    const rest = total - shownCount - this.pages.of(theme).length
    button.hidden = rest <= 0
    button.textContent = fill(theme ? this.t.all : this.t.more, { n: theme ? total : Math.min(PAGE_SIZE, rest) })
  }

  #themeElement({ id }) {
    const name = el('button', { class: 'theme-name', type: 'button', 'aria-expanded': 'false' },
      el('kbd', { class: 'num' }), el('b'), el('span', { class: 'num count' }))
    const edit = el('button', { class: 'link', type: 'button' })
    const more = el('button', { class: 'link', type: 'button' })
    name.addEventListener('click', () => {
      this.#expanded.has(id) ? this.#expanded.delete(id) : this.#expanded.add(id)
      this.#draw()
    })
    edit.addEventListener('click', () => (this.#selected.size ? this.#move([...this.#selected], id) : this.#edit(id)))
    more.addEventListener('click', () => this.pages.more(id, Infinity))
    return el('li', { class: 'theme', 'data-theme': id, 'data-drop': id },
      el('div', { class: 'theme-head' }, name, edit), el('p', { class: 'newest soft' }), el('ul', { class: 'cards' }), more)
  }

  #fillTheme(element, { id, name, answers, cards, place }) {
    const [head, newest, list, more] = element.children
    const [button, edit] = head.children
    const expanded = this.#expanded.has(id)
    element.dataset.count = answers
    button.children[0].textContent = digitFor(place)
    button.children[1].textContent = name
    button.children[1].lang = this.#view.language
    button.children[2].textContent = answers
    button.setAttribute('aria-expanded', String(expanded))
    edit.textContent = !this.#selected.size ? this.t.edit : this.#board.several ? this.t.here_too : this.t.here
    edit.setAttribute('aria-label', `${edit.textContent}: ${name}`)
    newest.textContent = cards[0]?.text ?? ''
    newest.lang = this.#view.language
    newest.hidden = expanded || !cards.length
    list.hidden = !expanded
    list.setAttribute('aria-label', name)
    if (expanded) this.#drawCards(list, id, cards)
    this.#drawMore(more, id, answers, cards.length)
    more.hidden ||= !expanded
  }

  #drawSelected() {
    const faces = [...this.root.querySelectorAll('.card:not(.gone) .face')]
    const onBoard = new Set(faces.map((face) => face.closest('.card').dataset.key))
    for (const id of this.#selected) if (!onBoard.has(id)) this.#selected.delete(id) // withheld, or moved by somebody else
    const n = this.#selected.size
    for (const face of faces) face.setAttribute('aria-pressed', String(this.#selected.has(face.closest('.card').dataset.key)))
    $('picked').hidden = n === 0
    $('several').hidden = !this.#board.several
    $('picked-n').textContent = fill(plural(this.t.picked, n), { n })
    $('picked-lift').hidden = n !== 1 || !this.#board.shown
    $('picked-hold').hidden = n !== 1
  }

  #announce(text) {
    $('board-say').textContent = text
  }

  // -- changes ----------------------------------------------------------------------------------------------

  /** Send *action* after those before it; the cards *keys* are hidden at once. */
  #perform(action, keys = []) {
    for (const key of keys) {
      this.#leaving.set(key, Infinity)
      this.#selected.delete(key)
    }
    this.#draw()
    const done = this.#queue.then(() => this.act({ activity: this.#board.activity, ...action }))
    this.#queue = done.catch(() => {})
    return done.then((result) => {
      this.#newestPosition = Math.max(this.#newestPosition, result.position ?? 0)
      for (const key of keys) {
        if (result.ok && result.position > this.#view.position) this.#leaving.set(key, result.position)
        else this.#leaving.delete(key)
      }
      this.#draw()
      return result.ok
    })
  }

  async #move(keys, theme) {
    const { t } = this
    const name = this.#board.themes.find(({ id }) => id === theme)?.name
    const moving = keys.filter((key) => themeOf(key) !== theme)
    if (!moving.length) return
    // Where an answer may be in several themes, a card that is put into another theme also stays where it is.
    const leaving = moving.filter((key) => !this.#board.several || !theme || !themeOf(key))
    for (const key of moving) this.#selected.delete(key)
    this.roving.moveOn(leaving)
    for (let at = 0; at < moving.length; at += MOST_AT_ONCE) {
      const batch = moving.slice(at, at + MOST_AT_ONCE)
      for (const action of this.#moves(batch, theme)) {
        const ids = new Set(action.ids)
        const leavingNow = batch.filter((key) => leaving.includes(key) && ids.has(answerIdOf(key)))
        if (!(await this.#perform(action, leavingNow))) return
      }
    }
    this.#announce(fill(plural(name ? t.moved : t.moved_out, moving.length), { n: moving.length, name }))
  }

  /** The actions that put cards into *theme*, or, without a theme, take each out of the one it is in. */
  #moves(keys, theme) {
    const ids = (some) => [...new Set(some.map(answerIdOf))]
    if (theme || !this.#board.several) return [{ do: 'place', ids: ids(keys), theme }]
    return [...new Set(keys.map(themeOf))].map((from) => ({ do: 'take_out', theme: from, ids: ids(keys.filter((key) => themeOf(key) === from)) }))
  }

  async #createTheme(keys = []) {
    const { t } = this
    const name = await confirm({ title: t.name_title, text: t.name_text, yes: t.make, quote: keys.length === 1 ? this.#textOf(keys[0]) : '', field: t.name_field, list: '' })
    if (!name) return this.roving.focus(this.roving.current)
    const themes = new Set(keys.map(themeOf))
    const onlyTheme = themes.size === 1 ? [...themes][0] : ''
    const leaving = keys.filter((key) => !this.#board.several || onlyTheme || !themeOf(key))
    this.roving.moveOn(leaving)
    const action = onlyTheme ? { do: 'split', theme: onlyTheme } : { do: 'make_theme' }
    const ids = [...new Set(keys.map(answerIdOf))]
    if (await this.#perform({ ...action, name, ids }, leaving)) this.#announce(fill(plural(t.moved, ids.length), { n: ids.length, name }))
  }

  async #chooseTheme(keys) {
    const chosen = await chooseTheme(this.#board.themes, keys.length, this.t)
    if (chosen === 'new') return this.#createTheme(keys)
    if (chosen === null) return this.roving.focus(this.roving.current)
    return this.#move(keys, chosen)
  }

  async #edit(id) {
    const action = await editTheme(this.#board.themes, id)
    if (action) await this.#perform(action)
  }

  /** Undo the newest change. First wait for a view that holds everything done here, so that it is the change people mean. */
  async #undo() {
    await this.#queue
    const until = performance.now() + PATIENCE_MS
    while (this.#view.position < this.#newestPosition && performance.now() < until) await new Promise((on) => setTimeout(on, 20))
    const undo = this.#board?.undo
    if (undo && (await this.#perform({ do: 'undo_grouping', n: undo.n }))) this.#announce(this.t.undone)
  }

  #draggedWith(card) {
    return this.#selected.has(card) ? [...this.#selected] : [card]
  }

  #textOf(key) {
    return this.root.querySelector(`.card[data-key="${key}"] .face`)?.textContent ?? ''
  }

  #onKey = (event) => {
    if (event.ctrlKey || event.metaKey ? event.key.toLowerCase() !== 'z' : event.altKey) return
    const card = event.target.closest('.card')?.dataset.key
    if (!card || !event.target.matches('.face')) return
    const theme = this.#board.themes[indexFor(event.key)]
    const handler = {
      ArrowDown: () => this.roving.step(1), ArrowUp: () => this.roving.step(-1), Home: () => this.roving.step(-Infinity), End: () => this.roving.step(Infinity),
      ArrowLeft: () => this.roving.switchSide(), ArrowRight: () => this.roving.switchSide(),
      n: () => this.#createTheme(this.#draggedWith(card)), m: () => this.#chooseTheme(this.#draggedWith(card)), u: () => this.#undo(),
      Delete: () => this.#move(this.#draggedWith(card), ''), Backspace: () => this.#move(this.#draggedWith(card), ''),
      Escape: () => this.#clearSelection(), z: () => (event.ctrlKey || event.metaKey) && this.#undo(),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    const act = theme ? () => this.#move(this.#draggedWith(card), theme.id) : indexFor(event.key) >= 0 ? () => {} : handler
    if (!act) return
    event.preventDefault()
    event.stopPropagation() // the page's own keys mean other things
    if (!event.repeat || event.key.startsWith('Arrow')) act()
  }

  #clearSelection() {
    this.#selected.clear()
    this.#draw()
  }

  #wire() {
    this.root.addEventListener('keydown', this.#onKey)
    this.root.addEventListener('click', ({ target }) => {
      const card = target.closest('.face')?.closest('.card').dataset.key
      if (!card) return
      this.#selected.has(card) ? this.#selected.delete(card) : this.#selected.add(card)
      this.roving.current = card
      this.#draw()
    })
    this.root.addEventListener('focusin', ({ target }) => {
      if (!target.matches('.face')) return
      this.roving.current = target.closest('.card').dataset.key
      this.roving.draw()
    })
    this.root.addEventListener('pointerover', ({ pointerType }) => (this.#byMouse = pointerType === 'mouse'))
    this.root.addEventListener('pointerout', ({ target, relatedTarget }) => {
      const list = target.closest('.cards')
      if (list?.querySelector('.gone') && !list.contains(relatedTarget) && !this.drag.busy) this.#draw()
    })
    const on = (id, handler) => $(id).addEventListener('click', handler)
    on('board-open', () => {
      this.#open = !this.#open
      this.#draw()
    })
    on('board-undo', () => this.#undo())
    on('cards-more', () => this.pages.more(''))
    on('theme-new', () => this.#createTheme([...this.#selected]))
    on('picked-move', () => this.#chooseTheme([...this.#selected]))
    on('picked-new', () => this.#createTheme([...this.#selected]))
    on('picked-none', () => this.#clearSelection())
    for (const name of ['lift', 'hold']) {
      on(`picked-${name}`, () => {
        const [key] = this.#selected
        this.answer(name, answerIdOf(key), this.#textOf(key))
      })
    }
  }
}
