/**
 * Whether single characters (letters, digits, signs) work as keyboard shortcuts. People who use speech input, or who
 * easily hit a wrong key, turn them off (WCAG 2.1.4).
 */

const KEY = 'letters'
/** @type {boolean | null} */
let off = null // the choice; where the browser stores nothing, it lasts until the page is left

export const letterKeysOn = () => {
  try {
    off ??= localStorage.getItem(KEY) === 'off'
  } catch {
    off ??= false
  }
  return !off
}

/**
 * Let *checkbox* show and set it. A second face in the same browser follows.
 *
 * @type {(checkbox: PageElement) => void}
 */
export const bindLetterKeysBox = (checkbox) => {
  checkbox.checked = letterKeysOn()
  checkbox.addEventListener('change', () => {
    off = !checkbox.checked
    try {
      localStorage.setItem(KEY, off ? 'off' : 'on')
    } catch {
      // See `off`.
    }
  })
  addEventListener('storage', ({ key, newValue }) => {
    if (key !== KEY) return
    off = newValue === 'off'
    checkbox.checked = !off
  })
}
