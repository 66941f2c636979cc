/** A small preview of what the hall sees now: the screen's own page, and a phone's page. */

import { readClock } from '../shared/clock.js'
import { $ } from '../shared/dom.js'

/** @type {Record<string, number>} */
const WIDTHS = { screen: 1920, phone: 360 }

export class Preview {
  #code
  /** @type {ConsoleView} */
  #view
  #shownKey = ''
  #withPhone = false
  #frames = { screen: $('preview-screen'), phone: $('preview-phone') }

  /** @param {string} code */
  constructor(code) {
    this.#code = code
    $('preview-phone-too').addEventListener('click', () => this.showPhone(!this.#withPhone))
    new ResizeObserver(() => this.#scale()).observe($('preview'))
  }

  /** @param {boolean} shown */
  showPhone(shown) {
    this.#withPhone = shown
    $('preview-phone-too').setAttribute('aria-pressed', String(shown))
    this.#draw()
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#view = view
    this.#draw()
  }

  /**
   * The phone's page is loaded without its script, so its clock is set from here.
   *
   * @param {number} now
   */
  tick(now) {
    const clock = this.#withPhone && this.#frames.phone.contentDocument?.getElementById('clock')
    if (clock) clock.textContent = readClock(this.#view, now)?.text ?? ''
  }

  #draw() {
    const { screen, phone } = this.#frames
    if (!this.#view) return
    if (!screen.hasAttribute('src')) screen.src = `/${this.#code}/screen`
    phone.parentElement.hidden = !this.#withPhone
    if (!this.#withPhone) {
      phone.removeAttribute('src')
      this.#shownKey = ''
      return
    }
    const { step, workshop_version: version } = this.#view
    if (this.#shownKey === `${step} ${version}`) return
    this.#shownKey = `${step} ${version}`
    phone.src = `/${this.#code}/preview?step=${step}`
  }

  #scale() {
    for (const [name, frame] of Object.entries(this.#frames)) {
      frame.style.setProperty('--scale', String(frame.parentElement.clientWidth / WIDTHS[name]))
    }
  }
}
