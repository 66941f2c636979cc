/** What is worth knowing (what people are not told, a wrong clock, a full server), how to join, and since when the meeting runs. */

import { $, fill, longDate, plural, updateElements } from '../shared/dom.js'
import { Lines } from './lines.js'

const MINUTE_MS = 60_000
/** What can be changed only before the meeting is told only then; what people are not told, at most so many lines of it. */
const BEFORE = ['local-only', 'plain-http', 'words-differ']
const MOST_BEFORE = 3
const STEERING = ['facilitator', 'run']

/**
 * The warnings in words. *driftMs* is the difference between this machine's clock and the server's. One about a key of
 * the front matter has that `key`, for those who may change the workshop. Pure.
 *
 * @type {(view: Pick<ConsoleView, 'warnings' | 'older' | 'state'>, at: {right: string, driftMs: number}, t: Strings) => {words: string, key?: string}[]}
 */
export const warningsOf = ({ warnings: all, older, state }, { right, driftMs }, t) => {
  const untold = all.filter((name) => t.expected.includes(name)).slice(0, MOST_BEFORE)
  const early = [...BEFORE, ...untold]
  const late = all.filter((name) => !BEFORE.includes(name) && !t.expected.includes(name))
  const warnings = state === 'lobby' ? all.filter((name) => late.includes(name) || early.includes(name)) : late
  const mayChange = STEERING.includes(right)
  const minutes = Math.round(Math.abs(driftMs) / MINUTE_MS)
  return [
    ...(older ? [{ words: fill(t.warnings.older, { n: older.collected }) }] : []),
    ...warnings.map((name) => ({ words: t.warnings[name] ?? name, ...(mayChange && t.expected.includes(name) && { key: name.replace(/^no-/, '') }) })),
    ...(minutes ? [{ words: fill(plural(t.drift, minutes), { n: minutes }) }] : []),
  ]
}

/**
 * For how long the meeting has run at *now*, in words; '' in the first minute, and when it is over. Pure.
 *
 * @type {(view: Pick<ConsoleView, 'started_at' | 'state'>, now: number, t: Strings) => string}
 */
export const sinceText = ({ started_at: startedAt, state }, now, t) => {
  const minutes = startedAt ? Math.floor((now - startedAt) / MINUTE_MS) : 0
  return minutes > 0 && state !== 'ended' ? fill(t.since, { n: minutes }) : ''
}

export class Warnings {
  #t
  #right
  #focusMeta
  #lines = new Lines($('warnings'))

  /**
   * `focusMeta(key)` leads to the field for a key of the front matter.
   *
   * @param {{t: Strings, right: string, focusMeta: (key: string) => unknown}} of
   */
  constructor({ t, right, focusMeta }) {
    this.#t = t
    this.#right = right
    this.#focusMeta = focusMeta
  }

  /**
   * @param {ConsoleView} view
   * @param {number} now
   */
  show(view, now) {
    const warnings = warningsOf(view, { right: this.#right, driftMs: Date.now() - now }, this.#t)
    updateElements({
      since: { text: sinceText(view, now, this.#t) },
      'delete-at': { text: fill(this.#t.deleted, { date: longDate(view.delete_at) }) },
      'join-url': { text: view.join.url.replace(/^https?:\/\//, '') },
      'warnings-part': { hidden: warnings.length === 0 },
    })
    this.#lines.show(warnings.map(({ words, key }) => (key ? { button: words, onPress: () => this.#focusMeta(key) } : { words })))
  }
}
