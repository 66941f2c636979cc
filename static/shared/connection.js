/**
 * The live connection of a face to its room: a WebSocket, or polling by HTTP where sockets are blocked. It comes back by
 * itself, follows the server's clock, and says when what is shown may be old.
 */
import { ServerClock } from './server_clock.js'

const WELCOME_MS = 5000 // a socket that has not brought a welcome by then, open or not, is given up
const POLL_MS = 3000
const PROBE_MS = 3000 // after sleep, a socket that does not answer within this time is dead
const ANSWER_MS = 9000 // and at all other times within this one
const RESTART_MS = 10_000 // a server that announced its restart is back within this time, so no warning is shown before
const CATCH_UP_MS = 1500 // what has come while this page itself stood still is read within this time
/** @type {(string | undefined)[]} */
const FOR_GOOD = ['rights', 'no-room']

export class Connection {
  /** Whether what is shown is up to date, as far as we know. */
  online = true
  /** Why the server has turned this face away for good, `rights` or `no-room`; else empty. */
  refused = ''
  /** Whether the server says that it can record nothing now. */
  stalled = false
  /** Whether the socket takes messages. */
  live = false
  /** Whether HTTP requests are being answered while there is no socket. */
  polling = false
  /** Whether the server has said when to come back. */
  waits = false
  #code
  #face
  #pace
  #handlers
  #clock = new ServerClock()
  /** @type {WebSocket | null} */
  #socket = null
  #fails = 0
  /** @type {number | null} */
  #retryMs = null // the delay the server asked for, if it did
  #crowded = false // that is why
  /** @type {string | null} */
  #etag = ''
  /** @type {number | undefined} */
  #retryTimer
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #welcomeTimer
  /** @type {number | undefined} */
  #beatTimer
  /** @type {number | undefined} */
  #askedAt
  #receivedAt = 0
  #probedAt = 0
  /** When the first probe was sent that nothing has followed. @type {number | undefined} */
  #unanswered
  #polledAt = -POLL_MS
  /** @type {number} */
  #beatAt
  #quietUntil = 0

  /**
   * *pace* says, in ms: `beat`, how often the connection is checked; `hang`, after how long a silence a socket is given up;
   * `stale`, after how long a silence what is shown may be old (0: as soon as requests fail); `probe`, how often the server
   * is asked for a sign of life (0: only after sleep, and while something urgent waits); and `delay(n, chance)`, the wait
   * before attempt n to connect (chance, 0–1, spreads the faces).
   *
   * *handlers*: `hello()` → more for the hello message; `welcome(message)` → settles when
   * messages may be sent; `ready()`, they may; `polled(first)`, a poll was answered, the first since requests failed or the socket was lost; `beat()`, the connection
   * was checked and is well; `receive(message)`, every other message and
   * every view; `changed()`, one of the properties above is another; `urgent()` → whether this face can't wait while the
   * server is full. All but `receive` and `changed` may be missing.
   *
   * @param {string} code
   * @param {string} face
   * @param {Pace} pace
   * @param {ConnectionHandlers} handlers
   */
  constructor(code, face, pace, handlers) {
    this.#code = code
    this.#face = face
    this.#pace = pace
    this.#handlers = handlers
  }

  /** Milliseconds since the epoch, by the server's clock. */
  now = () => this.#clock.serverTime(performance.now())

  open() {
    this.#receivedAt = this.#beatAt = performance.now()
    this.connect()
    this.#beatTimer = setInterval(this.#beat, this.#pace.beat)
    for (const event of ['online', 'pageshow']) addEventListener(event, this.#wake)
    document.addEventListener('visibilitychange', this.#wake)
    addEventListener('offline', () => {
      this.#quietUntil = 0
      if (!this.#pace.stale) this.#setOnline(false)
    })
  }

  /** Connect now, without waiting longer, if there is no socket. */
  connect = () => {
    if (this.#socket || this.refused) return
    let socket
    try {
      socket = new WebSocket(`${location.origin.replace('http', 'ws')}/${this.#code}/feed?face=${this.#face}`)
    } catch { // a browser that does not allow WebSockets
      return this.#lost(null)
    }
    this.#socket = socket
    this.#welcomeTimer = setTimeout(() => {
      this.#fails += 1 // some proxies let a socket open and then nothing through: poll at once
      this.#drop()
    }, WELCOME_MS)
    socket.onopen = () => {
      this.#askedAt = performance.now()
      this.send({ type: 'hello', ...this.#handlers.hello?.() })
    }
    socket.onmessage = ({ data }) => socket === this.#socket && this.receive(JSON.parse(data))
    socket.onclose = ({ code }) => {
      if (code === 4403 || code === 4404) this.#refuse(FOR_GOOD[code - 4403])
      else this.#lost(socket)
    }
  }

  /** By the socket, which must be open. @param {FaceMessage} message */
  send(message) { /** @type {WebSocket} */ (this.#socket).send(JSON.stringify(message)) }

  /**
   * Take in a message, also the response to a request of this face's own; *askedAt* is when that was sent.
   *
   * @param {ServerMessage} message
   */
  receive(message, askedAt = message.t0) {
    const now = performance.now()
    const welcome = message.type === 'welcome'
    if (message.now) this.#clock.measure(message.now, now, welcome ? this.#askedAt : askedAt)
    if (FOR_GOOD.includes(message.code)) return this.#refuse(message.code)
    if (welcome || this.live || message.view) { // a server that answers errors alone shows nothing new
      this.#receivedAt = now
      this.#unanswered = undefined
      this.#setOnline(true)
    }
    if ((message.view || message.type === 'tick') && this.stalled !== Boolean(message.stalled)) {
      this.stalled = !this.stalled
      this.#handlers.changed()
    }
    if (message.type === 'bye') {
      this.live = false // what is sent from here on would not be taken
      this.#retryMs = message.retry_in + Math.random() * this.#pace.beat / 2
      this.#crowded = message.why === 'crowded'
      if (message.why === 'restart') this.#quietUntil = now + RESTART_MS
      else this.#fails += 1
      return this.#socket?.close()
    }
    if (welcome) this.#welcomed(message, this.#socket)
    this.#handlers.receive(message)
  }

  /**
   * @param {AnyFrame} message
   * @param {WebSocket | null} socket
   */
  async #welcomed(message, socket) {
    clearTimeout(this.#welcomeTimer)
    this.#fails = this.#quietUntil = 0
    await this.#handlers.welcome?.(message)
    if (socket !== this.#socket) return
    this.live = true
    this.#handlers.ready?.()
  }

  /** @param {WebSocket | null} socket */
  #lost(socket) {
    if (this.#socket !== socket || this.refused) return
    this.#socket = null
    this.live = this.polling = false
    this.waits = this.#retryMs !== null
    const ms = this.#crowded && this.#handlers.urgent?.() ? 0 : this.#retryMs ?? this.#pace.delay(this.#fails, Math.random())
    if (!this.waits) this.#fails += 1
    this.#retryMs = null
    this.#crowded = false
    this.#pollIfBlocked()
    clearTimeout(this.#welcomeTimer)
    clearTimeout(this.#retryTimer)
    this.#retryTimer = setTimeout(this.connect, ms)
  }

  /** Give up a socket that no longer answers. Waiting for its close handshake could take minutes. */
  #drop() {
    const socket = /** @type {WebSocket} */ (this.#socket)
    socket.onclose = null
    socket.close()
    this.#lost(socket)
  }

  /** @param {string} [why] */
  #refuse(why) {
    this.refused = /** @type {string} */ (why)
    this.live = false
    clearInterval(this.#beatTimer)
    clearTimeout(this.#welcomeTimer)
    this.#socket?.close()
    this.#handlers.changed()
  }

  #beat = () => {
    const now = performance.now()
    const { beat, hang, stale, probe } = this.#pace
    if (now - this.#beatAt > 2 * beat) this.#quietUntil = Math.max(this.#quietUntil, now + CATCH_UP_MS)
    this.#beatAt = now
    const silentMs = now - this.#receivedAt
    if (now > this.#quietUntil) {
      if (stale && silentMs > stale + (this.polling ? 900 : 0)) this.#setOnline(false)
      if (this.live && (silentMs > hang || now - (this.#unanswered ?? now) > ANSWER_MS)) this.#drop()
    }
    if (this.live && now - this.#probedAt >= (probe || beat) && (probe || this.#handlers.urgent?.())) this.#probe()
    if (now - this.#polledAt > POLL_MS - beat / 2) this.#pollIfBlocked() // at every beat, where that is as long
    if (this.live) this.#handlers.beat?.()
  }

  #probe() {
    this.#probedAt = performance.now()
    this.#unanswered ??= this.#probedAt
    this.send({ type: 'probe', t0: this.#probedAt })
  }

  /** After sleep a socket may look open and be dead. Probe it, and reconnect if no answer comes. */
  #wake = () => {
    if (document.visibilityState === 'hidden') return
    if (!this.live) {
      this.#pollIfBlocked()
      return this.connect()
    }
    this.#probe()
    const socket = this.#socket
    setTimeout(() => { if (socket === this.#socket && this.#receivedAt < this.#probedAt) this.#drop() }, PROBE_MS)
  }

  /** @param {boolean} online */
  #setOnline(online) {
    if (this.online === online || (!online && performance.now() < this.#quietUntil)) return
    this.online = online
    this.#handlers.changed()
  }

  /** Two sockets in a row came to nothing: something in the network blocks them. */
  async #pollIfBlocked() {
    if (this.live || this.refused || this.#fails < 2) return
    this.#polledAt = performance.now()
    const askedAt = this.#polledAt
    try {
      const response = await fetch(`/${this.#code}/view?face=${this.#face}`, { headers: this.#etag ? { 'If-None-Match': this.#etag } : {}, signal: AbortSignal.timeout(POLL_MS) })
      const same = response.status === 304
      if (!same) this.receive(await response.json(), askedAt)
      if (!response.ok && !same) throw response
      this.#etag = response.headers.get('etag')
      this.#receivedAt = performance.now()
      const first = !this.polling
      this.polling = true
      this.#setOnline(true)
      this.#handlers.polled?.(first)
    } catch {
      this.failed()
    }
  }

  /** A request of this face was not answered; where the socket is well, that says nothing. */
  failed() {
    this.polling = false
    if (!this.#pace.stale && !this.live) this.#setOnline(false)
  }
}
