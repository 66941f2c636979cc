/** The board: answers on one side, themes on the other; with mouse, finger or keyboard, by one or several at once. */

import { drawCards, keep, keyOf, nextOf, placeOf } from './cards.js'
import { Drag } from './drag.js'
import { el, fill, form } from './draw.js'
import { Suggestions } from './suggestions.js'
import { sure } from './sure.js'
import { chooseTheme, editTheme } from './themes.js'

const PAGE = 60
const AT_ONCE = 400 // cards in one move
const PATIENCE_MS = 2000

const $ = (id) => document.getElementById(id)

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
  #picked = new Set()
  #leaving = new Map() // card -> the position at which it will have gone
  #wide = new Set() // themes whose answers are shown
  #pages = new Map() // list ('' or theme) -> cards beyond those the view tells
  #mouse = false // what was last used to point
  #asked = 0
  #told = new Map()
  #current = null // the card that Tab leads to
  #queue = Promise.resolve()
  #reached = 0

  /** *act*(action) carries out and says why not; *answer*(name, id, text) is what else can be done with one answer. */
  constructor({ code, act, answer }) {
    this.t = JSON.parse($('board-strings').textContent)
    Object.assign(this, { code, act, answer })
    this.root = $('board')
    this.suggestions = new Suggestions({
      code, t: this.t, list: $('suggestions'), part: $('suggestions-part'), act: (action, ids) => this.#do(action, ids),
    })
    this.drag = new Drag(this.root, {
      ids: (card) => this.#with(card),
      words: (ids) => (ids.length > 1 ? fill(form(this.t.picked, ids.length), { n: ids.length }) : this.#textOf(ids[0])),
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
    this.#focus(this.#current)
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
    this.#refetch()
  }

  #forget() {
    this.#picked.clear()
    this.#leaving.clear()
    this.#wide.clear()
    this.#pages.clear()
    this.#current = null
    this.#open = false
  }

  #catchUp() {
    const view = this.#later
    this.#later = null
    if (view) this.show(view)
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
    const [had, before] = [this.#inside, this.#ids()]
    $('cards-title').textContent = fill(t.title, { n: board.ungrouped })
    $('cards-none').hidden = board.ungrouped > 0 || board.answers === 0
    this.#drawCards($('cards'), '', board.cards)
    this.#drawMore($('cards-more'), '', board.ungrouped, board.cards.length)
    keep($('themes'), board.themes.map((theme, place) => ({ ...theme, place })), {
      key: ({ id }) => id, make: (theme) => this.#makeTheme(theme), fill: (one, theme) => this.#fillTheme(one, theme),
    })
    this.#drawPicked()
    const now = new Set(this.#ids())
    if (had && !this.#inside) this.#focus(nextOf(before, new Set(before.filter((id) => !now.has(id))), this.#current))
    this.#drawFocus()
    this.suggestions.show(board)
  }

  #drawCards(list, theme, told) {
    const ids = new Set(told.map(({ id }) => id))
    const cards = [...told, ...(this.#pages.get(theme) ?? []).filter(({ id }) => !ids.has(id))]
    // A card that jumps away under the hand is not the one that was meant.
    const hovers = this.#mouse && list.matches(':hover')
    const waits = ({ dataset }) => hovers && !this.#leaving.has(dataset.card)
    drawCards(list, cards.filter(({ id }) => !this.#leaving.has(id)), this.#view.language, waits)
  }

  #drawMore(button, theme, total, told) {
    const rest = total - told - (this.#pages.get(theme)?.length ?? 0)
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
    more.addEventListener('click', () => this.#fetch(id, Infinity))
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
    edit.textContent = this.#picked.size ? this.t.here : this.t.edit
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
    const here = new Set(faces.map((face) => face.parentElement.dataset.card))
    for (const id of this.#picked) if (!here.has(id)) this.#picked.delete(id) // withheld, or moved by somebody else
    const n = this.#picked.size
    for (const face of faces) face.setAttribute('aria-pressed', String(this.#picked.has(face.parentElement.dataset.card)))
    $('picked').hidden = n === 0
    $('picked-n').textContent = fill(form(this.t.picked, n), { n })
    $('picked-lift').hidden = n !== 1 || !this.#board.shown
    $('picked-hold').hidden = n !== 1
  }

  /** One card of the board is reached by Tab, the others by the arrows. */
  #drawFocus() {
    const cards = this.#cards()
    if (!cards.some(({ dataset }) => dataset.card === this.#current)) this.#current = cards[0]?.dataset.card ?? null
    for (const card of cards) card.lastElementChild.tabIndex = card.dataset.card === this.#current ? 0 : -1
  }

  #say(text) {
    $('board-say').textContent = text
  }

  // -- further cards ----------------------------------------------------------------------------------------

  async #fetch(theme, more = PAGE) {
    const told = theme ? this.#board.themes.find(({ id }) => id === theme)?.cards : this.#board.cards
    if (!told) return
    const wanted = (this.#pages.get(theme)?.length ?? 0) + more
    const found = []
    const asked = (this.#asked += 1)
    while (found.length < wanted) {
      const at = told.length + found.length
      const said = await fetch(`/api/rooms/${this.code}/board/cards?activity=${this.#board.activity}&theme=${theme}&offset=${at}&limit=${Math.min(200, wanted - found.length)}`).catch(() => null)
      const cards = said?.ok ? (await said.json()).cards : []
      found.push(...cards)
      if (!cards.length) break
    }
    if (asked < (this.#told.get(theme) ?? 0)) return // a later question has been answered meanwhile
    this.#told.set(theme, asked)
    this.#pages.set(theme, found)
    this.#draw()
  }

  #refetch() {
    for (const [theme, cards] of this.#pages) if (cards.length) this.#fetch(theme, 0)
  }

  // -- what is done -----------------------------------------------------------------------------------------

  /** Carry *action* out after those before it; the cards *ids* go from sight at once. */
  #do(action, ids = []) {
    for (const id of ids) {
      this.#leaving.set(id, Infinity)
      this.#picked.delete(id)
    }
    this.#draw()
    const done = this.#queue.then(() => this.act({ activity: this.#board.activity, ...action }))
    this.#queue = done.catch(() => {})
    return done.then((said) => {
      this.#reached = Math.max(this.#reached, said.position ?? 0)
      for (const id of ids) {
        if (said.ok && said.position > this.#view.position) this.#leaving.set(id, said.position)
        else this.#leaving.delete(id)
      }
      this.#draw()
      return said.ok
    })
  }

  async #move(ids, theme) {
    const { t } = this
    const name = this.#board.themes.find(({ id }) => id === theme)?.name
    const from = (id) => this.root.querySelector(`[data-card="${id}"]`)?.closest('[data-drop]')?.dataset.drop ?? ''
    const moved = ids.filter((id) => from(id) !== theme)
    if (!moved.length) return
    this.#goOn(moved)
    for (let at = 0; at < moved.length; at += AT_ONCE) {
      if (!(await this.#do({ do: 'place', ids: moved.slice(at, at + AT_ONCE), theme }, moved.slice(at, at + AT_ONCE)))) return
    }
    this.#say(fill(form(name ? t.moved : t.moved_out, moved.length), { n: moved.length, name }))
  }

  async #make(ids = []) {
    const { t } = this
    const name = await sure({ title: t.name_title, text: t.name_text, yes: t.make, quote: ids.length === 1 ? this.#textOf(ids[0]) : '', field: t.name_field, list: '' })
    if (!name) return this.#focus(this.#current)
    this.#goOn(ids)
    const inside = ids.length && [...$('themes').children].find((one) => ids.every((id) => one.querySelector(`[data-card="${id}"]`)))
    const action = inside ? { do: 'split', theme: inside.dataset.theme } : { do: 'make_theme' }
    if (await this.#do({ ...action, name, ids }, ids)) this.#say(fill(form(t.moved, ids.length), { n: ids.length, name }))
  }

  async #choose(ids) {
    const chosen = await chooseTheme(this.#board.themes, ids.length, this.t)
    if (chosen === 'new') return this.#make(ids)
    if (chosen === null) return this.#focus(this.#current)
    return this.#move(ids, chosen)
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

  // -- where the focus is -----------------------------------------------------------------------------------

  get #inside() {
    return this.root.contains(document.activeElement)
  }

  #cards() {
    return [...this.root.querySelectorAll('.card:not(.gone)')].filter((card) => card.offsetParent)
  }

  #ids() {
    return this.#cards().map(({ dataset }) => dataset.card)
  }

  #with(card) {
    return this.#picked.has(card) ? [...this.#picked] : [card]
  }

  #textOf(id) {
    return this.root.querySelector(`[data-card="${id}"] .face`)?.textContent ?? ''
  }

  #focus(id) {
    this.#current = id
    this.#drawFocus()
    this.root.querySelector(`[data-card="${this.#current}"] .face`)?.focus()
  }

  /** *gone* leave: the focus goes to the next that stays, so that one key after the other sorts them all. */
  #goOn(gone) {
    const next = nextOf(this.#ids(), new Set(gone), this.#current)
    if (this.#inside) this.#focus(next)
    else this.#current = next
  }

  #step(by) {
    const ids = this.#ids()
    const at = ids.indexOf(this.#current)
    this.#focus(ids[Math.max(0, Math.min(ids.length - 1, at + by))])
  }

  /** Across: to the first card of the other side. */
  #cross() {
    const here = document.activeElement.closest('.side')
    const there = this.#cards().find((card) => card.closest('.side') !== here)
    if (there) this.#focus(there.dataset.card)
  }

  #key = (event) => {
    if (event.ctrlKey || event.metaKey ? event.key.toLowerCase() !== 'z' : event.altKey) return
    const card = event.target.closest('[data-card]')?.dataset.card
    if (!card || !event.target.matches('.face')) return
    const theme = this.#board.themes[placeOf(event.key)]
    const does = {
      ArrowDown: () => this.#step(1), ArrowUp: () => this.#step(-1), Home: () => this.#step(-Infinity), End: () => this.#step(Infinity),
      ArrowLeft: () => this.#cross(), ArrowRight: () => this.#cross(),
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
      const card = target.matches('.face') ? target.closest('[data-card]').dataset.card : null
      if (!card) return
      this.#picked.has(card) ? this.#picked.delete(card) : this.#picked.add(card)
      this.#current = card
      this.#draw()
    })
    this.root.addEventListener('focusin', ({ target }) => {
      if (!target.matches('.face')) return
      this.#current = target.closest('[data-card]').dataset.card
      this.#drawFocus()
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
    on('cards-more', () => this.#fetch(''))
    on('theme-new', () => this.#make([...this.#picked]))
    on('picked-move', () => this.#choose([...this.#picked]))
    on('picked-new', () => this.#make([...this.#picked]))
    on('picked-none', () => this.#pickNone())
    for (const name of ['lift', 'hold']) {
      on(`picked-${name}`, () => {
        const [id] = this.#picked
        this.answer(name, id, this.#textOf(id))
      })
    }
  }
}
