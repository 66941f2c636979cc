/** Sends the actions of keys pressed at the screen, where its link allows it. A page that is turned may be turned without. */

export class Steering {
  #feed
  #note
  #t
  #maySteer = true // until the server refuses an action

  /**
   * *feed* has `act(action)`; *t* has `from_console` and `offline`.
   *
   * @param {{feed: Pick<import('../shared/feed.js').Feed, 'act'>, note: ShowNote, t: Strings}} of
   */
  constructor({ feed, note, t }) {
    this.#feed = feed
    this.#note = note
    this.#t = t
  }

  /**
   * Send *actions* one after the other, until one is refused.
   *
   * @param {Action[]} actions
   */
  async send(actions) {
    for (const action of actions) {
      const { ok, status } = await this.#act(action)
      if (status === 401 || status === 403) this.#note(this.#t.from_console)
      else if (status === 0) this.#note(this.#t.offline)
      if (!ok) return
    }
  }

  /**
   * Tell the server that page *n* is on show, so that the console and a second screen show the same. False, and nothing is sent, without the right.
   *
   * @param {number} n
   */
  sharePage(n) {
    if (!this.#maySteer) return false
    this.#act({ do: 'page', n })
    return true
  }

  /** @param {Action} action */
  async #act(action) {
    const result = await this.#feed.act(action)
    if (result.status === 401 || result.status === 403) this.#maySteer = false
    else if (result.status) this.#maySteer = true
    return result
  }
}
