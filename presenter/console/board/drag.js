/** Carry cards with a mouse, or with a finger by their grip, and drop them on whatever has `data-drop`. */

const STARTS_PX = 6 // a press that moves less is a press
const EDGE_PX = 56 // so near the edge of the window, the page scrolls
const SCROLL_PX = 14

export class Drag {
  #root
  #to
  #from = null
  #ghost = null
  #over = null
  #ids = []
  #pointer = { x: 0, y: 0 }
  #frame = 0

  /** *to*: `ids(card)` -> what is carried with it, `words(n)` -> what the hand shows, `drop(target, ids)`, `done()`. */
  constructor(root, to) {
    this.#root = root
    this.#to = to
    root.addEventListener('pointerdown', this.#press)
  }

  get busy() {
    return this.#ghost !== null
  }

  #press = (event) => {
    const card = event.target.closest('.card:not(.gone)')
    if (!card || event.button !== 0 || !event.isPrimary) return
    if (event.pointerType !== 'mouse' && !event.target.closest('.grip')) return // a finger on a card scrolls
    this.#from = { card: card.dataset.key, x: event.clientX, y: event.clientY }
    addEventListener('pointermove', this.#move)
    addEventListener('pointerup', this.#lift)
    addEventListener('pointercancel', this.#stop)
    addEventListener('keydown', this.#escape, true)
  }

  #move = (event) => {
    this.#pointer = { x: event.clientX, y: event.clientY }
    if (!this.#ghost) {
      if (Math.hypot(event.clientX - this.#from.x, event.clientY - this.#from.y) < STARTS_PX) return
      this.#take()
    }
    this.#ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`
    this.#look()
  }

  #take() {
    this.#ids = this.#to.ids(this.#from.card)
    this.#ghost = document.createElement('p')
    this.#ghost.className = 'ghost'
    this.#ghost.textContent = this.#to.words(this.#ids)
    document.body.append(this.#ghost)
    this.#root.classList.add('dragging')
    this.#frame = requestAnimationFrame(this.#scroll)
  }

  #look() {
    const found = document.elementFromPoint(this.#pointer.x, this.#pointer.y)?.closest('[data-drop]') ?? null
    const over = found && this.#root.contains(found) ? found : null
    if (over === this.#over) return
    this.#over?.classList.remove('over')
    over?.classList.add('over')
    this.#over = over
  }

  #scroll = () => {
    const { y } = this.#pointer
    const by = y < EDGE_PX ? -SCROLL_PX : y > innerHeight - EDGE_PX ? SCROLL_PX : 0
    if (by) {
      scrollBy(0, by)
      this.#look()
    }
    this.#frame = requestAnimationFrame(this.#scroll)
  }

  #lift = () => {
    const [over, ids, carried] = [this.#over, this.#ids, this.busy]
    this.#stop()
    if (!carried) return
    // The press that ends here would choose the card as well.
    addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => removeEventListener('click', swallow, { capture: true }))
    if (over) this.#to.drop(over.dataset.drop, ids)
    this.#to.done()
  }

  #escape = (event) => {
    if (event.key !== 'Escape' || !this.busy) return
    event.stopPropagation()
    this.#stop()
    this.#to.done()
  }

  #stop = () => {
    removeEventListener('pointermove', this.#move)
    removeEventListener('pointerup', this.#lift)
    removeEventListener('pointercancel', this.#stop)
    removeEventListener('keydown', this.#escape, true)
    cancelAnimationFrame(this.#frame)
    this.#ghost?.remove()
    this.#over?.classList.remove('over')
    this.#root.classList.remove('dragging')
    this.#ghost = this.#over = this.#from = null
  }
}

const swallow = (event) => {
  event.stopPropagation()
  event.preventDefault()
}
