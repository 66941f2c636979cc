/** Slides are put in another order: dragged with a mouse, with a finger that has held one for a moment, or with keys while the focus is on one. */

const START_PX = 6 // a press that moves less is a press
const HOLD_MS = 350 // a finger that rests so long holds the slide; one that moves before scrolls the list
const SLIP_PX = 10
const EDGE_PX = 48 // a list scrolls while a slide is held this near its edge
const SCROLL_PX = 12

/**
 * How many places slide *from* moves, down or (below 0) up, when it is let go at height *y*. *rows* are top and bottom of each slide.
 *
 * @type {(from: number, y: number, rows: [top: number, bottom: number][]) => number}
 */
export const placesMoved = (from, y, rows) => rows.filter(([top, bottom], n) => n !== from && y > (top + bottom) / 2).length - from

/** @typedef {Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>} Pressed */

/**
 * What a key does to the slide that has the focus: the data of the button that does the same, or null.
 *
 * @type {(pressed: Pressed) => {does: string, by?: string} | null}
 */
export const dataOfKey = ({ key, altKey, ctrlKey, metaKey }) => {
  if (ctrlKey || metaKey) return null
  if (altKey) return key === 'ArrowUp' ? { does: 'move_slide', by: '-1' } : key === 'ArrowDown' ? { does: 'move_slide', by: '1' } : null
  const does = { n: 'add_slide', d: 'copy_slide', h: 'hidden', q: 'ask_here' }[key.toLowerCase()]
  return does ? { does } : null
}

export class SlideOrder {
  #area
  #press
  #held = /** @type {{row: PageElement, from: number, y: number, dragged: boolean, by: number, finger: boolean} | null} */ (null)
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #holding

  /**
   * *area* holds the list, which is drawn anew after each change. `press(data)` does what a button with that data does.
   *
   * @param {PageElement} area
   * @param {(data: {does: string, slide: string, by?: string}) => unknown} press
   */
  constructor(area, press) {
    this.#area = area
    this.#press = press
    area.addEventListener('keydown', (event) => this.#onKey(event))
    area.addEventListener('pointerdown', (event) => this.#take(event))
    area.addEventListener('pointermove', (event) => this.#drag(event))
    area.addEventListener('pointerup', () => this.#drop())
    area.addEventListener('pointercancel', () => this.#letGo())
    // While a finger holds a slide the list does not scroll, and no menu opens.
    area.addEventListener('touchmove', (event) => this.#held?.dragged && event.cancelable && event.preventDefault(), { passive: false })
    area.addEventListener('contextmenu', (event) => this.#held?.finger && event.preventDefault())
  }

  /** @returns {PageElement[]} */
  get #rows() {
    return [...this.#area.querySelector('.steps-list')?.children ?? []]
  }

  /** @param {PageEvent<'keydown'>} event */
  #onKey(event) {
    if (event.key === 'Escape' && this.#held) return this.#letGo()
    const step = event.target.closest('.step')
    if (!step) return
    const slide = Number(step.dataset.slide)
    const data = dataOfKey(event)
    const next = !data && !event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[String(event.key)] ?? 0 : Number(data?.by ?? 0)
    if (!data && !next) return
    event.preventDefault()
    event.stopPropagation() // the console has letters of its own
    if (!this.#rows[slide + next]) return
    if (data) this.#press({ ...data, slide: String(slide) })
    else this.#rows[slide + next].querySelector('.step')?.focus()
  }

  /** @param {PageEvent<'pointerdown'>} event */
  #take({ target, button, pointerType, pointerId, clientY }) {
    const row = target.closest('.step')?.parentElement
    this.#letGo() // a second finger
    if (button !== 0 || !row) return
    const held = { row, from: this.#rows.indexOf(row), y: clientY, dragged: false, by: 0, finger: pointerType === 'touch' }
    this.#held = held
    if (held.finger) this.#holding = setTimeout(() => this.#hold(held, pointerId), HOLD_MS)
  }

  /**
   * From now on the slide follows the pointer.
   *
   * @param {{row: PageElement, dragged: boolean}} held
   * @param {number} pointerId
   */
  #hold(held, pointerId) {
    this.#area.setPointerCapture(pointerId)
    held.dragged = true
    held.row.classList.add('held')
  }

  /** @param {PageEvent<'pointermove'>} event */
  #drag({ clientY, pointerId }) {
    const held = this.#held
    if (!held || (!held.dragged && Math.abs(clientY - held.y) < (held.finger ? SLIP_PX : START_PX))) return
    if (!held.dragged && held.finger) return this.#letGo()
    if (!held.dragged) this.#hold(held, pointerId)
    const rows = this.#rows
    held.by = placesMoved(held.from, clientY, rows.map((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return [top, bottom]
    }))
    rows.forEach((row, n) => {
      row.classList.toggle('drop-above', held.by < 0 && n === held.from + held.by)
      row.classList.toggle('drop-below', held.by > 0 && n === held.from + held.by)
    })
    const list = held.row.parentElement
    const { top, bottom } = list.getBoundingClientRect()
    if (clientY < top + EDGE_PX) list.scrollTop -= SCROLL_PX
    if (clientY > bottom - EDGE_PX) list.scrollTop += SCROLL_PX
  }

  #drop() {
    const held = this.#held
    this.#letGo()
    if (!held?.dragged) return
    // The press that ends the drag must not open a slide too.
    const stop = (/** @type {Event} */ event) => event.stopPropagation()
    this.#area.addEventListener('click', stop, { capture: true, once: true })
    setTimeout(() => this.#area.removeEventListener('click', stop, { capture: true }))
    if (held.by) this.#press({ does: 'move_slide', slide: String(held.from), by: String(held.by) })
  }

  #letGo() {
    clearTimeout(this.#holding)
    for (const row of this.#rows) row.classList.remove('held', 'drop-above', 'drop-below')
    this.#held = null
  }
}
