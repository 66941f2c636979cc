/**
 * The server's clock, as measured from here. It builds on the page's monotonic clock, so a wrong clock on this device, or
 * one that is corrected during the meeting, changes nothing.
 */
export class ServerClock {
  /** @type {number | null} */
  #offset = null
  #errorMs = Infinity

  /**
   * The server wrote *now* (ms since the epoch). *receivedAt* and *askedAt* are of `performance.now()`; leave *askedAt* out
   * if we did not ask. A message is under way for a while, and may be read late by a page that stood still: so the server
   * is at least so far ahead, and where we asked, at most by the whole time more.
   *
   * @param {number} now
   * @param {number} receivedAt
   * @param {number} [askedAt]
   */
  measure(now, receivedAt, askedAt) {
    const least = now - receivedAt
    const errorMs = (receivedAt - /** @type {number} */ (askedAt)) / 2 // NaN where we did not ask: every comparison with it is false
    if (errorMs <= this.#errorMs + 20 || /** @type {number} */ (this.#offset) > least + 2 * errorMs + 250) {
      this.#offset = least + errorMs
      this.#errorMs = errorMs
    } else if (this.#offset === null || this.#offset < least) this.#offset = least
    this.#errorMs += 5 // clocks drift, so new measurements slowly win over old ones
  }

  /**
   * The server's time at *localMs* of `performance.now()`; this device's own before the first measurement.
   *
   * @param {number} localMs
   */
  serverTime(localMs) {
    return localMs + (this.#offset ?? performance.timeOrigin)
  }
}
