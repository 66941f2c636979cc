/**
 * The scene that fills the screen now, the heading above it, and the number of the page on show. The scene is made anew
 * when its name or its activity changes, and else only shown again.
 */

import { drawingOf, sceneOf } from '../activities/drawing.js'
import { $, el, fill } from '../shared/dom.js'
import { Ballot } from './ballot.js'
import { growStage } from './enlarged.js'
import { FilmScene } from './film/film_scene.js'
import { Groups } from './groups.js'
import { drawHeading, isBig } from './heading.js'
import { Lobby } from './lobby.js'
import { Prompt } from './prompt.js'
import { CardLoader, shapeOfSource } from './results/card_loader.js'
import { QuietVoices } from './results/quiet_voices.js'
import { Table } from './results/table.js'
import { Ended, Spotlight, Talk, sceneName } from './scenes.js'
import { Slide } from './slide.js'
import { Closed, Write } from './write.js'

const BEFORE_RESULTS = ['write', 'ballot', 'closed']
const REVEAL_MS = 2500 // after that, what is drawn again stands at once
const FIGURE_SPACE = '\u2007' // as wide as a digit

/**
 * The scenes of the states, by name. All others are shapes of results, which the kind draws (activities/drawing.js).
 *
 * @type {Record<string, (tools: Tools) => Scene>}
 */
const STATE_SCENES = {
  playing: (tools) => new FilmScene(tools), lobby: ({ t }) => new Lobby(t), slide: ({ t }) => new Slide(t), talk: ({ t }) => new Talk(t), write: ({ t }) => new Write(t),
  ballot: ({ t }) => new Ballot(t), closed: ({ t }) => new Closed(t), ended: ({ t }) => new Ended(t), spot: ({ t }) => new Spotlight(t), groups: ({ t }) => new Groups(t),
}

/**
 * Names the picture of an activity that is on show; in any other picture, a picked word says nothing. Pure.
 *
 * @type {(view: Pick<View, 'activity' | 'shape' | 'state'>, showsTable: boolean) => string}
 */
export const pictureKey = ({ activity, shape, state }, showsTable) => `${activity} ${shape} ${state} ${showsTable}`

/**
 * The view for the answers that contain *word*: all cards are fetched, until there are no more. Pure.
 *
 * @type {(view: View, word: string) => View}
 */
export const viewOfWord = (view, word) => ({ ...view, shape: `said ${word}`, results: { .../** @type {ResultsShown} */ (view.results), cards: [], cards_total: Infinity } })

/**
 * The page to turn to when the server asks for page *wanted* of *of*, or null to stay. *known* is the page it last asked
 * for; null for a new scene, which already shows its first page. Pure.
 *
 * @type {(wanted: number, known: number | null, of: number) => number | null}
 */
export const pageToTurn = (wanted, known, of) => (wanted === known || (known === null && wanted === 0) ? null : Math.min(wanted, of - 1))

/**
 * *text* with the page `{n}` of `{of}`, as wide for page 9 as for page 10: another width would leave the heading another
 * room, and the heading the scene, so that a card that stood on page 10 would be on page 9 when somebody has turned on. Pure.
 *
 * @type {(text: string, n: number, of: number) => string}
 */
export const pageText = (text, n, of) => FIGURE_SPACE.repeat(String(of).length - String(n).length) + fill(text, { n, of })

/** @typedef {(offset: number, limit: number, which: Record<string, string>) => Promise<{total: number, cards: Card[]} | null>} FetchCards */

export class CurrentScene {
  #t
  #frame
  #tools
  #wordCards
  #scene = /** @type {Scene | null} */ (null)
  #prompt = new Prompt()
  #sceneName = ''
  #owner = /** @type {string | null} */ (null) // the activity of the scene on show
  #view = /** @type {View | null} */ (null)
  #page = /** @type {number | null} */ (null) // the page the server last asked for
  #showsTable = false
  #word = '' // the word whose answers are shown on this page alone
  #pickedAt = '' // the picture in which it was picked; with any other the pick ends

  /**
   * `fetchCards(offset, limit, which)` resolves with `{total, cards}` or null; `frame()` is the newest frame of the feed.
   *
   * @param {{t: Strings, fetchCards: FetchCards, frame: () => Frame, cloudDrawn?: Tools['cloudDrawn'], soundless?: Tools['soundless']}} of
   */
  constructor({ t, fetchCards, frame, cloudDrawn, soundless }) {
    this.#t = t
    this.#frame = frame
    const redraw = () => this.redraw()
    const cards = new CardLoader((offset, limit, source) => fetchCards(offset, limit, { shape: shapeOfSource(source) }), redraw)
    this.#wordCards = new CardLoader((offset, limit) => fetchCards(offset, limit, { word: this.#word }), redraw)
    this.#tools = { t, cards, pickWord: (/** @type {string} */ word) => this.#pick(word), cloudDrawn, soundless }
  }

  /** Where the scene on show stands in its pages. */
  get pages() {
    return this.#scene?.pages ?? { at: 0, of: 1 }
  }

  get hasClock() {
    return Boolean(this.#scene?.hasClock)
  }

  /** @param {View} view */
  show(view) {
    this.#view = view
    this.#draw(view, false)
  }

  /** Draw again, as after a change of the window's size. */
  redraw() {
    if (this.#view) this.#draw(this.#view, true)
  }

  /** @param {number} now */
  tick(now) {
    if (this.#view) this.#scene?.tick?.(this.#view, now)
  }

  /**
   * Turn to the page *by* further on; false when there is none.
   *
   * @param {number} by
   */
  turn(by) {
    if (!this.#scene?.turn?.(this.pages.at + by)) return false
    scrollTo(0, 0)
    this.#drawPage()
    return true
  }

  /** The server will soon ask for the page that is on show already. */
  expectPage() {
    this.#page = this.pages.at
  }

  toggleTable() {
    this.#showsTable = !this.#showsTable
    if (this.#view) this.#draw(this.#view, false)
  }

  /** Leave the answers that contain a word. */
  leaveWord() {
    if (this.#word) this.#pick('')
  }

  /**
   * Show only *why* there is nothing more to show.
   *
   * @param {string} why
   */
  close(why) {
    this.#scene?.stop?.()
    this.#view = this.#scene = null
    this.#sceneName = ''
    document.body.dataset.scene = 'lost'
    $('heading').hidden = $('page').hidden = true
    $('stage').replaceChildren(el('div', { class: 'scene lost' }, el('h1', { class: 'step' }, why)))
  }

  /**
   * @param {View} view
   * @param {boolean} resized
   */
  #draw(view, resized) {
    if (this.#word && this.#pickedAt !== pictureKey(view, this.#showsTable)) this.#word = ''
    const scene = this.#chooseScene(view)
    document.body.classList.toggle('big', this.#sceneName === 'slide' && isBig(view))
    $('stage').style.minBlockSize = ''
    $('page').classList.toggle('kept', Boolean(view.results ?? view.groups))
    const widthBefore = $('page').hidden ? 0 : $('page').textContent.length
    this.#drawHeading(view)
    this.#prompt.show($('stage'), view, this.#sceneName)
    this.#showScene(scene, view, resized)
    if (this.pages.of > 1 && this.#pageText().length !== widthBefore) {
      // The page number takes room from the heading, and the heading from the scene.
      this.#drawPage()
      this.#drawHeading(view)
      this.#showScene(scene, view, true)
    }
    const page = pageToTurn(view.page, this.#page, this.pages.of)
    if (page !== null) scene.turn?.(page)
    // Of a wall that is not all there, the page that is wanted may come later.
    this.#page = scene.growing ? Math.min(view.page, this.pages.of - 1) : view.page
    this.#drawPage()
  }

  /** @param {View} view */
  #drawHeading(view) {
    const { hidden, textContent, className } = $('page')
    drawHeading($('heading'), view, [this.#sceneName, hidden, textContent.length, className].join(' '))
  }

  /** @param {View} view */
  #chooseScene(view) {
    const { activity, page } = view
    const name = sceneName(view, this.#showsTable, this.#word)
    const owner = name === 'slide' ? null : activity // one scene shows a slide before, between and after its activities
    document.body.dataset.scene = name
    $('heading').parentElement?.classList.toggle('unseen', name === 'spot') // still told to those who listen
    if (this.#scene && name === this.#sceneName && owner === this.#owner) return this.#scene
    this.#scene?.stop?.()
    const scene = this.#makeScene(name, view)
    // What is revealed before everybody's eyes comes in steps; what was there before the screen looked stands at once.
    if (view.results && owner === this.#owner && BEFORE_RESULTS.includes(this.#sceneName)) {
      scene.root.classList.add('revealed')
      setTimeout(() => scene.root.classList.remove('revealed'), REVEAL_MS)
    }
    this.#scene = scene
    // Another scene for the same answers begins on its first page; after a reload, on the page that was on show.
    this.#page = activity !== null && activity === this.#owner ? page : null
    this.#sceneName = name
    this.#owner = owner
    $('stage').replaceChildren(scene.root)
    scrollTo(0, 0)
    return scene
  }

  /**
   * @param {string} name
   * @param {View} view
   * @returns {Scene}
   */
  #makeScene(name, view) {
    const { t } = this.#tools
    if (name in STATE_SCENES) return STATE_SCENES[name](this.#tools)
    if (name === 'said') return new QuietVoices(this.#wordCards, () => fill(t.said, { word: this.#word }), [t.words_back, () => this.#pick('')])
    const drawing = drawingOf(view.kind, view.results)
    return name === 'list' ? new Table(this.#tools, drawing.table) : sceneOf(drawing, name, this.#tools)
  }

  /**
   * @param {Scene} scene
   * @param {View} view
   * @param {boolean} resized
   */
  #showScene(scene, view, resized) {
    scene.show(this.#sceneName === 'said' ? viewOfWord(view, this.#word) : view, this.#frame(), resized)
  }

  #drawPage() {
    const { at, of } = this.pages
    const page = $('page')
    page.dataset.page = `${at + 1} of ${of}`
    page.hidden = of < 2 && !page.classList.contains('kept')
    page.classList.toggle('idle', of < 2)
    page.textContent = this.#pageText()
    page.style.minInlineSize = `${page.textContent.length * 0.8}ch` // more than it needs: some digits are a pixel narrower than others
    growStage($('stage'))
  }

  #pageText() {
    const { at, of } = this.pages
    const { seen } = this.#scene ?? {}
    if (seen) return pageText(this.#t.seen, seen.n, seen.of)
    return pageText(this.#sceneName === 'slide' ? this.#t.part : this.#t.page, at + 1, of)
  }

  /**
   * Show the answers that contain *word*, on this page alone; '' goes back.
   *
   * @param {string} word
   */
  #pick(word) {
    const view = this.#view
    if (!view) return
    const wordBefore = this.#word
    this.#word = word
    this.#pickedAt = pictureKey(view, this.#showsTable)
    this.#draw(view, false)
    const buttons = [...$('stage').querySelectorAll('button.word')]
    ;(word ? buttons.at(-1) : buttons.find((button) => button.firstChild.textContent === wordBefore))?.focus()
  }
}
