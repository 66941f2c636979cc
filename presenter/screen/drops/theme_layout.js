/** Where the drops of themes stand, and which of them fly when answers are moved. Pure. */

/** @typedef {import('./pile_layout.js').Spot} Spot */
/** @typedef {import('./pile_layout.js').Grain} Grain */
/** @typedef {{width: number, height: number}} Box */
/** How many drops each theme has, by its id, and how many are in none. @typedef {{themes: Map<string, number>, open: number}} Stand */
/** A drop that flies: from the theme *from* (null: from those without a theme) to place *index* of theme *to*. @typedef {{from: string | null, to: string, index: number}} Flight */

export const MOST_THEMES = 6 // more than that are on the phones, and on the pages after
const MOST_FLYING = 3 // at once; more could not be followed
const MOST_ROWS = 3
const ROW = 2.7 // the least height of a theme, times the size of the text
const SIZES = [0.74, 0.62, 0.52, 0.44] // times the size of the text
const WORTHS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
const ACROSS = 1.16 // from one drop to the next, in drops
const UP = 1.2 // from one line to the next
const SAMPLES = 8 // of a flight: a browser moves in straight lines between them

/**
 * How many themes have room in *box*, in rows and columns.
 *
 * @type {(n: number, box: Box, em: number) => {rows: number, columns: number}}
 */
export const themeGrid = (n, { width, height }, em) => {
  const columns = n > 1 && width > height ? 2 : 1
  const most = Math.max(1, Math.min(columns === 1 ? MOST_THEMES : MOST_ROWS, Math.floor(height / (em * ROW))))
  return { rows: Math.max(1, Math.min(most, Math.ceil(n / columns))), columns }
}

/** @type {(size: number, width: number) => number} */
const inLine = (size, width) => Math.max(1, Math.floor((width - size) / (size * ACROSS) + 0.001) + 1)

/** @type {(size: number, box: Box) => number} */
const holds = (size, { width, height }) => (height < size ? 0 : inLine(size, width) * (Math.floor((height - size) / (size * UP) + 0.001) + 1))

/**
 * The size of all drops and how many answers each stands for, so that the *largest* theme has room in *row*, and those
 * without a theme in *band*. The same for all, so that rows can be compared. A grain that was finer does not come back
 * (*before*): one answer that is moved would else change all drops.
 *
 * @type {(of: {largest: number, open: number, row: Box, band: Box, em: number, before?: Grain | null}) => Grain}
 */
export const themeGrain = ({ largest, open, row, band, em, before = null }) => {
  const grains = WORTHS.flatMap((worth) => SIZES.map((size) => ({ size: size * em, worth })))
  const from = before ? grains.findIndex(({ size, worth }) => worth > before.worth || (worth === before.worth && size <= before.size + 0.01)) : 0
  const fits = (/** @type {Grain} */ { size, worth }) =>
    Math.ceil(largest / worth) <= holds(size, row) && Math.ceil(open / worth) <= holds(size, band)
  return grains.slice(Math.max(0, from)).find(fits) ?? grains[grains.length - 1]
}

/** How many drops stand for *n* answers: none is left out. @type {(n: number, worth: number) => number} */
export const dropsFor = (n, worth) => Math.ceil(n / worth)

/**
 * The spots of *n* drops in lines from the upper left. With *justified* every line ends at the right edge.
 *
 * @type {(n: number, size: number, width: number, justified?: boolean) => Spot[]}
 */
export const lineSpots = (n, size, width, justified = false) => {
  const each = inLine(size, width)
  const across = justified && each > 1 ? (width - size) / (each - 1) : size * ACROSS
  return Array.from({ length: n }, (_, index) => ({ x: (index % each) * across, y: Math.floor(index / each) * size * UP }))
}

/**
 * Which drops fly when *before* has become *after*: from those without a theme first, then from themes that have fewer
 * now. At most three; the others land at once, as do those that nobody moved.
 *
 * @type {(before: Stand, after: Stand) => Flight[]}
 */
export const flights = (before, after) => {
  const left = /** @type {(string | null)[]} */ (Array.from({ length: Math.max(0, before.open - after.open) }, () => null))
  for (const [id, n] of before.themes) left.push(...Array.from({ length: Math.max(0, n - (after.themes.get(id) ?? 0)) }, () => id))
  const come = [...after.themes].flatMap(([to, n]) => {
    const known = before.themes.get(to) ?? 0
    return Array.from({ length: Math.max(0, n - known) }, (_, index) => ({ to, index: known + index }))
  })
  return come.slice(0, Math.min(left.length, MOST_FLYING)).map((one, at) => ({ ...one, from: left[at] }))
}

/**
 * The way of a drop: it rises from its place and bends towards the theme. As a path for SVG, and as where it is from the
 * end of the way at equal steps of time.
 *
 * @type {(from: Spot, to: Spot) => {path: string, steps: Spot[]}}
 */
export const way = (from, to) => {
  const over = { x: from.x, y: from.y * 0.4 + to.y * 0.6 }
  const round = (/** @type {number} */ px) => Math.round(px * 10) / 10
  const at = (/** @type {number} */ t, /** @type {'x' | 'y'} */ axis) => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * over[axis] + t ** 2 * to[axis]
  return {
    path: `M${round(from.x)} ${round(from.y)}Q${round(over.x)} ${round(over.y)} ${round(to.x)} ${round(to.y)}`,
    steps: Array.from({ length: SAMPLES + 1 }, (_, n) => ({ x: round(at(n / SAMPLES, 'x') - to.x), y: round(at(n / SAMPLES, 'y') - to.y) })),
  }
}
