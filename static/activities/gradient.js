/** On the phone, the kind `gradient`: eight steps, from whole-hearted (8) to veto (1). */
import { optionRow, redraw } from '../shared/options.js'

/** @type {(value: number, view: PhoneView) => string} */
const stepName = (value, view) => `${value}: ${view.says[`step${value}`]}`

/** @type {Show<number>} */
export const show = (place, view, own) => redraw(place, own, view, () =>
  [8, 7, 6, 5, 4, 3, 2, 1].map((step) => optionRow('radio', 'step', step, stepName(step, view), own?.value === step)))

/** @type {Read<number>} */
export const read = (data, _view, refuse) => Number(data.get('step')) || refuse('choose')

/** @type {Tell<number>} */
export const tell = (value, view) => stepName(value, view)
