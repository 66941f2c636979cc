/** The line that says for a few seconds what was done, or why it was not. */

export class Note {
  #element
  #shownMs
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /** @param {HTMLElement} element */
  constructor(element, shownMs = 5000) {
    this.#element = element
    this.#shownMs = shownMs
  }

  /**
   * Show *text*; '' removes it.
   *
   * @type {ShowNote}
   */
  show = (text, isProblem = false) => {
    clearTimeout(this.#timer)
    this.#element.textContent = text
    this.#element.classList.toggle('grave', isProblem)
    this.#element.hidden = !text
    this.#timer = setTimeout(() => (this.#element.hidden = true), this.#shownMs)
  }
}
