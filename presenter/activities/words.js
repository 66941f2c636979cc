/** The kind `words`: short texts of one line, drawn as a cloud, a list, a wall or quiet voices. */

import { lineBox } from './shared/fields.js'
import { textDrawing } from './shared/texts.js'

export default { ...textDrawing, fields: lineBox }
