/** On the phone, the kind `choice`: the options, and which of them are ticked. */
import { showOptions, tellOptions } from '../shared/choices.js'

export const show = showOptions

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

export const tell = tellOptions
