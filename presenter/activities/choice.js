/** The kind `choice`: a bar for each option. */

import { optionBoxes } from './shared/fields.js'
import { optionDrawing } from './shared/options.js'
import { optionsSketch } from './shared/sketch.js'

export default { ...optionDrawing, fields: optionBoxes, sketch: optionsSketch }
