/** The pulse on the big screen: the signs that phones have given lately, small at its edge, until they have faded. */

import { $, el } from '../shared/dom.js'

const LEAST = 0.5 // what counts less is not shown

/**
 * The signs to show at *now*: how many presses each still counts as, the first of the workshop first. Pure.
 *
 * @type {(pulse: View['pulse'], now: number) => { id: string, text: string, n: number }[]}
 */
export const fadedSigns = (pulse, now) => {
  if (!pulse) return []
  const faded = 0.5 ** (Math.max(0, now - pulse.at) / pulse.half_life_ms)
  return pulse.levels.filter(({ level }) => level * faded >= LEAST).map(({ id, text, level }) => ({ id, text, n: Math.max(1, Math.round(level * faded)) }))
}

export class PulseOnScreen {
  /** @type {View['pulse']} */
  #pulse = null
  #drawn = ''

  /** @param {View} view */
  show({ pulse, language }) {
    this.#pulse = pulse
    $('pulse').lang = language
  }

  /** @param {number} now */
  tick(now) {
    const signs = fadedSigns(this.#pulse, now)
    const drawn = JSON.stringify(signs)
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    $('pulse').hidden = !signs.length
    $('pulse').replaceChildren(...signs.map(({ id, text, n }) => el('li', { 'data-sign': id }, text, ' ', el('b', { class: 'num' }, String(n)))))
  }
}
