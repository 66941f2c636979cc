/** The kind `discuss`: people talk around a table; it leaves no result. */

import { dot, drop, sketch } from './shared/sketch.js'

export default {
  sketch: sketch(
    ['outline', dot(72, 36, 13)],
    ['voice', drop(42, 36, 9) + drop(102, 36, 9) + drop(57, 12, 9) + drop(87, 12, 9) + drop(57, 60, 9) + drop(87, 60, 9)],
  ),
}
