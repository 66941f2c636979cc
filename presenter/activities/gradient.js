/** The kind `gradient`: one bar that leans to either side, and the eight steps with their counts. */

import { el } from '../shared/dom.js'
import { optionDrawing } from './shared/options.js'
import { line, sketch } from './shared/sketch.js'
import { Diverging } from '../screen/results/diverging.js'

export default {
  ...optionDrawing,
  scenes: { diverging: () => new Diverging() },
  fields: (/** @type {PreviewActivity} */ _activity, /** @type {Strings} */ t) => [...[8, 7, 6, 5, 4, 3, 2, 1].map((step) => el('div', { class: 'box' }, String(step))), el('div', { class: 'send' }, t.send)],
  sketch: sketch(['ink', line(70, 8, 2, 56)], ['voice', line(74, 26, 24, 20) + line(100, 26, 18, 20) + line(120, 26, 14, 20)], ['pale', line(48, 26, 20, 20) + line(34, 26, 12, 20)]),
}
