/** On the phone, the kind `grid`: a square to touch or to walk with the arrow keys, one option at a time. */
import { keep, kept } from '../shared/drafts.js'
import { joined, named } from '../shared/options.js'

const MOST = 100
const STEP = 5
const KEYS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] })

/** @type {(part: number) => number} */
const within = (part) => Math.min(MOST, Math.max(0, Math.round(part)))

/**
 * Where a press at *x*, *y* is in *box*, from its lower left, 0 to 100. Pure.
 *
 * @type {(box: {left: number, bottom: number, width: number, height: number}, x: number, y: number) => [number, number]}
 */
export const placeIn = ({ left, bottom, width, height }, x, y) => [within(((x - left) / width) * MOST), within(((bottom - y) / height) * MOST)]

/** @type {<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, style: string, more?: object) => HTMLElementTagNameMap[Tag]} */
const made = (tag, style, more = {}) => {
  const element = Object.assign(document.createElement(tag), more)
  element.style.cssText = style
  return element
}

/** What is typed in the fields that came with the page. @type {(place: PageElement) => Record<string, number[]>} */
const typed = (place) => {
  const found = /** @type {Record<string, number[]>} */ ({})
  for (const { name, value } of place.querySelectorAll('input')) {
    const id = name.slice(2)
    found[id] ??= []
    if (value) found[id][name[0] === 'x' ? 0 : 1] = within(Number(value))
  }
  return Object.fromEntries(Object.entries(found).filter(([, [x, y]]) => x >= 0 && y >= 0))
}

/** @type {Show<Record<string, number[]>>} */
export const show = (place, view, own) => {
  const { says, options } = view
  const drawn = JSON.stringify([view.activity, own?.id, own?.rev, options, says])
  if (place.dataset.drawn === drawn) return
  const places = kept(view.activity) ?? { ...own?.value, ...(!place.dataset.drawn && typed(place)) }
  place.dataset.drawn = drawn
  let chosen = (options.find(({ id }) => !places[id]) ?? options[0])?.id
  const square = made('div', 'position:relative;aspect-ratio:1;border:2px solid;touch-action:none;background:linear-gradient(var(--hair),var(--hair)) 50%/1px 100% no-repeat,linear-gradient(var(--hair),var(--hair)) 50%/100% 1px no-repeat')
  const told = made('p', '', { className: 'soft' })
  told.setAttribute('role', 'status')
  const marks = new Map(options.map((_, n) => [options[n].id, made('b', 'position:absolute;width:1.7rem;line-height:1.7rem;margin:-.85rem;border-radius:50%;text-align:center;background:var(--fjord);color:var(--paper);pointer-events:none', { textContent: String.fromCharCode(65 + n) })]))
  const rows = options.map(({ id, text }, n) => made('button', 'display:block;width:100%;margin:.25rem 0;text-align:start', { type: 'button', className: 'pick', value: id, textContent: `${String.fromCharCode(65 + n)}  ${text}` }))
  const draw = () => {
    for (const [id, mark] of marks) {
      const [x, y] = places[id] ?? []
      mark.hidden = x === undefined
      mark.style.left = `${x}%`
      mark.style.bottom = `${y}%`
      mark.style.boxShadow = id === chosen ? '0 0 0 3px var(--paper), 0 0 0 6px var(--ink)' : ''
    }
    for (const row of rows) row.setAttribute('aria-pressed', String(row.value === chosen))
    const [x, y] = places[chosen] ?? []
    told.textContent = x === undefined ? says.how : says.at.replace('{option}', () => named(options, chosen)).replace('{x}', String(x)).replace('{y}', String(y))
    place.dataset.places = JSON.stringify(places)
  }
  /** @type {(to: number[]) => void} */
  const put = (to) => {
    places[chosen] = to
    keep(view.activity, places)
    draw()
  }
  for (const row of rows) {
    row.addEventListener('click', () => { chosen = row.value; draw() })
    row.addEventListener('keydown', (event) => {
      const by = KEYS[event.key]
      if (!by) return
      event.preventDefault()
      chosen = row.value
      const [x, y] = places[chosen] ?? [MOST / 2, MOST / 2]
      put([within(x + by[0]), within(y + by[1])])
    })
  }
  const press = (/** @type {PointerEvent} */ event) => put(placeIn(square.getBoundingClientRect(), event.clientX, event.clientY))
  square.addEventListener('pointerdown', (event) => { square.setPointerCapture(event.pointerId); press(event) })
  square.addEventListener('pointermove', (event) => { if (square.hasPointerCapture(event.pointerId)) press(event) })
  square.addEventListener('pointerup', () => { chosen = options.find(({ id }) => !places[id])?.id ?? chosen; draw() })
  const ends = made('div', 'display:flex;justify-content:space-between', { className: 'soft' })
  ends.append(made('span', '', { textContent: `${says.left}` }), made('span', '', { textContent: `${says.right}` }))
  square.append(...marks.values())
  const end = (/** @type {string} */ words) => made('p', 'text-align:center;margin:.1rem', { className: 'soft', textContent: words })
  place.replaceChildren(...place.querySelectorAll(':scope > legend'), told, end(`${says.high} ↑`), square, end(`${says.low} ↓`), ends, ...rows)
  draw()
}

/** @type {Read<Record<string, number[]>>} */
export const read = (_data, view, refuse) => {
  const places = JSON.parse(/** @type {HTMLElement | null} */ (document.querySelector('[data-places]'))?.dataset.places ?? '{}')
  if (!Object.keys(places).length) return refuse('choose')
  keep(view.activity, null)
  return places
}

/** @type {Tell<Record<string, number[]>>} */
export const tell = (value, view) => joined(Object.entries(value).map(([id, [x, y]]) => `${named(view.options, id)}: ${x}/${y}`))
