/** The kind `grid`: a square with a letter for each option, and a table that says where each stands. */

import { el } from '../shared/dom.js'
import { optionBoxes } from './shared/fields.js'
import { dot, line, sketch } from './shared/sketch.js'
import { Square } from '../screen/results/square.js'

/** @type {(one: PlacedOption) => string} */
const place = ({ x, y }) => (x === null ? '–' : `${Math.round(x)} / ${Math.round(Number(y))}`)

/** @type {(results: ResultsShown) => PlacedOption[]} */
const placed = ({ options }) => /** @type {PlacedOption[]} */ (options)

/** @type {Partial<Drawing>} */
export default {
  scenes: { means: () => new Square(), spread: () => new Square({ spread: true }) },
  table: ({ results, results: { ends } }, t) => ({
    look: 'counts', names: [t.option, results.counted === 'people' ? t.people : t.phones, `${ends?.left} – ${ends?.right}`, `${ends?.low} – ${ends?.high}`],
    rows: placed(results).map(({ letter, text, count, x, y }) => [{ letter, text }, count, x === null ? '–' : Math.round(x), y === null ? '–' : Math.round(y)]),
  }),
  small: (results, language) => [el('ul', { class: 'bars' }, ...placed(results).map((one) => el('li', {},
    el('p', {}, el('b', {}, `${one.letter} `), el('span', { lang: language }, one.text)), el('p', { class: 'num soft' }, `${place(one)} (${one.count})`))))],
  picture: ({ results }) => ({ plane: { marks: placed(results), ends: results.ends } }),
  fields: optionBoxes,
  sketch: sketch(['pale', line(71, 6, 2, 60) + line(42, 35, 60, 2)], ['ink', line(40, 4, 2, 64) + line(40, 66, 64, 2)], ['voice', dot(58, 20, 6) + dot(88, 26, 6) + dot(84, 52, 6)]),
}
