/** The kind `choice`: a bar for each option. */

import { optionBoxes } from './shared/fields.js'
import { optionDrawing } from './shared/options.js'

export default { ...optionDrawing, fields: optionBoxes }
