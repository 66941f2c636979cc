/** The strip: the address and the room's code, who is here or has answered, and the clock where the scene has none. */

import { readClock } from '../shared/clock.js'
import { $, el, hostAddress, phrase, plural, roomCode } from '../shared/dom.js'
import { answerCounts } from './groups.js'
import { clockLabel, joinQr, presenceLines } from './scenes.js'

/**
 * Whether the strip counts results by people or phones of their own: those of options and items, where one answer may stand for several.
 *
 * @type {(results: ResultsShown) => boolean}
 */
const countsVoters = ({ options, items }) => Boolean(options || items)

/**
 * What the strip counts in each state: lists of phrases.
 *
 * @type {(view: View, t: Strings) => (Node | string)[][]}
 */
export const countLines = (view, t) => {
  const { counts, results, groups, state } = view
  if (groups) return answerCounts(groups, t)
  const answers = phrase(plural(t.n_answers, counts.answers), { n: counts.answers })
  if (results && state === 'results') {
    const [forms, n] = !countsVoters(results) ? [t.from_people, counts.answered_people]
      : [results.counted === 'people' ? t.from_people : t.from_phones, results.n]
    return [answers, phrase(plural(forms, n), { n })]
  }
  const presence = presenceLines(counts, t)
  return state === 'write' && results ? [answers, ...presence.slice(-1)] : presence
}

export class Strip {
  #t
  #sceneHasClock
  /** @type {View} */
  #view
  #drawn = ''

  /**
   * `sceneHasClock()` tells whether the scene on show draws the clock itself.
   *
   * @param {{t: Strings, sceneHasClock: () => boolean}} of
   */
  constructor({ t, sceneHasClock }) {
    this.#t = t
    this.#sceneHasClock = sceneHasClock
  }

  /** @param {View} view */
  show(view) {
    const t = this.#t
    const { join, state } = view
    this.#view = view
    $('strip').hidden = state === 'lobby' || state === 'ended'
    $('strip').classList.toggle('thin', state === 'slide')
    $('counts').replaceChildren(...countLines(view, t).map((line) => el('span', {}, ...line)))
    const drawn = JSON.stringify([join, state === 'slide'])
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    const qr = joinQr(join, t)
    $('corner').replaceChildren(...(qr && state !== 'slide' ? [qr] : []))
    $('where').replaceChildren(
      ...(join.open_to_phones ? [hostAddress(join.host)] : [el('span', { class: 'host' }, t.not_yet)]), ' ', roomCode(join.code))
  }

  /** @param {number} now */
  tick(now) {
    const clock = this.#sceneHasClock() ? null : readClock(this.#view, now)
    $('clock').hidden = !clock
    if (!clock) return
    $('clock').lastElementChild.textContent = clock.text
    $('clock').setAttribute('aria-label', clockLabel(clock, this.#t))
  }
}
