/** The live connection of screen and console: views in, wishes out, and the server's clock. */

const BEAT_MS = 500
const PROBE_MS = 1000
const STALE_MS = 3500 // without a word for so long, what is shown may be old; the promise is to say so within 5 s
const STALE_POLLING_MS = 4400
const HANGS_MS = 9000
const CALM_MS = 10_000 // told to come again, it is back before anybody need know
const POLL_MS = 3000
const TRY_AGAIN_MS = 20_000 // how often a face that only polls tries the socket again
const LONGEST_REST_MS = 4000

/** Milliseconds to rest before attempt *n* (0 first): grows, stays short, and differs from face to face. */
export const restMs = (n, chance) => Math.min(LONGEST_REST_MS, 250 * 2 ** n) * (0.5 + chance / 2)

/** Whether *frame* may replace *shown*: the newest wins, and another epoch is another story altogether. */
export const isNewer = (frame, shown) =>
  !shown || frame.epoch !== shown.epoch || frame.position >= shown.position

/**
 * The server's clock, measured from here. Stands on the page's monotonic clock, so that a clock set wrong on this
 * machine, or set anew during the meeting, changes nothing.
 */
export class ServerClock {
  #offset = null
  #doubt = Infinity

  /** The server said *now*. *askedAt* is when we asked, by `performance.now()`; leave it out if it spoke unasked. */
  hear(now, at, askedAt = null) {
    const doubt = askedAt === null ? 400 : (at - askedAt) / 2
    const offset = now - at + (askedAt === null ? 0 : doubt)
    // A large difference means that one of the clocks stood still, as in a laptop that slept.
    if (doubt <= this.#doubt + 20 || Math.abs(offset - this.#offset) > this.#doubt + doubt + 250) {
      this.#offset = offset
      this.#doubt = doubt
    }
    this.#doubt += 5 // clocks drift, so new measurements slowly win over old ones
  }

  at(at) {
    return this.#offset === null ? Date.now() : at + this.#offset
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
  #shown = null
  #heardAt = 0
  #probedAt = 0
  #stale = false
  #fails = 0
  #tag = null
  #timers = new Set()
  #closed = false
  #polling = null
  #retry = null // milliseconds, when the server has said how long
  #calmUntil = 0
  #polls = false // asking by HTTP, and being answered
  /** Kept when the first view has been shown: what is pressed before, on a page that looks ready, waits for it. */
  ready = new Promise((done) => this.addEventListener('view', done, { once: true }))

  constructor({ code, face }) {
    super()
    this.#code = code
    this.#face = face
  }

  /** Milliseconds since the epoch, by the server's clock. */
  serverNow = () => this.#clock.at(performance.now())

  /** The newest frame, or null. */
  get frame() {
    return this.#shown
  }

  get stale() {
    return this.#stale
  }

  /**
   * Take the key out of the address bar and swap it for a cookie. Call it first of all.
   * Returns "none" (no key in the address), "swapped" or "refused". Waits out a lost network.
   */
  async swapKey() {
    const key = location.hash.slice(1)
    if (!key) return 'none'
    history.replaceState(null, '', location.pathname + location.search)
    for (let n = 0; ; n += 1) {
      try {
        const said = await fetch(`/${this.#code}/keys`, post({ key }))
        if (said.ok) return 'swapped'
        if (said.status < 500 && said.status !== 429) return 'refused'
      } catch {
        // No network: try again, for the key is nowhere else by now.
      }
      await new Promise((done) => setTimeout(done, restMs(n, Math.random())))
    }
  }

  connect() {
    this.#heardAt = performance.now()
    this.#dial()
    const beat = setInterval(this.#beat, BEAT_MS)
    this.#timers.add(beat)
    for (const sign of ['online', 'pageshow']) addEventListener(sign, this.#wake)
    document.addEventListener('visibilitychange', this.#wake)
  }

  /** Show *frame* and nothing else, ever: a picture of a meeting that is not held. Nothing can be done from it. */
  still(frame) {
    this.#closed = true
    this.serverNow = () => frame.now
    this.act = async () => ({ ok: false, status: 403 })
    this.#show(frame)
  }

  close() {
    this.#closed = true
    this.#timers.forEach(clearInterval)
    for (const sign of ['online', 'pageshow']) removeEventListener(sign, this.#wake)
    document.removeEventListener('visibilitychange', this.#wake)
    this.#socket?.close()
  }

  /**
   * Carry out one of the API's actions, such as {do: "next"}.
   * Returns {ok, status, …what the server said}; `status` 0 when it could not be reached. Never throws.
   */
  async act(action) {
    try {
      const said = await fetch(`/api/rooms/${this.#code}/actions`, post(action))
      const body = await said.json().catch(() => ({}))
      return { ...body, ok: said.ok, status: said.status }
    } catch {
      return { ok: false, status: 0 }
    }
  }

  #dial() {
    if (this.#closed) return
    let socket
    try {
      socket = new WebSocket(`${location.origin.replace('http', 'ws')}/${this.#code}/feed?face=${this.#face}`)
    } catch { // a browser that was told to open none
      return this.#lost(null)
    }
    this.#socket = socket
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello' }))
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data), socket)
    socket.onclose = ({ code }) => this.#lost(socket, code)
  }

  #hear(said, socket) {
    if (socket !== this.#socket) return
    const at = performance.now()
    if (said.type === 'welcome') {
      this.#fails = 0
      this.#calmUntil = 0
      this.#polls = false
      this.#probe()
      this.dispatchEvent(new Event('open'))
    }
    if (said.type === 'error' && ['rights', 'no-room'].includes(said.code)) return this.#refused(said.code)
    if (said.type === 'bye') {
      this.#retry = said.retry_in + 250 * Math.random()
      if (said.why === 'restart') this.#calmUntil = performance.now() + CALM_MS
      return socket.close()
    }
    if (said.now) this.#clock.hear(said.now, at, said.t0 ?? null)
    this.#heard(at)
    if (said.view) this.#show(said)
  }

  #heard(at) {
    this.#heardAt = at
    if (!this.#stale) return
    this.#stale = false
    this.dispatchEvent(new Event('fresh'))
  }

  #show(frame) {
    if (!isNewer(frame, this.#shown)) return
    this.#shown = frame
    this.dispatchEvent(new CustomEvent('view', { detail: frame }))
  }

  #lost(socket, code) {
    if (socket !== this.#socket || this.#closed) return
    this.#socket = null
    if (code === 4403 || code === 4404) return this.#refused(code === 4403 ? 'rights' : 'no-room')
    if (this.#retry !== null) { // told when to come again
      this.#later(() => this.#socket ?? this.#dial(), this.#retry)
      this.#retry = null
      return
    }
    this.#fails += 1
    // Two sockets in a row that never opened: something on the way blocks them, and we ask by HTTP meanwhile.
    const wait = this.#fails > 2 ? TRY_AGAIN_MS : restMs(this.#fails, Math.random())
    if (this.#fails >= 2) this.#poll()
    this.#later(() => this.#socket ?? this.#dial(), wait)
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
      const headers = this.#tag ? { 'If-None-Match': this.#tag } : {}
      const said = await fetch(`/${this.#code}/view?face=${this.#face}`, { headers, cache: 'no-store' })
      if (said.status === 401 || said.status === 403) return this.#refused('rights')
      if (said.status === 404) return this.#refused('no-room')
      if (said.ok) {
        const frame = await said.json()
        this.#tag = said.headers.get('ETag')
        this.#clock.hear(frame.now, performance.now())
        this.#show(frame)
      }
      this.#polls = said.ok || said.status === 304
      if (this.#polls) this.#heard(performance.now())
    } catch {
      this.#polls = false
      // Stale already shows; the next round tries again.
    }
    if (!this.#polling) {
      this.#polling = this.#later(() => {
        this.#polling = null
        this.#poll()
      }, POLL_MS)
    }
  }

  #beat = () => {
    const now = performance.now()
    const silent = now - this.#heardAt
    if (silent > (this.#polls ? STALE_POLLING_MS : STALE_MS) && now > this.#calmUntil && !this.#stale) {
      this.#stale = true
      this.dispatchEvent(new Event('stale'))
    }
    if (silent > HANGS_MS && this.#socket?.readyState === WebSocket.OPEN) this.#drop()
    if (now - this.#probedAt >= PROBE_MS) this.#probe()
  }

  #probe() {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#probedAt = performance.now()
      this.#socket.send(JSON.stringify({ type: 'probe', t0: performance.now() }))
    }
  }

  /** Give a socket up that no longer hears; closing it politely could take minutes. */
  #drop() {
    const socket = this.#socket
    this.#socket = null
    socket.onclose = null
    socket.close()
    this.#dial()
  }

  #wake = () => {
    if (document.visibilityState === 'hidden' || this.#closed) return
    if (this.#socket === null) this.#dial()
    else this.#probe()
  }

  #later(call, ms) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      call()
    }, ms)
    this.#timers.add(timer)
    return timer
  }
}

const post = (content) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(content),
})
