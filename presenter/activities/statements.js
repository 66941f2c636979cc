/** The kind `statements`: what people agree on first, then what divides them, and last who votes alike. */

import { optionBoxes } from './shared/fields.js'
import { optionDrawing } from './shared/options.js'
import { drop, line, sketch } from './shared/sketch.js'
import { byDivision, groupsLine, OpinionMap, Opinions } from '../screen/results/opinions.js'

const clouds = [[30, 24], [42, 34], [28, 40], [104, 22], [116, 34], [100, 42], [112, 48]].map(([x, y]) => drop(x, y, 5))

export default {
  ...optionDrawing,
  scenes: { common: () => new Opinions('common'), divides: () => new Opinions('divides'), map: () => new OpinionMap() },
  table: (/** @type {ResultsView} */ { results, shape, says = {}, language }, /** @type {Strings} */ t) => ({
    look: 'counts',
    names: [t.option, says['1'] ?? '', says['0'] ?? '', says['-1'] ?? '', ...((results.groups ?? []).length ? [(results.groups ?? []).map(({ letter }) => letter).join(' · ')] : [])],
    rows: (shape === 'divides' ? byDivision(results.options) : results.options).map((one) => [
      { letter: '', text: one.text }, one.count, one.passed ?? 0, one.against ?? 0, ...((results.groups ?? []).length ? [groupsLine(one, language)] : []),
    ]),
  }),
  fields: optionBoxes,
  sketch: sketch(['voice', clouds.slice(0, 3).join('')], ['pale', clouds.slice(3).join('')], ['ink', line(8, 62, 128, 2)]),
}
