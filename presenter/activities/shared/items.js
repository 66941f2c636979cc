/** How results with `items` are drawn: each item with its letter, its mean, and how often each step of the scale was given. */

import { Scale } from '../../screen/results/bars.js'
import { el, fill } from '../../shared/dom.js'
import { decimal } from '../../shared/figures.js'

/** @type {Omit<Drawing, 'fields' | 'sketch'>} */
export const itemDrawing = {
  scenes: { scale: ({ t }) => new Scale(t) },
  table: ({ results, low, high }, t) => ({
    look: 'counts',
    names: [t.item, t.mean_name, ...Array.from({ length: high - low + 1 }, (_, n) => low + n)],
    rows: results.items.map(({ letter, text, mean, spread }) => [{ letter, text }, decimal(mean), ...spread]),
  }),
  small: ({ items }, language, t) => [el('ol', { class: 'bars' }, ...items.map(({ letter, text, mean, n }) => el('li', {},
    el('p', {}, el('b', {}, `${letter} `), el('span', { lang: language }, text)),
    el('p', { class: 'num soft' }, fill(t.mean, { mean: decimal(mean), n })))))],
  picture: ({ results, lang, high }) => ({ rows: itemRows(results.items, lang, high) }),
}

/**
 * The rows of a bar chart, as `optionRows` has them. *high* is the end of the scale.
 *
 * @type {(items: ResultItem[], lang?: string, high?: number) => BarRow[]}
 */
export const itemRows = (items, lang, high) =>
  items.map(({ letter, text, mean, spread }) => ({
    text: `${letter}  ${text}`, share: mean === null ? 0 : Math.max(0, mean) / Math.max(1, high ?? spread.length), figure: decimal(mean, lang),
  }))
