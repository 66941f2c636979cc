/** The line that says for a few seconds what was done, or why it was not: in the open dialog, where that has a line of its own. */

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
    const inDialog = document.querySelector('dialog[open] [data-says]') // what is behind a dialog is not seen, nor read out
    if (inDialog) {
      inDialog.textContent = text
      inDialog.classList.toggle('problem', isProblem)
      return
    }
    clearTimeout(this.#timer)
    this.#element.textContent = text
    this.#element.classList.toggle('grave', isProblem)
    this.#element.hidden = !text
    this.#timer = setTimeout(() => (this.#element.hidden = true), this.#shownMs)
  }
}
