/**
 * Draws themes as rows of drops, one for each answer, and below them those without a theme. What is moved into a theme
 * flies there, and leaves a dotted trail that fades.
 */

import { el, fill, fit, measuringConditions, plural, svg } from '../../shared/dom.js'
import { Drops } from './drops.js'
import { MOST_THEMES, dropsFor, flights, lineSpots, themeGrain, themeGrid, way } from './theme_layout.js'

/** @typedef {import('./theme_layout.js').Stand} Stand */
/** @typedef {{x: number, y: number, width: number, height: number}} Place where a row of drops is in the scene */
/** @typedef {{item: PageElement, name: PageElement, row: PageElement, count: PageElement, drops: Drops, place: Place}} Row */

const FLIGHT = { duration: 800, easing: 'cubic-bezier(.3, 0, .2, 1)' }
const SLIDE = { duration: 600, easing: 'cubic-bezier(.3, 0, .2, 1)' }
const APART_MS = 120 // from one drop that flies to the next
const TRAIL_MS = 1600
const SORT_MS = 1400 // what flies has landed by then, and rows that change places are what one looks at
const NAME_VH = [5.6, 5, 4.4]

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** @type {(element: PageElement) => Place} */
const placeOf = ({ offsetLeft: x, offsetTop: y, clientWidth: width, clientHeight: height }) => ({ x, y, width, height })

export class ThemedDrops {
  #t
  #rows = /** @type {Map<string, Row>} */ (new Map())
  #list = el('ol', { class: 'themes' })
  #step = el('p', { class: 'step' })
  #aside = el('p', { class: 'aside' })
  #band = el('div', { class: 'band', 'aria-hidden': 'true' })
  #open = new Drops('drop open seat')
  #trails = svg('svg', { class: 'trails', 'aria-hidden': 'true' })
  #grain = /** @type {import('./pile_layout.js').Grain | null} */ (null)
  #stand = /** @type {Stand | null} */ (null)
  #measured = ''
  #order = /** @type {string[]} */ ([])
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #sorting
  #bandPlace = /** @type {Place} */ ({ x: 0, y: 0, width: 0, height: 0 })
  root = el('div', { class: 'themed' }, this.#list, this.#step, this.#aside, this.#band, this.#trails)

  /** @param {Strings} t */
  constructor(t) {
    this.#t = t
    this.#band.append(this.#open.root)
  }

  /**
   * *themes* are all of them, the largest first; *step* says what to do while there is none.
   *
   * @param {{themes: Theme[], ungrouped: number, step: string, language: string}} of
   */
  show(of) {
    const { themes, ungrouped, step, language } = of
    const { clientWidth: width, clientHeight: height } = this.root
    if (!width) return // another page is on show
    const em = parseFloat(getComputedStyle(this.root).fontSize)
    this.#list.lang = this.#step.lang = language
    this.#step.textContent = step
    this.#step.hidden = themes.length > 0
    this.#list.hidden = !themes.length
    this.root.classList.toggle('banded', ungrouped > 0)
    const { rows, columns } = themeGrid(themes.length, { width, height: height - (ungrouped ? 3.6 : 1) * em }, em)
    const shown = this.#inOrder(themes.slice(0, Math.min(MOST_THEMES, rows * columns)), () => this.show(of))
    this.#tellRest(themes.length - shown.length)
    const conditions = JSON.stringify([width, height, measuringConditions()])
    const resized = !this.#measured.startsWith(conditions)
    if (resized) this.#grain = this.#stand = null
    this.#place(shown, `${conditions} ${JSON.stringify([rows, columns, ungrouped > 0, this.#aside.textContent, shown.map(({ id, name }) => [id, name])])}`, { rows, columns, resized })
    this.#showDrops(shown, ungrouped, em)
  }

  stop() {
    clearTimeout(this.#sorting)
    for (const { drops } of this.#rows.values()) drops.stop()
  }

  /**
   * *largest* in the order of their rows. As long as they are the same themes, these keep it until what flies has landed;
   * then *again* puts the largest first.
   *
   * @param {Theme[]} largest
   * @param {() => void} again
   */
  #inOrder(largest, again) {
    const ids = largest.map(({ id }) => id)
    clearTimeout(this.#sorting)
    if (this.#order.length !== ids.length || !ids.every((id) => this.#order.includes(id))) this.#order = ids
    else if (ids.some((id, index) => id !== this.#order[index])) {
      this.#sorting = setTimeout(() => {
        this.#order = ids
        again()
      }, SORT_MS)
    }
    return this.#order.map((id) => /** @type {Theme} */ (largest.find((theme) => theme.id === id)))
  }

  /** @param {number} more themes that are not here */
  #tellRest(more) {
    const worth = this.#grain?.worth ?? 1
    this.#aside.textContent = [
      more ? fill(plural(this.#t.more_themes, more), { n: more }) : '', worth > 1 ? fill(this.#t.worth, { n: worth }) : '',
    ].filter(Boolean).join(' · ')
    this.#aside.hidden = !this.#aside.textContent
  }

  /**
   * Bring the rows into the order of *shown*. The page is laid out only when something else than counts has changed.
   *
   * @param {Theme[]} shown
   * @param {string} conditions
   * @param {{rows: number, columns: number, resized: boolean}} how
   */
  #place(shown, conditions, { rows, columns, resized }) {
    for (const [id, { item, drops }] of this.#rows) {
      if (shown.some((theme) => theme.id === id)) continue
      drops.stop()
      item.remove()
      this.#rows.delete(id)
    }
    for (const { id, name, answers } of shown) {
      const row = this.#rows.get(id) ?? this.#makeRow(id)
      if (row.name.textContent !== name) row.name.textContent = name
      row.count.textContent = row.item.dataset.count = String(answers)
    }
    if (conditions === this.#measured) return
    this.#measured = conditions
    this.#list.style.setProperty('--rows', String(rows))
    this.#list.style.setProperty('--across', String(columns))
    const ordered = shown.map(({ id }) => /** @type {Row} */ (this.#rows.get(id)))
    const before = ordered.map(({ place }) => place)
    this.#list.append(...ordered.map(({ item }) => item))
    for (const { name } of ordered) fit(name, NAME_VH, () => name.scrollWidth <= name.clientWidth + 1 && name.clientHeight < 2 * parseFloat(getComputedStyle(name).fontSize))
    for (const row of ordered) row.place = placeOf(row.row)
    this.#bandPlace = placeOf(this.#band)
    if (!resized && !still()) for (const [index, row] of ordered.entries()) slide(row, before[index])
  }

  /**
   * @param {string} id
   * @returns {Row}
   */
  #makeRow(id) {
    const [name, count] = [el('h2', { dir: 'auto' }), el('b', { class: 'num' })]
    const drops = new Drops()
    const row = el('div', { class: 'row', 'aria-hidden': 'true' }, drops.root)
    const made = { item: el('li', { 'data-theme': id }, name, count, row), name, count, row, drops, place: { x: 0, y: 0, width: 0, height: 0 } }
    this.#rows.set(id, made)
    return made
  }

  /**
   * @param {Theme[]} shown
   * @param {number} ungrouped
   * @param {number} em
   */
  #showDrops(shown, ungrouped, em) {
    const row = /** @type {Row | undefined} */ (this.#rows.values().next().value)?.place ?? this.#bandPlace
    const largest = Math.max(0, ...shown.map(({ answers }) => answers))
    const before = this.#grain
    const grain = themeGrain({ largest, open: ungrouped, row, band: this.#bandPlace, em, before })
    this.#grain = grain
    const { size, worth } = grain
    const stand = /** @type {Stand} */ ({ themes: new Map(shown.map(({ id, answers }) => [id, dropsFor(answers, worth)])), open: dropsFor(ungrouped, worth) })
    const landing = before?.worth === worth && this.#stand !== null
    const flying = landing && !still() ? flights(/** @type {Stand} */ (this.#stand), stand) : []
    const [wasOpen, was] = [this.#stand?.open ?? 0, this.#stand?.themes ?? new Map()]
    this.#stand = stand
    for (const [id, n] of stand.themes) {
      const { drops, place } = /** @type {Row} */ (this.#rows.get(id))
      drops.show(lineSpots(n, size, place.width), { size, landing })
    }
    this.#open.show(lineSpots(stand.open, size, this.#bandPlace.width, true), { size, landing: false })
    for (const [at, { from, to, index }] of flying.entries()) {
      const source = from === null ? this.#bandPlace : this.#rows.get(from)?.place
      if (!source) continue
      // The first to fly is the one furthest to the left, so that their ways do not cross.
      const last = from === null ? Math.max(0, wasOpen - flying.filter((one) => one.from === null).length) + at : (was.get(from) ?? 1) - 1
      const start = lineSpots(last + 1, size, source.width, from === null)[last] ?? { x: 0, y: 0 }
      this.#fly(/** @type {Row} */ (this.#rows.get(to)), index, { x: source.x + start.x, y: source.y + start.y }, { size, delay: at * APART_MS })
    }
    if (before && before.worth !== worth) this.#measured = '' // the line that says what a drop is worth takes room
  }

  /**
   * @param {Row} row
   * @param {number} index
   * @param {import('./pile_layout.js').Spot} from
   * @param {{size: number, delay: number}} how
   */
  #fly({ drops, place }, index, from, { size, delay }) {
    const spot = lineSpots(index + 1, size, place.width)[index]
    const to = { x: place.x + spot.x, y: place.y + spot.y }
    const { path, steps } = way(from, to)
    const drop = /** @type {PageElement} */ (drops.root.children[index])
    drop.classList.add('flying')
    drop.animate?.(steps.map(({ x, y }) => ({ transform: `translate(${x}px, ${y}px)` })), { ...FLIGHT, delay, fill: 'backwards' })
    const trail = svg('path', { d: path, transform: `translate(${size / 2} ${size / 2})` })
    this.#trails.append(trail)
    setTimeout(() => {
      trail.remove()
      drop.classList.remove('flying')
    }, TRAIL_MS)
  }
}

/** @type {(row: Row, before: Place) => void} */
const slide = ({ item, place }, before) => {
  const [x, y] = [before.x - place.x, before.y - place.y]
  if (before.width && (x || y)) item.animate?.([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], SLIDE)
}
