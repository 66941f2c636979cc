/** On the phone, the kind `pin`: a pin on a picture, set by touch, dragged, or moved with the arrow keys. */
import { keep, kept } from '../shared/drafts.js'

const MOST = 1000
const STEP = 25
const KEYS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] })

/** @type {(part: number) => number} */
const within = (part) => Math.min(MOST, Math.max(0, Math.round(part)))

/** Which of nine parts of the picture a place is in, counted from 0. Pure. @type {(place: number[]) => number} */
export const partOf = (place) => {
  const [column, row] = place.map((part) => Math.min(2, Math.floor((part * 3) / MOST)))
  return row * 3 + column
}

/**
 * Where a press at *x*, *y* is in *box*, from its upper left, 0 to 1000. Pure.
 *
 * @type {(box: {left: number, top: number, width: number, height: number}, x: number, y: number) => number[]}
 */
export const placeIn = ({ left, top, width, height }, x, y) => [within(((x - left) / width) * MOST), within(((y - top) / height) * MOST)]

/** @type {Show<number[]>} */
export const show = (place, view, own) => {
  const { says, pictures } = view
  const picture = pictures?.['']
  const drawn = JSON.stringify([view.activity, own?.id, own?.rev, says, picture])
  if (place.dataset.drawn === drawn) return
  place.dataset.drawn = drawn
  let at = /** @type {number[] | undefined} */ (kept(view.activity) ?? own?.value)
  // Another script may have put the picture above the form, before this one came.
  for (const other of document.querySelectorAll('[data-picture=""]')) if (!place.contains(other)) other.remove()
  const told = Object.assign(document.createElement('p'), { className: 'soft' })
  told.setAttribute('role', 'status')
  const board = Object.assign(document.createElement('button'), { type: 'button' })
  board.style.cssText = 'position:relative;display:block;width:100%;padding:0;border:0;touch-action:none;background:none'
  const image = Object.assign(document.createElement('img'), { alt: picture?.alt ?? says.missing, draggable: false })
  if (picture) image.src = picture.src
  image.dataset.picture = ''
  image.style.cssText = `display:block;width:100%;aspect-ratio:${picture?.width ?? 1}/${picture?.height ?? 1}`
  const pin = document.createElement('span')
  pin.style.cssText = 'position:absolute;width:1.5rem;height:1.5rem;margin:-1.5rem 0 0;background:var(--fjord);border:2px solid var(--paper);border-radius:50% 50% 50% 0;transform-origin:0 100%;transform:rotate(-45deg);pointer-events:none'
  board.append(image, pin)
  const draw = () => {
    pin.hidden = !at
    if (at) Object.assign(pin.style, { left: `${at[0] / 10}%`, top: `${at[1] / 10}%` })
    told.textContent = at ? says[`f${partOf(at)}`] : says.how
    place.dataset.at = JSON.stringify(at ?? null)
  }
  /** @type {(to: number[]) => void} */
  const put = (to) => {
    at = to
    keep(view.activity, at)
    draw()
  }
  const press = (/** @type {PointerEvent} */ event) => put(placeIn(image.getBoundingClientRect(), event.clientX, event.clientY))
  board.addEventListener('pointerdown', (event) => { board.setPointerCapture(event.pointerId); press(event) })
  board.addEventListener('pointermove', (event) => { if (board.hasPointerCapture(event.pointerId)) press(event) })
  board.addEventListener('keydown', (event) => {
    const by = KEYS[event.key]
    if (!by) return
    event.preventDefault()
    const [x, y] = at ?? [MOST / 2, MOST / 2]
    put([within(x + by[0]), within(y + by[1])])
  })
  place.replaceChildren(...place.querySelectorAll(':scope > legend'), told, board)
  draw()
}

/** @type {Read<number[]>} */
export const read = (_data, view, refuse) => {
  const at = JSON.parse(/** @type {HTMLElement | null} */ (document.querySelector('[data-at]'))?.dataset.at ?? 'null')
  if (!at) return refuse('choose')
  keep(view.activity, null)
  return at
}

/** @type {Tell<number[]>} */
export const tell = (value, view) => `${view.says[`f${partOf(value)}`]}: x ${value[0]}, y ${value[1]}`
