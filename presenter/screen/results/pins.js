/** The scene for places on a picture: a point for each, heat where they are many, and beside it how many are in each part. */

import { el, svg } from '../../shared/dom.js'
import { pictureElement } from '../prompt.js'
import { PagedRows } from './paged_rows.js'

const MOST = 1000
const HEAT = 90 // radius of the heat of one point, in the units of places
const POINT = 7

/** How strong the heat of a point is: one of many is seen through, so that many together are not one blot. Pure. @type {(most: number) => number} */
export const heatOf = (most) => Math.max(0.08, Math.min(0.5, 2 / Math.max(1, most)))

/**
 * The points of *results* as SVG, in a picture *wide* × *high*: heat below, the points above.
 *
 * @type {(results: Pick<ResultsShown, 'points'>, wide: number, high: number) => SVGElement}
 */
export const drawnPoints = ({ points = [] }, wide, high) => {
  const heat = heatOf(Math.max(0, ...points.map(([, , count]) => count)))
  const scale = Math.max(wide, high) / MOST
  const circle = (/** @type {number[]} */ [x, y], /** @type {number} */ r, /** @type {Record<string, any>} */ more) =>
    svg('circle', { cx: Math.round((x / MOST) * wide), cy: Math.round((y / MOST) * high), r: Math.round(r * scale), ...more })
  return svg('svg', { viewBox: `0 0 ${wide} ${high}`, preserveAspectRatio: 'xMinYMin meet', 'aria-hidden': 'true' },
    svg('radialGradient', { id: 'heat' }, svg('stop', { offset: '0' }), svg('stop', { offset: '1', 'stop-opacity': '0' })),
    ...points.map(([x, y, count]) => circle([x, y], HEAT, { class: 'heat', 'fill-opacity': Math.min(0.9, heat * count).toFixed(2) })),
    ...points.map(([x, y, count]) => circle([x, y], POINT * Math.min(3, Math.sqrt(count)), { class: 'point' })))
}

export class Pins extends PagedRows {
  #plane = el('div', { class: 'pinned' })
  #rows = el('tbody')
  #table = el('table', { class: 'table counts' }, this.#rows)
  root = el('div', { class: 'scene pins' }, this.#plane, el('div', { class: 'beside' }, this.#table))

  /** @param {ResultsView} view */
  show({ results, pictures, language }) {
    const picture = pictures?.['']
    const { width, height } = picture ?? { width: MOST, height: MOST }
    this.root.lang = language
    this.#plane.replaceChildren(...(picture ? [pictureElement(picture)] : []), drawnPoints(results, width, height))
    const found = results.options.filter(({ count }) => count).sort((one, other) => other.count - one.count)
    this.#rows.replaceChildren(...found.map(({ id, text, count }) => el('tr', { 'data-option': id, 'data-count': String(count) },
      el('th', { scope: 'row' }, text), el('td', { class: 'num' }, String(count)))))
    this.paginate([...this.#rows.children], this.#table.parentElement.clientHeight)
  }
}
