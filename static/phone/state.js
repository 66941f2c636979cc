/** What a phone shows, and what follows from what the server says: pure functions of views, answers and entries of the outbox. */

/** Whether answers are taken in *view*. @type {(view: Pick<PhoneView, 'state'>) => boolean} */
export const isOpen = ({ state }) => state === 'write' || state === 'closing'

/**
 * The section for *view*: `text` for a field, `grace` where the text *unsent* may still be sent at *now*, else its state.
 *
 * @type {(view: PhoneView, now: number, unsent: string) => string}
 */
export const sectionOf = (view, now, unsent) => {
  const writes = view.writes === 'text'
  if (isOpen(view)) return writes ? 'text' : 'write'
  return writes && (view.state === 'closed' || view.state === 'results') && /** @type {number} */ (view.grace_until) > now && unsent.trim() ? 'grace' : view.state
}

/** Whether *fresh*, from a poll that the socket has overtaken, is older than *frame*. @type {(fresh: AnyFrame, frame: AnyFrame) => boolean} */
export const isOlder = (fresh, frame) => fresh.epoch === frame.epoch && fresh.step < frame.step

/**
 * Own answers by id, oldest first: *answers*, as the server has them, changed by entries of the outbox for this *activity*:
 * those that are *waiting*, which get *status*, and acked ones that the server did not have yet.
 *
 * @type {(answers: OwnAnswer[], waiting: Entry[], activity: string, status: string) => Map<string, OwnAnswer>}
 */
export const merge = (answers, waiting, activity, status) => {
  const mine = new Map(answers.map((answer) => [answer.id, answer]))
  for (const entry of waiting) {
    if (entry.activity !== activity) continue
    if (entry.type === 'withdraw') mine.delete(entry.id)
    else mine.set(entry.id, { ...entry, status: entry.acked ? entry.status ?? 'saved' : status })
  }
  return mine
}

/** The answer that a new one replaces, where a phone has one answer that it may change; to version *now*, where versions are counted. @type {(mine: Map<string, OwnAnswer>, now?: number) => OwnAnswer | undefined} */
export const standing = (mine, now) => [...mine.values()].findLast(({ status, value, version }) => status !== 'refused' && version === now && value !== undefined)

/**
 * Of the entries that are *waiting*, those to send again at *now* (ms since the epoch): not a deletion that can still be
 * undone, nor an answer to what is not asked now.
 *
 * @type {(waiting: Entry[], view: PhoneView, now: number) => Entry[]}
 */
export const due = (waiting, view, now) =>
  waiting.filter((entry) => !(/** @type {number} */ (entry.after) > now) && (!entry.parked || (entry.activity === view.activity && isOpen(view))))

/**
 * What follows when the server answers *message* (an ack or an error) to *entry*: `keep`, what becomes of the entry
 * (`acked`, `parked` until its activity is asked again, or `dropped`); `status` of the answer on show, where it changes;
 * `say`, the sentence for the status line, where there is one; `ask`, whether to ask for the own answers anew.
 *
 * @type {(message: Ack | Refusal, entry: Entry, view: PhoneView) => Outcome}
 */
export const resultOf = (message, entry, view) => {
  const answer = entry.type === 'answer'
  if (message.type === 'ack') {
    const status = message.status === 'duplicate' ? 'saved' : message.status
    const said = status !== 'saved' ? status : view.writes === 'choices' ? 'changed' : view.many > 1 ? 'next' : 'saved'
    return { keep: 'acked', status, say: answer && !entry.again ? said : null }
  }
  // A server restored from before this activity: it may start it again.
  if (entry.again && answer && message.code === 'closed' && (isOpen(view) || entry.activity !== view.activity)) return { keep: 'parked' }
  // No other phone can have made this id: this phone sent it before it lost its identity.
  if (message.code === 'not-yours' && entry.rev === 1) return { keep: 'dropped', status: 'saved' }
  const say = !answer ? '' : message.code === 'closed' || message.code === 'limit' ? message.code : 'refused'
  // Where a change or deletion was refused, the answer is shown as the server has it.
  return entry.rev > 1 ? { keep: 'dropped', say, ask: true } : { keep: 'dropped', say, status: 'refused' }
}
