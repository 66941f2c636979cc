/** The kind `dots`: drawn as a choice, with the dots of each option as its count. */

import { optionBoxes } from './shared/fields.js'
import { optionDrawing } from './shared/options.js'

export default { ...optionDrawing, fields: optionBoxes }
