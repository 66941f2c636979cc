/** Sends the facilitator's actions to the server, and tells why one was refused. */

const GUARD_MS = 300 // two presses within this are one
const PATIENCE_MS = 15_000
const PAUSE_MS = 100
const TRIES = 5 // others may move cards again while a press is being sent

/**
 * Where the meeting stands. Cards that are moved change a room's step, but not this. Pure.
 *
 * @type {(room: Pick<View, 'state' | 'slide' | 'activity'>) => string}
 */
export const positionKey = ({ state, slide, activity }) => JSON.stringify([state, slide?.n, slide?.shown, activity])

export class Actions {
  #feed
  #fetchRoom
  #note
  #t
  #now
  /** @type {ConsoleView | null} */
  #view = null
  /** @type {Record<string, number>} */
  #pressedAt = {}

  /**
   * *feed* has `ready`, `stale` and `act(action)`; `fetchRoom()` resolves with the room as the API has it, or null; `note`
   * shows a text; *t* has `conflict` and `failed`; `now()` is in milliseconds.
   *
   * @param {object} of
   * @param {Pick<import('../shared/feed.js').Feed, 'ready' | 'stale' | 'act'>} of.feed
   * @param {() => Promise<RoomOfApi | null>} of.fetchRoom
   * @param {ShowNote} of.note
   * @param {Strings} of.t
   * @param {() => number} [of.now]
   */
  constructor({ feed, fetchRoom, note, t, now = () => performance.now() }) {
    this.#feed = feed
    this.#fetchRoom = fetchRoom
    this.#note = note
    this.#t = t
    this.#now = now
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#view = view
  }

  /**
   * Send *action*, and show the reason if it is refused. Resolves with the result of `feed.act`.
   *
   * @type {(action: Action) => Promise<ActionResult>}
   */
  send = async (action) => {
    if (!this.#view) await this.#feed.ready
    const view = this.#view
    if (!view || this.#feed.stale) {
      this.#note(this.#t.failed, true) // buttons are off while the connection is lost, but not those of an open dialog
      return { ok: false }
    }
    const moves = action.do === 'next' || action.do === 'back'
    const positionBefore = positionKey(view)
    let result = await this.#feed.act(moves ? { ...action, if_step: view.step } : action)
    for (let tries = 0; result.status === 409 && tries < TRIES; tries += 1) {
      const step = await this.#currentStep(positionBefore)
      if (step === null) break
      result = await this.#feed.act({ ...action, if_step: step })
    }
    if (result.status === 409) this.#note(this.#t.conflict, true)
    else if (!result.ok) this.#note(result.title ?? this.#t.failed, true)
    return result
  }

  /**
   * The same; resolves with whether it was done.
   *
   * @type {Act}
   */
  act = async (action) => (await this.send(action)).ok

  /**
   * The same for what was decided in a dialog: if the connection is lost in that moment, it waits for it a while.
   *
   * @type {Act}
   */
  actWhenFresh = async (action) => {
    const until = this.#now() + PATIENCE_MS
    while (this.#feed.stale && this.#now() < until) await new Promise((done) => setTimeout(done, PAUSE_MS))
    return this.act(action)
  }

  /**
   * Send the action of a button; a second press within GUARD_MS is ignored.
   *
   * @type {Act}
   */
  press = (action) => {
    const now = this.#now()
    if (now - (this.#pressedAt[action.do] ?? -Infinity) < GUARD_MS) return Promise.resolve(false)
    this.#pressedAt[action.do] = now
    return this.act(action)
  }

  /**
   * The room's step, if only cards have moved since *positionBefore*; null when the meeting has moved on.
   *
   * @param {string} positionBefore
   */
  async #currentStep(positionBefore) {
    const room = await this.#fetchRoom()
    return room && positionKey(room) === positionBefore ? room.step : null
  }
}
