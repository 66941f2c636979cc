/** The network of the hall, which the big screen shows beside the way in. It is typed here and kept by no page. */

import { postJson } from '../../shared/request.js'
import { $, fill } from '../../shared/dom.js'

export class HallWifi {
  #url
  #t
  #note

  /** @param {{code: string, t: Strings, note: ShowNote}} of */
  constructor({ code, t, note }) {
    this.#url = `/api/rooms/${code}/wifi${location.search}`
    this.#t = t
    this.#note = note
    if (!$('wifi')) return // the page was made without this part, for a right that may not set it
    $('wifi-security').addEventListener('change', () => this.#drawPassword())
    $('wifi').addEventListener('submit', (event) => {
      event.preventDefault()
      this.#send()
    })
    $('wifi-off').addEventListener('click', () => this.#takeAway())
  }

  /** @param {ConsoleView} view */
  show({ wifi, state }) {
    if (!$('wifi')) return
    $('wifi-part').hidden = state === 'ended'
    $('wifi-shown').hidden = !wifi
    $('wifi-says').textContent = wifi ? fill(this.#t.wifi_shown, { name: wifi.name }) : ''
  }

  #drawPassword() {
    const open = $('wifi-security').value === 'none'
    $('wifi-password').disabled = open
    if (open) $('wifi-password').value = ''
  }

  async #send() {
    const wifi = { name: $('wifi-name').value, password: $('wifi-password').value, hidden: $('wifi-hidden').checked }
    const { ok, body } = await postJson(this.#url, wifi)
    if (!ok) return this.#note(body?.title ?? this.#t.failed, true)
    $('wifi').reset()
    this.#drawPassword()
    this.#note(fill(this.#t.wifi_shown, { name: wifi.name }))
  }

  async #takeAway() {
    const response = await fetch(this.#url, { method: 'DELETE' }).catch(() => null)
    if (!response?.ok) return this.#note(this.#t.failed, true)
    $('wifi-title').focus()
  }
}
