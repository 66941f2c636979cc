/** The kind `scale`: the mean of each item, and a column for each step. */

import { stepRows } from './shared/fields.js'
import { itemDrawing } from './shared/items.js'

export default { ...itemDrawing, fields: stepRows }
