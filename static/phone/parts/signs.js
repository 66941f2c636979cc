/** The signs to the hall (`pulse`): a row of buttons below everything else, in every state. A press is sent at once or not at all. */

const PAUSE_MS = 1000 // the server counts one press of a phone in this time

/** @type {HTMLElement} */
let row
let drawn = ''
let pausedUntil = 0

/**
 * Draw the buttons for the signs there are; `sender.send` sends a message, unless the connection is lost.
 *
 * @type {(view: Pick<PhoneView, 'signs' | 'language'>, sender: { send(message: PhoneMessage): unknown }) => void}
 */
export const show = ({ signs, language }, sender) => {
  if (JSON.stringify(signs) === drawn) return
  drawn = JSON.stringify(signs)
  if (!row) {
    const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL('../../activities/pulse.css', import.meta.url).href })
    row = document.createElement('div')
    row.className = 'signs'
    row.setAttribute('role', 'group')
    document.body.append(style, row)
  }
  const { of, label = '', sent = '' } = signs ?? { of: [] }
  row.lang = language
  row.hidden = !of.length
  row.setAttribute('aria-label', label)
  const said = document.createElement('span')
  said.className = 'away'
  said.setAttribute('role', 'status')
  row.replaceChildren(...of.map(({ id, text }) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = text
    button.addEventListener('click', () => {
      if (Date.now() < pausedUntil) return
      pausedUntil = Date.now() + PAUSE_MS
      sender.send({ type: 'pulse', is: id })
      button.classList.add('given')
      said.textContent = `${sent}: ${text}`
      setTimeout(() => {
        button.classList.remove('given')
        said.textContent = ''
      }, PAUSE_MS)
    })
    return button
  }), said)
}
