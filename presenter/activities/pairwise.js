/** The kind `pairwise`: a bar for each option, as long as its score. */

import { optionBoxes } from './shared/fields.js'
import { pointsDrawing } from './shared/options.js'
import { line, sketch } from './shared/sketch.js'

const scales = sketch(
  ['ink', line(14, 12, 44, 18) + line(86, 12, 44, 18)], ['voice', line(14, 44, 96, 8)], ['pale', line(14, 58, 60, 8)],
)

export default { ...pointsDrawing, fields: optionBoxes, sketch: scales }
