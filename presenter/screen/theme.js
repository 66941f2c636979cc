/** Light or dark; the screen of this browser keeps what was chosen. */

const root = () => document.documentElement

/** @param {string} theme */
const setTheme = (theme) => {
  root().dataset.theme = theme
  try {
    localStorage.setItem('theme', theme)
  } catch {
    // Storage is switched off: the screen is light again next time.
  }
}

export const switchTheme = () => setTheme(root().dataset.theme === 'dark' ? 'light' : 'dark')

export const restoreTheme = () => {
  try {
    if (localStorage.getItem('theme') === 'dark') setTheme('dark')
  } catch {
    // See setTheme.
  }
}
