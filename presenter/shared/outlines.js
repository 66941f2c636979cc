/** Texts of a saved picture as outlines of letters, so that it looks the same wherever it is opened. */

/** By weight and letter: its width and its outline, in thousandths of its size (static/fonts/inter_outlines.json). @typedef {Record<string, Record<string, [width: number, outline: string]>>} Letters */

const UNIT = 1000
const TIGHT = -25 // between two letters, as on the screen
const BOLD_FROM = 600
const TEXT = /<text x="(-?\d+)" y="(-?\d+)" font-size="(\d+)" fill="(#\w+)"([^>]*)>([^<]*)<\/text>/g
/** @type {Record<string, string>} */
const SIGNS = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/**
 * The letters behind *address*; null where they can't be fetched.
 *
 * @type {(address: string) => Promise<Letters | null>}
 */
export const fetchLetters = async (address) => {
  const response = await fetch(address).catch(() => null)
  return response?.ok ? response.json() : null
}

/** @type {(text: string, weight: number, letters: Letters) => [width: number, outline: string][] | null} */
const lettersOf = (text, weight, letters) => {
  const found = [...text.normalize('NFC')].map((sign) => letters[weight < BOLD_FROM ? 400 : 600][sign === '\u00a0' ? ' ' : sign])
  return found.every(Boolean) ? found : null
}

/** @type {(found: [width: number, outline: string][]) => number} */
const sum = (found) => found.reduce((at, [width]) => at + width + TIGHT, -TIGHT)

/**
 * How wide *text* is when it is drawn with outlines; null if a letter has none. Pure.
 *
 * @type {(text: string, size: number, weight: number, letters: Letters) => number | null}
 */
export const outlineWidth = (text, size, weight, letters) => {
  const found = lettersOf(text, weight, letters)
  return found && (sum(found) * size) / UNIT
}

/**
 * The texts of *drawing*, an SVG made with `svgText`, as outlines; those with a letter that has none stay texts. Pure.
 *
 * @type {(drawing: string, letters: Letters) => string}
 */
export const withOutlines = (drawing, letters) => {
  const used = /** @type {Map<string, string>} */ (new Map())
  const drawn = drawing.replace(TEXT, (element, x, y, size, fill, attributes, content) => {
    const text = content.replace(/&\w+;/g, (/** @type {string} */ entity) => SIGNS[entity] ?? entity)
    const weight = Number(/font-weight="(\d+)"/.exec(attributes)?.[1] ?? 400)
    const found = lettersOf(text, weight, letters)
    if (!found) return element
    const scale = size / UNIT
    const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1]
    let at = anchor === 'middle' ? -sum(found) / 2 : anchor === 'end' ? -sum(found) : 0
    const uses = found.map(([width, outline], index) => {
      const id = `${weight < BOLD_FROM ? 'r' : 'b'}${[...text.normalize('NFC')][index].codePointAt(0)?.toString(16)}`
      if (outline) used.set(id, outline)
      const use = outline ? `<use href="#${id}" x="${Math.round(at)}"/>` : ''
      at += width + TIGHT
      return use
    })
    return `<g fill="${fill}" transform="translate(${x} ${y}) scale(${scale})">${uses.join('')}</g>`
  })
  const defs = [...used].map(([id, outline]) => `<path id="${id}" d="${outline}"/>`)
  return drawn.replace('</svg>', `<defs>${defs.join('')}</defs>\n</svg>`)
}
