/** Whether keys that are letters, digits or signs steer. Who speaks to the machine, or has a hand that strays, turns them off. */

const KEY = 'letters'
let off = null // where the browser keeps nothing, until the page is left

export const lettersSteer = () => {
  try {
    off ??= localStorage.getItem(KEY) === 'off'
  } catch {
    off ??= false
  }
  return !off
}

/** Let *box*, one to tick, tell it and set it; the other face beside this one follows. */
export const wireLetters = (box) => {
  box.checked = lettersSteer()
  box.addEventListener('change', () => {
    off = !box.checked
    try {
      localStorage.setItem(KEY, off ? 'off' : 'on')
    } catch {
      // See `off`.
    }
  })
  addEventListener('storage', ({ key, newValue }) => {
    if (key !== KEY) return
    off = newValue === 'off'
    box.checked = !off
  })
}
