/** The plan against the clock: how far behind, and which activity to shorten. */

import { $, fill, plural } from '../shared/dom.js'

const WORTH_S = 120 // less is made up for by itself
const MINUTE_S = 60

/** Seconds behind the plan, with the overtime of what goes on now. */
export const late = ({ agenda, deadline, state }, now) =>
  agenda.behind_s + (deadline !== null && ['talk', 'write', 'closing'].includes(state) ? Math.max(0, Math.floor((now - deadline) / 1000)) : 0)

/**
 * What would bring the meeting back: the longest that is to come, by as much as it is behind, in whole minutes, and never
 * below half of its time or below a minute. Null while that is not worth it; `activity` is missing where nothing is left.
 */
export const advice = (coming, behindS) => {
  if (behindS < WORTH_S) return null
  const [longest] = [...coming].sort((a, b) => b.time_s - a.time_s)
  const from = longest?.time_s ?? 0
  const least = Math.max(MINUTE_S, Math.ceil(from / 2 / MINUTE_S) * MINUTE_S)
  const to = Math.max(least, Math.floor((from - behindS) / MINUTE_S) * MINUTE_S)
  return to < from ? { activity: longest.activity, kind: longest.kind, from, to } : {}
}

/** Says in the console how far behind the meeting is; a press shortens what `advice` names. */
export class Agenda {
  #t
  #found = null

  constructor({ t, press }) {
    this.#t = t
    $('take').addEventListener('click', () => {
      const { activity, to } = this.#found ?? {}
      if (activity) press({ do: 'set_time', activity, seconds: to })
    })
  }

  tick(view, now) {
    const t = this.#t
    const behind = late(view, now)
    const found = this.#found = advice(view.agenda.coming, behind)
    const n = Math.round(behind / 60)
    $('agenda').hidden = !found
    if (!found) return
    $('behind').textContent = fill(plural(t.behind, n), { n: t.numbers.split(' ')[n] ?? n })
    $('take').hidden = !found.activity
    if (found.activity) $('take').textContent = fill(t.shorten, { what: t.kinds[found.kind] ?? found.kind, from: found.from / 60, to: found.to / 60 })
  }
}
