/** The kind `think`: each thinks alone; it leaves no result. */

import { dot, drop, sketch } from './shared/sketch.js'

export default {
  sketch: sketch(
    ['outline', drop(62, 42, 20)], ['voice', dot(88, 20, 5) + dot(101, 12, 3)],
  ),
}
