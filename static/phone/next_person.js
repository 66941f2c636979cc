/** The next person: what the one before wrote is sent as theirs, then this device forgets them, and the form is sent. */
import { Outbox } from '../shared/outbox.js'
import { forget } from './forget.js'

const AGAIN_MS = 2000
const POST_MS = 10_000

/**
 * Send *entry* as whoever has *token*, or the cookie. Resolves with 0 when the server has taken or refused it for good, else
 * with the ms until it may be sent again.
 *
 * @type {(code: string, entry: Entry, token: string | null) => Promise<number>}
 */
const post = async (code, entry, token) => {
  try {
    const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) }
    const response = await fetch(`/${code}/answers`, { method: 'POST', headers, body: JSON.stringify(entry), signal: AbortSignal.timeout(POST_MS) })
    const { retry_in: retryIn, code: why } = await response.json()
    if (why === 'cleared') {
      location.replace(`/${code}/cleared`) // which shows what was not sent
      return AGAIN_MS
    }
    return retryIn || (response.status >= 500 ? AGAIN_MS : 0)
  } catch {
    return AGAIN_MS
  }
}

/**
 * Send all that waits in *outbox*; `told(n)` is called with how many are left.
 *
 * @param {string} code
 * @param {Pick<Outbox, 'ready' | 'waiting' | 'drop' | 'token'>} outbox
 * @param {(n: number) => void} told
 */
export const sendAll = async (code, outbox, told) => {
  await outbox.ready
  for (let left = outbox.waiting(); left.length; left = outbox.waiting()) {
    told(left.length)
    const waitMs = await post(code, left[0], outbox.token)
    if (waitMs) await new Promise((done) => { setTimeout(done, waitMs) })
    else outbox.drop(left[0].id)
  }
}

/** @type {(name: string) => PageElement} */
const $ = (name) => document.getElementById(name)

/** @param {PageElement} form */
const begin = (form) => {
  const code = String(document.body.dataset.code)
  const go = $('go')
  const status = $('status')
  const outbox = new Outbox(code, () => {})
  const moveOn = async () => {
    go.disabled = true
    await sendAll(code, outbox, (n) => { status.textContent = (status.dataset.sending ?? '').replace('{n}', String(n)) })
    await forget(code)
    HTMLFormElement.prototype.submit.call(form)
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    moveOn()
  })
  go.hidden = false
  if ('now' in form.dataset) moveOn()
}

const found = globalThis.document?.getElementById('next')
if (found) begin(found)
