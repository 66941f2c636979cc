/** The phone's connection to the server: a WebSocket, or polling and POST requests where sockets are blocked. */

const QUIET_MS = 45_000 // the server ticks every 30 s
const PROBE_MS = 3000
const POLL_MS = 3000
const POST_MS = 10_000
const RESTART_MS = 10_000 // a server that announced its restart is back within this time, so no warning is shown before
const FINAL = ['closed', 'limit', 'too-long', 'empty', 'bad', 'unknown-activity', 'not-yours', 'unsupported']

/** Milliseconds to wait before attempt *n* (0 first): up to 1 s, then about 1, 2, 4, 8, 15 s; *chance* (0–1) spreads the phones. */
export const retryDelayMs = (n, chance) => (n ? [1000, 2000, 4000, 8000, 15_000][Math.min(n, 5) - 1] * (0.5 + chance) : 1000 * chance)

export class Connection {
  online = true
  gone = false // the room no longer exists
  #code
  #seen
  #handlers
  #socket = null
  #token = null
  #noCookie = 'fresh' in document.body.dataset // the browser sent no cookie for the page
  #fails = 0
  #offset = 0
  #receivedAt = 0
  #etag = ''
  #welcomed = false
  #polling = false // HTTP requests are being answered
  #started = false
  #retryMs = null // the delay the server asked for, if it did
  #crowded = false // that is why
  #waits = false
  #timer
  #quietUntil = 0
  #holdUntil = 0 // nothing is resent before this time
  #sending = false
  #hasMine = false // whether the server has sent this phone's own answers

  constructor(code, { seen }) {
    this.#code = code
    this.#seen = seen
  }

  /** Handlers: frame(frame, mine?), mine(answers), result(ack or error), token(token) -> settles when it is stored, unsent(all) -> messages to resend, gone(), change(). */
  on(handlers) { this.#handlers = handlers }

  /** Milliseconds since the epoch by the server's clock; this phone's own may be set wrong. */
  now = () => performance.now() + (this.#offset || performance.timeOrigin)

  /** *token*: who this phone is, if that is known. */
  open(token) {
    this.#token = token
    this.#openSocket()
    setInterval(this.#check, POLL_MS)
    for (const event of ['online', 'pageshow']) addEventListener(event, this.#wake)
    addEventListener('offline', () => { this.#quietUntil = 0; this.#setOnline(false) })
    document.addEventListener('visibilitychange', this.#wake)
  }

  /**
   * Settles when the next message may be sent: POST requests that overtake each other would give another result. Nothing
   * is posted before a poll has told the server what this phone has seen; a server restored from a backup needs that.
   */
  async send(message) {
    if (this.#welcomed) this.#socket.send(JSON.stringify(message))
    else if (this.#polling && message.type !== 'typing') await this.#post(message)
    else if (!this.#polling && this.#waits) this.#openSocket() // the server asked to wait for a minute, but somebody writes
  }

  #openSocket = () => {
    if (this.#socket || this.gone) return
    let socket
    try {
      socket = new WebSocket(`${location.origin.replace('http', 'ws')}/${this.#code}/feed?face=phone`)
    } catch { // a browser that does not allow WebSockets
      return this.#lost(null)
    }
    this.#socket = socket
    const timeout = setTimeout(() => socket.close(), 5000)
    socket.onopen = () => {
      clearTimeout(timeout)
      socket.send(JSON.stringify({ type: 'hello', token: this.#token, seen: this.#seen() }))
    }
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data))
    socket.onclose = ({ code: why }) => { clearTimeout(timeout); why === 4404 ? this.#end() : this.#lost(socket) }
  }

  #lost(socket) {
    if (this.#socket !== socket) return
    this.#socket = null
    this.#welcomed = this.#polling = false
    // A full server sends quiet phones off for a minute. One that has just sent something is not quiet.
    const ms = this.#crowded && this.#handlers.unsent(true).length ? 0 : this.#retryMs ?? retryDelayMs(this.#fails, Math.random())
    this.#crowded = false
    this.#waits = this.#retryMs !== null
    if (!this.#waits) this.#fails += 1
    this.#retryMs = null
    if (this.#fails > 1) this.#poll()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#openSocket, ms)
  }

  /** The room no longer exists, so nothing more is sent. */
  #end() {
    this.gone = true
    this.#welcomed = false
    this.#handlers.gone()
  }

  #receive(message) {
    this.#receivedAt = performance.now()
    if (message.now) this.#offset = message.now - performance.now()
    if (message.type === 'welcome') {
      if (this.#noCookie && this.#token) this.#post({ type: 'mine' }) // sets the lost cookie again
      this.#noCookie = false
      this.#token = message.token
      this.#hasMine = true
      this.#fails = this.#quietUntil = 0
      this.#setOnline(true)
      this.#handlers.frame(message, message.mine)
      this.#start(this.#socket)
    } else if (message.type === 'view') this.#handlers.frame(message)
    else if (message.type === 'mine') this.#takeMine(message.mine)
    else if (message.type === 'bye') {
      this.#welcomed = false // what is sent from here on would not be taken
      this.#retryMs = message.retry_in + 1000 * Math.random()
      this.#crowded = message.why === 'crowded'
      if (message.why === 'restart') this.#quietUntil = performance.now() + RESTART_MS
      else this.#fails += 1
      this.#socket?.close()
    } else if (message.code === 'no-room') this.#end()
    else if (message.retry_in) this.#holdUntil = performance.now() + message.retry_in * (1 + Math.random())
    else if (message.type === 'ack' || (message.id && FINAL.includes(message.code))) this.#handlers.result(message)
  }

  async #start(socket) {
    await this.#handlers.token(this.#token)
    if (socket !== this.#socket) return
    this.#welcomed = true
    this.#resend(!this.#started) // all, because the tab that leads may have been killed with the browser
    this.#started = true
  }

  #takeMine(mine) {
    this.#hasMine = true
    this.#handlers.mine(mine)
  }

  async #resend(all = false) {
    if (this.#sending || performance.now() < this.#holdUntil) return
    this.#sending = true
    for (const message of this.#handlers.unsent(all)) await this.send(message)
    this.#sending = false
  }

  #check = () => {
    if (this.#welcomed && performance.now() - this.#receivedAt > QUIET_MS) this.#socket.close()
    if (this.gone) return
    if (this.#welcomed && Math.random() < 0.5) this.#resend()
    if (!this.#welcomed && this.#fails > 1) this.#poll()
  }

  /** After sleep a socket may look open and be dead. Probe it, and reconnect if no answer comes. */
  #wake = () => {
    if (document.visibilityState === 'hidden') return
    if (!this.#welcomed) {
      if (this.#fails > 1) this.#poll()
      return this.#openSocket()
    }
    const asked = performance.now()
    this.send({ type: 'probe', t0: asked })
    setTimeout(() => {
      const socket = this.#socket
      if (this.#receivedAt >= asked || !socket) return
      socket.onclose = null
      socket.close()
      this.#lost(socket)
    }, PROBE_MS)
  }

  #setOnline(online) {
    if (!online) this.#polling = false
    if (this.online === online || (!online && performance.now() < this.#quietUntil)) return
    this.online = online
    this.#handlers.change()
  }

  async #poll() {
    try {
      const response = await fetch(`/${this.#code}/view?${new URLSearchParams(this.#seen())}`, { headers: this.#etag ? { 'If-None-Match': this.#etag } : {}, signal: AbortSignal.timeout(POLL_MS) })
      if (response.status !== 304) this.#receive(await response.json())
      if (!response.ok && response.status !== 304) return this.#setOnline(false)
      this.#etag = response.headers.get('etag')
      this.#polling = true
      this.#setOnline(true)
      if (!this.#hasMine) await this.#post({ type: 'mine' })
      this.#resend()
    } catch {
      this.#setOnline(false)
    }
  }

  async #post(message) {
    try {
      const headers = { 'Content-Type': 'application/json', ...(this.#token && { Authorization: `Bearer ${this.#token}` }) }
      const response = await fetch(`/${this.#code}/answers`, { method: 'POST', headers, body: JSON.stringify(message), signal: AbortSignal.timeout(POST_MS) })
      this.#receive({ id: message.id, ...(await response.json()) })
    } catch {
      this.#setOnline(false)
    }
  }
}
