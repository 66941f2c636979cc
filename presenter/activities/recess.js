/** The kind `recess`: a break; it leaves no result. */

import { line, sketch } from './shared/sketch.js'

export default {
  sketch: sketch(
    ['voice', 'M48 22h40v18a16 16 0 0 1 -16 16h-8a16 16 0 0 1 -16 -16z'], ['outline', 'M88 27h6a8 8 0 0 1 0 16h-7'], ['pale', line(42, 61, 52)],
  ),
}
