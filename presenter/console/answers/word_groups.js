/**
 * The words of the answers. A press on a word shows the answers that contain it; there the facilitator can split forms
 * that were counted as one word, or merge words into one group.
 */

import { updateList } from '../board/cards.js'
import { $, el, fill, plural } from '../../shared/dom.js'
import { confirm } from '../confirm.js'

const MOST_WORDS = 24 // until all are asked for
const MOST_CARDS = 60 // answers shown for a word
const REFETCH_MS = 1000

export class WordGroups {
  /** @type {ConsoleView} */
  #view
  /** @type {ResultsShown} */
  #results
  #all = false
  #open = '' // the word whose answers are shown
  #answers = /** @type {{total: number, cards: Card[]} | null} */ (null) // those that contain it: {total, cards}
  #request = ''
  #requestedAt = 0
  #current = '' // the word that Tab leads to; arrow keys lead to the others

  /**
   * `act(action)` resolves with whether it was done; `lift(id)` puts an answer in the spotlight.
   *
   * @param {{code: string, act: Act, lift: (id: string) => unknown}} of
   */
  constructor({ code, act, lift }) {
    this.t = JSON.parse($('words-strings').textContent)
    this.code = code
    this.act = act
    this.lift = lift
    this.list = $('words')
    this.list.addEventListener('keydown', this.#onKey)
    this.list.addEventListener('focusin', ({ target }) => {
      const word = target.closest('.word')
      if (word) this.#goTo(word.dataset.word, false)
    })
    $('words-all').addEventListener('click', () => {
      this.#all = !this.#all
      this.#draw()
    })
    $('words-undo').addEventListener('click', () => this.#undo())
    $('word-merge').addEventListener('click', () => this.#merge(this.#open))
    $('word-close').addEventListener('click', () => this.#close())
    $('word-detail').addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      this.#close()
    })
  }

  /**
   * Draw the words of *results*, or the quiet voices if those are on show.
   *
   * @param {ConsoleView} view
   * @param {ResultsShown} results
   */
  show(view, results) {
    if (view.activity !== this.#view?.activity) {
      this.#open = this.#request = ''
      this.#answers = null
      this.#all = false
    }
    this.#view = view
    this.#results = results
    const quiet = view.shape === 'quiet'
    $('words-part').hidden = !results?.words || quiet
    $('quiet-part').hidden = !results?.words || !quiet
    if (!results?.words) return
    if (quiet) this.#drawQuiet()
    else this.#draw()
  }

  // -- drawing ----------------------------------------------------------------------------------------------

  #draw() {
    const { t } = this
    const { words } = this.#results
    const total = this.#results.words_total
    const shown = this.#all ? words : words.slice(0, MOST_WORDS)
    if (!shown.some(({ text }) => text === this.#current)) this.#current = shown[0]?.text ?? ''
    updateList(this.list, shown, { key: ({ text }) => text, make: (word) => this.#wordItem(word), fill: (item, word) => this.#fillItem(item, word) })
    this.list.lang = this.#view.language
    $('words-rest').hidden = total <= words.length || !(this.#all || words.length <= MOST_WORDS)
    $('words-rest').textContent = fill(t.more, { n: total - words.length })
    $('words-all').hidden = words.length <= MOST_WORDS
    $('words-all').textContent = this.#all ? t.fewer : fill(t.all, { n: words.length })
    const undo = this.#view.words_undo
    $('words-undo').hidden = !undo
    if (undo) $('words-undo').textContent = fill(undo.word ? t.undo[undo.did] : t.undo.gone, { word: undo.word })
    this.#drawDetail()
  }

  /** @param {Word} word */
  #wordItem({ text }) {
    const button = el('button', { class: 'word', type: 'button', 'data-word': text, 'aria-expanded': 'false', 'aria-controls': 'word-detail' },
      el('span', {}), ' ', el('b', { class: 'num' }))
    button.addEventListener('click', () => (this.#open === text ? this.#close() : this.#openWord(text)))
    return el('li', {}, button)
  }

  /**
   * @param {PageElement} item
   * @param {Word} word
   */
  #fillItem(item, { text, count }) {
    const button = item.firstElementChild
    if (button.children[0].textContent !== text) button.children[0].textContent = text
    button.children[1].textContent = String(count)
    button.tabIndex = text === this.#current ? 0 : -1
    button.setAttribute('aria-expanded', String(text === this.#open))
  }

  #drawDetail() {
    const { t } = this
    const hadFocus = $('word-detail').contains(document.activeElement)
    const word = this.#results.words.find(({ text }) => text === this.#open)
    if (this.#open && !word) this.#close(false)
    $('word-detail').hidden = !word
    if (!word) return
    this.#fetchAnswers()
    $('word-title').textContent = fill(t.title, { word: word.text })
    const forms = word.forms ?? []
    $('word-forms').hidden = $('word-forms-say').hidden = forms.length === 0
    updateList($('word-forms'), forms, {
      key: ({ text }) => text,
      make: ({ text }) => {
        const split = el('button', { class: 'link', type: 'button', 'aria-label': `${t.split}: ${text}` }, t.split)
        split.addEventListener('click', () => this.act({ do: 'split_word', activity: this.#view.activity, word: text }))
        return el('li', {}, el('span', { lang: this.#view.language }, text), el('b', { class: 'num' }), split)
      },
      fill: (item, { uses }) => (item.children[1].textContent = String(uses)),
    })
    if (hadFocus && !$('word-detail').contains(document.activeElement)) $('word-merge').focus() // what was split off is gone
    $('word-names').replaceChildren(...this.#results.words.filter(({ text }) => text !== word.text).map(({ text }) => el('option', { value: text })))
    const { total, cards } = this.#answers ?? { total: 0, cards: [] }
    this.#drawCards($('word-said'), cards)
    $('word-rest').hidden = total <= cards.length
    $('word-rest').textContent = fill(t.more_answers, { n: total - cards.length })
  }

  #drawQuiet() {
    const { cards, cards_total: total } = this.#results
    $('quiet-say').textContent = fill(plural(this.t.quiet, total), { n: total })
    this.#drawCards($('quiet-said'), cards)
    $('quiet-rest').hidden = total <= cards.length
    $('quiet-rest').textContent = fill(this.t.more_answers, { n: total - cards.length })
  }

  /**
   * @param {PageElement} list
   * @param {Card[]} cards
   */
  #drawCards(list, cards) {
    list.lang = this.#view.language
    const isRevealed = Boolean(this.#view.results)
    updateList(list, cards, {
      key: ({ id }) => id,
      make: ({ id, text }) => {
        const lift = el('button', { class: 'link', type: 'button', 'aria-label': `${this.t.lift}: ${text}` }, this.t.lift)
        lift.addEventListener('click', () => this.lift(id))
        return el('li', {}, el('p', {}), lift)
      },
      fill: (item, { text }) => {
        item.firstElementChild.textContent = text
        item.lastElementChild.hidden = !isRevealed
      },
    })
  }

  /** Fetch the answers that contain the open word: when it is opened, and again when they may have changed. */
  async #fetchAnswers() {
    const request = `${this.#view.activity} ${this.#open} ${this.#view.position}`
    const same = this.#request.startsWith(`${this.#view.activity} ${this.#open} `)
    if (request === this.#request || (same && performance.now() - this.#requestedAt < REFETCH_MS)) return
    if (!same) this.#answers = null
    this.#request = request
    this.#requestedAt = performance.now()
    const query = new URLSearchParams({ activity: String(this.#view.activity), word: this.#open, limit: String(MOST_CARDS) })
    const response = await fetch(`/api/rooms/${this.code}/said?${query}`).catch(() => null)
    if (request !== this.#request || !response?.ok) return
    this.#answers = await response.json()
    this.#draw()
  }

  // -- buttons and keys -------------------------------------------------------------------------------------

  /** @param {string} text */
  #openWord(text) {
    this.#open = this.#current = text
    this.#draw()
    $('word-detail').scrollIntoView({ block: 'nearest' })
  }

  #close(keepFocus = true) {
    const text = this.#open
    this.#open = this.#request = ''
    this.#answers = null
    if (!keepFocus) return
    this.#draw()
    this.#goTo(text, true)
  }

  /**
   * @param {string | undefined} text
   * @param {boolean} focus
   */
  #goTo(text, focus) {
    this.#current = text ?? ''
    for (const { firstElementChild: button } of this.list.children) {
      button.tabIndex = button.dataset.word === text ? 0 : -1
      if (focus && button.dataset.word === text) button.focus()
    }
  }

  /** @param {string} word */
  async #merge(word) {
    const { t } = this
    const into = await confirm({ title: fill(t.merge_title, { word }), text: t.merge_text, yes: t.merge, field: t.merge_field, list: 'word-names' })
    if (into) await this.act({ do: 'merge_words', activity: this.#view.activity, words: [word, into] })
    this.#goTo(this.#current, true)
  }

  #undo() {
    const undo = this.#view.words_undo
    if (undo) this.act({ do: 'undo_words', activity: this.#view.activity, n: undo.n })
  }

  /** @param {KeyboardEvent} event */
  #onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const words = [...this.list.children].map(({ firstElementChild }) => firstElementChild.dataset.word)
    const index = words.indexOf(this.#current)
    const step = (/** @type {number} */ by) => () => this.#goTo(words[Math.max(0, Math.min(words.length - 1, index + by))], true)
    /** @type {Record<string, () => unknown>} */
    const handlers = {
      ArrowRight: step(1), ArrowDown: step(1), ArrowLeft: step(-1), ArrowUp: step(-1), Home: step(-Infinity), End: step(Infinity),
      m: () => this.#merge(this.#current), u: () => this.#undo(),
      Escape: () => this.#open && this.#close(),
    }
    const handler = handlers[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!handler) return
    event.preventDefault()
    event.stopPropagation() // the page's own keys mean other things
    if (!event.repeat || event.key.startsWith('Arrow')) handler()
  }
}
