/** Sends what a phone has to say, as the participant it is: by the socket, or by POST requests where sockets are blocked. */
import { Connection } from '../shared/connection.js'

const POST_MS = 10_000
const FINAL = ['closed', 'limit', 'too-long', 'empty', 'bad', 'unknown-activity', 'not-yours', 'unsupported', 'not-dealt', 'no-name', 'fixed', 'outside', 'no-place', 'no-objection', 'too-expensive', 'too-many-dots', 'too-many-options']

/** Milliseconds to wait before attempt *n* (0 first): up to 1 s, then about 1, 2, 4, 8, 15 s; *chance* (0–1) spreads the phones. @type {(n: number, chance: number) => number} */
export const retryDelayMs = (n, chance) => (n ? [1000, 2000, 4000, 8000, 15_000][Math.min(n, 5) - 1] * (0.5 + chance) : 1000 * chance)

// The server ticks every 30 s.
const PACE = { beat: 3000, hang: 45_000, stale: 0, probe: 0, delay: retryDelayMs }

export class Sender {
  #code
  #handlers
  /** @type {string | null} */
  #token
  #noCookie = 'fresh' in document.body.dataset // the browser sent no cookie for the page
  #started = false
  #holdUntil = 0 // nothing is resent before this time
  #sending = false

  /**
   * Handlers: frame(frame, mine?), mine(message with the own answers), result(ack or error), token(token) -> settles when it is stored,
   * seen() -> what this phone knows of the server, unsent(all) -> messages to resend, change().
   *
   * @param {string} code
   * @param {SenderHandlers} handlers
   */
  constructor(code, handlers) {
    this.#code = code
    this.#handlers = handlers
    this.connection = new Connection(code, 'phone', PACE, {
      hello: () => ({ token: this.#token, seen: handlers.seen() }),
      welcome: (/** @type {PhoneFrame} */ message) => this.#welcome(message),
      ready: () => {
        this.#resend(!this.#started) // all, because the tab that leads may have been killed with the browser
        this.#started = true
      },
      polled: async (first) => {
        if (first) await this.#post({ type: 'mine' })
        this.#resend()
      },
      beat: () => Math.random() < 0.5 && this.#resend(),
      receive: this.#receive,
      changed: handlers.change,
      urgent: () => handlers.unsent(true).length, // quiet phones are sent off for a minute; this one has just sent something
    })
  }

  /** *token*: who this phone is, if that is known. @param {string | null} token */
  open(token) {
    this.#token = token
    this.connection.open()
  }

  /**
   * Settles when the next message may be sent: POST requests that overtake each other would give another result.
   *
   * @param {PhoneMessage} message
   */
  async send(message) {
    const { live, polling, waits } = this.connection
    if (live) this.connection.send(message)
    else if (polling && message.type !== 'typing') await this.#post(message)
    else if (!polling && waits) this.connection.connect() // the server asked to wait for a minute, but somebody writes
  }

  /** @param {PhoneFrame} message */
  #welcome(message) {
    if (this.#noCookie && this.#token) this.#post({ type: 'mine' }) // sets the lost cookie again
    this.#noCookie = false
    this.#token = message.token
    return this.#handlers.token(message.token)
  }

  /** @param {ServerMessage<PhoneFrame>} message */
  #receive = (message) => {
    if (message.view) this.#handlers.frame(message, message.mine)
    else if (message.mine) this.#handlers.mine(message)
    else if (message.retry_in) this.#holdUntil = performance.now() + message.retry_in * (1 + Math.random())
    else if (message.code === 'cleared') location.replace(`/${this.#code}/cleared`)
    else if (message.type === 'ack' || (message.id && FINAL.includes(message.code))) this.#handlers.result(message)
  }

  /** @param {boolean} [all] */
  async #resend(all) {
    if (this.#sending || performance.now() < this.#holdUntil) return
    this.#sending = true
    for (const message of this.#handlers.unsent(all)) await this.send(message)
    this.#sending = false
  }

  /** Each post tells what this phone has seen, as the hello does: the server may have been restored from a backup. @param {PhoneMessage} message */
  async #post(message) {
    try {
      const headers = { 'Content-Type': 'application/json', ...(this.#token && { Authorization: `Bearer ${this.#token}` }) }
      const response = await fetch(`/${this.#code}/answers`, { method: 'POST', headers, body: JSON.stringify({ ...message, seen: this.#handlers.seen() }), signal: AbortSignal.timeout(POST_MS) })
      this.connection.receive({ id: message.id, ...(await response.json()) })
    } catch {
      this.connection.failed()
    }
  }
}
