/** The kind `group`: answers that are alike get a theme, with a drop for each. */

import { drop, line, rowOf, sketch } from './shared/sketch.js'

export default {
  sketch: sketch(
    ['ink', line(14, 11, 34, 5) + line(14, 28, 28, 5) + line(14, 45, 32, 5) + line(14, 59, 20, 5)],
    ['voice', rowOf(drop, 8, 62, 13, 4, 10) + rowOf(drop, 6, 62, 30, 4, 10) + rowOf(drop, 4, 62, 47, 4, 10)],
    ['outline', rowOf(drop, 2, 62, 61, 4, 10)],
  ),
}
