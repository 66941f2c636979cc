/** The keys of the console and the clicker: those that change this page alone, and those that send an action. */

import { $, el, fill, toggleFullscreen } from '../shared/dom.js'
import { HELP, Keyboard, actionsFor } from '../shared/keys.js'
import { consoleChannel } from '../shared/console_channel.js'
import { bindLetterKeysBox } from '../shared/letter_keys.js'

/**
 * The action that turns the screen's page by *by*; null while it shows no results. Pure.
 *
 * @type {(view: Pick<View, 'results' | 'page'>, by: number) => Action | null}
 */
export const pageAction = ({ results, page }, by) => (results ? { do: 'page', n: Math.max(0, page + by) } : null)

export class Shortcuts {
  #act
  #ready
  #serverNow
  /** @type {ConsoleView} */
  #view
  /** @type {Record<string, () => unknown>} */
  #local

  /**
   * `ready` resolves with the first view; a press before that waits for it. *local* has what other keys do on this page
   * alone, by name.
   *
   * @param {{code: string, t: Strings, act: Act, note: ShowNote, ready: Promise<unknown>, serverNow: () => number, local: Record<string, () => unknown>}} of
   */
  constructor({ code, t, act, note, ready, serverNow, local }) {
    const tellScreen = consoleChannel(code)
    this.#act = act
    this.#ready = ready
    this.#serverNow = serverNow
    this.#local = {
      up: () => this.#turn(-1), down: () => this.#turn(1), join: () => tellScreen({ press: 'join' }), large: () => tellScreen({ press: 'large' }), dark: switchTheme, fullscreen: toggleFullscreen,
      start: () => this.#view.state === 'lobby' && act({ do: 'next' }), help: () => $('help').showModal(),
      ...local,
    }
    $('page-back').addEventListener('click', this.#local.up)
    $('page-on').addEventListener('click', this.#local.down)
    $('help-open').addEventListener('click', this.#local.help)
    $('show-code').addEventListener('click', this.#local.join)
    const names = HELP.filter(([, name]) => t.help[name])
    $('help-keys').replaceChildren(...names.flatMap(([keys, name]) => [el('dt', {}, keys), el('dd', {}, t.help[name])]))
    bindLetterKeysBox($('letters'))
    new Keyboard(document, { press: (name, n) => this.#press(name, n), digits: (n) => note(n ? fill(t.typed, { n }) : '') })
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#view = view
  }

  /**
   * @param {string} name
   * @param {number | null} n
   */
  async #press(name, n) {
    if (!this.#view) await this.#ready
    if (document.querySelector('dialog[open]')) return
    if (this.#local[name]) return this.#local[name]()
    for (const action of actionsFor(name, this.#view, n, this.#serverNow())) if (!(await this.#act(action))) return
  }

  /** @param {number} by */
  #turn(by) {
    const action = pageAction(this.#view, by)
    if (action) this.#act(action)
  }
}

const switchTheme = () => {
  const root = document.documentElement
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark'
}
