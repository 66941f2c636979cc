/** The results in the console: before they are revealed for the facilitator alone, then the same as on the screen. */

import { drawingOf } from '../../activities/drawing.js'
import { $, fill, plural, updateElements } from '../../shared/dom.js'
import { pictureElement } from '../../screen/prompt.js'
import { ResultPicture } from './result_picture.js'
import { drawShapes } from './shapes.js'
import { WordGroups } from './word_groups.js'

/**
 * The line below a saved picture: the meeting, and how many answers there are. Pure.
 *
 * @type {(title: string, n: number, t: Strings) => string}
 */
export const pictureFoot = (title, n, t) => `${title} · ${fill(plural(t.n_answers, n), { n })}`

/**
 * What this part of the page shows besides the results themselves, by id. Pure.
 *
 * @param {Pick<ConsoleView, 'results' | 'hidden_results' | 'counts'>} view
 * @param {Strings} t
 * @returns {Wanted}
 */
export const resultElements = ({ results, hidden_results: hidden, counts }, t) =>
  (!(results ?? hidden) || counts.answers === 0)
    ? {}
    : { 'results-say': { text: results ? t.results_shown : t.results_hidden }, pages: { hidden: !results } }

export class Results {
  #t
  #press
  #wordGroups
  #picture
  #drawn = ''

  /** @param {{code: string, t: Strings, act: Act, press: Act, note: ShowNote}} of */
  constructor({ code, t, act, press, note }) {
    this.#t = t
    this.#press = press
    this.#wordGroups = new WordGroups({ code, act, lift: (id) => act({ do: 'spotlight', id }) })
    this.#picture = new ResultPicture({ code, note, t })
  }

  /** @param {ConsoleView} view */
  show(view) {
    const elements = resultElements(view, this.#t)
    updateElements(elements)
    const { kind, shape, language } = view
    const results = view.results ?? view.hidden_results
    $('shapes').hidden = !view.results || view.results.shapes.length < 2
    if (!results || !elements['results-say']) return
    this.#drawSmall(kind, results, language, view.pictures ?? {})
    this.#wordGroups.show(view, results)
    this.#picture.show({
      kind, results, shape, lang: language, high: view.high, question: view.question || view.title,
      foot: pictureFoot(view.title, view.counts.answers, this.#t),
    })
    if (view.results) drawShapes($('shapes'), results.shapes, shape, this.#t, (picked) => this.#press({ do: 'show_as', shape: picked }))
  }

  /**
   * @param {string} kind
   * @param {ResultsShown} results
   * @param {string} language
   * @param {Record<string, ShownPicture>} pictures
   */
  #drawSmall(kind, results, language, pictures) {
    const drawn = JSON.stringify([kind, results, pictures])
    if (this.#drawn === drawn) return
    this.#drawn = drawn
    $('results').replaceChildren(...drawingOf(kind, results).small(results, language, this.#t))
    const rows = $('results').querySelectorAll('.bars > li')
    for (const [n, { id }] of (results.options ?? []).entries()) if (pictures[id]) rows[n]?.prepend(pictureElement(pictures[id], 'thumb'))
  }
}

/** The picture of the themes that answers were gathered into. */
export class ThemesPicture {
  #t
  #picture

  /** @param {{code: string, t: Strings, note: ShowNote}} of */
  constructor({ code, t, note }) {
    this.#t = t
    this.#picture = new ResultPicture({ code, note, t, part: 'themes-picture' })
  }

  /** @param {ConsoleView} view */
  show({ question, title, board, language }) {
    this.#picture.show({ question: question || title, groups: board?.themes ?? [], foot: pictureFoot(title, board?.answers ?? 0, this.#t), lang: language })
  }
}
