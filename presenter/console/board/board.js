/** The board: answers on one side, themes on the other; with mouse, finger or keyboard, by one or several at once. */

import { cardKey, drawCards, homeOf, idOf, keep, keyOf, nextOf, placeOf } from './cards.js'
import { Drag } from './drag.js'
import { $, el, fill, plural } from '../../shared/dom.js'
import { PAGE, Pages } from './card_pages.js'
import { RovingFocus } from './roving_focus.js'
import { Suggestions } from './suggestions.js'
import { sure } from '../confirm.js'
import { chooseTheme, editTheme } from './dialogs.js'

const AT_ONCE = 400 // cards in one move
const PATIENCE_MS = 2000

/** What the button that takes the newest change back says. Pure. */
export const undoWords = (undo, t) => {
  if (!undo) return ''
  const did = undo.did === 'cards-placed' && !undo.name ? 'cards-out' : undo.did
  return fill(t.undo[did] ?? t.undo['cards-out'], { n: undo.cards, name: undo.name })
}

export class Board {
  #view = null
  #board = null
  #later = null // a view that came while a card was carried
  #open = false // by hand, before the hall looks on
  #picked = new Set() // keys of cards: one answer may be a card in several themes
  #leaving = new Map() // key -> the position at which it will have gone
  #wide = new Set() // themes whose answers are shown
  #mouse = false // what was last used to point
  #queue = Promise.resolve()
  #reached = 0

  /** *act*(action) carries out and says why not; *answer*(name, id, text) is what else can be done with one answer. */
  constructor({ code, act, answer }) {
    this.t = JSON.parse($('board-strings').textContent)
    Object.assign(this, { code, act, answer })
    this.root = $('board')
    this.pages = new Pages(code, () => this.#draw())
    this.reach = new RovingFocus(this.root)
    this.suggestions = new Suggestions({
      code, t: this.t, list: $('suggestions'), part: $('suggestions-part'), act: (action, ids) => this.#do(action, ids.map((id) => cardKey('', id))),
      carries: () => this.drag.busy,
    })
    this.drag = new Drag(this.root, {
      ids: (card) => this.#with(card),
      words: (ids) => (ids.length > 1 ? fill(plural(this.t.picked, ids.length), { n: ids.length }) : this.#textOf(ids[0])),
      drop: (target, ids) => (target === 'new' ? this.#make(ids) : this.#move(ids, target)),
      done: () => this.#catchUp(),
    })
    this.#wire()
  }

  /** Whether the board takes the place of the answers below it. */
  get open() {
    return Boolean(this.#board) && (this.#view.state === 'grouping' || this.#open)
  }

  /** By keyboard: to the first card, on a board that is opened for it. */
  enter() {
    if (!this.#board || $('board-part').hidden) return
    this.#open = true
    this.#draw()
    this.reach.focus(this.reach.current)
  }

  show(view) {
    if (this.drag.busy) {
      this.#later = view
      return
    }
    if (view.board?.activity !== this.#board?.activity) this.#forget()
    this.#view = view
    this.#board = view.board
    for (const [id, until] of this.#leaving) if (until <= view.position) this.#leaving.delete(id)
    this.#draw()
    if (this.#board) this.pages.show(this.#board)
  }

  #forget() {
    this.#picked.clear()
    this.#leaving.clear()
    this.#wide.clear()
    this.pages.clear()
    this.reach.current = null
    this.#open = false
  }

  #catchUp() {
    const view = this.#later
    this.#later = null
    if (view) this.show(view)
    this.suggestions.draw()
  }

  // -- what is shown ----------------------------------------------------------------------------------------

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
    $('board-undo').textContent = undoWords(board.undo, t)
    if (!this.open) return
    const [had, before] = [this.reach.inside, this.reach.keys()]
    $('cards-title').textContent = fill(t.title, { n: board.ungrouped })
    $('cards-none').hidden = board.ungrouped > 0 || board.answers === 0
    this.#drawCards($('cards'), '', board.cards)
    this.#drawMore($('cards-more'), '', board.ungrouped, board.cards.length)
    keep($('themes'), board.themes.map((theme, place) => ({ ...theme, place })), {
      key: ({ id }) => id, make: (theme) => this.#makeTheme(theme), fill: (one, theme) => this.#fillTheme(one, theme),
    })
    this.#drawPicked()
    const now = new Set(this.reach.keys())
    if (had && this.reach.adrift) this.reach.focus(nextOf(before, new Set(before.filter((id) => !now.has(id))), this.reach.current))
    this.reach.draw()
    this.suggestions.show(board)
  }

  #drawCards(list, theme, told) {
    const ids = new Set(told.map(({ id }) => id))
    const cards = [...told, ...this.pages.of(theme).filter(({ id }) => !ids.has(id))]
    // A card that jumps away under the hand is not the one that was meant.
    const hovers = this.#mouse && list.matches(':hover')
    const waits = ({ dataset }) => hovers && !this.#leaving.has(dataset.key)
    const shown = cards.filter(({ id }) => !this.#leaving.has(cardKey(theme, id)))
    drawCards(list, shown, { theme, themes: this.#board.themes, language: this.#view.language, t: this.t, waits })
  }

  #drawMore(button, theme, total, told) {
    const rest = total - told - this.pages.of(theme).length
    button.hidden = rest <= 0
    button.textContent = fill(theme ? this.t.all : this.t.more, { n: theme ? total : Math.min(PAGE, rest) })
  }

  #makeTheme({ id }) {
    const name = el('button', { class: 'theme-name', type: 'button', 'aria-expanded': 'false' },
      el('kbd', { class: 'num' }), el('b'), el('span', { class: 'num count' }))
    const edit = el('button', { class: 'link', type: 'button' })
    const more = el('button', { class: 'link', type: 'button' })
    name.addEventListener('click', () => {
      this.#wide.has(id) ? this.#wide.delete(id) : this.#wide.add(id)
      this.#draw()
    })
    edit.addEventListener('click', () => (this.#picked.size ? this.#move([...this.#picked], id) : this.#edit(id)))
    more.addEventListener('click', () => this.pages.more(id, Infinity))
    return el('li', { class: 'theme', 'data-theme': id, 'data-drop': id },
      el('div', { class: 'theme-head' }, name, edit), el('p', { class: 'newest soft' }), el('ul', { class: 'cards' }), more)
  }

  #fillTheme(one, { id, name, answers, cards, place }) {
    const [head, newest, list, more] = one.children
    const [button, edit] = head.children
    const wide = this.#wide.has(id)
    one.dataset.count = answers
    button.children[0].textContent = keyOf(place)
    button.children[1].textContent = name
    button.children[1].lang = this.#view.language
    button.children[2].textContent = answers
    button.setAttribute('aria-expanded', String(wide))
    edit.textContent = !this.#picked.size ? this.t.edit : this.#board.several ? this.t.here_too : this.t.here
    edit.setAttribute('aria-label', `${edit.textContent}: ${name}`)
    newest.textContent = cards[0]?.text ?? ''
    newest.lang = this.#view.language
    newest.hidden = wide || !cards.length
    list.hidden = !wide
    list.setAttribute('aria-label', name)
    if (wide) this.#drawCards(list, id, cards)
    this.#drawMore(more, id, answers, cards.length)
    more.hidden ||= !wide
  }

  #drawPicked() {
    const faces = [...this.root.querySelectorAll('.card:not(.gone) .face')]
    const here = new Set(faces.map((face) => face.closest('.card').dataset.key))
    for (const id of this.#picked) if (!here.has(id)) this.#picked.delete(id) // withheld, or moved by somebody else
    const n = this.#picked.size
    for (const face of faces) face.setAttribute('aria-pressed', String(this.#picked.has(face.closest('.card').dataset.key)))
    $('picked').hidden = n === 0
    $('several').hidden = !this.#board.several
    $('picked-n').textContent = fill(plural(this.t.picked, n), { n })
    $('picked-lift').hidden = n !== 1 || !this.#board.shown
    $('picked-hold').hidden = n !== 1
  }

  #say(text) {
    $('board-say').textContent = text
  }

  // -- what is done -----------------------------------------------------------------------------------------

  /** Carry *action* out after those before it; the cards *keys* go from sight at once. */
  #do(action, keys = []) {
    for (const key of keys) {
      this.#leaving.set(key, Infinity)
      this.#picked.delete(key)
    }
    this.#draw()
    const done = this.#queue.then(() => this.act({ activity: this.#board.activity, ...action }))
    this.#queue = done.catch(() => {})
    return done.then((said) => {
      this.#reached = Math.max(this.#reached, said.position ?? 0)
      for (const key of keys) {
        if (said.ok && said.position > this.#view.position) this.#leaving.set(key, said.position)
        else this.#leaving.delete(key)
      }
      this.#draw()
      return said.ok
    })
  }

  async #move(keys, theme) {
    const { t } = this
    const name = this.#board.themes.find(({ id }) => id === theme)?.name
    const moved = keys.filter((key) => homeOf(key) !== theme)
    if (!moved.length) return
    // Where an answer may be in several themes, one that is put into another stays where it is.
    const gone = moved.filter((key) => !this.#board.several || !theme || !homeOf(key))
    for (const key of moved) this.#picked.delete(key)
    this.reach.goOn(gone)
    for (let at = 0; at < moved.length; at += AT_ONCE) {
      const part = moved.slice(at, at + AT_ONCE)
      for (const action of this.#moves(part, theme)) {
        const ids = new Set(action.ids)
        const out = part.filter((key) => gone.includes(key) && ids.has(idOf(key)))
        if (!(await this.#do(action, out))) return
      }
    }
    this.#say(fill(plural(name ? t.moved : t.moved_out, moved.length), { n: moved.length, name }))
  }

  /** The actions that put cards into *theme*, or take them out of the theme that each is in. */
  #moves(keys, theme) {
    const ids = (some) => [...new Set(some.map(idOf))]
    if (theme || !this.#board.several) return [{ do: 'place', ids: ids(keys), theme }]
    return [...new Set(keys.map(homeOf))].map((home) => ({ do: 'take_out', theme: home, ids: ids(keys.filter((key) => homeOf(key) === home)) }))
  }

  async #make(keys = []) {
    const { t } = this
    const name = await sure({ title: t.name_title, text: t.name_text, yes: t.make, quote: keys.length === 1 ? this.#textOf(keys[0]) : '', field: t.name_field, list: '' })
    if (!name) return this.reach.focus(this.reach.current)
    const homes = new Set(keys.map(homeOf))
    const inside = homes.size === 1 ? [...homes][0] : ''
    const gone = keys.filter((key) => !this.#board.several || inside || !homeOf(key))
    this.reach.goOn(gone)
    const action = inside ? { do: 'split', theme: inside } : { do: 'make_theme' }
    const ids = [...new Set(keys.map(idOf))]
    if (await this.#do({ ...action, name, ids }, gone)) this.#say(fill(plural(t.moved, ids.length), { n: ids.length, name }))
  }

  async #choose(keys) {
    const chosen = await chooseTheme(this.#board.themes, keys.length, this.t)
    if (chosen === 'new') return this.#make(keys)
    if (chosen === null) return this.reach.focus(this.reach.current)
    return this.#move(keys, chosen)
  }

  async #edit(id) {
    const action = await editTheme(this.#board.themes, id)
    if (action) await this.#do(action)
  }

  /** Undo what is told to be the newest change once all that was done here has been told. */
  async #undo() {
    await this.#queue
    const until = performance.now() + PATIENCE_MS
    while (this.#view.position < this.#reached && performance.now() < until) await new Promise((on) => setTimeout(on, 20))
    const undo = this.#board?.undo
    if (undo && (await this.#do({ do: 'undo_grouping', n: undo.n }))) this.#say(this.t.undone)
  }

  #with(card) {
    return this.#picked.has(card) ? [...this.#picked] : [card]
  }

  #textOf(key) {
    return this.root.querySelector(`.card[data-key="${key}"] .face`)?.textContent ?? ''
  }

  #key = (event) => {
    if (event.ctrlKey || event.metaKey ? event.key.toLowerCase() !== 'z' : event.altKey) return
    const card = event.target.closest('.card')?.dataset.key
    if (!card || !event.target.matches('.face')) return
    const theme = this.#board.themes[placeOf(event.key)]
    const does = {
      ArrowDown: () => this.reach.step(1), ArrowUp: () => this.reach.step(-1), Home: () => this.reach.step(-Infinity), End: () => this.reach.step(Infinity),
      ArrowLeft: () => this.reach.cross(), ArrowRight: () => this.reach.cross(),
      n: () => this.#make(this.#with(card)), m: () => this.#choose(this.#with(card)), u: () => this.#undo(),
      Delete: () => this.#move(this.#with(card), ''), Backspace: () => this.#move(this.#with(card), ''),
      Escape: () => this.#pickNone(), z: () => (event.ctrlKey || event.metaKey) && this.#undo(),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    const act = theme ? () => this.#move(this.#with(card), theme.id) : placeOf(event.key) >= 0 ? () => {} : does
    if (!act) return
    event.preventDefault()
    event.stopPropagation() // the page's own keys mean other things
    if (!event.repeat || event.key.startsWith('Arrow')) act()
  }

  #pickNone() {
    this.#picked.clear()
    this.#draw()
  }

  #wire() {
    this.root.addEventListener('keydown', this.#key)
    this.root.addEventListener('click', ({ target }) => {
      const card = target.closest('.face')?.closest('.card').dataset.key
      if (!card) return
      this.#picked.has(card) ? this.#picked.delete(card) : this.#picked.add(card)
      this.reach.current = card
      this.#draw()
    })
    this.root.addEventListener('focusin', ({ target }) => {
      if (!target.matches('.face')) return
      this.reach.current = target.closest('.card').dataset.key
      this.reach.draw()
    })
    this.root.addEventListener('pointerover', ({ pointerType }) => (this.#mouse = pointerType === 'mouse'))
    this.root.addEventListener('pointerout', ({ target, relatedTarget }) => {
      const list = target.closest('.cards')
      if (list?.querySelector('.gone') && !list.contains(relatedTarget) && !this.drag.busy) this.#draw()
    })
    const on = (id, does) => $(id).addEventListener('click', does)
    on('board-open', () => {
      this.#open = !this.#open
      this.#draw()
    })
    on('board-undo', () => this.#undo())
    on('cards-more', () => this.pages.more(''))
    on('theme-new', () => this.#make([...this.#picked]))
    on('picked-move', () => this.#choose([...this.#picked]))
    on('picked-new', () => this.#make([...this.#picked]))
    on('picked-none', () => this.#pickNone())
    for (const name of ['lift', 'hold']) {
      on(`picked-${name}`, () => {
        const [key] = this.#picked
        this.answer(name, idOf(key), this.#textOf(key))
      })
    }
  }
}
