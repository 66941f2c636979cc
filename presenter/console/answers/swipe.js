/** With a finger: a row of the list is held back by sweeping it to the side. What was done can be undone as ever. */

const FAR = 0.3 // of the row's width, and at least LEAST_PX: nobody does that by chance
const LEAST_PX = 96
const BEGIN_PX = 12 // until then it may still become a tap or a scroll

/**
 * What a finger that has gone *dx* and *dy* px is doing: it may `wait`, `scroll`, or be sweeping a row `width` px wide,
 * `near` or `far` enough to hold it back. Pure.
 *
 * @type {(dx: number, dy: number, width: number) => 'wait' | 'scroll' | 'near' | 'far'}
 */
export const gesture = (dx, dy, width) => {
  if (Math.hypot(dx, dy) < BEGIN_PX) return 'wait'
  if (Math.abs(dx) < 2 * Math.abs(dy)) return 'scroll'
  return Math.abs(dx) >= Math.max(LEAST_PX, FAR * width) ? 'far' : 'near'
}

export class Swipe {
  #row = /** @type {PageElement | null} */ (null)
  #from = { x: 0, y: 0 }
  #far = false

  /** @param {PageElement} list */
  constructor(list) {
    list.addEventListener('pointerdown', (event) => this.#begin(event))
    list.addEventListener('pointermove', (event) => this.#move(event))
    list.addEventListener('pointerup', () => this.#end(true))
    list.addEventListener('pointercancel', () => this.#end(false)) // the browser has begun to scroll
  }

  /** @param {PageEvent<'pointerdown'>} event */
  #begin({ pointerType, isPrimary, target, clientX: x, clientY: y }) {
    this.#end(false)
    const row = target.closest('li')
    if (pointerType !== 'touch' || !isPrimary || target.closest('button') || !row?.querySelector('[data-does="hold"]')) return
    this.#row = row
    this.#from = { x, y }
  }

  /** @param {PageEvent<'pointermove'>} event */
  #move({ clientX, clientY }) {
    const row = this.#row
    if (!row) return
    const dx = clientX - this.#from.x
    const now = gesture(dx, clientY - this.#from.y, row.clientWidth)
    if (now === 'scroll') return this.#end(false)
    this.#far = now === 'far'
    row.classList.toggle('swept', this.#far)
    row.style.setProperty('--swept', now === 'wait' ? '0px' : `${Math.round(dx)}px`)
  }

  /** @param {boolean} lifted */
  #end(lifted) {
    const row = this.#row
    this.#row = null
    if (!row) return
    row.classList.remove('swept')
    row.style.setProperty('--swept', '0px')
    if (lifted && this.#far) row.querySelector('[data-does="hold"]')?.click()
    this.#far = false
  }
}
