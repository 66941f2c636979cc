/** The kind `dots`: drawn as a choice, with the dots of each option as its count. */

import { optionBoxes } from './shared/fields.js'
import { optionDrawing } from './shared/options.js'
import { Bars } from '../screen/results/bars.js'
import { dot, line, rowOf, sketch } from './shared/sketch.js'

const rows = sketch(
  ['ink', line(14, 11, 36, 4) + line(14, 26, 30, 4) + line(14, 41, 34, 4) + line(14, 56, 22, 4)],
  ['voice', rowOf(dot, 7, 64, 13, 4, 11) + rowOf(dot, 5, 64, 28, 4, 11) + rowOf(dot, 4, 64, 43, 4, 11) + rowOf(dot, 2, 64, 58, 4, 11)],
)

export default { ...optionDrawing, scenes: { bars: (/** @type {Tools} */ { t }) => new Bars(t, { drops: true }) }, fields: optionBoxes, sketch: rows }
