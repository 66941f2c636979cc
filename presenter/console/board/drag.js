/** Dragging cards, with a mouse or with a finger on their grip, onto elements with `data-drop`. */

const START_PX = 6 // a pointer that moves less makes a press, not a drag
const EDGE_PX = 56 // nearer than this to the window's edge, the page scrolls
const SCROLL_PX = 14

export class Drag {
  #root
  #handlers
  #from = /** @type {{card: string, x: number, y: number} | null} */ (null)
  #ghost = /** @type {HTMLElement | null} */ (null)
  #target = /** @type {PageElement | null} */ (null)
  #ids = /** @type {string[]} */ ([])
  #pointer = { x: 0, y: 0 }
  #frame = 0

  /**
   * *handlers*: `ids(card)` -> the cards dragged with it, `words(ids)` -> the text beside the pointer, `drop(target, ids)`, `done()`.
   *
   * @param {PageElement} root
   * @param {{ids: (card: string) => string[], words: (ids: string[]) => string, drop: (target: string, ids: string[]) => void, done: () => void}} handlers
   */
  constructor(root, handlers) {
    this.#root = root
    this.#handlers = handlers
    root.addEventListener('pointerdown', this.#press)
  }

  get busy() {
    return this.#ghost !== null
  }

  /** @param {PageEvent<'pointerdown'>} event */
  #press = (event) => {
    const card = event.target.closest('.card:not(.gone)')
    if (!card || event.button !== 0 || !event.isPrimary) return
    if (event.pointerType !== 'mouse' && !event.target.closest('.grip')) return // a finger on a card scrolls
    this.#from = { card: String(card.dataset.key), x: event.clientX, y: event.clientY }
    addEventListener('pointermove', this.#move)
    addEventListener('pointerup', this.#release)
    addEventListener('pointercancel', this.#stop)
    addEventListener('keydown', this.#escape, true)
  }

  /** @param {PointerEvent} event */
  #move = (event) => {
    this.#pointer = { x: event.clientX, y: event.clientY }
    if (!this.#from) return
    if (!this.#ghost && Math.hypot(event.clientX - this.#from.x, event.clientY - this.#from.y) < START_PX) return
    const ghost = this.#ghost ?? this.#start(this.#from.card)
    ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`
    this.#updateTarget()
  }

  /** @param {string} card */
  #start(card) {
    this.#ids = this.#handlers.ids(card)
    this.#ghost = document.createElement('p')
    this.#ghost.className = 'ghost'
    this.#ghost.textContent = this.#handlers.words(this.#ids)
    document.body.append(this.#ghost)
    this.#root.classList.add('dragging')
    this.#frame = requestAnimationFrame(this.#scroll)
    return this.#ghost
  }

  #updateTarget() {
    const found = document.elementFromPoint(this.#pointer.x, this.#pointer.y)?.closest('[data-drop]') ?? null
    const target = found && this.#root.contains(found) ? found : null
    if (target === this.#target) return
    this.#target?.classList.remove('over')
    target?.classList.add('over')
    this.#target = target
  }

  #scroll = () => {
    const { y } = this.#pointer
    const dy = y < EDGE_PX ? -SCROLL_PX : y > innerHeight - EDGE_PX ? SCROLL_PX : 0
    if (dy) {
      scrollBy(0, dy)
      this.#updateTarget()
    }
    this.#frame = requestAnimationFrame(this.#scroll)
  }

  #release = () => {
    const [target, ids, dragged] = [this.#target, this.#ids, this.busy]
    this.#stop()
    if (!dragged) return
    // The browser makes a click of this too, which would select the card.
    addEventListener('click', cancelClick, { capture: true, once: true })
    setTimeout(() => removeEventListener('click', cancelClick, { capture: true }))
    if (target) this.#handlers.drop(String(target.dataset.drop), ids)
    this.#handlers.done()
  }

  /** @param {KeyboardEvent} event */
  #escape = (event) => {
    if (event.key !== 'Escape' || !this.busy) return
    event.stopPropagation()
    this.#stop()
    this.#handlers.done()
  }

  #stop = () => {
    removeEventListener('pointermove', this.#move)
    removeEventListener('pointerup', this.#release)
    removeEventListener('pointercancel', this.#stop)
    removeEventListener('keydown', this.#escape, true)
    cancelAnimationFrame(this.#frame)
    this.#ghost?.remove()
    this.#target?.classList.remove('over')
    this.#root.classList.remove('dragging')
    this.#ghost = this.#target = this.#from = null
  }
}

/** @param {Event} event */
const cancelClick = (event) => {
  event.stopPropagation()
  event.preventDefault()
}
