/** The kind `scale`: the mean of each item, and a column for each step. */

import { stepRows } from './shared/fields.js'
import { itemDrawing } from './shared/items.js'
import { drop, line, sketch } from './shared/sketch.js'

const COUNTS = [1, 2, 4, 6, 3]
const columns = COUNTS.flatMap((n, step) => Array.from({ length: n }, (_, at) => drop(24 + step * 24, 55 - at * 10, 4)))

export default { ...itemDrawing, fields: stepRows, sketch: sketch(['voice', columns.join('')], ['ink', line(12, 62, 120, 2)]) }
