/**
 * The scenes: what fills the screen in each state. Those for results have modules of their own. A scene has a `root`
 * and `show(view)`; some have `tick(view, now)`, `turn(page)` with `pages`, and `stop()`.
 */

import { Ring, readClock } from '../shared/clock.js'
import { el, fill, fit, hostAddress, phrase, plural, qrCode, roomCode } from '../shared/dom.js'
import { unbrokenNumbers } from '../shared/figures.js'

/**
 * The name of the scene that shows *view*; *word* is the one whose answers were asked for.
 *
 * @type {(view: View, asTable: boolean, word?: string) => string}
 */
export const sceneName = ({ state, results, spotlight, shape, options, items, film }, asTable, word = '') => {
  if (spotlight) return 'spot' // a question to the panel stands over anything; the server gives no other that is not to be seen
  if (state === 'talk' && film) return 'playing'
  if (['lobby', 'talk', 'ended'].includes(state)) return state
  if (state === 'slide' || state === 'idle') return 'slide'
  if (state === 'grouping') return 'groups'
  if (!results && (options?.length || items?.length)) return 'ballot'
  if (!results) return state === 'write' || state === 'closing' ? 'write' : 'closed'
  if (word && results.words) return 'said'
  return asTable ? 'list' : (shape ?? 'wall')
}

/**
 * How to join, in words: the address and the room's code.
 *
 * @type {(join: Join, t: Strings) => PageElement[]}
 */
export const joinInstructions = (join, t) => {
  if (!join.open_to_phones) {
    return [el('p', { class: 'closed-in' }, t.not_yet), el('p', { class: 'large' }, roomCode(join.code))]
  }
  return [
    el('p', {}, t.scan),
    el('p', { class: 'url' }, hostAddress(join.host)),
    el('p', { class: 'large' }, roomCode(join.code)),
  ]
}

/**
 * The QR code to join with, or null where phones can't reach this machine.
 *
 * @type {(join: Join, t: Strings) => SVGElement | null}
 */
export const joinQr = (join, t) =>
  join.open_to_phones && join.qr ? qrCode(join, fill(t.qr, { host: join.host, code: join.code })) : null

/**
 * The network of the hall: a smaller QR code with which a phone gets onto it, its name and its password.
 *
 * @type {(wifi: Wifi | null, t: Strings) => PageElement[]}
 */
export const wifiPart = (wifi, t) => wifi ? [el('div', { class: 'wifi' },
  qrCode(wifi, fill(t.wifi_qr, { name: wifi.name })),
  el('p', {}, t.wifi, ' ', el('b', { dir: 'auto' }, wifi.name)),
  ...(wifi.password ? [el('p', {}, t.wifi_password, ' ', el('b', { class: 'secret', dir: 'auto' }, wifi.password))] : []))] : []

/**
 * Who is present: phones, and people where that is another number.
 *
 * @type {(counts: Counts, t: Strings) => (Node | string)[][]}
 */
export const presenceLines = ({ phones, people, hall }, t) => {
  const lines = [phrase(plural(t.n_phones, phones), { n: phones })]
  if (hall) lines.push(phrase(t.n_hall, { n: hall }))
  else if (people > phones) lines.push(phrase(plural(t.n_people, people), { n: people }))
  return lines
}

/**
 * How many people have answered, of how many; where the total is unknown, `n` counts answers and `of` is 0.
 *
 * @type {(counts: Counts) => {n: number, of: number}}
 */
export const answeredOf = ({ answered_people: people, answers, hall, people: here }) => {
  const all = hall || here
  return all ? { n: people, of: Math.max(all, people) } : { n: answers, of: 0 }
}

export class Talk {
  #t
  #ring = new Ring()
  #notice = el('p', { class: 'said', role: 'status' })
  #step = el('p', { class: 'step' })
  #next = el('p', { class: 'then' })
  root = el('div', { class: 'scene talk' }, this.#ring.root, el('div', {}, this.#notice, this.#step, this.#next))
  hasClock = true

  /** @param {Strings} t */
  constructor(t) {
    this.#t = t
  }

  /** @param {View} view */
  show(view) {
    this.#step.textContent = view.instruction || this.#t.kinds[view.kind]
    this.#step.lang = this.#next.lang = view.language
    this.#next.hidden = !view.next_instruction
    this.#next.textContent = fill(this.#t.then, { what: view.next_instruction })
    this.root.classList.toggle('timeless', !view.length_ms)
    fit(this.#step, [8, 7, 6, 5.2, 4.4], () => this.root.scrollHeight <= this.root.clientHeight + 1)
  }

  /**
   * @param {View} view
   * @param {number} now
   */
  tick(view, now) {
    const clock = readClock(view, now)
    if (!clock) return
    this.#ring.show(clock, view.turns === 2)
    this.#ring.root.setAttribute('aria-label', clockLabel(clock, this.#t))
    const notice = clock.timeUp ? this.#t.time_out : clock.paused ? this.#t.paused : clock.otherTurn ? this.#t.turn : ''
    if (this.#notice.textContent !== notice) this.#notice.textContent = notice
    this.#notice.hidden = !notice
  }
}

/**
 * The clock in words, for screen readers.
 *
 * @type {(clock: Pick<import('../shared/clock.js').Clock, 'seconds' | 'over'>, t: Strings) => string}
 */
export const clockLabel = ({ seconds, over }, t) => {
  const minutes = Math.floor(seconds / 60)
  const parts = [minutes && fill(plural(t.minutes, minutes), { n: minutes }), seconds % 60 && fill(plural(t.seconds, seconds % 60), { n: seconds % 60 })]
  return fill(over ? t.over : t.left, { time: parts.filter(Boolean).join(' ') || fill(plural(t.seconds, 0), { n: 0 }) })
}

/**
 * The sizes for one answer, in vh, the largest first: a long one begins with a smaller size. Pure.
 *
 * @type {(length: number) => number[]}
 */
export const spotlightSizes = (length) => [10, 8, 6, 5.2, 4.4].slice(length < 90 ? 0 : length < 160 ? 1 : 2)

/** One answer, alone and large: its drop, quotation marks, of a question how many voted for it, and nothing else. */
export class Spotlight {
  #t
  #quote = el('blockquote', { dir: 'auto' })
  #votes = el('p', { class: 'then' })
  root = el('div', { class: 'scene spot' }, el('i', { class: 'drop', 'aria-hidden': 'true' }), this.#quote, this.#votes)

  /** @param {Strings} t */
  constructor(t) {
    this.#t = t
  }

  /** @param {View} view */
  show({ spotlight, language }) {
    if (!spotlight) return
    this.#quote.textContent = unbrokenNumbers(spotlight.text)
    this.#quote.dataset.card = spotlight.id
    this.root.lang = language // which quotation marks
    const { votes, answered } = /** @type {QuestionCard} */ (spotlight)
    this.#votes.hidden = votes === undefined
    this.#votes.textContent = votes === undefined ? '' : [fill(plural(this.#t.n_votes, votes), { n: votes }), ...(answered ? [this.#t.answered] : [])].join(' · ')
    fit(this.#quote, spotlightSizes(spotlight.text.length), () => this.root.scrollHeight <= this.root.clientHeight + 1)
  }
}

export class Ended {
  #t
  root = el('div', { class: 'scene ended' })

  /** @param {Strings} t */
  constructor(t) {
    this.#t = t
  }

  /** @param {View} view */
  show(view) {
    const t = this.#t
    const qr = joinQr(view.join, t)
    this.root.replaceChildren(
      el('div', {},
        el('h1', {}, t.thank_you),
        el('p', { lang: view.language }, view.title),
        ...(view.report_by ? [el('p', {}, fill(t.report_by, { date: view.report_by }))] : []),
        ...(qr ? [el('div', { class: 'how' }, el('p', {}, t.own_answers), el('p', { class: 'url' }, hostAddress(view.join.host)), el('p', { class: 'large' }, roomCode(view.join.code)))] : [])),
      ...(qr ? [qr] : []),
    )
  }
}
