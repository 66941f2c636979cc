/** The kind `words`: short texts of one line, drawn as a cloud, a list, a wall or quiet voices. */

import { lineBox } from './shared/fields.js'
import { line, sketch } from './shared/sketch.js'
import { textDrawing } from './shared/texts.js'

/** Words as bars: the most used in the middle, and the largest. */
const cloud = sketch(
  ['voice', line(40, 28, 62, 15)],
  ['ink', line(20, 12, 36, 9) + line(66, 10, 50, 10) + line(30, 51, 44, 9) + line(84, 51, 34, 9)],
  ['pale', line(14, 32, 20, 6) + line(110, 32, 20, 6) + line(60, 2, 22, 5) + line(56, 65, 26, 5)],
)

export default { ...textDrawing, fields: lineBox, sketch: cloud }
