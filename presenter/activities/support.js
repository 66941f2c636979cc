/** The kind `support`: answers in the order of their support, as a list or as a wall. */

import { el, fill } from '../shared/dom.js'
import { percent } from '../shared/figures.js'
import { noteLines } from './shared/options.js'
import { dot, line, rowOf, sketch } from './shared/sketch.js'
import { QuietVoices } from '../screen/results/quiet_voices.js'
import { Ranked, remarks } from '../screen/results/ranked.js'

const MOST_SMALL = 12 // rows on the console
const MOST_ROWS = 20 // in a saved picture

/** @type {(results: ResultsShown) => WeighedOption[]} */
const weighed = ({ options }) => /** @type {WeighedOption[]} */ (options)

/** @type {(option: WeighedOption) => string} */
const figure = ({ count, seen }) => `${count}/${seen}`

/** @type {(option: WeighedOption, t: Strings, language: string) => Element} */
const smallRow = (option, t, language) => {
  const bar = el('span', { class: 'bar a', 'aria-hidden': 'true' })
  bar.style.width = `${Math.max(1, option.score * 100)}%`
  return el('li', {},
    el('p', {}, el('b', {}, `${option.letter || '–'} `), el('span', { lang: language }, option.text)),
    el('div', { class: 'measure' }, el('span', { class: 'groove' }, bar), el('span', { class: 'num' }, el('b', {}, figure(option)))),
    el('p', { class: 'soft' }, remarks(option, t).join(' · ')))
}

const stack = sketch(['ink', line(14, 10, 5, 12) + line(14, 30, 5, 12) + line(14, 50, 5, 12)],
  ['voice', line(28, 10, 96, 12) + line(28, 30, 70, 12)], ['pale', line(28, 50, 40, 12) + rowOf(dot, 2, 84, 56, 4, 12)])

/** @type {Omit<Drawing, 'sketch'>} */
const drawing = {
  scenes: { ranked: ({ t }) => new Ranked(t), wall: ({ t, cards }) => new QuietVoices(cards, () => t.weighed) },
  table: ({ results }, t) => ({
    look: 'counts', names: [t.answer, t.support, t.seen_name, t.share],
    rows: weighed(results).map(({ letter, text, count, seen, share }) => [{ letter, text }, count, seen, seen ? percent(share ?? 0) : '–']),
  }),
  small: (results, language, t) => {
    const more = (results.options_total ?? 0) - MOST_SMALL
    return [el('ol', { class: 'bars' }, ...weighed(results).slice(0, MOST_SMALL).map((option) => smallRow(option, t, language))),
      ...(more > 0 ? [el('p', { class: 'soft' }, fill(t.and_more, { n: more }))] : []), ...noteLines(results.notes, language)]
  },
  picture: ({ results, shape }) => (shape === 'wall'
    ? { cards: results.cards, total: results.cards_total, shape }
    : { rows: weighed(results).slice(0, MOST_ROWS).map((option) => ({ text: `${option.letter}  ${option.text}`.trim(), share: option.score, figure: figure(option) })) }),
  fields: (activity, t) => [el('div', { class: 'box' }, activity.instruction), el('div', { class: 'send' }, t.send)],
}

export default { ...drawing, sketch: stack }
