/** What people answer with, small and without function: for the editor's preview of a phone. */

import { el } from '../../shared/dom.js'

const MOST_STEPS = 21

/** @param {Strings} t */
const send = (t) => el('div', { class: 'send' }, t.send)

/** @type {(look: string) => Drawing['fields']} */
const box = (look) => ({ max }, t) => [el('div', { class: look }, el('span', { class: 'soft num' }, `0 / ${max}`)), send(t)]

/** A field for a text of several lines. */
export const textBox = box('box tall')

/** A field for a text of one line. */
export const lineBox = box('box')

/**
 * A box for each option.
 *
 * @type {Drawing['fields']}
 */
export const optionBoxes = ({ options, attrs }, t) =>
  [...[...options.map(({ text }) => text), ...(attrs?.other ? [`${t.other_option} …`] : [])].map((text) => el('div', { class: 'box' }, text)), send(t)]

/**
 * The steps from `low` to `high`; MOST_STEPS at most, and none while one of the ends is missing in the text. Pure.
 *
 * @type {(ends: PreviewActivity['attrs']) => number[]}
 */
export const stepsOf = ({ low = NaN, high = NaN }) => Array.from({ length: Math.min(MOST_STEPS, high - low + 1) || 0 }, (_, n) => low + n)

/**
 * A row of steps below each item.
 *
 * @type {Drawing['fields']}
 */
export const stepRows = ({ options, attrs }, t) => {
  const row = () => el('div', { class: 'steps-row' }, ...stepsOf(attrs).map((step) => el('span', { class: 'box num' }, String(step))))
  return [...options.flatMap(({ text }) => [el('p', {}, text), row()]), send(t)]
}
