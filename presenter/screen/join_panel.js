/** The panel that shows, over everything else, how to join: the QR code, the address and the room's code. Key J. */

import { $, el } from '../shared/dom.js'
import { joinInstructions, joinQr, wifiPart } from './scenes.js'

export class JoinPanel {
  #t
  #drawn = ''

  /** @param {{t: Strings}} of */
  constructor({ t }) {
    this.#t = t
  }

  get open() {
    return !$('join').hidden
  }

  /** @param {View} view */
  show({ join, title, wifi }) {
    const drawn = JSON.stringify([join, title, wifi])
    if (this.#drawn === drawn) return
    this.#drawn = drawn
    const qr = joinQr(join, this.#t)
    $('join').replaceChildren(...(qr ? [qr] : []), el('div', { class: 'how' }, ...joinInstructions(join, this.#t), ...wifiPart(wifi, this.#t)))
  }

  toggle(on = !this.open) {
    $('join').hidden = !on
    $('main').inert = on
  }
}
