/** Compares the plan with the clock: how far behind the meeting is, and which activity could be shortened. */

import { $, fill, plural } from '../../shared/dom.js'

const LEAST_DELAY_S = 120 // a smaller delay usually makes up for itself
const MINUTE_S = 60

/** Seconds behind the plan, including the overtime of the running activity. */
export const secondsBehind = ({ agenda, deadline, state }, now) =>
  agenda.behind_s + (deadline !== null && ['talk', 'write', 'closing'].includes(state) ? Math.max(0, Math.floor((now - deadline) / 1000)) : 0)

/**
 * How to catch up: shorten the longest activity still to come by the delay, in whole minutes, but never below half of its
 * time or below one minute. Null while the delay is small; without `activity` where nothing can be shortened.
 */
export const advice = (coming, behindS) => {
  if (behindS < LEAST_DELAY_S) return null
  const [longest] = [...coming].sort((a, b) => b.time_s - a.time_s)
  const from = longest?.time_s ?? 0
  const leastS = Math.max(MINUTE_S, Math.ceil(from / 2 / MINUTE_S) * MINUTE_S)
  const to = Math.max(leastS, Math.floor((from - behindS) / MINUTE_S) * MINUTE_S)
  return to < from ? { activity: longest.activity, kind: longest.kind, from, to } : {}
}

/** Shows how far behind the meeting is; a press shortens the activity that `advice` names. */
export class Agenda {
  #t
  #advice = null

  constructor({ t, press }) {
    this.#t = t
    $('take').addEventListener('click', () => {
      const { activity, to } = this.#advice ?? {}
      if (activity) press({ do: 'set_time', activity, seconds: to })
    })
  }

  tick(view, now) {
    const t = this.#t
    const behindS = secondsBehind(view, now)
    const shortening = this.#advice = advice(view.agenda.coming, behindS)
    const minutes = Math.round(behindS / 60)
    $('agenda').hidden = !shortening
    if (!shortening) return
    $('behind').textContent = fill(plural(t.behind, minutes), { n: t.numbers.split(' ')[minutes] ?? minutes })
    $('take').hidden = !shortening.activity
    if (shortening.activity) $('take').textContent = fill(t.shorten, { what: t.kinds[shortening.kind] ?? shortening.kind, from: shortening.from / 60, to: shortening.to / 60 })
  }
}
