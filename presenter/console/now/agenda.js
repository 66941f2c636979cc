/** Compares the plan with the clock: how far behind the meeting is, and which activity could be shortened. */

import { $, fill, plural, updateElements } from '../../shared/dom.js'

const LEAST_DELAY_S = 120 // a smaller delay usually makes up for itself
const MINUTE_S = 60

/**
 * Seconds behind the plan, including the overtime of the running activity.
 *
 * @type {(view: Pick<ConsoleView, 'agenda' | 'deadline' | 'state'>, now: number) => number}
 */
export const secondsBehind = ({ agenda, deadline, state }, now) =>
  agenda.behind_s + (deadline !== null && ['talk', 'write', 'closing'].includes(state) ? Math.max(0, Math.floor((now - deadline) / 1000)) : 0)

/**
 * How to catch up: shorten the longest activity still to come by the delay, in whole minutes, but never below half of its
 * time or below one minute. Null while the delay is small; without `activity` where nothing can be shortened.
 *
 * @type {(coming: ComingActivity[], behindS: number) => Partial<{activity: string, kind: string, from: number, to: number}> | null}
 */
export const advice = (coming, behindS) => {
  if (behindS < LEAST_DELAY_S) return null
  const [longest] = [...coming].sort((a, b) => b.time_s - a.time_s)
  const from = longest?.time_s ?? 0
  const leastS = Math.max(MINUTE_S, Math.ceil(from / 2 / MINUTE_S) * MINUTE_S)
  const to = Math.max(leastS, Math.floor((from - behindS) / MINUTE_S) * MINUTE_S)
  return to < from ? { activity: longest.activity, kind: longest.kind, from, to } : {}
}

/**
 * Whether most slides have no time, so that the clock says nothing of the meeting as a whole: no delay is then no good sign.
 * That is said before the meeting, while something can be done about it.
 *
 * @type {(view: Pick<ConsoleView, 'agenda' | 'state'>) => boolean}
 */
export const cannotTell = ({ agenda: { slides, untimed }, state }) => state === 'lobby' && slides > 1 && 2 * untimed > slides

/**
 * The delay in words, or that it can't be told, and the button that makes up for it, by id. Pure.
 *
 * @param {ConsoleView} view
 * @param {number} now
 * @param {Strings} t
 * @returns {Wanted}
 */
export const agendaElements = (view, now, t) => {
  const behindS = secondsBehind(view, now)
  const shortening = advice(view.agenda.coming, behindS)
  if (!shortening && !cannotTell(view)) return { agenda: { hidden: true } }
  if (!shortening) {
    const { untimed, slides } = view.agenda
    return { agenda: { hidden: false }, behind: { text: fill(t.untimed, { n: untimed, slides }) }, take: { hidden: true } }
  }
  const minutes = Math.round(behindS / MINUTE_S)
  const { activity, kind = '', from = 0, to = 0 } = shortening
  return {
    agenda: { hidden: false },
    behind: { text: fill(plural(t.behind, minutes), { n: t.numbers.split(' ')[minutes] ?? minutes }) },
    take: activity ? { hidden: false, text: fill(t.shorten, { what: t.kinds[kind] ?? kind, from: from / MINUTE_S, to: to / MINUTE_S }) } : { hidden: true },
  }
}

/** Shows how far behind the meeting is; a press shortens the activity that `advice` names. */
export class Agenda {
  #t
  /** @type {ConsoleView} */
  #view
  #now = 0

  /** @param {{t: Strings, press: Act}} of */
  constructor({ t, press }) {
    this.#t = t
    $('take').addEventListener('click', () => {
      const { activity, to } = advice(this.#view.agenda.coming, secondsBehind(this.#view, this.#now)) ?? {}
      if (activity) press({ do: 'set_time', activity, seconds: to })
    })
  }

  /**
   * @param {ConsoleView} view
   * @param {number} now
   */
  show(view, now) {
    this.#view = view
    this.tick(now)
  }

  /** @param {number} now */
  tick(now) {
    this.#now = now // a press does what the button says, which was drawn at this moment
    updateElements(agendaElements(this.#view, now, this.#t))
  }
}
