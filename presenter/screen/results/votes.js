/** How votes stand in a row of results: as drops, or as a bar where there are too many to be told apart. Pure. */

export const MOST_DROPS = 60 // for one option
const SIZES = [0.92, 0.78, 0.66, 0.56, 0.47, 0.4, 0.34] // times the size of the text
const LARGE = 0.56 // drops in few lines are easier to compare, as long as they are not smaller than this
const ACROSS = 1.18 // from one drop to the next, in drops

/** Drops of *size* px, *across* of them side by side. @typedef {{size: number, across: number}} DropGrid */

/**
 * How the largest number of votes, *most*, fits as drops into a box; the other rows have drops of the same size, so that
 * rows can be compared. Null where a bar has to stand for them.
 *
 * @type {(most: number, box: {width: number, height: number, em: number}) => DropGrid | null}
 */
export const dropGrid = (most, { width, height, em }) => {
  if (most > MOST_DROPS) return null
  const grids = SIZES.map((scale) => ({ size: scale * em, across: Math.floor((width - scale * em) / (scale * em * ACROSS)) + 1 }))
  const lines = (/** @type {DropGrid} */ { across }) => Math.ceil(most / across)
  const fits = (/** @type {DropGrid} */ grid) => grid.across >= 1 && (lines(grid) - 1) * grid.size * ACROSS + grid.size <= height
  const fitting = grids.filter(fits)
  const large = fitting.filter(({ size }) => size >= LARGE * em)
  const among = large.length ? large : fitting
  const fewest = Math.min(...among.map(lines))
  return among.find((grid) => lines(grid) === fewest) ?? null
}

/**
 * *options* by their counts, the largest first; those with equal counts stay in their own order.
 *
 * @type {<Option extends {count: number}>(options: Option[]) => Option[]}
 */
export const byCount = (options) => [...options].sort((a, b) => b.count - a.count)

/**
 * Whether the count of option *index* is that of another too. Nobody's votes are no tie.
 *
 * @type {(options: {count: number}[], index: number) => boolean}
 */
export const isTied = (options, index) => options[index].count > 0 && options.some(({ count }, other) => other !== index && count === options[index].count)
