/** The kind `rank`: a bar for each option, as long as its points. */

import { optionBoxes } from './shared/fields.js'
import { pointsDrawing } from './shared/options.js'
import { line, sketch } from './shared/sketch.js'

const stairs = sketch(
  ['ink', line(14, 10, 5, 10) + line(14, 26, 5, 10) + line(14, 42, 5, 10) + line(14, 58, 5, 10)],
  ['voice', line(28, 10, 100, 10) + line(28, 26, 74, 10)], ['pale', line(28, 42, 52, 10) + line(28, 58, 26, 10)],
)

export default { ...pointsDrawing, fields: optionBoxes, sketch: stairs }
