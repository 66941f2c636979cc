/** Small drawings of what comes of an activity, for the editor. Nothing in them is read or pressed. */

import { svg } from '../../shared/dom.js'

/** @type {(x: number, y: number, width: number, height?: number) => string} */
export const line = (x, y, width, height = 3) => `M${x} ${y}h${width}v${height}h${-width}z`

/** A drop around a middle. @type {(x: number, y: number, radius: number) => string} */
export const drop = (x, y, radius) => `M${x - radius} ${y + radius}V${y}A${radius} ${radius} 0 1 1 ${x} ${y + radius}z`

/** @type {(x: number, y: number, radius: number) => string} */
export const dot = (x, y, radius) => `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`

/** *n* marks in a row. @type {(mark: typeof drop, n: number, x: number, y: number, radius: number, step: number) => string} */
export const rowOf = (mark, n, x, y, radius, step) => Array.from({ length: n }, (_, at) => mark(x + at * step, y, radius)).join('')

/**
 * A drawing of *parts*: each a class, for its colour (editor/form.css), and a path within 144 × 72.
 *
 * @type {(...parts: [look: string, path: string][]) => () => SVGElement}
 */
export const sketch = (...parts) => () =>
  svg('svg', { class: 'sketch', viewBox: '0 0 144 72', 'aria-hidden': 'true' }, ...parts.map(([look, d]) => svg('path', { class: look, d })))

/** Answers in words. */
export const cardsSketch = sketch(
  ['ink', [0, 1, 2, 3].flatMap((row) => [14, 56, 98].map((x) => line(x, 10 + row * 15, 32))).join('')],
  ['pale', [0, 1, 2, 3].flatMap((row) => [14, 56, 98].map((x, n) => line(x, 16 + row * 15, 14 + ((row + n) % 3) * 6))).join('')],
)

/** Options, with as many drops as chose them. */
export const optionsSketch = sketch(
  ['series-a', rowOf(drop, 10, 18, 14, 4, 11)], ['series-b', rowOf(drop, 7, 18, 29, 4, 11)],
  ['series-c', rowOf(drop, 5, 18, 44, 4, 11)], ['series-d', rowOf(drop, 3, 18, 59, 4, 11)],
)
