/** Where the drops of a pile lie: one for each answer, in rows from the floor up, each row half a drop beside the one below. Pure. */

/** @typedef {{x: number, y: number}} Spot */
/** The size of a drop in px, and how many answers it stands for. @typedef {{size: number, worth: number}} Grain */
/** @typedef {Grain & {drops: Spot[], open: Spot[], hint: Spot}} PileLayout */

export const MOST_OPEN = 12 // open drops; how many people really write is said in words
const MOST_DROPS = 320 // more could not be told apart
const LEAST_DROPS = 10 // of several answers each; fewer would tell nothing
const SIZES = [1.08, 0.84, 0.66, 0.54] // times the size of the text
const WORTHS = [1, 10, 100, 1000]
const ACROSS = 1.24 // from one drop to the next, in drops; a little more, so that a row ends with the box
const UP = 1.2 // from one row to the next

/** @type {(size: number, width: number) => number} */
const inRow = (size, width) => Math.max(2, Math.floor((width - size) / (size * ACROSS)) + 1)

/**
 * The spot of drop *index* in a pile that stands on the floor of a box of that *width* and *height*.
 *
 * @type {(index: number, size: number, box: {width: number, height: number}) => Spot}
 */
export const spotOf = (index, size, { width, height }) => {
  const even = inRow(size, width)
  const across = (width - size) / (even - 1)
  const pair = 2 * even - 1 // an odd row has one less, because it begins half a drop further in
  const [pairs, rest] = [Math.floor(index / pair), index % pair]
  const odd = rest >= even
  const [row, column] = [2 * pairs + Number(odd), odd ? rest - even + 0.5 : rest]
  return { x: column * across, y: height - size - row * size * UP }
}

/**
 * Lays out a pile of *n* answers, with an open drop for each of those who are *typing*, and beside these the place of a
 * hint *hintWidth* wide. `em` is the size of the text. A pile whose drops have become small does not grow them again while
 * it fills (*before*): one that is withdrawn would else move all others. With `grows` false nothing more will come.
 *
 * @type {(pile: {n: number, typing: number, width: number, height: number, em: number, hintWidth: number, before?: Grain | null, grows?: boolean}) => PileLayout}
 */
export const pileLayout = ({ n, typing, width, height, em, hintWidth, before = null, grows = true }) => {
  const box = { width, height }
  const open = Math.min(typing, MOST_OPEN)
  const laidOut = (/** @type {Grain} */ { size, worth }) => {
    const filled = Math.floor(n / worth)
    const spots = Array.from({ length: filled + open }, (_, index) => spotOf(index, size, box))
    const last = spots.at(-1)
    const beside = last && { x: last.x + size * ACROSS, y: last.y }
    const over = { x: 0, y: (last?.y ?? height) - Math.max(em * 1.2, size * UP) }
    const hint = beside && open && beside.x + hintWidth <= width ? beside : over
    return { size, worth, drops: spots.slice(0, filled), open: spots.slice(filled), hint }
  }
  const grains = WORTHS.filter((worth) => worth === 1 || n >= LEAST_DROPS * worth).flatMap((worth) => SIZES.map((size) => ({ size: size * em, worth })))
  const from = before && n * 2 > before.worth ? grains.findIndex(({ size, worth }) => size <= before.size + 0.01 && worth >= before.worth) : 0
  // What may come soon has its room from the start, so that the open drops of those who write do not make the others smaller.
  const [more, above] = grows ? [MOST_OPEN, em * 1.2] : [0, 0]
  const fits = (/** @type {Grain} */ { size, worth }) => n / worth + more <= MOST_DROPS && spotOf(Math.max(0, Math.floor(n / worth) + more - 1), size, box).y >= above
  const grain = grains.slice(Math.max(0, from)).find(fits) ?? grains[grains.length - 1]
  return laidOut(grain)
}
