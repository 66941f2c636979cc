/** What is wrong with a workshop's text, each fault beside the line it stands in. */

import { el, fill, plural } from '../shared/dom.js'

export const scrollToLine = (field, n) => {
  field.scrollTop = (field.scrollHeight / field.value.split('\n').length) * (n - 1) - field.clientHeight / 3
}

/** Line *n* of *field* is marked and brought into view. */
export const goToLine = (field, n) => {
  const lines = field.value.split('\n')
  const start = lines.slice(0, n - 1).reduce((sum, line) => sum + line.length + 1, 0)
  field.focus()
  field.setSelectionRange(start, start + (lines[n - 1] ?? '').length)
  scrollToLine(field, n)
}

/** What stands between backticks is what stands in the file. */
const withCode = (message) => message.split('`').map((part, at) => (at % 2 ? el('code', {}, part) : part))

/** The faults as rows of a list; a press on the line number leads to it in *field*. */
export const rows = (faults, field, t) =>
  faults.map(({ line, message }) => {
    const go = el('button', { class: 'link', type: 'button' }, fill(t.line, { n: line }))
    go.addEventListener('click', () => goToLine(field, line))
    return el('li', {}, go, el('p', {}, ...withCode(message)))
  })

export const counted = (faults, t) => fill(plural(t.n_faults, faults.length), { n: faults.length })
