/** Small helpers to draw with. Text goes in as text; nothing here takes HTML. */

/** An element: `el('p', { class: 'count' }, 'text', otherElement)`. Attributes that are null are left out. */
export const el = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value)
  made.append(...children.flat())
  return made
}

export const svg = (tag, attributes = {}, ...children) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** The pieces of *text* with `{name}` filled in from *values*: strings, and bold elements for the numbers. */
export const phrase = (text, values) =>
  text.split(/\{(\w+)\}/).map((piece, place) => {
    if (place % 2 === 0) return piece
    const value = values[piece]
    return typeof value === 'number' ? el('b', { class: 'num' }, String(value)) : String(value)
  })

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]))

/** Of `[one, many]`, the form that goes with *n*. */
export const form = (forms, n) => forms[n === 1 ? 0 : 1]

/** "2505 4015" in two groups, with room between them that stays when the code is read aloud or copied. */
export const code = (digits) =>
  el('span', { class: 'code' }, el('span', {}, digits.slice(0, 4)), ' ', el('span', {}, digits.slice(4)))

/** An address that may break after its dots only. */
export const address = (host) => {
  const made = el('span', { class: 'host' })
  host.split(/(?<=[.:])/).forEach((part, place) => made.append(...(place ? [el('wbr'), part] : [part])))
  return made
}

export const qr = (join, label) => {
  const size = join.qr_size
  return svg(
    'svg',
    { class: 'qr', viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': label },
    svg('path', { stroke: 'currentColor', 'shape-rendering': 'crispEdges', d: join.qr }),
  )
}

/** A word that leads to the answers it is in. */
export const wordOf = (text, pick, ...shown) => {
  const word = el('button', { class: 'word', type: 'button' }, ...shown)
  word.addEventListener('click', () => pick(text))
  return word
}

/** Give *one* the first of *sizes* (in vh) at which `fits()` holds, or the last. Returns whether it holds. */
export const fit = (one, sizes, fits) => {
  for (const size of sizes) {
    one.style.fontSize = `${size}vh`
    if (fits(size)) return true
  }
  return false
}

export const linesOf = (one) => Math.round(one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight))

/** A day as the page's language writes it. */
export const date = (ms) => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long' }).format(ms)
