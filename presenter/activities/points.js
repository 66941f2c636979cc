/** The kind `points`: a bar for each option, as long as the points it was given; with a budget, for how many bought it. */

import { optionBoxes } from './shared/fields.js'
import { optionDrawing, pointsDrawing } from './shared/options.js'
import { dot, line, rowOf, sketch } from './shared/sketch.js'

const heaps = sketch(
  ['ink', line(14, 11, 30, 4) + line(14, 26, 36, 4) + line(14, 41, 26, 4) + line(14, 56, 32, 4)],
  ['voice', line(58, 8, 72, 9) + line(58, 23, 44, 9) + line(58, 38, 24, 9)], ['pale', rowOf(dot, 2, 62, 57, 4, 11)],
)

export default {
  ...pointsDrawing,
  table: (/** @type {Parameters<Drawing['table']>} */ ...of) => (of[0].results.unit ? pointsDrawing : optionDrawing).table(...of),
  fields: optionBoxes, sketch: heaps,
}
