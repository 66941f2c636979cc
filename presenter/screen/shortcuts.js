/** The keys of the screen and the clicker: those that change this page alone, and those that send an action. */

import { consoleChannel } from '../shared/console_channel.js'
import { $, el, fill, toggleFullscreen } from '../shared/dom.js'
import { HELP, Keyboard, actionsFor } from '../shared/keys.js'
import { bindLetterKeysBox } from '../shared/letter_keys.js'
import { scrollOn } from './enlarged.js'
import { switchTheme } from './theme.js'

export class Shortcuts {
  #t
  #note
  #enlarged
  #scene
  #joinPanel
  #steering
  #ready
  #serverNow
  #view = /** @type {ConsoleView | null} */ (null)
  /** @type {Record<string, () => unknown>} */
  #local = {
    up: () => this.#turn(-1),
    down: () => this.#turn(1),
    join: () => this.#joinPanel.toggle(),
    dark: switchTheme,
    large: () => this.#enlarge(),
    table: () => this.#scene.toggleTable(),
    fullscreen: toggleFullscreen,
    start: toggleFullscreen,
    help: () => ($('help').open ? $('help').close() : $('help').showModal()),
    escape: () => (this.#joinPanel.open ? this.#joinPanel.toggle(false) : this.#scene.leaveWord()),
  }

  /**
   * `ready` resolves with the first view; a press before that waits for it. The console may send presses by its channel.
   *
   * @param {object} of
   * @param {string} of.code
   * @param {Strings} of.t
   * @param {import('./current_scene.js').CurrentScene} of.scene
   * @param {import('./join_panel.js').JoinPanel} of.joinPanel
   * @param {Pick<import('./enlarged.js').Enlarged, 'turn'>} of.enlarged
   * @param {import('./steering.js').Steering} of.steering
   * @param {ShowNote} of.note
   * @param {Promise<unknown>} of.ready
   * @param {() => number} of.serverNow
   */
  constructor({ code, t, scene, joinPanel, enlarged, steering, note, ready, serverNow }) {
    this.#t = t
    this.#note = note
    this.#enlarged = enlarged
    this.#scene = scene
    this.#joinPanel = joinPanel
    this.#steering = steering
    this.#ready = ready
    this.#serverNow = serverNow
    document.querySelector('#help tbody')?.replaceChildren(
      ...HELP.filter(([, what]) => t.keys[what]).map(([keys, what]) => el('tr', {}, el('th', { scope: 'row' }, keys), el('td', {}, t.keys[what]))))
    bindLetterKeysBox($('letters'))
    new Keyboard(document, { press: (name, n) => this.#press(name, n), digits: (digits) => note(digits && `→ ${digits}`) })
    consoleChannel(code, ({ turn, press }) => {
      if (this.#view && turn) this.#turn(turn)
      if (this.#view && this.#local[press]) this.#local[press]()
    })
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#view = view
  }

  /** There is nothing more to steer. */
  close() {
    this.#view = null
  }

  /**
   * @param {string} name
   * @param {number | null} n
   */
  async #press(name, n) {
    if (!this.#view) await this.#ready
    if (!this.#view || ($('help').open && name !== 'help')) return
    if (this.#local[name]) this.#local[name]()
    else this.#send(name, n)
  }

  /** @param {string} name */
  #send(name, n = /** @type {number | null} */ (null)) {
    if (!this.#view) return
    return this.#steering.send(actionsFor(name, this.#view, n, this.#serverNow()))
  }

  #enlarge() {
    const size = this.#enlarged.turn()
    this.#note(size === 1 ? this.#t.usual_size : fill(this.#t.large_size, { n: size.toLocaleString(document.documentElement.lang) }))
  }

  /**
   * Scroll, where the page is enlarged and goes on below or above. Else turn the page; where there is only one, the keys up and down go back and on, as on a clicker with two buttons.
   *
   * @param {number} by
   */
  #turn(by) {
    if (scrollOn(by)) return
    if (this.#scene.turn(by)) {
      if ((this.#view?.results ?? this.#view?.groups) && this.#steering.sharePage(this.#scene.pages.at)) this.#scene.expectPage()
    } else if (this.#scene.pages.of < 2) this.#send(by > 0 ? 'next' : 'back')
  }
}
