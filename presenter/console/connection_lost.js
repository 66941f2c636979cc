/** While the connection is lost, the page says so and nothing that would be sent can be pressed. Texts can still be edited. */

import { $ } from '../shared/dom.js'

/** What would be sent. The places of the console are all here, and can be gone to. */
const FIELDS = 'button:not([data-place]), input, textarea, select'

export class ConnectionLost {
  #focused = /** @type {HTMLElement | null} */ (null) // what had the focus before everything was disabled

  /** @param {boolean} isLost */
  set(isLost) {
    if (isLost && document.activeElement !== document.body) this.#focused = /** @type {HTMLElement | null} */ (document.activeElement)
    $('offline').hidden = !isLost
    document.body.classList.toggle('offline', isLost)
    for (const field of document.querySelectorAll(FIELDS)) if (!field.closest('dialog, #edit')) field.disabled = isLost
    if (!isLost && document.activeElement === document.body) this.#focused?.focus()
  }

  /**
   * It will not come back: *why* in words.
   *
   * @param {string} why
   */
  forGood(why) {
    this.set(true)
    $('offline').textContent = why
  }
}
