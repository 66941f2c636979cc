/** On the phone, the kind `choice`: the options, and which of them are ticked. */
import { named, optionRow, redraw, shuffled } from '../shared/options.js'

/** @type {Show<string[]>} */
export const show = (place, view, own, seed) => redraw(place, own, () =>
  (view.shuffle ? shuffled(view.options, seed + view.activity) : view.options).map(({ id, text }) =>
    optionRow(view.pick === 1 ? 'radio' : 'checkbox', 'option', id, text, own?.value.includes(id))))

/**
 * The value of an answer from the form's *data*, or what *refuse* gives for the name of a sentence and its number.
 *
 * @type {Read<string[]>}
 */
export const read = (data, view, refuse) => {
  const value = /** @type {string[]} */ (data.getAll('option'))
  if (!value.length) return refuse('choose')
  return value.length > view.pick ? refuse('most', view.pick) : value
}

/** @type {Tell<string[]>} */
export const tell = (value, view) => value.map((id) => named(view.options, id)).join(', ')
