/** The live connection of screen and console: receives views, sends actions, and follows the server's clock. */

import { postJson } from './request.js'

const BEAT_MS = 500
const PROBE_MS = 1000
const STALE_MS = 3500 // after so long without a message, what is shown may be old; we promise to say so within 5 s
const STALE_POLLING_MS = 4400
const CATCH_UP_MS = 1500 // what has come while this page itself stood still is read within this time
const HANGING_MS = 9000
const RESTART_MS = 10_000 // a server that announced its restart is back within this time, so no warning is shown before
const POLL_MS = 3000
const TRY_AGAIN_MS = 20_000 // how often a face that has to poll tries the socket again
const LONGEST_DELAY_MS = 4000

/** Milliseconds to wait before attempt *n* (0 first). It grows up to a limit; *chance* (0–1) keeps faces from all coming at once. */
export const retryDelayMs = (n, chance) => Math.min(LONGEST_DELAY_MS, 250 * 2 ** n) * (0.5 + chance / 2)

/** Whether *frame* may replace *current*: the newest wins. Positions of different epochs can't be compared, so a new epoch always wins. */
export const isNewer = (frame, current) =>
  !current || frame.epoch !== current.epoch || frame.position >= current.position

/**
 * The server's clock, as measured from here. It builds on the page's monotonic clock, so a wrong clock on this machine,
 * or one that is corrected during the meeting, changes nothing.
 */
export class ServerClock {
  #offset = null
  #errorMs = Infinity

  /** The server reported *now*. *receivedAt* and *askedAt* are of `performance.now()`; leave *askedAt* out if we did not ask. */
  measure(now, receivedAt, askedAt = null) {
    const errorMs = askedAt === null ? 400 : (receivedAt - askedAt) / 2
    const offset = now - receivedAt + (askedAt === null ? 0 : errorMs)
    // A large difference means that one of the clocks stood still, as in a laptop that slept.
    if (errorMs <= this.#errorMs + 20 || Math.abs(offset - this.#offset) > this.#errorMs + errorMs + 250) {
      this.#offset = offset
      this.#errorMs = errorMs
    }
    this.#errorMs += 5 // clocks drift, so new measurements slowly win over old ones
  }

  /** The server's time at *localMs* of `performance.now()`. */
  serverTime(localMs) {
    return this.#offset === null ? Date.now() : localMs + this.#offset
  }
}

/**
 * Events: `view` (detail: the frame with epoch, position, step, view), `stale`, `fresh`, `open`, and `rights` when the
 * key that was given, or none, does not open this face.
 */
export class Feed extends EventTarget {
  #code
  #face
  #clock = new ServerClock()
  #socket = null
  #frame = null
  #receivedAt = 0
  #probedAt = 0
  #checkedAt = 0
  #stale = false
  #fails = 0
  #etag = null
  #timers = new Set()
  #closed = false
  #pollTimer = null
  #retryMs = null // the delay the server asked for, if it did
  #quietUntil = 0
  #pollingWorks = false // HTTP requests are being answered
  /** Resolves with the first view. A press before that, on a page that already looks ready, waits for it. */
  ready = new Promise((done) => this.addEventListener('view', done, { once: true }))

  constructor({ code, face }) {
    super()
    this.#code = code
    this.#face = face
  }

  /** Milliseconds since the epoch, by the server's clock. */
  serverNow = () => this.#clock.serverTime(performance.now())

  /** The newest frame, or null. */
  get frame() {
    return this.#frame
  }

  get stale() {
    return this.#stale
  }

  /**
   * Take the key out of the address bar and exchange it for a cookie. Call it before anything else.
   * Returns "none" (no key in the address), "swapped" or "refused". Tries until the network is back.
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
    this.#receivedAt = this.#checkedAt = performance.now()
    this.#openSocket()
    const timer = setInterval(this.#checkConnection, BEAT_MS)
    this.#timers.add(timer)
    for (const eventName of ['online', 'pageshow']) addEventListener(eventName, this.#wake)
    document.addEventListener('visibilitychange', this.#wake)
  }

  /** Show *frame* and never anything else: the preview of a meeting that does not run. Actions are refused. */
  showStill(frame) {
    this.#closed = true
    this.serverNow = () => frame.now
    this.act = async () => ({ ok: false, status: 403 })
    this.#show(frame)
  }

  close() {
    this.#closed = true
    this.#timers.forEach(clearInterval)
    for (const eventName of ['online', 'pageshow']) removeEventListener(eventName, this.#wake)
    document.removeEventListener('visibilitychange', this.#wake)
    this.#socket?.close()
  }

  /**
   * Send one of the API's actions, such as {do: "next"}.
   * Returns {ok, status, …the body of the response}; `status` is 0 when the server could not be reached. Never throws.
   */
  async act(action) {
    const { ok, status, body } = await postJson(`/api/rooms/${this.#code}/actions`, action)
    return { ...body, ok, status }
  }

  #openSocket() {
    if (this.#closed) return
    let socket
    try {
      socket = new WebSocket(`${location.origin.replace('http', 'ws')}/${this.#code}/feed?face=${this.#face}`)
    } catch { // a browser that does not allow WebSockets
      return this.#lost(null)
    }
    this.#socket = socket
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello' }))
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(data), socket)
    socket.onclose = ({ code }) => this.#lost(socket, code)
  }

  #receive(message, socket) {
    if (socket !== this.#socket) return
    const now = performance.now()
    if (message.type === 'welcome') {
      this.#fails = 0
      this.#quietUntil = 0
      this.#pollingWorks = false
      this.#probe()
      this.dispatchEvent(new Event('open'))
    }
    if (message.type === 'error' && ['rights', 'no-room'].includes(message.code)) return this.#refused(message.code)
    if (message.type === 'bye') {
      this.#retryMs = message.retry_in + 250 * Math.random()
      if (message.why === 'restart') this.#quietUntil = performance.now() + RESTART_MS
      return socket.close()
    }
    if (message.now) this.#clock.measure(message.now, now, message.t0 ?? null)
    this.#markFresh(now)
    if (message.view) this.#show(message)
  }

  #markFresh(now) {
    this.#receivedAt = now
    if (!this.#stale) return
    this.#stale = false
    this.dispatchEvent(new Event('fresh'))
  }

  #show(frame) {
    if (!isNewer(frame, this.#frame)) return
    this.#frame = frame
    this.dispatchEvent(new CustomEvent('view', { detail: frame }))
  }

  #lost(socket, code) {
    if (socket !== this.#socket || this.#closed) return
    this.#socket = null
    if (code === 4403 || code === 4404) return this.#refused(code === 4403 ? 'rights' : 'no-room')
    if (this.#retryMs !== null) { // the server said when to come back
      this.#schedule(() => this.#socket ?? this.#openSocket(), this.#retryMs)
      this.#retryMs = null
      return
    }
    this.#fails += 1
    // Two sockets in a row never opened: something in the network blocks them, so we poll by HTTP meanwhile.
    const delayMs = this.#fails > 2 ? TRY_AGAIN_MS : retryDelayMs(this.#fails, Math.random())
    if (this.#fails >= 2) this.#poll()
    this.#schedule(() => this.#socket ?? this.#openSocket(), delayMs)
  }

  #refused(why) {
    this.#closed = true
    this.#timers.forEach(clearInterval)
    this.#socket?.close()
    this.dispatchEvent(new CustomEvent('rights', { detail: why }))
  }

  async #poll() {
    if (this.#closed || this.#fails === 0) return
    try {
      const headers = this.#etag ? { 'If-None-Match': this.#etag } : {}
      const response = await fetch(`/${this.#code}/view?face=${this.#face}`, { headers, cache: 'no-store' })
      if (response.status === 401 || response.status === 403) return this.#refused('rights')
      if (response.status === 404) return this.#refused('no-room')
      if (response.ok) {
        const frame = await response.json()
        this.#etag = response.headers.get('ETag')
        this.#clock.measure(frame.now, performance.now())
        this.#show(frame)
      }
      this.#pollingWorks = response.ok || response.status === 304
      if (this.#pollingWorks) this.#markFresh(performance.now())
    } catch {
      this.#pollingWorks = false
      // The warning for old content shows already; the next round tries again.
    }
    if (!this.#pollTimer) {
      this.#pollTimer = this.#schedule(() => {
        this.#pollTimer = null
        this.#poll()
      }, POLL_MS)
    }
  }

  #checkConnection = () => {
    const now = performance.now()
    if (now - this.#checkedAt > 2 * BEAT_MS) this.#quietUntil = Math.max(this.#quietUntil, now + CATCH_UP_MS)
    this.#checkedAt = now
    const silentMs = now - this.#receivedAt
    if (now > this.#quietUntil) {
      if (silentMs > (this.#pollingWorks ? STALE_POLLING_MS : STALE_MS) && !this.#stale) {
        this.#stale = true
        this.dispatchEvent(new Event('stale'))
      }
      if (silentMs > HANGING_MS && this.#socket?.readyState === WebSocket.OPEN) this.#drop()
    }
    if (now - this.#probedAt >= PROBE_MS) this.#probe()
  }

  #probe() {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#probedAt = performance.now()
      this.#socket.send(JSON.stringify({ type: 'probe', t0: performance.now() }))
    }
  }

  /** Give up a socket that no longer answers. Waiting for its close handshake could take minutes. */
  #drop() {
    const socket = this.#socket
    this.#socket = null
    socket.onclose = null
    socket.close()
    this.#openSocket()
  }

  #wake = () => {
    if (document.visibilityState === 'hidden' || this.#closed) return
    if (this.#socket === null) this.#openSocket()
    else this.#probe()
  }

  #schedule(callback, ms) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      callback()
    }, ms)
    this.#timers.add(timer)
    return timer
  }
}
