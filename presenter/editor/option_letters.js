/**
 * The letters and colours of options, beside the field in which they are written, one on each line. Below the field lies a
 * copy of its text that is not seen, of the same width, so that a mark stands at the first of as many lines as an option takes.
 */

import { seriesClass } from '../screen/results/bars.js'
import { el } from '../shared/dom.js'

const LETTERS = 26

/**
 * Each line of *text*, with which option it is, from 0; -1 for one that is empty. Pure.
 *
 * @type {(text: string) => {line: string, option: number}[]}
 */
export const optionLines = (text) => {
  let options = 0
  return text.split('\n').map((line) => ({ line, option: line.trim() ? options++ : -1 }))
}

/**
 * @param {PageElement} copy
 * @param {string} text
 */
const draw = (copy, text) => copy.replaceChildren(...optionLines(text).map(({ line, option }) => {
  const row = el('span', option >= 0 && option < LETTERS ? { 'data-letter': String.fromCharCode(65 + option) } : {}, line || '\u200b')
  row.style.setProperty('--fill', `var(--series-${seriesClass(option)})`)
  return row
}))

/** *field*, a text area with one option on each line, with their marks. @type {(field: PageElement) => PageElement} */
export const withLetters = (field) => {
  const copy = el('span', { class: 'copy', 'aria-hidden': 'true' })
  draw(copy, field.value)
  field.addEventListener('input', () => draw(copy, field.value))
  return el('span', { class: 'lettered' }, copy, field)
}
