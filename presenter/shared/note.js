/** The line that says for a few seconds what was done, or why it was not. */

export class Note {
  #element
  #shownMs
  #timer = 0

  constructor(element, shownMs = 5000) {
    this.#element = element
    this.#shownMs = shownMs
  }

  /** Show *text*; '' removes it. */
  show = (text, isProblem = false) => {
    clearTimeout(this.#timer)
    this.#element.textContent = text
    this.#element.classList.toggle('grave', isProblem)
    this.#element.hidden = !text
    this.#timer = setTimeout(() => (this.#element.hidden = true), this.#shownMs)
  }
}
