/**
 * What a browser gives a face to reach the server with, for tests: sockets and requests that are answered when the test
 * says so, and a clock that only the test moves.
 */
import { settled } from '../page.js'

class Socket {
  static opened = []
  readyState = 0
  sent = []
  constructor(url) {
    if (Socket.blocked) throw new Error('sockets are blocked')
    this.url = url
    Socket.opened.push(this)
  }
  /** The server accepts it, and later sends *message*. */
  async accept() {
    this.readyState = 1
    this.onopen?.()
    await settled()
  }
  async receive(message) {
    this.onmessage?.({ data: JSON.stringify(message) })
    await settled()
  }
  send(text) { this.sent.push(JSON.parse(text)) }
  /** The connection ends, with the server's *code* where it gave one. */
  close(code = 1006) {
    if (this.readyState === 3) return
    this.readyState = 3
    this.onclose?.({ code })
  }
}

/**
 * Replaces what browsers have, for the test *t*. `sockets` and `requests` list what was opened and asked, `tick(ms)` lets
 * time pass, `freeze(ms)` lets it pass while the page stands still. `answer(request)` → `{ status, body, etag }`, or throws.
 * The server's clock is `serverNow()`.
 */
export const network = (t, { answer = () => { throw new Error('offline') }, blocked = false } = {}) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 5_000_000 })
  t.mock.method(Math, 'random', () => 0.5)
  let local = 0
  const listeners = new Map()
  const requests = []
  Socket.opened = []
  Socket.blocked = blocked
  const listen = (name, listener) => listeners.set(name, [...(listeners.get(name) ?? []), listener])
  const globals = {
    WebSocket: Socket,
    location: { origin: 'http://127.0.0.1' },
    addEventListener: listen,
    document: { visibilityState: 'visible', addEventListener: listen, body: { dataset: {} } },
    performance: { now: () => local, timeOrigin: 4_000_000 },
    fetch: async (url, options = {}) => {
      const request = { url, ...options, body: options.body && JSON.parse(options.body) }
      requests.push(request)
      const { status = 200, body = {}, etag = null } = await here.answer(request)
      return { status, ok: status < 300, json: async () => body, headers: { get: () => etag } }
    },
  }
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { configurable: true, writable: true, value })
  const here = {
    answer,
    sockets: Socket.opened,
    requests,
    serverNow: () => 9_000_000 + local,
    last: () => Socket.opened.at(-1),
    fire: async (name) => {
      for (const listener of listeners.get(name) ?? []) listener()
      await settled()
    },
    tick: async (ms) => {
      for (let passed = 0; passed < ms; passed += 100) {
        local += 100
        t.mock.timers.tick(100)
        await settled()
      }
    },
    freeze: (ms) => { local += ms },
  }
  return here
}
