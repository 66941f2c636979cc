/** The line to the server: a socket, or polling and posts where sockets are blocked. */
import { restMs } from './reckon.js'

const QUIET_MS = 45_000 // the server ticks every 20 s
const PROBE_MS = 3000
const POLL_MS = 3000
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
  #begun = false
  #retry = null // milliseconds, when the server has said how long
  #calm = 0
  #hold = 0 // nothing is sent again before
  #told = false // whether the server has told what this phone has sent

  constructor(code, { seen }) {
    this.#code = code
    this.#seen = seen
  }

  /** Handlers: frame(frame, mine?), mine(answers), settled(answer), known(token), waiting(all) -> what to send again, gone(), change(). */
  on(handlers) { this.#to = handlers }

  /** Milliseconds since the epoch by the server's clock; this phone's own may be set wrong. */
  now = () => performance.now() + (this.#offset || performance.timeOrigin)

  /** *token*: who this phone is, if that is known. */
  open(token) {
    this.#token = token
    this.#dial()
    setInterval(this.#beat, 4000)
    for (const sign of ['online', 'pageshow']) addEventListener(sign, this.#wake)
    addEventListener('offline', () => { this.#calm = 0; this.#be(false) })
    document.addEventListener('visibilitychange', this.#wake)
  }

  send(message) {
    if (this.#welcomed) this.#socket.send(JSON.stringify(message))
    else if (this.#fails > 1) this.#post(message)
  }

  #dial = () => {
    if (this.#socket || this.gone) return
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/${this.#code}/feed?face=phone`)
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
    this.#welcomed = false
    const rest = this.#retry ?? restMs(this.#fails, Math.random())
    if (this.#retry === null) this.#fails += 1
    this.#retry = null
    if (this.#fails > 1) this.#be(false)
    if (this.#fails > 2) this.#poll()
    setTimeout(this.#dial, rest)
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
      this.#to.known(message.token)
      this.#welcomed = true
      this.#told = true
      this.#fails = 0
      this.#be(true)
      this.#to.frame(message, message.mine)
      this.#resend(!this.#begun) // the tab that held the lead may have been killed with the browser
      this.#begun = true
    } else if (message.type === 'view') this.#to.frame(message)
    else if (message.type === 'mine') this.#own(message.mine)
    else if (message.type === 'bye') {
      this.#retry = message.retry_in
      if (message.why === 'restart') this.#calm = performance.now() + CALM_MS
      this.#socket?.close()
    } else if (message.code === 'no-room') this.#end()
    else if (message.retry_in) this.#hold = performance.now() + message.retry_in * (1 + Math.random())
    else if (message.id && (message.type === 'ack' || FINAL.includes(message.code))) this.#to.settled(message)
  }

  #own(mine) {
    this.#told = true
    this.#to.mine(mine)
  }

  #resend = (all = false) => {
    if (performance.now() > this.#hold) this.#to.waiting(all).forEach((one) => this.send(one))
  }

  #beat = () => {
    if (this.#welcomed && performance.now() - this.#heardAt > QUIET_MS) this.#socket.close()
    if (this.gone) return
    if (Math.random() < 0.7) this.#resend()
    if (!this.#welcomed && this.#fails > 1) this.#be(false)
    if (!this.#welcomed && this.#fails > 2) this.#poll()
  }

  /** Back from sleep: a socket may look open and be dead. Ask, and dial anew if nothing comes. */
  #wake = () => {
    if (document.visibilityState === 'hidden') return
    if (!this.#welcomed) return this.#dial()
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
    if (this.online === online || (!online && performance.now() < this.#calm)) return
    this.online = online
    this.#to.change()
  }

  async #poll() {
    try {
      const said = await fetch(`/${this.#code}/view`, { headers: this.#tag ? { 'If-None-Match': this.#tag } : {}, signal: AbortSignal.timeout(POLL_MS) })
      if (said.status === 200) {
        this.#tag = said.headers.get('etag')
        const frame = await said.json()
        this.#offset = frame.now - performance.now()
        this.#to.frame(frame)
      }
      if (said.status === 404) return this.#end()
      this.#be(said.ok || said.status === 304)
      if (!this.#told) this.#post({ type: 'mine' })
      this.#resend()
    } catch {
      this.#be(false)
    }
  }

  async #post(message) {
    try {
      const headers = { 'Content-Type': 'application/json', ...(this.#token && { Authorization: `Bearer ${this.#token}` }) }
      const said = await fetch(`/${this.#code}/answers`, { method: 'POST', headers, body: JSON.stringify(message) })
      if (said.ok) this.#hear(await said.json())
    } catch {
      this.#be(false)
    }
  }
}
