/** A small preview of what the hall sees now: the screen's own page, and a phone's page. */

import { readClock } from '../shared/clock.js'
import { $ } from '../shared/dom.js'

const SIZES = { screen: [1920, 1080], phone: [360, 740] }

export class Preview {
  #code
  #view = null
  #shownKey = ''
  #frames = { screen: $('preview-screen'), phone: $('preview-phone') }

  constructor(code) {
    this.#code = code
    $('preview-part').addEventListener('toggle', () => this.#draw())
    new ResizeObserver(() => this.#scale()).observe($('preview'))
  }

  show(view) {
    this.#view = view
    this.#draw()
  }

  /** The phone's page is loaded without its script, so its clock is set from here. */
  tick(now) {
    const clock = $('preview-part').open && this.#frames.phone.contentDocument?.getElementById('clock')
    if (clock) clock.textContent = readClock(this.#view, now)?.text ?? ''
  }

  #draw() {
    const { screen, phone } = this.#frames
    if (!$('preview-part').open || !this.#view) {
      for (const frame of [screen, phone]) frame.removeAttribute('src')
      this.#shownKey = ''
      return
    }
    if (!screen.hasAttribute('src')) screen.src = `/${this.#code}/screen`
    const { step, workshop_version: version } = this.#view
    if (this.#shownKey === `${step} ${version}`) return
    this.#shownKey = `${step} ${version}`
    phone.src = `/${this.#code}/preview?step=${step}`
  }

  #scale() {
    for (const [name, frame] of Object.entries(this.#frames)) {
      frame.style.setProperty('--scale', frame.parentElement.clientWidth / SIZES[name][0])
    }
  }
}
