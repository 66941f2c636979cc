/** The kind `consent`: how many consent, and every objection with its reason; nothing is drawn as shares of a vote. */

import { el } from '../shared/dom.js'
import { textBox } from './shared/fields.js'
import { noteLines, optionDrawing } from './shared/options.js'
import { drop, line, sketch } from './shared/sketch.js'
import { QuietVoices } from '../screen/results/quiet_voices.js'

/**
 * How many consent and how many object, as figures with their words; before them which version of the proposal it is, where
 * there are several.
 *
 * @type {(view: Pick<ResultsView, 'results' | 'says' | 'language'>) => HTMLElement[]}
 */
export const figures = ({ results: { options }, says, language }) => [
  ...(says?.version ? [el('b', { lang: language }, says.version)] : []),
  ...options.map(({ id, text, count }) => el('span', { lang: language, 'data-option': id, 'data-count': String(count) }, el('b', { class: 'num' }, String(count)), ` ${text}`)),
]

/** The objections below the figures, in pages. */
class Objections extends QuietVoices {
  /** @param {Cards} cards */
  constructor(cards) {
    super(cards, (view) => [...figures(view), el('span', { class: 'soft', lang: view.language }, (view.results.notes ?? []).join(' '))])
    this.root.querySelector('.lead')?.classList.add('consents')
  }
}

/** @type {Partial<Drawing>} */
export default {
  scenes: { objections: ({ cards }) => new Objections(cards) },
  table: ({ results }, t) => ({
    look: 'counts', names: [t.option, results.counted === 'people' ? t.people : t.phones],
    rows: results.options.map(({ letter, text, count }) => [{ letter, text }, count]),
  }),
  small: ({ options, cards, notes }, language) => [
    el('ul', { class: 'bars' }, ...options.map(({ text, count }) => el('li', { lang: language }, el('p', {}, el('b', { class: 'num' }, String(count)), ` ${text}`)))),
    ...cards.map(({ text }) => el('blockquote', { lang: language, dir: 'auto' }, text)), ...noteLines(notes, language),
  ],
  picture: (shown) => (shown.results.cards.length ? { cards: shown.results.cards, total: shown.results.cards_total, shape: 'wall' } : optionDrawing.picture(shown)),
  fields: (activity, t) => [
    ...['✓', '!'].map((sign) => el('div', { class: 'box' }, sign)), ...textBox(activity, t),
  ],
  sketch: sketch(['voice', [0, 1, 2].map((row) => drop(24, 16 + row * 18, 6)).join('')], ['ink', [0, 1, 2].map((row) => line(44, 12 + row * 18, 84 - row * 12)).join('')], ['pale', [0, 1, 2].map((row) => line(44, 18 + row * 18, 60)).join('')]),
}
