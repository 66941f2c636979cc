/** How many are here and how many have answered: the line at the top, and what stands above the list of answers. */

import { percent } from '../../shared/figures.js'
import { $, fill, plural, updateElements } from '../../shared/dom.js'

const NOT_ASKED = ['lobby', 'slide', 'idle', 'talk', 'grouping', 'ended']
const LEAST_ANSWERED = 5 // with fewer phones, the largest share of one says nothing

/**
 * Whether people answer the activity on show, or have answered it. Pure.
 *
 * @type {(view: Pick<View, 'kind' | 'state'>) => boolean}
 */
export const isAsked = ({ kind, state }) => Boolean(kind) && !NOT_ASKED.includes(state)

/**
 * How many have answered, and the largest share of the answers that comes from one phone: sentences. Pure.
 *
 * @type {(counts: Counts, t: Strings) => string[]}
 */
export const participationText = (counts, t) => {
  const { answers, answered, largest } = counts
  const typing = counts.typing ? [fill(plural(t.n_typing, counts.typing), { n: counts.typing })] : []
  if (!answers) return typing
  const of = Math.max(counts.phones, answered)
  return [
    ...(of ? [fill(t.have_answered, { n: answered, of })] : []), // all was said aloud, or on paper
    ...(answered >= LEAST_ANSWERED ? [fill(t.at_most, { share: percent(Math.ceil((largest / answers) * 100) / 100) })] : []),
    ...typing,
    ...(counts.late ? [fill(t.n_late, { n: counts.late })] : []),
  ]
}

/**
 * Who is here: phones, people in the hall where they were counted, and *more* words. Pure.
 *
 * @type {(counts: Counts, more: string[], t: Strings) => string}
 */
export const presenceText = ({ phones, hall }, more, t) =>
  [fill(plural(t.n_phones, phones), { n: phones }), ...(hall ? [fill(t.n_hall, { n: hall })] : []), ...more].join(', ')

/**
 * What stands above the list of answers, by id; *title* is its heading while there are none. Pure.
 *
 * @type {(view: ConsoleView, title: string, t: Strings) => Wanted}
 */
export const totalElements = (view, title, t) => {
  const { counts, state, flagged, waiting, held } = view
  const sentences = participationText(counts, t)
  if (waiting) sentences.push(fill(plural(t.n_wait, waiting), { n: waiting }))
  return {
    'answers-title': { text: counts.answers ? fill(plural(t.n_answers, counts.answers), { n: counts.answers }) : title },
    'n-new': { text: String(counts.answers || '') },
    'n-look': { text: String(flagged) },
    'n-held': { text: String(held) },
    'look-line': { text: flagged ? fill(plural(t.n_look, flagged), { n: flagged }) : '', hidden: !flagged || state === 'ended' },
    share: { text: sentences.join(' ') },
    more: { text: state === 'ended' ? t.pick_slide : isAsked(view) ? t.no_answers : t.no_question, hidden: view.answers_total > 0 && state !== 'ended' },
    'write-open': { hidden: !isAsked(view) || !view.writes },
  }
}

export class Totals {
  #t
  #presenceOf
  #title = $('answers-title').textContent

  /**
   * `presenceOf(view)` gives what else is said beside the number of phones, as a list.
   *
   * @param {{t: Strings, presenceOf: (view: ConsoleView) => string[]}} of
   */
  constructor({ t, presenceOf }) {
    this.#t = t
    this.#presenceOf = presenceOf
  }

  /** @param {ConsoleView} view */
  show(view) {
    updateElements({
      here: { text: presenceText(view.counts, this.#presenceOf(view), this.#t) },
      ...totalElements(view, this.#title, this.#t),
    })
  }
}
