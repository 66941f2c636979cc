import assert from 'node:assert/strict'
import test from 'node:test'

import { hasBegun } from '../../../../static/phone/kiosk.js'
import { sendAll } from '../../../../static/phone/next_person.js'
import { network } from '../network.js'
import { settled } from '../../page.js'

const outboxOf = (...ids) => {
  const entries = new Map(ids.map((id) => [id, { id, type: 'answer', text: id }]))
  return { ready: Promise.resolve(), token: 'former', waiting: () => [...entries.values()], drop: (id) => entries.delete(id) }
}

test('what the one before wrote is sent as theirs, one after the other, whatever becomes of it', async (t) => {
  const net = network(t, { answer: ({ body }) => (body.id === 'late' ? { status: 422, body: { code: 'closed' } } : { body: { type: 'ack' } }) })
  const outbox = outboxOf('a', 'late', 'b')
  const told = []
  await sendAll('25054015', outbox, (n) => told.push(n))
  assert.deepEqual([3, 2, 1], told)
  assert.deepEqual([], outbox.waiting())
  assert.deepEqual(['a', 'late', 'b'], net.requests.map(({ body }) => body.id))
  assert.deepEqual(['/25054015/answers', 'Bearer former'], [net.requests[0].url, net.requests[0].headers.Authorization])
})

test('nobody is forgotten while the network or the store is away', async (t) => {
  const replies = [() => { throw new Error('offline') }, () => ({ status: 503, body: { code: 'storage' } }), () => ({ status: 200, body: { type: 'error', code: 'storage', retry_in: 4000 } }), () => ({ body: { type: 'ack' } })]
  const net = network(t, { answer: () => replies.shift()() })
  const outbox = outboxOf('a')
  let done = false
  sendAll('25054015', outbox, () => {}).then(() => { done = true })
  await settled()
  await net.tick(7900)
  assert.deepEqual([false, 1], [done, outbox.waiting().length])
  await net.tick(200)
  await settled()
  assert.deepEqual([true, 0], [done, outbox.waiting().length])
})

test('a device on which nobody has begun asks nobody', () => {
  const id = '0123456789abcdef0123456789abcdef'
  const prefix = 'innspill:25054015:'
  assert.equal(false, hasBegun([], {}, prefix))
  assert.equal(false, hasBegun(['innspill:25054015', `${prefix}tab`, `innspill:99999999:${id}`], {}, prefix))
  assert.equal(true, hasBegun([prefix + id], {}, prefix))
  assert.equal(true, hasBegun(['innspill:draft:/25054015:a'], {}, prefix))
  assert.equal(false, hasBegun(['innspill:draft:/99999999:a'], {}, prefix))
  assert.equal(true, hasBegun([], { ':a': 'Jeg mener' }, prefix))
})
