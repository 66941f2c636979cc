/** The kind `film`: everybody looks at the screen; it leaves no result. */

import { line, sketch } from './shared/sketch.js'

export default {
  sketch: sketch(['outline', 'M38 8h68v46h-68z'], ['voice', 'M64 20v22l20 -11z'], ['pale', line(46, 61, 52)]),
}
