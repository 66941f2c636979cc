/** Small helpers that make and find elements. Text goes in as text; nothing here takes HTML. */

/** The element with *id*, which the page's template has. @type {(id: string) => PageElement} */
export const $ = (id) => /** @type {PageElement} */ (document.getElementById(id))

/**
 * An element: `el('p', { class: 'count' }, 'text', otherElement)`. Attributes that are null are left out.
 *
 * @type {(tag: string, attributes?: Record<string, any>, ...children: (Node | string | (Node | string)[])[]) => PageElement}
 */
export const el = (tag, attributes = {}, ...children) => {
  const element = /** @type {PageElement} */ (document.createElement(tag))
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value)
  element.append(...children.flat())
  return element
}

/**
 * The same for an SVG element.
 *
 * @type {(tag: string, attributes?: Record<string, any>, ...children: (Node | string)[]) => SVGElement}
 */
export const svg = (tag, attributes = {}, ...children) => {
  const element = /** @type {SVGElement} */ (document.createElementNS('http://www.w3.org/2000/svg', tag))
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/**
 * Bring elements up to date, by id: `{ id: { text, hidden, lang, pressed } }`. What is not given stays as it is.
 *
 * @type {(wanted: Wanted) => void}
 */
export const updateElements = (wanted) => {
  for (const [id, { text, hidden, lang, pressed }] of Object.entries(wanted)) {
    const element = $(id)
    if (lang !== undefined) element.lang = lang
    if (text !== undefined && element.textContent !== text) element.textContent = text
    if (pressed !== undefined) element.setAttribute('aria-pressed', String(pressed))
    if (hidden !== undefined) element.hidden = hidden
  }
}

/**
 * *text* as a list of nodes, each `{name}` replaced from *values*: numbers become bold elements, all else strings.
 *
 * @type {(text: string, values: Record<string, any>) => (Node | string)[]}
 */
export const phrase = (text, values) =>
  text.split(/\{(\w+)\}/).map((piece, index) => {
    if (index % 2 === 0) return piece
    const value = values[piece]
    return typeof value === 'number' ? el('b', { class: 'num' }, String(value)) : String(value)
  })

/**
 * *text* with each `{name}` replaced from *values*.
 *
 * @type {(text: string, values: Record<string, any>) => string}
 */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]))

/**
 * The form that goes with *n*, from `[singular, plural]`.
 *
 * @type {(forms: string[], n: number) => string}
 */
export const plural = (forms, n) => forms[n === 1 ? 0 : 1]

/**
 * A room's code as "2505 4015", with a real space between the groups, for those who hear or copy it.
 *
 * @type {(digits: string) => PageElement}
 */
export const roomCode = (digits) =>
  el('span', { class: 'code' }, el('span', {}, digits.slice(0, 4)), ' ', el('span', {}, digits.slice(4)))

/**
 * A host's address as an element that may break into lines only after a dot or a colon.
 *
 * @type {(host: string) => PageElement}
 */
export const hostAddress = (host) => {
  const element = el('span', { class: 'host' })
  host.split(/(?<=[.:])/).forEach((part, index) => element.append(...(index ? [el('wbr'), part] : [part])))
  return element
}

/**
 * A QR code of a view, drawn; *label* is its text for screen readers.
 *
 * @type {(code: Pick<Join, 'qr' | 'qr_size'>, label: string) => SVGElement}
 */
export const qrCode = ({ qr, qr_size: size }, label) => {
  return svg(
    'svg',
    { class: 'qr', viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': label },
    svg('path', { stroke: 'currentColor', 'shape-rendering': 'crispEdges', d: qr }),
  )
}

/**
 * A button for a word of a cloud or list: `onPick(text)` shows the answers that contain it.
 *
 * @type {(text: string, onPick: (text: string) => void, ...children: (Node | string)[]) => PageElement}
 */
export const wordButton = (text, onPick, ...children) => {
  const button = el('button', { class: 'word', type: 'button' }, ...children)
  button.addEventListener('click', () => onPick(text))
  return button
}

/**
 * Give *element* the first font size of *sizes* (in % of the screen's height, before it is enlarged, largest first) for which `fits(size)` is true, else the last one. Returns whether it fits.
 *
 * @type {(element: HTMLElement | SVGElement, sizes: number[], fits: (size: number) => boolean) => boolean}
 */
export const fit = (element, sizes, fits) => {
  for (const size of sizes) {
    element.style.fontSize = `calc(${size} * var(--vh))`
    if (fits(size)) return true
  }
  return false
}

/** How many times larger texts are than the window's height asks for (screen/enlarged.js). @type {() => number} */
export const zoomFactor = () => parseFloat(document.documentElement.dataset.enlarged || document.documentElement.dataset.large || '1')

// To look through all fonts makes a browser work out styles first, so it is done only when some have come.
let fonts = -1
const countFonts = () => {
  fonts = [...(document.fonts ?? [])].filter(({ status }) => status === 'loaded').length
}
globalThis.document?.fonts?.addEventListener?.('loadingdone', countFonts)
const fontsLoaded = () => {
  if (fonts < 0 || document.fonts?.status === 'loading') countFonts()
  return fonts
}

/**
 * What the sizes of texts depend on besides the texts: the window, how it is enlarged and spaced, and the fonts that have
 * come. A kept size is good for as long as this stays.
 */
export const measuringConditions = () =>
  [innerWidth, innerHeight, document.documentElement.dataset.enlarged, document.documentElement.dataset.large, fontsLoaded()].join(' ')

/**
 * How many lines of text *element* has, as it is drawn now.
 *
 * @type {(element: HTMLElement) => number}
 */
export const lineCount = (element) => Math.round(element.getBoundingClientRect().height / parseFloat(getComputedStyle(element).lineHeight))

/** Show the page in full screen, or leave that. Browsers may refuse, and some have no full screen. */
export const toggleFullscreen = () =>
  (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.())?.catch(() => {})

/**
 * A date with the month's name, in the page's language.
 *
 * @type {(ms: number) => string}
 */
export const longDate = (ms) => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeZone: 'Europe/Oslo' }).format(ms)
