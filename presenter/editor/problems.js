/** The list of faults in a workshop's text, each with a button that leads to its line. */

import { el, fill, plural } from '../shared/dom.js'

/** Scroll *field* so that line *n* (from 1) is in view. */
export const scrollToLine = (field, n) => {
  field.scrollTop = (field.scrollHeight / field.value.split('\n').length) * (n - 1) - field.clientHeight / 3
}

/** Select line *n* (from 1) of *field* and scroll to it. */
export const goToLine = (field, n) => {
  const lines = field.value.split('\n')
  const from = lines.slice(0, n - 1).reduce((sum, line) => sum + line.length + 1, 0)
  field.focus()
  field.setSelectionRange(from, from + (lines[n - 1] ?? '').length)
  scrollToLine(field, n)
}

/** A message with the parts between backticks as code. */
const withCode = (message) => message.split('`').map((part, index) => (index % 2 ? el('code', {}, part) : part))

/** The faults as items of a list; a press on a line's number leads to it in *field*. */
export const faultRows = (faults, field, t) =>
  faults.map(({ line, message }) => {
    const button = el('button', { class: 'link', type: 'button' }, fill(t.line, { n: line }))
    button.addEventListener('click', () => goToLine(field, line))
    return el('li', {}, button, el('p', {}, ...withCode(message)))
  })

export const faultCount = (faults, t) => fill(plural(t.n_faults, faults.length), { n: faults.length })
