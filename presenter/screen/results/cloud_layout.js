/**
 * Where the words of a cloud stand. It grows word by word while the other words stay where they are, so that people can
 * read it while it grows.
 *
 * Every word starts from its previous place. One that is new or has grown takes the nearest free spot. Only when there is
 * none, words with fewer answers are moved: to another free spot, or out of the picture to the line below.
 */

/** @typedef {{width: number, height: number}} Size */
/** @typedef {{x: number, y: number}} Spot */
/** *rank* is the size that its count would give it. @typedef {(text: string, size: number, rank: number) => Size & {drawnWidth?: number}} Measure */
/** A word and its box; without x and y it has no place yet. @typedef {Word & ReturnType<Measure> & Partial<Spot> & {size: number, rank: number}} Sized */
/** @typedef {Sized & Spot} Placed */
/** @typedef {Size & {measure: Measure}} Space */
/** @typedef {{placed: Placed[], unplaced: Word[], scale: number, settled: boolean}} Layout */

const SHRINK = 0.97 // of all words together, when one finds no spot: a step too small to be noticed
const STEPS_AT_ONCE = 2 // further shrinking waits for the next layout, so that no single answer changes the whole picture
const NUDGE = 4 // px the other words may move on average to let a word grow where it stands
const LEAST_TOP = 1.7 // times the smallest size: the most common word is never smaller than this
const LEAST_MOST = 4 // a word from fewer answers never gets the largest size: two answers are no trend
const WIDEST = 0.6 // of the picture's width: a long phrase is set smaller by itself, instead of making all others smaller
const EDGE = 0.01 // tolerance for rounding

/**
 * The same for all spellings of a word, so that it keeps its place when another spelling is shown.
 *
 * @type {(text: string) => string}
 */
export const wordKey = (text) => text.normalize('NFKC').toLowerCase()

/**
 * Where words go, in the picture's own pixels. Pure and always the same for the same arguments.
 *
 * words: `{text, count}`, largest count first. `measure(text, size, rank)` gives the `{width, height}` of a word with the
 * space around it; *rank* is the size that its count gives, which is more than *size* for a long phrase. previous: what was
 * returned the last time, or null. A word's rank follows the square root of its count, so that its area follows the count;
 * but it is never under *minSize*, so a word with a low count takes more than its share.
 *
 * Returns `{placed, unplaced, scale, settled}`. `placed`: `{text, count, x, y, size, rank, width, height}`, (x, y) the middle.
 * `unplaced`: words without a place, in order. `settled` is false when another call would make more room.
 *
 * @param {Word[]} words
 * @param {Space & {minSize: number, maxSize: number, previous?: Layout | null}} space
 * @returns {Layout}
 */
export const layout = (words, { width, height, minSize, maxSize, measure, previous = null }) => {
  const space = { width, height, measure }
  const most = Math.max(LEAST_MOST, ...words.map((word) => word.count))
  const largest = maxSize / Math.sqrt(most)
  const smallest = Math.min(largest, (LEAST_TOP * minSize) / Math.sqrt(most))
  const sized = (/** @type {number} */ factor) =>
    words.map(({ text, count }) => {
      const rank = Math.max(minSize, Math.min(maxSize, factor * Math.sqrt(count)))
      const size = fitted(text, rank, minSize, space)
      return { text, count, size, rank, ...measure(text, size, rank) }
    })
  let scale = Math.min(largest, previous?.scale ?? largest)
  let result = arrange(sized(scale), space, previous)
  for (let step = 0; result.unplaced.length && scale > smallest && (!previous || step < STEPS_AT_ONCE); step += 1) {
    scale = Math.max(smallest, scale * SHRINK)
    result = arrange(sized(scale), space, previous)
  }
  const { placed, unplaced, waiting } = result
  return { placed, unplaced, scale, settled: !unplaced.length || (scale <= smallest && !waiting) }
}

/**
 * *rank*, or as much smaller as makes *text* no wider than WIDEST; never below *least*.
 *
 * @type {(text: string, rank: number, least: number, space: Space) => number}
 */
const fitted = (text, rank, least, { width, measure }) => {
  const wide = measure(text, rank, rank).width
  if (wide <= WIDEST * width) return rank
  // Around the letters there is space that does not shrink with them.
  const perPixel = (wide - measure(text, rank / 2, rank).width) / (rank / 2)
  return Math.max(least, rank - (wide - WIDEST * width) / perPixel)
}

/** @type {(words: Sized[], space: Space, previous: Layout | null) => {placed: Placed[], unplaced: Word[], waiting: boolean}} */
const arrange = (words, space, previous) => {
  const places = new Map(previous?.placed.map((word) => [wordKey(word.text), word]))
  const staying = /** @type {Placed[]} */ ([])
  const changed = /** @type {Sized[]} */ ([])
  for (const word of words) {
    const place = places.get(wordKey(word.text))
    if (!place) changed.push(word)
    else if (word.width > place.width + EDGE || !inside({ ...word, x: place.x, y: place.y }, space)) {
      changed.push({ ...word, x: place.x, y: place.y })
    } else staying.push({ ...word, x: place.x, y: place.y })
  }
  let placed = staying
  let unplaced = /** @type {Sized[]} */ ([])
  let noRoom = /** @type {Sized[]} */ ([]) // words that found no spot; larger ones will not find one either, until a word is removed
  const findSpot = (/** @type {Sized} */ word, /** @type {Spot} */ wanted) => {
    if (noRoom.some(({ width, height }) => width <= word.width && height <= word.height)) return null
    const spot = nearestSpot(word, wanted, placed, space)
    if (!spot) noRoom.push(word)
    return spot
  }
  for (const word of changed) {
    const result = placeWord(word, placed, space, findSpot)
    placed = result.placed
    if (result.removed.length && result.removed[0] !== word) noRoom = []
    unplaced = unplaced.concat(result.removed)
  }
  // Words that were removed may still find a gap, and so may those that found none before.
  const toRetry = unplaced.sort((a, b) => b.count - a.count)
  unplaced = []
  let waiting = false
  for (const word of toRetry) {
    const wanted = wantedSpot(word, space)
    const spot = findSpot(word, wanted)
    // A word that would fly across the picture is listed below for now, and comes back with the next layout.
    const near = word.x === undefined || (spot && Math.hypot(spot.x - wanted.x, spot.y - wanted.y) <= NUDGE * placed.length)
    if (spot && near) placed = [...placed, { ...word, ...spot }]
    else {
      unplaced.push(word)
      waiting ||= Boolean(spot)
    }
  }
  const rank = new Map(words.map((word, index) => [wordKey(word.text), index]))
  const rankOf = (/** @type {Word} */ { text }) => rank.get(wordKey(text)) ?? 0
  return { placed: [...placed].sort((a, b) => rankOf(a) - rankOf(b)), unplaced: unplaced.sort((a, b) => rankOf(a) - rankOf(b)).map(({ text, count }) => ({ text, count })), waiting }
}

/**
 * Give *word* a place among *placed*: its own, a free one from `findSpot(word, wanted)`, or that of others. Returns the new list, and the words that are `removed`.
 *
 * @type {(word: Sized, placed: Placed[], space: Space, findSpot: (word: Sized, wanted: Spot) => Spot | null) => {placed: Placed[], removed: Sized[]}}
 */
const placeWord = (word, placed, space, findSpot) => {
  const wanted = wantedSpot(word, space)
  if (word.x !== undefined) {
    const grown = makeRoom({ ...word, ...clamp(word, wanted, space) }, placed, space)
    if (grown) return { placed: grown, removed: [] }
  }
  const spot = findSpot(word, wanted)
  if (spot) return { placed: [...placed, { ...word, ...spot }], removed: [] }
  const occupied = cheapestSpot(word, wanted, placed, space)
  if (occupied) return { placed: [...placed.filter((other) => !occupied.covered.includes(other)), occupied.word], removed: occupied.covered }
  return { placed, removed: [word] }
}

/**
 * Let *word* stay where it is and move the few words it now covers; null if that would move too much.
 *
 * @type {(word: Placed, placed: Placed[], space: Space) => Placed[] | null}
 */
const makeRoom = (word, placed, space) => {
  const covered = placed.filter((other) => overlap(word, other))
  let settled = [...placed.filter((other) => !covered.includes(other)), word]
  let moved = 0
  for (const other of covered.sort((a, b) => b.count - a.count)) {
    const spot = nearestSpot(other, other, settled, space)
    if (!spot) return null
    moved += Math.hypot(spot.x - other.x, spot.y - other.y)
    settled = [...settled, { ...other, ...spot }]
  }
  return moved <= NUDGE * Math.max(1, placed.length) ? settled : null
}

/**
 * The spot where *word* covers the least of words with lower counts: its own place or one of theirs.
 *
 * @type {(word: Sized, wanted: Spot, placed: Placed[], space: Space) => {word: Placed, covered: Placed[], cost: number} | null}
 */
const cheapestSpot = (word, wanted, placed, space) => {
  let best = null
  for (const spot of [wanted, ...placed.filter((other) => other.count < word.count)]) {
    const wordThere = { ...word, ...clamp(word, spot, space) }
    if (!inside(wordThere, space)) return null
    const covered = placed.filter((other) => overlap(wordThere, other))
    if (covered.some((other) => other.count >= word.count)) continue
    const cost = covered.reduce((sum, other) => sum + other.count * other.width * other.height, 0)
    if (!best || cost < best.cost) best = { word: wordThere, covered, cost }
  }
  return best
}

/**
 * The middle of the free spot nearest to *wanted* in which *box* fits, or null.
 *
 * The nearest free spot is either level with *wanted* or touches a word above or below, so only those heights are tried.
 * Distances sideways count less in a wide picture, which makes the cloud as wide as its picture.
 *
 * @type {(box: Size, wanted: Spot, placed: Placed[], size: Size) => Spot | null}
 */
const nearestSpot = (box, wanted, placed, { width, height }) => {
  const flatness = height / width
  const at = clamp(box, wanted, { width, height })
  if (box.width > width || box.height > height) return null
  const levels = [at.y]
  for (const other of placed) {
    const halfSum = (other.height + box.height) / 2
    levels.push(other.y - halfSum, other.y + halfSum)
  }
  let best = null
  for (const y of levels) {
    if (y < box.height / 2 - EDGE || y > height - box.height / 2 + EDGE) continue
    const dy = Math.abs(y - wanted.y)
    if (best && dy >= best.far) continue
    const x = freeX(box, at.x, y, placed, width)
    if (x === null) continue
    const distance = Math.hypot((x - wanted.x) * flatness, dy)
    if (!best || distance < best.far) best = { x, y, far: distance }
  }
  return best && { x: best.x, y: best.y }
}

/** @type {(box: Size, wanted: number, y: number, placed: Placed[], width: number) => number | null} */
const freeX = (box, wanted, y, placed, width) => {
  const occupied = /** @type {[number, number][]} */ ([])
  for (const other of placed) {
    if (Math.abs(other.y - y) >= (other.height + box.height) / 2 - EDGE) continue
    const halfSum = (other.width + box.width) / 2
    occupied.push([other.x - halfSum, other.x + halfSum])
  }
  occupied.sort((a, b) => a[0] - b[0])
  const first = box.width / 2
  const last = width - box.width / 2
  let best = /** @type {number | null} */ (null)
  let from = first
  const offer = (/** @type {number} */ low, /** @type {number} */ high) => {
    if (high < low - EDGE) return
    const x = Math.min(Math.max(wanted, low), Math.max(low, high))
    if (best === null || Math.abs(x - wanted) < Math.abs(best - wanted)) best = x
  }
  for (const [low, high] of occupied) {
    offer(from, Math.min(low, last))
    from = Math.max(from, high)
  }
  offer(from, last)
  return best
}

/** @type {(word: Sized, size: Size) => Spot} */
const wantedSpot = (word, { width, height }) => ({ x: word.x ?? width / 2, y: word.y ?? height / 2 })
/** @type {(box: Size, spot: Spot, size: Size) => Spot} */
const clamp = (box, { x, y }, { width, height }) => ({
  x: Math.min(Math.max(x, box.width / 2), Math.max(box.width / 2, width - box.width / 2)),
  y: Math.min(Math.max(y, box.height / 2), Math.max(box.height / 2, height - box.height / 2)),
})
/** @type {(a: Placed, b: Placed) => boolean} */
const overlap = (a, b) =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 - EDGE && Math.abs(a.y - b.y) < (a.height + b.height) / 2 - EDGE
/** @type {(box: Size & Spot, size: Size) => boolean} */
const inside = (box, { width, height }) =>
  box.x - box.width / 2 >= -EDGE && box.x + box.width / 2 <= width + EDGE &&
  box.y - box.height / 2 >= -EDGE && box.y + box.height / 2 <= height + EDGE
