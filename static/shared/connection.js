/** The line to the server: a socket, or polling and posts where sockets are blocked. */
import { restMs } from './text_and_time.js'

const QUIET_MS = 45_000 // the server ticks every 30 s
const PROBE_MS = 3000
const POLL_MS = 3000
const POST_MS = 10_000
const CALM_MS = 10_000 // told to come again, it is back before anybody need know
const FINAL = ['closed', 'limit', 'too-long', 'empty', 'bad', 'unknown-activity', 'not-yours', 'unsupported']

export class Line {
  online = true
  gone = false // the meeting is no longer there
  #code
  #seen
  #to
  #socket = null
  #token = null
  #strange = 'fresh' in document.body.dataset // the page came without the cookie
  #fails = 0
  #offset = 0
  #heardAt = 0
  #tag = ''
  #welcomed = false
  #polls = false // asking by HTTP, and being answered
  #begun = false
  #retry = null // milliseconds, when the server has said how long
  #rests = false
  #next
  #calm = 0
  #hold = 0 // nothing is sent again before
  #sending = false
  #told = false // whether the server has told what this phone has sent

  constructor(code, { seen }) {
    this.#code = code
    this.#seen = seen
  }

  /** Handlers: frame(frame, mine?), mine(answers), settled(answer), known(token) -> settles when it is kept, waiting(all) -> what to send again, gone(), change(). */
  on(handlers) { this.#to = handlers }

  /** Milliseconds since the epoch by the server's clock; this phone's own may be set wrong. */
  now = () => performance.now() + (this.#offset || performance.timeOrigin)

  /** *token*: who this phone is, if that is known. */
  open(token) {
    this.#token = token
    this.#dial()
    setInterval(this.#beat, POLL_MS)
    for (const sign of ['online', 'pageshow']) addEventListener(sign, this.#wake)
    addEventListener('offline', () => { this.#calm = 0; this.#be(false) })
    document.addEventListener('visibilitychange', this.#wake)
  }

  /**
   * Settles when there is room for the next: posts that overtake each other would change what they come to. Nothing is
   * posted before a poll has said what this phone has seen, or a store that came back older could not tell.
   */
  async send(message) {
    if (this.#welcomed) this.#socket.send(JSON.stringify(message))
    else if (this.#polls && message.type !== 'typing') await this.#post(message)
    else if (!this.#polls && this.#rests) this.#dial() // told to rest for a minute, and somebody writes
  }

  #dial = () => {
    if (this.#socket || this.gone) return
    let socket
    try {
      socket = new WebSocket(`${location.origin.replace('http', 'ws')}/${this.#code}/feed?face=phone`)
    } catch { // a browser that was told to open none
      return this.#lost(null)
    }
    this.#socket = socket
    const late = setTimeout(() => socket.close(), 5000)
    socket.onopen = () => {
      clearTimeout(late)
      socket.send(JSON.stringify({ type: 'hello', token: this.#token, seen: this.#seen() }))
    }
    socket.onmessage = (event) => this.#hear(JSON.parse(event.data))
    socket.onclose = ({ code: why }) => { clearTimeout(late); why === 4404 ? this.#end() : this.#lost(socket) }
  }

  #lost(socket) {
    if (this.#socket !== socket) return
    this.#socket = null
    this.#welcomed = this.#polls = false
    const rest = this.#retry ?? restMs(this.#fails, Math.random())
    this.#rests = this.#retry !== null
    if (!this.#rests) this.#fails += 1
    this.#retry = null
    if (this.#fails > 1) this.#poll()
    clearTimeout(this.#next)
    this.#next = setTimeout(this.#dial, rest)
  }

  /** Nobody will take what waits here. */
  #end() {
    this.gone = true
    this.#welcomed = false
    this.#to.gone()
  }

  #hear(message) {
    this.#heardAt = performance.now()
    if (message.now) this.#offset = message.now - performance.now()
    if (message.type === 'welcome') {
      if (this.#strange && this.#token) this.#post({ type: 'mine' }) // which sets the cookie that was forgotten
      this.#strange = false
      this.#token = message.token
      this.#told = true
      this.#fails = this.#calm = 0
      this.#be(true)
      this.#to.frame(message, message.mine)
      this.#begin(this.#socket)
    } else if (message.type === 'view') this.#to.frame(message)
    else if (message.type === 'mine') this.#own(message.mine)
    else if (message.type === 'bye') {
      this.#retry = message.retry_in + 1000 * Math.random()
      if (message.why === 'restart') this.#calm = performance.now() + CALM_MS
      else this.#fails += 1
      this.#socket?.close()
    } else if (message.code === 'no-room') this.#end()
    else if (message.retry_in) this.#hold = performance.now() + message.retry_in * (1 + Math.random())
    else if (message.id && (message.type === 'ack' || FINAL.includes(message.code))) this.#to.settled(message)
  }

  async #begin(socket) {
    await this.#to.known(this.#token)
    if (socket !== this.#socket) return
    this.#welcomed = true
    this.#resend(!this.#begun) // the tab that held the lead may have been killed with the browser
    this.#begun = true
  }

  #own(mine) {
    this.#told = true
    this.#to.mine(mine)
  }

  async #resend(all = false) {
    if (this.#sending || performance.now() < this.#hold) return
    this.#sending = true
    for (const one of this.#to.waiting(all)) await this.send(one)
    this.#sending = false
  }

  #beat = () => {
    if (this.#welcomed && performance.now() - this.#heardAt > QUIET_MS) this.#socket.close()
    if (this.gone) return
    if (this.#welcomed && Math.random() < 0.5) this.#resend()
    if (!this.#welcomed && this.#fails > 1) this.#poll()
  }

  /** Back from sleep: a socket may look open and be dead. Ask, and dial anew if nothing comes. */
  #wake = () => {
    if (document.visibilityState === 'hidden') return
    if (!this.#welcomed) {
      if (this.#fails > 1) this.#poll()
      return this.#dial()
    }
    const asked = performance.now()
    this.send({ type: 'probe', t0: asked })
    setTimeout(() => {
      const socket = this.#socket
      if (this.#heardAt >= asked || !socket) return
      socket.onclose = null
      socket.close()
      this.#lost(socket)
    }, PROBE_MS)
  }

  #be(online) {
    if (!online) this.#polls = false
    if (this.online === online || (!online && performance.now() < this.#calm)) return
    this.online = online
    this.#to.change()
  }

  async #poll() {
    try {
      const said = await fetch(`/${this.#code}/view?${new URLSearchParams(this.#seen())}`, { headers: this.#tag ? { 'If-None-Match': this.#tag } : {}, signal: AbortSignal.timeout(POLL_MS) })
      if (said.status !== 304) this.#hear(await said.json())
      if (!said.ok && said.status !== 304) return this.#be(false)
      this.#tag = said.headers.get('etag')
      this.#polls = true
      this.#be(true)
      if (!this.#told) await this.#post({ type: 'mine' })
      this.#resend()
    } catch {
      this.#be(false)
    }
  }

  async #post(message) {
    try {
      const headers = { 'Content-Type': 'application/json', ...(this.#token && { Authorization: `Bearer ${this.#token}` }) }
      const said = await fetch(`/${this.#code}/answers`, { method: 'POST', headers, body: JSON.stringify(message), signal: AbortSignal.timeout(POST_MS) })
      this.#hear({ id: message.id, ...(await said.json()) })
    } catch {
      this.#be(false)
    }
  }
}
