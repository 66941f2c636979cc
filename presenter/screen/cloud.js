/**
 * The word cloud. It grows word by word and the others stay where they are, so that a hall can read while it writes.
 *
 * Every word starts from its former place. One that has grown or is new takes the nearest room there is; only when there
 * is none do words with fewer votes give way, to the nearest place or to the list beside.
 */

import { el, phrase, wordButton } from '../shared/dom.js'

const SHRINK = 0.97 // all words together, when one finds no room: small enough for nobody to notice
const STEPS_AT_ONCE = 2 // shrinking further waits for the next layout, so that no single answer moves the picture
const NUDGE = 4 // px the others may move on average to let a word grow where it stands
const TOP = 1.7 // times the smallest size: so large at least is the most common word, however many want in
const FEW = 4 // below so many votes a word never gets the largest size: two answers are no trend
const EDGE = 0.01
const MOST_NAMED = 12 // words in the line below

/** What two spellings of a word in two views have in common. */
export const key = (text) => text.normalize('NFKC').toLowerCase()

/**
 * Where words go, in the picture's own pixels. Pure and always the same for the same arguments.
 *
 * words: `{text, count}`, most first. `measure(text, size)` gives the `{width, height}` a word takes, air included.
 * former: what was returned before, or null. A word's size follows the square root of its count, so its area follows
 * the count; it is never under *minSize*, and then a word with few votes takes more than its share.
 *
 * Returns `{placed, left, scale, settled}`. `placed`: `{text, count, x, y, size, width, height}`, (x, y) the middle.
 * `left`: words without a place, in order. `settled` is false when another call would make more room.
 */
export const layout = (words, { width, height, minSize, maxSize, measure, former = null }) => {
  const space = { width, height, measure }
  const most = Math.max(FEW, ...words.map((word) => word.count))
  const largest = maxSize / Math.sqrt(most)
  const smallest = Math.min(largest, (TOP * minSize) / Math.sqrt(most))
  const sized = (scale) =>
    words.map(({ text, count }) => {
      const size = Math.max(minSize, Math.min(maxSize, scale * Math.sqrt(count)))
      return { text, count, size, ...measure(text, size) }
    })
  let scale = Math.min(largest, former?.scale ?? largest)
  let result = arrange(sized(scale), space, former)
  for (let step = 0; result.left.length && scale > smallest && (!former || step < STEPS_AT_ONCE); step += 1) {
    scale = Math.max(smallest, scale * SHRINK)
    result = arrange(sized(scale), space, former)
  }
  const { placed, left, waiting } = result
  return { placed, left, scale, settled: !left.length || (scale <= smallest && !waiting) }
}

const arrange = (words, space, former) => {
  const places = new Map(former?.placed.map((word) => [key(word.text), word]))
  const standing = []
  const changed = []
  for (const word of words) {
    const place = places.get(key(word.text))
    if (!place) changed.push(word)
    else if (word.width > place.width + EDGE || !inside({ ...word, x: place.x, y: place.y }, space)) {
      changed.push({ ...word, x: place.x, y: place.y })
    } else standing.push({ ...word, x: place.x, y: place.y })
  }
  let placed = standing
  let left = []
  let none = [] // boxes for which there is no room: nor is there for larger ones, until somebody leaves
  const room = (word, want) => {
    if (none.some(({ width, height }) => width <= word.width && height <= word.height)) return null
    const spot = nearest(word, want, placed, space)
    if (!spot) none.push(word)
    return spot
  }
  for (const word of changed) {
    const result = seat(word, placed, space, room)
    placed = result.placed
    if (result.out.length && result.out[0] !== word) none = []
    left = left.concat(result.out)
  }
  // Those that gave way may still find a gap, and so may those for whom there was none before.
  const again = left.sort((a, b) => b.count - a.count)
  left = []
  let waiting = false
  for (const word of again) {
    const want = middle(word, space)
    const spot = room(word, want)
    // One that would fly right across the picture is listed for now, and comes in anew with the next layout.
    const near = word.x === undefined || (spot && Math.hypot(spot.x - want.x, spot.y - want.y) <= NUDGE * placed.length)
    if (spot && near) placed = [...placed, { ...word, ...spot }]
    else {
      left.push(word)
      waiting ||= Boolean(spot)
    }
  }
  const rank = new Map(words.map((word, place) => [key(word.text), place]))
  const inOrder = (list) => list.sort((a, b) => rank.get(key(a.text)) - rank.get(key(b.text)))
  return { placed: inOrder([...placed]), left: inOrder(left).map(({ text, count }) => ({ text, count })), waiting }
}

/** Give *word* a place among *placed*, where there is `room(word, want)` at best. Returns the new list and who is `out` of the picture. */
const seat = (word, placed, space, room) => {
  const want = middle(word, space)
  if (word.x !== undefined) {
    const grown = makeRoom({ ...word, ...clamp(word, want, space) }, placed, space)
    if (grown) return { placed: grown, out: [] }
  }
  const spot = room(word, want)
  if (spot) return { placed: [...placed, { ...word, ...spot }], out: [] }
  const taken = cheapest(word, want, placed, space)
  if (taken) return { placed: [...placed.filter((other) => !taken.covered.includes(other)), taken.word], out: taken.covered }
  return { placed, out: [word] }
}

/** Let *word* stand where it is and the few it now covers step aside; null if that would move too much. */
const makeRoom = (word, placed, space) => {
  const covered = placed.filter((other) => overlap(word, other))
  let settled = [...placed.filter((other) => !covered.includes(other)), word]
  let moved = 0
  for (const other of covered.sort((a, b) => b.count - a.count)) {
    const spot = nearest(other, other, settled, space)
    if (!spot) return null
    moved += Math.hypot(spot.x - other.x, spot.y - other.y)
    settled = [...settled, { ...other, ...spot }]
  }
  return moved <= NUDGE * Math.max(1, placed.length) ? settled : null
}

/** Where *word* covers as little as can be of words with fewer votes: at its own place or at one of theirs. */
const cheapest = (word, want, placed, space) => {
  let best = null
  for (const spot of [want, ...placed.filter((other) => other.count < word.count)]) {
    const there = { ...word, ...clamp(word, spot, space) }
    if (!inside(there, space)) return null
    const covered = placed.filter((other) => overlap(there, other))
    if (covered.some((other) => other.count >= word.count)) continue
    const cost = covered.reduce((sum, other) => sum + other.count * other.width * other.height, 0)
    if (!best || cost < best.cost) best = { word: there, covered, cost }
  }
  return best
}

/**
 * The middle of the free room nearest to *want* in which *box* fits, or null.
 *
 * The nearest free point either lies level with *want* or touches something above or below, so only those heights are
 * tried. Sideways counts less in a wide picture, which makes the cloud as wide as its picture.
 */
const nearest = (box, want, placed, { width, height }) => {
  const flat = height / width
  const at = clamp(box, want, { width, height })
  if (box.width > width || box.height > height) return null
  const levels = [at.y]
  for (const other of placed) {
    const reach = (other.height + box.height) / 2
    levels.push(other.y - reach, other.y + reach)
  }
  let best = null
  for (const y of levels) {
    if (y < box.height / 2 - EDGE || y > height - box.height / 2 + EDGE) continue
    const dy = Math.abs(y - want.y)
    if (best && dy >= best.far) continue
    const x = freeX(box, at.x, y, placed, width)
    if (x === null) continue
    const far = Math.hypot((x - want.x) * flat, dy)
    if (!best || far < best.far) best = { x, y, far }
  }
  return best && { x: best.x, y: best.y }
}

const freeX = (box, want, y, placed, width) => {
  const taken = []
  for (const other of placed) {
    if (Math.abs(other.y - y) >= (other.height + box.height) / 2 - EDGE) continue
    const reach = (other.width + box.width) / 2
    taken.push([other.x - reach, other.x + reach])
  }
  taken.sort((a, b) => a[0] - b[0])
  const first = box.width / 2
  const last = width - box.width / 2
  let best = null
  let from = first
  const offer = (low, high) => {
    if (high < low - EDGE) return
    const x = Math.min(Math.max(want, low), Math.max(low, high))
    if (best === null || Math.abs(x - want) < Math.abs(best - want)) best = x
  }
  for (const [low, high] of taken) {
    offer(from, Math.min(low, last))
    from = Math.max(from, high)
  }
  offer(from, last)
  return best
}

const middle = (word, { width, height }) => ({ x: word.x ?? width / 2, y: word.y ?? height / 2 })
const clamp = (box, { x, y }, { width, height }) => ({
  x: Math.min(Math.max(x, box.width / 2), Math.max(box.width / 2, width - box.width / 2)),
  y: Math.min(Math.max(y, box.height / 2), Math.max(box.height / 2, height - box.height / 2)),
})
const overlap = (a, b) =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 - EDGE && Math.abs(a.y - b.y) < (a.height + b.height) / 2 - EDGE
const inside = (box, { width, height }) =>
  box.x - box.width / 2 >= -EDGE && box.x + box.width / 2 <= width + EDGE &&
  box.y - box.height / 2 >= -EDGE && box.y + box.height / 2 <= height + EDGE

const MIN = 4.4 // all sizes in % of the screen's height
const MAX = 13
const BOLD = 1.2 // times the smallest size; from here words are bold
const COUNTED = 1.5 // … and from here their count stands beside them
const AIR = { x: 2.6, y: 0.5 }

/** Draws a cloud into its own element. */
export class Cloud {
  #t
  #pick
  #list
  #rest
  #ruler
  #widths = new Map()
  #drawn = new Map()
  #former = null
  #later = null
  #told = ''
  #size = null // asked of the page each time, it would be laid out once more in the middle of an update

  /** *pick*(word) is called when one is pressed. */
  constructor(t, pick) {
    this.#t = t
    this.#pick = pick
    this.#list = el('ul', { class: 'cloud' })
    this.#rest = el('p', { class: 'rest' })
    this.#ruler = el('span', { class: 'ruler', 'aria-hidden': 'true' })
    this.root = el('div', { class: 'scene clouded' }, this.#list, this.#rest, this.#ruler)
    new ResizeObserver(() => { this.#size = null }).observe(this.#list)
  }

  show({ results }) {
    clearTimeout(this.#later)
    const vh = innerHeight / 100
    if (this.#size?.of !== `${innerWidth} ${innerHeight}`) {
      this.#size = { of: `${innerWidth} ${innerHeight}`, width: this.#list.clientWidth, height: this.#list.clientHeight }
    }
    const { width, height } = this.#size
    const from = this.#former
    const resized = from && (from.width !== width || from.height !== height || from.vh !== vh)
    const result = layout(results.words, {
      width,
      height,
      minSize: MIN * vh,
      maxSize: MAX * vh,
      measure: (text, size) => this.#measure(text, size, vh),
      former: resized ? null : from,
    })
    this.#former = { ...result, width, height, vh }
    this.#place(result.placed, vh)
    this.#tellRest(result.left, results.words_total - results.words.length)
    if (!result.settled) this.#later = setTimeout(() => this.show({ results }), 600)
  }

  stop() {
    clearTimeout(this.#later)
  }

  /** Width at 100 px is kept: a word is measured once for each weight, whatever sizes it goes through. */
  #measure(text, size, vh) {
    const bold = size >= BOLD * MIN * vh
    const kept = `${bold}${text}`
    if (!this.#widths.has(kept)) {
      this.#ruler.className = bold ? 'ruler loud' : 'ruler'
      this.#ruler.textContent = text
      this.#widths.set(kept, this.#ruler.getBoundingClientRect().width / 100)
    }
    const counted = size >= COUNTED * MIN * vh ? 3.4 * MIN * 0.45 * vh : 0
    return { width: this.#widths.get(kept) * size + counted + AIR.x * vh, height: size * 1.1 + AIR.y * vh }
  }

  #place(placed, vh) {
    const gone = new Set(this.#drawn.keys())
    for (const word of placed) {
      const name = key(word.text)
      gone.delete(name)
      let { item, stamp } = this.#drawn.get(name) ?? {}
      if (!item) {
        const made = el('li', {}, wordButton('', () => this.#pick(made.dataset.word), el('span'), el('small', { class: 'num' })))
        item = made
        this.#list.append(item)
      }
      const fresh = `${word.text} ${word.count} ${word.size} ${word.x} ${word.y} ${vh}`
      if (stamp === fresh) continue // most words of most updates: only what has changed costs anything
      this.#drawn.set(name, { item, stamp: fresh })
      const [text, count] = item.firstElementChild.children
      item.dataset.word = word.text
      item.dataset.count = word.count
      if (text.textContent !== word.text) text.textContent = word.text
      count.textContent = word.size >= COUNTED * MIN * vh ? word.count : ''
      item.classList.toggle('loud', word.size >= BOLD * MIN * vh)
      item.style.fontSize = `${word.size.toFixed(1)}px`
      item.style.transform = `translate(${word.x.toFixed(1)}px, ${word.y.toFixed(1)}px) translate(-50%, -50%)`
    }
    for (const name of gone) {
      this.#drawn.get(name).item.remove()
      this.#drawn.delete(name)
    }
  }

  /** What found no place stands in a line below, as much of it as that holds, and the rest is counted. */
  #tellRest(left, unseen) {
    const total = left.length + Math.max(0, unseen)
    const named = left.slice(0, MOST_NAMED)
    const stamp = JSON.stringify([named, total, innerWidth])
    if (stamp === this.#told) return // to try how many it holds is most of what an update would take
    this.#told = stamp
    if (total === 0) return this.#rest.replaceChildren()
    const draw = (n) => {
      const shown = named.slice(0, n).map(({ text, count }, place) => [
        place ? ' · ' : '',
        el('span', { 'data-word': text, 'data-count': count, dir: 'auto' }, wordButton(text, this.#pick, text)),
        ` ${count}`,
      ])
      const more = total - n
      const tail = more ? phrase(n ? this.#t.and_more : this.#t.words_more, { n: more }) : []
      this.#rest.replaceChildren(el('span', { class: 'line' }, ...(n ? [`${this.#t.also} `] : []), ...shown.flat(), ' ', ...tail))
      return this.#rest.firstChild.offsetWidth <= this.#rest.clientWidth
    }
    let low = 0
    let high = named.length
    while (low < high) {
      const half = Math.ceil((low + high) / 2)
      if (draw(half)) low = half
      else high = half - 1
    }
    draw(low)
  }
}
