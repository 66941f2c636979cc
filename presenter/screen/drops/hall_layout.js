/** Where the drops of a hall stand: rows that bend towards the middle, filled from the front and the middle. Pure. */

/** @typedef {import('./pile_layout.js').Spot} Spot */
/** @typedef {{size: number, worth: number, seats: Spot[]}} HallLayout */

const MOST_BENT = 120 // people; more stand in straight rows of smaller drops
const LEAST = 24 // seats that a hall has room for from the start, so that the first who come do not fill it
const BEND = 0.5 // how much further down the middle of a row stands than its ends, in drops
const SIZES = [1.36, 1.12, 0.94, 0.8, 0.68, 0.58, 0.5] // times the size of the text
const WORTHS = [1, 2, 5, 10, 20, 50, 100]
const ACROSS = 1.32 // at least, from one seat to the next, in drops
const UP = 1.26 // from one row to the next
const BACK = 1.7 // a row further back counts as much as that many seats further from the middle

/** @type {(size: number, box: {width: number, height: number}, bend: number) => {rows: number, columns: number}} */
const room = (size, { width, height }, bend) => ({
  rows: Math.max(1, Math.floor((height - size - bend * size) / (size * UP)) + 1),
  columns: Math.max(2, Math.floor((width - size) / (size * ACROSS)) + 1),
})

/**
 * The first *n* seats of a hall with room for *places*, in the order in which people take them. The size of the drops depends on
 * *places* alone, so that whoever comes moves nobody.
 *
 * @type {(hall: {n: number, places: number, width: number, height: number, em: number}) => HallLayout}
 */
export const hallLayout = ({ n, places, width, height, em }) => {
  const box = { width, height }
  const wanted = Math.max(places, LEAST)
  const bend = wanted <= MOST_BENT ? BEND : 0
  const holds = (/** @type {number} */ px) => {
    const most = room(px, box, bend)
    return most.rows * most.columns
  }
  const scale = SIZES.find((one) => holds(one * em) >= wanted) ?? SIZES[SIZES.length - 1]
  const size = scale * em
  const worth = WORTHS.find((one) => wanted / one <= holds(size)) ?? WORTHS[WORTHS.length - 1]
  const { rows, columns } = rowsFor(Math.ceil(wanted / worth), room(size, box, bend))
  const seats = Array.from({ length: rows * columns }, (_, index) => ({ row: Math.floor(index / columns), column: index % columns }))
  const far = (/** @type {{row: number, column: number}} */ { row, column }) => Math.abs(column - (columns - 1) / 2) + row * BACK
  seats.sort((a, b) => far(a) - far(b) || a.row - b.row || a.column - b.column)
  const across = (width - size) / (columns - 1)
  return {
    size, worth,
    seats: seats.slice(0, Math.ceil(n / worth)).map(({ row, column }) => {
      const side = (2 * column) / (columns - 1) - 1
      return { x: column * across, y: row * size * UP + (1 - side * side) * bend * size }
    }),
  }
}

/**
 * As many rows as *wanted* seats need, and as few seats in each as that allows, so that the last row is not nearly empty.
 *
 * @type {(wanted: number, most: {rows: number, columns: number}) => {rows: number, columns: number}}
 */
const rowsFor = (wanted, { rows: mostRows, columns: mostColumns }) => {
  const rows = Math.min(mostRows, Math.max(1, Math.ceil(wanted / mostColumns)))
  return { rows, columns: Math.min(mostColumns, Math.max(Math.ceil(wanted / rows), Math.ceil(mostColumns * 0.75))) }
}
