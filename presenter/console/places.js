/**
 * The places of the console: Run, Gather, Follow up, Take home, The meeting, and the editor. One is shown at a time; the
 * dock with the button that goes on stays below all of them.
 */

import { $ } from '../shared/dom.js'

/** The place of the facilitator while the meeting runs. */
const HOME = 'run'

export class Places {
  #current = HOME
  /** @type {Record<string, (() => unknown)[]>} */
  #opened = {}

  constructor() {
    document.body.dataset.place = HOME
    for (const button of document.querySelectorAll('[data-place]')) {
      if (button !== document.body) button.addEventListener('click', () => this.open(String(button.dataset.place)))
    }
  }

  get current() {
    return this.#current
  }

  /**
   * Call *opened* each time the place *name* comes into view.
   *
   * @param {string} name
   * @param {() => unknown} opened
   */
  on(name, opened) {
    this.#opened[name] = [...(this.#opened[name] ?? []), opened]
  }

  /** @param {string} name */
  open(name) {
    if (this.#current === name) return
    $(`place-${this.#current}`).hidden = true
    $(`place-${name}`).hidden = false
    this.#current = name
    document.body.dataset.place = name
    for (const tab of document.querySelectorAll('.places [data-place]')) {
      if (tab.dataset.place === name) tab.setAttribute('aria-current', 'page')
      else tab.removeAttribute('aria-current')
    }
    scrollTo(0, 0)
    for (const opened of this.#opened[name] ?? []) opened()
  }

  /**
   * Open the place *name* and give its element *id* the focus.
   *
   * @param {string} name
   * @param {string} id
   */
  goTo(name, id) {
    this.open(name)
    $(id).focus()
    $(id).scrollIntoView({ block: 'nearest' })
  }
}

/** Goes to the board when the meeting begins to gather answers, and back when that is over. */
export class FollowGathering {
  #places
  #wasGathering = false

  /** @param {{places: Places}} of */
  constructor({ places }) {
    this.#places = places
  }

  /** @param {ConsoleView} view */
  show({ state }) {
    const gathering = state === 'grouping'
    if (gathering !== this.#wasGathering && this.#places.current === (gathering ? HOME : 'gather')) {
      this.#places.open(gathering ? 'gather' : HOME)
    }
    this.#wasGathering = gathering
  }
}
