/** The faults in a workshop's text: a list with a button to each line, and the problem of one field of the form. */

import { $, el, fill, plural } from '../shared/dom.js'
import { showAs } from './modes.js'

/**
 * Scroll *field* so that line *n* (from 1) is in view.
 *
 * @type {(field: PageElement, n: number) => void}
 */
export const scrollToLine = (field, n) => {
  field.scrollTop = (field.scrollHeight / field.value.split('\n').length) * (n - 1) - field.clientHeight / 3
}

/**
 * Select line *n* (from 1) of *field* and scroll to it.
 *
 * @type {(field: PageElement, n: number) => void}
 */
export const goToLine = (field, n) => {
  const lines = /** @type {string[]} */ (field.value.split('\n'))
  const from = lines.slice(0, n - 1).reduce((sum, line) => sum + line.length + 1, 0)
  showAs('text', field)
  field.focus()
  field.setSelectionRange(from, from + (lines[n - 1] ?? '').length)
  scrollToLine(field, n)
}

/**
 * A message with the parts between backticks as code.
 *
 * @type {(message: string) => (Node | string)[]}
 */
const withCode = (message) => message.split('`').map((part, index) => (index % 2 ? el('code', {}, part) : part))

/**
 * The faults as items of a list; a press on a line's number leads to it in *field*.
 *
 * @type {(faults: Fault[], field: PageElement, t: Strings) => PageElement[]}
 */
export const faultRows = (faults, field, t) =>
  faults.map(({ line, message }) => {
    const button = el('button', { class: 'link', type: 'button' }, fill(t.line, { n: line }))
    button.addEventListener('click', () => goToLine(field, line))
    return el('li', {}, button, el('p', {}, ...withCode(message)))
  })

/** @type {(faults: Fault[], t: Strings) => string} */
export const faultCount = (faults, t) => fill(plural(t.n_faults, faults.length), { n: faults.length })

/**
 * Show *words* as the problem of the form's field with *id*, or below a button.
 *
 * @type {(id: string, words: string | undefined) => void}
 */
export const showFieldProblem = (id, words) => {
  const field = $(id)
  if (!field || !words) return
  const note = el('p', { class: 'problem', id: `${id}-problem`, role: 'alert' }, words.replaceAll('`', ''))
  if (field.matches('button')) return field.parentElement.after(note)
  field.setAttribute('aria-invalid', 'true')
  field.setAttribute('aria-describedby', [note.id, field.getAttribute('aria-describedby')].filter(Boolean).join(' '))
  field.closest('.f')?.append(note)
}
