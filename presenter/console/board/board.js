/**
 * The board, on which answers (cards) are sorted into themes: with mouse, finger or keyboard, one card or several at once.
 * Answers without a theme are on one side, the themes on the other.
 */

import { $, fill, plural } from '../../shared/dom.js'
import { confirm } from '../confirm.js'
import { boardKey } from './board_keys.js'
import { NOTHING_DONE, cardsWith, isOpen, reduce } from './board_state.js'
import { CardLists } from './card_lists.js'
import { CardPages } from './card_pages.js'
import { answerIdOf, cardKey, nextCard } from './cards.js'
import { chooseTheme, editTheme } from './dialogs.js'
import { Drag } from './drag.js'
import { leavingForNew, moveCards, themeAction } from './moves.js'
import { RovingFocus } from './roving_focus.js'
import { Suggestions } from './suggestions.js'
import { Themes } from './themes.js'

const PATIENCE_MS = 2000

/**
 * The text on the button that undoes the newest change. Pure.
 *
 * @type {(undo: BoardView['undo'], t: Strings) => string}
 */
export const undoLabel = (undo, t) => {
  if (!undo) return ''
  const done = undo.did === 'cards-placed' && !undo.name ? 'cards-out' : undo.did
  return fill(t.undo[done] ?? t.undo['cards-out'], { n: undo.cards, name: undo.name })
}

export class Board {
  /** @type {ConsoleView} */
  #view
  #board = /** @type {BoardView | null} */ (null)
  #state = NOTHING_DONE
  #waitingView = /** @type {ConsoleView | null} */ (null) // a view that came while a card was being dragged
  #queue = /** @type {Promise<unknown>} */ (Promise.resolve())

  /**
   * `act(action)` sends an action, and shows the reason if it is refused. `answer(name, id, text)` does what else can be done with an answer.
   *
   * @param {{code: string, act: (action: Action) => Promise<ActionResult>, answer: (name: string, id: string, text: string) => unknown}} of
   */
  constructor({ code, act, answer }) {
    this.t = JSON.parse($('board-strings').textContent)
    this.act = act
    this.answer = answer
    this.root = $('board')
    this.pages = new CardPages(code, () => this.#draw())
    this.lists = new CardLists({ root: this.root, t: this.t, pages: this.pages, redraw: () => this.drag.busy || this.#draw() })
    this.roving = new RovingFocus(this.root)
    this.themes = new Themes(this.t, {
      toggle: (id) => this.#change({ type: 'toggleTheme', id }),
      press: (id) => (this.#selected.length ? this.#move(this.#selected, id) : this.#edit(id)),
      more: (id) => this.pages.more(id, Infinity),
      drawCards: (list, id, cards) => this.#drawCards(list, id, cards),
      drawMore: (...more) => this.lists.drawMore(...more),
    })
    this.suggestions = new Suggestions({
      code, t: this.t, list: $('suggestions'), part: $('suggestions-part'), act: (action, ids) => this.#perform(action, ids.map((id) => cardKey('', id))),
      isDragging: () => this.drag.busy,
    })
    this.drag = new Drag(this.root, {
      ids: (key) => cardsWith(this.#state, key),
      words: (keys) => (keys.length > 1 ? fill(plural(this.t.picked, keys.length), { n: keys.length }) : this.#textOf(keys[0])),
      drop: (target, keys) => (target === 'new' ? this.#createTheme(keys) : this.#move(keys, target)),
      done: () => this.#showWaiting(),
    })
    this.#wireCards()
    this.#wireButtons()
  }

  /**
   * Its place came into view, or went.
   *
   * @param {boolean} open
   */
  setOpen(open) {
    this.#change({ type: 'onShow', open })
  }

  /** Give a card the focus. */
  enter() {
    if (this.#board && !$('board-part').hidden) this.roving.focus(this.roving.current)
  }

  /** @param {ConsoleView} view */
  show(view) {
    if (this.drag.busy) {
      this.#waitingView = view
      return
    }
    if (view.board?.activity !== this.#state.activity) {
      this.pages.clear()
      this.roving.current = null
    }
    this.#view = view
    this.#board = view.board
    this.#change({ type: 'view', view })
    if (this.#board) this.pages.show(this.#board)
  }

  #showWaiting() {
    const view = this.#waitingView
    this.#waitingView = null
    if (view) this.show(view)
    this.suggestions.draw()
  }

  get #selected() {
    return [...this.#state.selected]
  }

  /** @param {import('./board_state.js').BoardChange} change */
  #set(change) {
    this.#state = reduce(this.#state, change)
  }

  /** @param {import('./board_state.js').BoardChange} change */
  #change(change) {
    this.#set(change)
    this.#draw()
  }

  // -- drawing ----------------------------------------------------------------------------------------------

  #draw() {
    const board = this.#board
    const open = isOpen(this.#state, this.#view)
    const part = $('board-part')
    part.hidden = !board || (board.answers === 0 && this.#view.state !== 'grouping')
    $('gather-none').hidden = !part.hidden
    this.root.hidden = !open
    if (!board || part.hidden || !open) return
    this.#drawHead(board)
    const [hadFocus, keysBefore] = [this.roving.inside, this.roving.keys()]
    $('cards-title').textContent = fill(this.t.title, { n: board.ungrouped })
    $('cards-none').hidden = board.ungrouped > 0 || board.answers === 0
    this.#drawCards($('cards'), '', board.cards)
    this.lists.drawMore($('cards-more'), '', board.ungrouped, board.cards.length)
    this.themes.draw(board, this.#state, this.#view.language)
    this.#drawSelected(board)
    const now = new Set(this.roving.keys())
    if (hadFocus && this.roving.focusLost) this.roving.focus(nextCard(keysBefore, new Set(keysBefore.filter((id) => !now.has(id))), this.roving.current))
    this.roving.draw()
    this.suggestions.show(board)
  }

  /** @param {BoardView} board */
  #drawHead({ undo }) {
    $('board-undo').hidden = !undo
    $('board-undo').textContent = undoLabel(undo, this.t)
  }

  /**
   * @param {PageElement} list
   * @param {string} theme
   * @param {Card[]} firstCards
   */
  #drawCards(list, theme, firstCards) {
    this.lists.draw(list, theme, firstCards, { themes: this.#board?.themes ?? [], leaving: this.#state.leaving, language: this.#view.language })
  }

  /** @param {BoardView} board */
  #drawSelected(board) {
    const faces = [...this.root.querySelectorAll('.card:not(.gone) .face')].map((face) => ({ face, key: String(face.closest('.card')?.dataset.key) }))
    this.#set({ type: 'drawn', keys: faces.map(({ key }) => key) })
    const { selected } = this.#state
    const n = selected.size
    for (const { face, key } of faces) face.setAttribute('aria-pressed', String(selected.has(key)))
    $('picked').hidden = n === 0
    $('several').hidden = !board.several
    $('picked-n').textContent = fill(plural(this.t.picked, n), { n })
    $('picked-lift').hidden = n !== 1 || !board.shown
    $('picked-hold').hidden = n !== 1
  }

  /** @param {string} text */
  #announce(text) {
    $('board-say').textContent = text
  }

  /** @param {string} key */
  #textOf(key) {
    return this.root.querySelector(`.card[data-key="${key}"] .face`)?.textContent ?? ''
  }

  // -- changes ----------------------------------------------------------------------------------------------

  /**
   * Send *action* after those before it; the cards *keys* are hidden at once.
   *
   * @param {Action} action
   */
  #perform(action, keys = /** @type {string[]} */ ([])) {
    this.#change({ type: 'sent', keys })
    const done = this.#queue.then(() => this.act({ activity: this.#board?.activity, ...action }))
    this.#queue = done.catch(() => {})
    return done.then((result) => {
      this.#change({ type: 'answered', keys, result })
      return result.ok
    })
  }

  /**
   * @param {string[]} keys
   * @param {string} theme
   */
  async #move(keys, theme) {
    const { t } = this
    const board = this.#board
    if (!board) return
    const name = board.themes.find(({ id }) => id === theme)?.name
    const { moving, leaving, steps } = moveCards(keys, theme, board.several)
    if (!moving.length) return
    this.#set({ type: 'unselect', keys: moving })
    this.roving.moveOn(leaving)
    for (const step of steps) if (!(await this.#perform(step.action, step.leaving))) return
    this.#announce(fill(plural(name ? t.moved : t.moved_out, moving.length), { n: moving.length, name }))
  }

  async #createTheme(keys = /** @type {string[]} */ ([])) {
    const { t } = this
    const name = await confirm({ title: t.name_title, text: t.name_text, yes: t.make, quote: keys.length === 1 ? this.#textOf(keys[0]) : '', field: t.name_field, list: '' })
    if (!name) return this.roving.focus(this.roving.current)
    if (!this.#board) return // the meeting has gone on while the name was written
    const leaving = leavingForNew(keys, this.#board.several)
    this.roving.moveOn(leaving)
    const action = themeAction(keys, name)
    const n = action.ids.length
    if ((await this.#perform(action, leaving)) && n) this.#announce(fill(plural(t.moved, n), { n, name }))
  }

  /** @param {string[]} keys */
  async #chooseTheme(keys) {
    if (!this.#board) return
    const chosen = await chooseTheme(this.#board.themes, keys.length, this.t)
    if (chosen === 'new') return this.#createTheme(keys)
    if (chosen === null) return this.roving.focus(this.roving.current)
    return this.#move(keys, chosen)
  }

  /** @param {string} id */
  async #edit(id) {
    if (!this.#board) return
    const action = await editTheme(this.#board.themes, id)
    if (action) await this.#perform(action)
  }

  /** Undo the newest change. First wait for a view that holds everything done here, so that it is the change people mean. */
  async #undo() {
    await this.#queue
    const until = performance.now() + PATIENCE_MS
    while (this.#view.position < this.#state.newestPosition && performance.now() < until) await new Promise((on) => setTimeout(on, 20))
    const undo = this.#board?.undo
    if (undo && (await this.#perform({ do: 'undo_grouping', n: undo.n }))) this.#announce(this.t.undone)
  }

  // -- keys, pointers and buttons ---------------------------------------------------------------------------

  /**
   * What the keys of board_keys.js do on card *key*.
   *
   * @param {string} key
   * @param {number | undefined} index
   * @returns {Record<string, () => unknown>}
   */
  #keyHandlers(key, index) {
    const keys = cardsWith(this.#state, key)
    const { roving } = this
    const theme = index === undefined ? null : this.#board?.themes[index]
    return {
      next: () => roving.step(1), previous: () => roving.step(-1), first: () => roving.step(-Infinity), last: () => roving.step(Infinity),
      side: () => roving.switchSide(), place: () => theme && this.#move(keys, theme.id), out: () => this.#move(keys, ''),
      newTheme: () => this.#createTheme(keys), choose: () => this.#chooseTheme(keys), undo: () => this.#undo(),
      unselect: () => this.#change({ type: 'unselect' }), nothing: () => {},
    }
  }

  /** @param {PageEvent<'keydown'>} event */
  #onKey = (event) => {
    const key = event.target.closest('.card')?.dataset.key
    const pressed = key && event.target.matches('.face') ? boardKey(event) : null
    if (!pressed) return
    event.preventDefault()
    event.stopPropagation() // the page's own keys mean other things
    this.#keyHandlers(String(key), pressed.index)[pressed.name]()
  }

  #wireCards() {
    this.root.addEventListener('keydown', this.#onKey)
    this.root.addEventListener('click', ({ target }) => {
      const key = target.closest('.face')?.closest('.card')?.dataset.key
      if (!key) return
      this.roving.current = key
      this.#change({ type: 'toggleCard', key })
    })
    this.root.addEventListener('focusin', ({ target }) => {
      if (!target.matches('.face')) return
      this.roving.current = target.closest('.card')?.dataset.key ?? null
      this.roving.draw()
    })
  }

  #wireButtons() {
    const on = (/** @type {string} */ id, /** @type {() => unknown} */ handler) => $(id).addEventListener('click', handler)
    on('board-undo', () => this.#undo())
    on('cards-more', () => this.pages.more(''))
    on('theme-new', () => this.#createTheme(this.#selected))
    on('picked-move', () => this.#chooseTheme(this.#selected))
    on('picked-new', () => this.#createTheme(this.#selected))
    on('picked-none', () => this.#change({ type: 'unselect' }))
    for (const name of ['lift', 'hold']) {
      on(`picked-${name}`, () => {
        const [key = ''] = this.#selected
        this.answer(name, answerIdOf(key), this.#textOf(key))
      })
    }
  }
}
