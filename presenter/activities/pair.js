/** The kind `pair`: people talk two and two; it leaves no result. */

import { drop, sketch } from './shared/sketch.js'

export default {
  sketch: sketch(
    ['voice', drop(60, 36, 17)], ['outline', drop(88, 36, 17)],
  ),
}
