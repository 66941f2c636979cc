/** Draws options between two scales as SVG for a saved picture, as svg_results.js does for other results. Pure. */

import { apart } from '../../screen/results/apart.js'
import { EDGE, INK, SOFT, WIDTH, svgText, wrapText } from './svg_results.js'

const SIDE = 760
const SIZE = 30
const RADIUS = 26
const ROW = 46
const VOICE = '#0b4f47'
const LINE = '#c9c4b8'

/**
 * A square with a letter for each of *marks*, and beside it what each letter is.
 *
 * @type {(plane: {marks: PlacedOption[], ends?: Ends}, top: number) => {height: number, parts: string[], description: string}}
 */
export const square = ({ marks, ends }, top) => {
  const { left = '', right = '', low = '', high = '' } = ends ?? {}
  const [x, y] = [EDGE, top + ROW]
  const placed = marks.filter((one) => one.x !== null)
  const points = placed.map((one) => ({ x: (Number(one.x) / 100) * SIDE, y: (1 - Number(one.y) / 100) * SIDE }))
  const places = apart(points, 2 * RADIUS, SIDE, SIDE)
  const names = marks.flatMap((one) => wrapText(`${one.letter}  ${one.text}${one.x === null ? '' : ` (${Math.round(one.x)} / ${Math.round(Number(one.y))})`}`, 34, 3))
  const middle = ' text-anchor="middle"'
  return {
    height: Math.max(SIDE + 2 * ROW, names.length * ROW + ROW),
    parts: [
      svgText(x + SIDE / 2, y - 14, SIZE, SOFT, high, middle),
      svgText(x, y + SIDE + SIZE + 8, SIZE, SOFT, left), svgText(x + SIDE / 2, y + SIDE + SIZE + 8, SIZE, SOFT, low, middle),
      svgText(x + SIDE, y + SIDE + SIZE + 8, SIZE, SOFT, right, ' text-anchor="end"'),
      `<rect x="${x}" y="${y}" width="${SIDE}" height="${SIDE}" fill="none" stroke="${INK}" stroke-width="3"/>`,
      `<path d="M${x + SIDE / 2} ${y}v${SIDE}M${x} ${y + SIDE / 2}h${SIDE}" stroke="${LINE}" stroke-width="2"/>`,
      ...placed.flatMap(({ letter }, n) => [
        `<circle cx="${Math.round(x + places[n].x)}" cy="${Math.round(y + places[n].y)}" r="${RADIUS}" fill="${VOICE}"/>`,
        svgText(x + places[n].x, y + places[n].y + SIZE * 0.36, SIZE, '#ffffff', letter, `${middle} font-weight="700"`),
      ]),
      ...names.map((line, n) => svgText(WIDTH / 2 + 2 * EDGE, y + SIZE + n * ROW, SIZE, INK, line)),
    ],
    description: `${left} – ${right}, ${low} – ${high}: ${marks.map((one) => `${one.text} ${one.x === null ? '–' : `${Math.round(one.x)} / ${Math.round(Number(one.y))}`}`).join('; ')}`,
  }
}
