/** The kind `open`: texts of several lines, drawn as a wall, a cloud, a list or quiet voices. */

import { textBox } from './shared/fields.js'
import { cardsSketch } from './shared/sketch.js'
import { textDrawing } from './shared/texts.js'

export default { ...textDrawing, fields: textBox, sketch: cardsSketch }
