/** The style guide: measures the contrast of every pair of colours as the browser draws it (WCAG 2.2, relative luminance). */

/** @type {(value: number) => number} */
const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
/** @type {(colour: string) => number} */
const luminance = (colour) => {
  const [r, g, b] = /** @type {RegExpMatchArray} */ (colour.match(/[\d.]+/g)).map((part) => channel(Number(part) / 255))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const measure = () => {
  for (const cell of document.querySelectorAll('[data-contrast]')) {
    const { color, backgroundColor } = getComputedStyle(/** @type {Element} */ (cell.previousElementSibling))
    const [light, dark] = [luminance(color), luminance(backgroundColor)].sort((a, b) => b - a)
    cell.textContent = `${((light + 0.05) / (dark + 0.05)).toFixed(1)} : 1`
  }
}

/** @type {HTMLElement} */ (document.getElementById('dark')).addEventListener('click', () => {
  const root = document.documentElement
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark'
  measure()
})
measure()
