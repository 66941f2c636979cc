/** The kind `number`: a column for each stretch of numbers, and the median. */

import { lineBox } from './shared/fields.js'
import { optionDrawing } from './shared/options.js'
import { drop, line, sketch } from './shared/sketch.js'
import { Columns } from '../screen/results/columns.js'

const COUNTS = [1, 3, 5, 6, 4, 2, 1]
const hill = COUNTS.flatMap((n, at) => Array.from({ length: n }, (_, row) => drop(18 + at * 18, 56 - row * 9, 3.6)))

export default {
  ...optionDrawing, scenes: { columns: () => new Columns() }, fields: lineBox, sketch: sketch(['voice', hill.join('')], ['ink', line(8, 62, 128, 2)]),
}
