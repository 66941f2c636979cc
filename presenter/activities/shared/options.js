/** How results with `options` are drawn: each option with its letter, its count and its share of those who answered. */

import { Bars, barLengths, seriesClass } from '../../screen/results/bars.js'
import { el } from '../../shared/dom.js'
import { percent } from '../../shared/figures.js'

/** @type {Omit<Drawing, 'fields' | 'sketch'>} */
export const optionDrawing = {
  scenes: { bars: ({ t }) => new Bars(t) },
  table: ({ results }, t) => ({
    look: 'counts',
    names: [t.option, results.unit ?? (results.counted === 'people' ? t.people : t.phones), t.share],
    rows: results.options.map((option) => [{ letter: option.letter, text: optionName(option, t) }, option.count, percent(option.share ?? 0)]),
  }),
  small: ({ options, notes }, language, t) => {
    const lengths = barLengths(options.map(({ count }) => count))
    return [el('ol', { class: 'bars' }, ...options.map((option, index) => smallRow(option, index, lengths[index], language, t))), ...noteLines(notes, language)]
  },
  picture: ({ results, lang }) => ({ rows: optionRows(results.options, lang) }),
}

/** The words of an option; of one that is right they say so. @type {(option: ResultOption, t: Strings) => string} */
const optionName = ({ text, right }, t) => (right ? `${text} ✓ ${t.right}` : text)

/**
 * How results are drawn whose counts are points: without shares, and as bars, because a drop is a voice.
 *
 * @type {Omit<Drawing, 'fields' | 'sketch'>}
 */
export const pointsDrawing = {
  ...optionDrawing,
  table: ({ results }, t) => ({
    look: 'counts', names: [t.option, results.unit ?? ''], rows: results.options.map(({ letter, text, count }) => [{ letter, text }, count]),
  }),
}

/** What is said about results, below them. @type {(notes: string[] | undefined, language: string) => Element[]} */
export const noteLines = (notes = [], language) => notes.map((note) => el('p', { class: 'soft', lang: language }, note))

/** @type {(option: ResultOption, index: number, length: number, language: string, t: Strings) => Element} */
const smallRow = ({ letter, text, count, share, right }, index, length, language, t) => {
  const bar = el('span', { class: `bar ${seriesClass(index)}`, 'aria-hidden': 'true' })
  bar.style.width = `${Math.max(1, length * 100)}%`
  return el('li', {},
    el('p', {}, el('b', {}, `${letter} `), el('span', { lang: language }, text), ...(right ? [el('b', { class: 'right' }, ` ✓ ${t.right}`)] : [])),
    el('div', { class: 'measure' }, el('span', { class: 'groove' }, bar),
      el('span', { class: 'num' }, el('b', {}, String(count)), share === null ? '' : ` ${percent(share)}`)))
}

/**
 * The rows of a bar chart: `{ text, share, figure }`, share 0…1 of the whole width.
 *
 * @type {(options: ResultOption[], lang?: string) => BarRow[]}
 */
export const optionRows = (options, lang) => {
  const lengths = barLengths(options.map(({ count }) => count))
  return options.map(({ letter, text, count, share, right }, index) =>
    ({ text: `${letter}  ${text}${right ? ' ✓' : ''}`.trim(), share: lengths[index], figure: share === null ? String(count) : `${count} (${percent(share, lang)})` }))
}
