import assert from 'node:assert/strict'
import test from 'node:test'

import { Sender, retryDelayMs } from '../../../../static/phone/sender.js'
import { settled } from '../../page.js'
import { network } from '../network.js'

const entry = (n, more) => ({ type: 'answer', id: String(n), activity: 'a', rev: 1, text: `Nr. ${n}`, ...more })
const texts = (socket) => socket.sent.filter(({ type }) => type === 'answer').map(({ text }) => text)

/** A phone whose outbox holds *waiting*; `log` is what its page was told. */
const phone = ({ waiting = [], token = null, tokenStored = Promise.resolve() } = {}) => {
  const log = []
  const sender = new Sender('25054015', {
    frame: (frame, mine) => log.push(['frame', frame.view, mine]),
    mine: ({ mine }) => log.push(['mine', mine]),
    result: ({ type, id, code }) => log.push([type, id, code].filter(Boolean)),
    token: () => tokenStored,
    seen: () => ({ epoch: 'e', position: 4 }),
    unsent: () => waiting,
    change() {},
  })
  sender.open(token)
  return { sender, log }
}
const welcome = async (net, more) => {
  await net.last().accept()
  await net.last().receive({ type: 'welcome', now: net.serverNow(), token: 'mine', view: {}, mine: [], ...more })
}
/** Sockets are blocked, and the second poll is answered. */
const polling = async (net) => {
  net.last().close()
  await net.tick(600)
  net.last().close()
  await net.tick(100)
}
const posts = (net) => net.requests.filter(({ method }) => method === 'POST')

test('no two phones reconnect at once; each attempt waits longer, and none longer than 22.5 s', () => {
  const delays = (chance) => [0, 1, 2, 3, 4, 5, 6, 99].map((n) => retryDelayMs(n, chance))
  assert.deepEqual([0, 500, 1000, 2000, 4000, 7500, 7500, 7500], delays(0))
  assert.deepEqual([1000, 1500, 3000, 6000, 12_000, 22_500, 22_500, 22_500], delays(1))
})

test('the hello says who the phone is and what it has seen', async (t) => {
  const net = network(t)
  phone({ token: 'known' })
  await net.last().accept()
  assert.deepEqual([{ type: 'hello', token: 'known', seen: { epoch: 'e', position: 4 } }], net.last().sent)
})

test('nothing is sent before the identity is on this phone’s disk: an answer could lose its owner', async (t) => {
  const net = network(t)
  let stored
  const { sender } = phone({ waiting: [entry(1)], tokenStored: new Promise((done) => { stored = done }) })
  await welcome(net)
  await sender.send(entry(1))
  assert.deepEqual([], texts(net.last()))
  stored()
  await settled()
  assert.deepEqual(['Nr. 1'], texts(net.last()))
})

test('what waits is sent after the welcome, in order, and again until it is acked', async (t) => {
  const net = network(t)
  const waiting = [entry(1), entry(2)]
  const { log } = phone({ waiting })
  await welcome(net)
  assert.deepEqual(['Nr. 1', 'Nr. 2'], texts(net.last()))
  waiting.shift()
  await net.last().receive({ type: 'ack', id: '1', status: 'saved', position: 5 })
  assert.deepEqual([['frame', {}, []], ['ack', '1']], log)
  Math.random = () => 0.1
  await net.tick(3000)
  assert.deepEqual(['Nr. 1', 'Nr. 2', 'Nr. 2'], texts(net.last()))
})

test('a server that is busy is left alone for as long as it asks, and longer', async (t) => {
  const net = network(t)
  const { log } = phone({ waiting: [entry(1)] })
  await welcome(net)
  await net.last().receive({ type: 'error', id: '1', code: 'storage', retry_in: 4000 })
  Math.random = () => 0.1
  await net.tick(5900)
  assert.equal(1, texts(net.last()).length)
  await net.tick(2000)
  assert.equal(2, texts(net.last()).length)
  assert.deepEqual(['frame'], log.map(([name]) => name))
})

test('only a final refusal is told; what may pass later is tried again', async (t) => {
  const net = network(t)
  const { log } = phone()
  await welcome(net)
  await net.last().receive({ type: 'error', id: '1', code: 'rate' })
  await net.last().receive({ type: 'error', code: 'bad' })
  await net.last().receive({ type: 'error', id: '2', code: 'closed' })
  assert.deepEqual([['error', '2', 'closed']], log.slice(1))
})

test('where sockets are blocked, answers are posted one after the other, and each tells what was seen; a poll does not', async (t) => {
  let release
  const net = network(t, { answer: async ({ method }) => {
    if (method !== 'POST') return { body: { view: {}, now: 1 } }
    await new Promise((done) => { release = done })
    return { body: { type: 'ack', status: 'saved', position: 1 } }
  } })
  const { sender, log } = phone({ waiting: [entry(1), entry(2)], token: 'known' })
  sender.send(entry(1))
  await polling(net)
  assert.deepEqual([{ type: 'mine', seen: { epoch: 'e', position: 4 } }], posts(net).map(({ body }) => body))
  assert.equal('Bearer known', posts(net)[0].headers.Authorization)
  assert.match(net.requests[0].url, /\/view\?face=phone$/)
  release()
  await settled()
  assert.deepEqual(['1'], posts(net).slice(1).map(({ body }) => body.id))
  release()
  await settled()
  assert.deepEqual(['1', '2'], posts(net).slice(1).map(({ body }) => body.id))
  assert.deepEqual(['ack', '1'], log.at(-1))
  await sender.send({ type: 'typing' })
  assert.equal(3, posts(net).length)
})

test('a request that is not answered means offline', async (t) => {
  const net = network(t, { answer: ({ method }) => ({ body: method === 'POST' ? { type: 'mine', mine: [] } : { view: {} } }) })
  const { sender } = phone()
  await polling(net)
  net.answer = () => { throw new Error('no network') }
  assert.equal(true, sender.connection.online)
  await sender.send(entry(1))
  assert.equal(false, sender.connection.online)
})

test('a phone that was sent off for a minute comes back at once when somebody writes', async (t) => {
  const net = network(t)
  const { sender } = phone()
  await welcome(net)
  await net.last().receive({ type: 'bye', why: 'crowded', retry_in: 60_000 })
  await net.tick(1000)
  assert.equal(1, net.sockets.length)
  await sender.send(entry(1))
  assert.equal(2, net.sockets.length)
})

test('a phone that has lost its cookie gets it again, once', async (t) => {
  const net = network(t, { answer: () => ({ body: { type: 'mine', mine: [] } }) })
  document.body.dataset.fresh = ''
  phone({ token: 'known' })
  await welcome(net)
  await net.last().receive({ type: 'welcome', now: 1, token: 'mine', view: {}, mine: [] })
  assert.deepEqual([['Bearer known', { type: 'mine', seen: { epoch: 'e', position: 4 } }]], posts(net).map(({ headers, body }) => [headers.Authorization, body]))
})
