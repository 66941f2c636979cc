/** The live connection of screen and console: receives views, sends actions, and follows the server's clock. */

import { Connection } from '../../static/shared/connection.js'
import { postJson } from './request.js'

const TRY_AGAIN_MS = 20_000 // how often a face that has to poll tries the socket again
const LONGEST_DELAY_MS = 4000
const ALIVE_MS = 1000

/**
 * Milliseconds to wait before attempt *n* (0 first). It grows up to a limit; *chance* (0–1) keeps faces from all coming at once.
 *
 * @type {(n: number, chance: number) => number}
 */
export const retryDelayMs = (n, chance) => Math.min(LONGEST_DELAY_MS, 250 * 2 ** n) * (0.5 + chance / 2)

// We promise to say within 5 s that what is shown may be old.
/** @type {Pace} */
const PACE = {
  beat: 500, hang: 9000, stale: 3500, probe: 1000,
  delay: (n, chance) => (n > 1 ? TRY_AGAIN_MS : retryDelayMs(n + 1, chance)),
}

/**
 * Whether *frame* may replace *current*: the newest wins. Positions of different epochs can't be compared, so a new epoch always wins.
 *
 * @type {(frame: AnyFrame, current: AnyFrame | null) => boolean}
 */
export const isNewer = (frame, current) =>
  !current || frame.epoch !== current.epoch || frame.position >= current.position

/**
 * Events: `view` (detail: the frame with epoch, position, step, view), `stale`, `fresh`, `open`, `stalled` when the server
 * can record nothing, `resumed` when it can again, and `rights` when the key that was given, or none, does not open this face.
 */
export class Feed extends /** @type {new () => FeedTarget} */ (EventTarget) {
  #code
  #connection
  #frame = /** @type {Frame | null} */ (null)
  #online = true
  #stalled = false
  #toldAt = 0
  #soundless = false
  /** Resolves with the first view. A press before that, on a page that already looks ready, waits for it. */
  ready = new Promise((done) => this.addEventListener('view', done, { once: true }))

  /**
   * `watched`: the server is told each second that this page draws, or that nobody sees it, and tells consoles when that stops.
   *
   * @param {{code: string, face: 'screen' | 'console', watched?: boolean}} of
   */
  constructor({ code, face, watched = false }) {
    super()
    this.#code = code
    this.#connection = new Connection(code, face, PACE, {
      ready: () => this.dispatchEvent(new Event('open')),
      receive: (/** @type {ServerMessage<Frame>} */ message) => message.view && this.#show(message),
      changed: () => this.#changed(),
      ...(watched && { beat: () => this.#tellAlive(), ready: () => this.#begin() }),
    })
    // The timers of a page that nobody sees may rest.
    if (watched) document.addEventListener('visibilitychange', () => this.#connection.live && this.#tellAlive(true))
  }

  /** Milliseconds since the epoch, by the server's clock. */
  serverNow = () => this.#connection.now()

  /** The newest frame, or null. */
  get frame() {
    return this.#frame
  }

  get stale() {
    return !this.#connection.online
  }

  /**
   * Take the key out of the address bar and exchange it for a cookie. Call it before anything else.
   * Returns "none" (no key in the address), "swapped" or "refused". Tries until the network is back.
   *
   * @returns {Promise<'none' | 'swapped' | 'refused'>}
   */
  async swapKey() {
    const key = location.hash.slice(1)
    if (!key) return 'none'
    history.replaceState(null, '', location.pathname + location.search)
    for (let n = 0; ; n += 1) {
      const { ok, status } = await postJson(`/${this.#code}/keys`, { key })
      if (ok) return 'swapped'
      if (status && status < 500 && status !== 429) return 'refused'
      // No network, or a busy server: try again, because the key is no longer in the address bar.
      await new Promise((done) => setTimeout(done, retryDelayMs(n, Math.random())))
    }
  }

  connect() {
    this.#connection.open()
  }

  /**
   * Show *frame* and never anything else: the preview of a meeting that does not run. Actions are refused.
   *
   * @param {Frame} frame
   */
  showStill(frame) {
    this.serverNow = () => frame.now
    this.act = async () => ({ ok: false, status: 403 })
    this.#show(frame)
  }

  /**
   * Send one of the API's actions, such as {do: "next"}.
   * Returns {ok, status, …the body of the response}; `status` is 0 when the server could not be reached. Never throws.
   *
   * @param {Action} action
   * @returns {Promise<ActionResult>}
   */
  async act(action) {
    const { ok, status, body } = await postJson(`/api/rooms/${this.#code}/actions`, action)
    return { ...body, ok, status }
  }

  /** Tell the server whether this browser keeps a film from playing. @param {boolean} is */
  tellSoundless = (is) => {
    this.#soundless = is
    if (this.#connection.live) this.#tellAlive(true)
  }

  #begin() {
    this.#tellAlive(true)
    this.dispatchEvent(new Event('open'))
  }

  #tellAlive(now = false) {
    if (!now && performance.now() - this.#toldAt < ALIVE_MS) return
    this.#toldAt = performance.now()
    this.#connection.send({ type: 'beat', shown: document.visibilityState === 'visible', ...(this.#soundless && { soundless: true }) })
  }

  #changed() {
    const { refused, online, stalled } = this.#connection
    if (refused) this.dispatchEvent(new CustomEvent('rights', { detail: refused }))
    else if (online !== this.#online) this.dispatchEvent(new Event(online ? 'fresh' : 'stale'))
    if (stalled !== this.#stalled) this.dispatchEvent(new Event(stalled ? 'stalled' : 'resumed'))
    this.#online = online
    this.#stalled = stalled
  }

  /** @param {Frame} frame */
  #show(frame) {
    if (!isNewer(frame, this.#frame)) return
    this.#frame = frame
    this.dispatchEvent(new CustomEvent('view', { detail: frame }))
  }
}
