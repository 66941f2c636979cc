/** The kind `pin`: points and heat on the picture, and a table of its nine parts. */

import { lineBox } from './shared/fields.js'
import { optionDrawing } from './shared/options.js'
import { drop, line, sketch } from './shared/sketch.js'
import { Pins } from '../screen/results/pins.js'

/** @type {Partial<Drawing>} */
export default {
  ...optionDrawing,
  scenes: { pins: () => new Pins() },
  small: (results, language, t) => optionDrawing.small({ ...results, options: results.options.filter(({ count }) => count) }, language, t),
  fields: lineBox,
  sketch: sketch(['pale', line(18, 8, 108, 56)], ['voice', drop(54, 28, 6) + drop(62, 38, 6) + drop(98, 46, 6)]),
}
