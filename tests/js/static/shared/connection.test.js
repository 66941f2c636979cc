import assert from 'node:assert/strict'
import test from 'node:test'

import { Connection } from '../../../../static/shared/connection.js'
import { network } from '../network.js'

const SCREEN = { beat: 500, hang: 9000, stale: 3500, probe: 1000, delay: (n) => 1000 * (n + 1) }
const PHONE = { beat: 3000, hang: 45_000, stale: 0, probe: 0, delay: (n) => 1000 * (n + 1) }

/** A connection with *pace*; `log` is what it told, in order. */
const connected = (pace, more = {}) => {
  const log = []
  const connection = new Connection('25054015', 'screen', pace, {
    receive: (message) => log.push(message),
    changed: () => log.push(connection.refused || (connection.online ? 'online' : 'offline')),
    ready: () => log.push('ready'),
    ...more,
  })
  connection.open()
  return { connection, log }
}
const welcome = async (net) => {
  await net.last().accept()
  await net.last().receive({ type: 'welcome', now: net.serverNow(), view: {} })
}
const probes = (socket) => socket.sent.filter(({ type }) => type === 'probe').length

test('it says hello, and may send once it is welcome', async (t) => {
  const net = network(t)
  const { connection, log } = connected(SCREEN, { hello: () => ({ token: 'who' }) })
  assert.equal('ws://127.0.0.1/25054015/feed?face=screen', net.last().url)
  await net.last().accept()
  assert.deepEqual([{ type: 'hello', token: 'who' }], net.last().sent)
  assert.equal(false, connection.live)
  await net.last().receive({ type: 'welcome', now: net.serverNow(), view: {} })
  assert.equal(true, connection.live)
  assert.deepEqual(['welcome', 'ready'], log.map((it) => it.type ?? it))
})

test('it waits for what must be stored before anything is sent, and for a socket that is still the same', async (t) => {
  const net = network(t)
  let stored
  const { connection } = connected(SCREEN, { welcome: () => new Promise((done) => { stored = done }) })
  await welcome(net)
  assert.equal(false, connection.live)
  net.last().close()
  stored()
  await net.tick(100)
  assert.equal(false, connection.live)
})

test('the time of the welcome is measured from the hello', async (t) => {
  const net = network(t)
  const { connection } = connected(SCREEN)
  await net.last().accept()
  await net.tick(400)
  await net.last().receive({ type: 'welcome', now: net.serverNow() - 200, view: {} })
  assert.equal(net.serverNow(), connection.now())
})

test('a lost socket is opened anew, later each time; when two have failed it polls meanwhile', async (t) => {
  const net = network(t, { answer: () => ({ body: { view: { n: 1 }, now: 1 }, etag: '"7"' }) })
  const { log } = connected(SCREEN, { polled: (first) => log.push(`polled ${first}`) })
  net.last().close()
  await net.tick(900)
  assert.equal(1, net.sockets.length)
  await net.tick(100)
  assert.equal(2, net.sockets.length)
  assert.equal(0, net.requests.length)
  net.last().close()
  await net.tick(100)
  assert.equal('/25054015/view?face=screen', net.requests[0].url)
  assert.deepEqual([{ view: { n: 1 }, now: 1 }, 'polled true'], log)
  net.answer = () => ({ status: 304 })
  net.sockets[1].close()
  await net.tick(1900)
  assert.equal(3, net.sockets.length)
  await net.tick(1200)
  assert.deepEqual(['"7"', 'polled false'], [net.requests[1].headers['If-None-Match'], log.at(-1)])
})

test('where the browser allows no sockets at all, it polls', async (t) => {
  const net = network(t, { blocked: true, answer: () => ({ body: { view: {} } }) })
  const { connection, log } = connected(PHONE)
  await net.tick(1500)
  assert.equal(1, net.requests.length)
  assert.deepEqual([true, true], [connection.polling, connection.online])
  assert.deepEqual([{ view: {} }], log)
})

for (const pace of [PHONE, SCREEN]) {
  test(`while sockets fail it polls every 3 s, when it is checked every ${pace.beat} ms`, async (t) => {
    const net = network(t, { answer: () => ({ body: { view: {} } }) })
    connected({ ...pace, delay: () => 500_000 })
    net.last().close()
    await net.tick(1300)
    await net.fire('online')
    net.last().close() // the first poll is between two beats
    await net.tick(100)
    const { length } = net.requests
    await net.tick(12_000)
    assert.ok([3, 4].includes(net.requests.length - length))
  })
}

test('a screen says within 5 s that nothing comes any more, and when it does again', async (t) => {
  const net = network(t)
  const { log } = connected(SCREEN)
  await welcome(net)
  await net.tick(3400)
  assert.ok(!log.includes('offline'))
  assert.ok(probes(net.last()) >= 3)
  await net.tick(700)
  assert.deepEqual(['offline'], log.slice(2))
  await net.last().receive({ type: 'tick', now: net.serverNow() })
  assert.equal('online', log.at(-2))
})

test('it says when the server can record nothing, and when it can again; what is no view and no tick says neither', async (t) => {
  const net = network(t)
  const told = []
  const { connection } = connected(PHONE, { receive() {}, changed: () => told.push([connection.stalled, connection.online]) })
  await welcome(net)
  await net.last().receive({ type: 'view', now: net.serverNow(), stalled: true, view: {} })
  await net.last().receive({ type: 'tick', now: net.serverNow(), stalled: true })
  await net.last().receive({ type: 'ack', id: 'a', status: 'saved', position: 1 })
  assert.deepEqual([[true, true]], told)
  await net.last().receive({ type: 'tick', now: net.serverNow() })
  assert.deepEqual([[true, true], [false, true]], told)
})

test('a face that comes while the server can record nothing is told in its welcome', async (t) => {
  const net = network(t)
  const { connection } = connected(SCREEN)
  await net.last().accept()
  await net.last().receive({ type: 'welcome', now: net.serverNow(), stalled: true, view: {} })
  assert.equal(true, connection.stalled)
})

test('a socket that hangs is given up, without waiting for its last word', async (t) => {
  const net = network(t)
  connected(SCREEN)
  await welcome(net)
  const [first] = net.sockets
  await net.tick(9600)
  assert.equal(3, first.readyState)
  await net.tick(1000)
  assert.equal(2, net.sockets.length)
})

test('a page that itself stood still reads what has come before it says that nothing comes', async (t) => {
  const net = network(t)
  const { log } = connected(SCREEN)
  await welcome(net)
  await net.tick(1000)
  net.freeze(20_000)
  await net.tick(1200)
  assert.deepEqual(['ready'], log.slice(1))
  assert.equal(1, net.sockets.length)
  await net.tick(1500)
  assert.equal('offline', log.at(-1))
})

test('a phone says that it is offline once requests fail, not by silence', async (t) => {
  const net = network(t)
  const { log } = connected(PHONE)
  await welcome(net)
  await net.tick(44_000)
  assert.deepEqual([1, 0], [net.sockets.length, log.slice(2).length])
  await net.tick(4000)
  assert.equal(3, net.sockets[0].readyState)
  for (let n = 0; n < 3; n += 1) { net.last().close(); await net.tick(3000) }
  assert.deepEqual(['offline'], log.slice(2))
})

test('a phone whose socket is well is online, whatever became of a request, or of a moment without a network', async (t) => {
  let hang
  const net = network(t, { answer: () => new Promise((_, fail) => { hang = fail }) })
  const { connection } = connected(PHONE)
  net.last().close()
  await net.tick(1000)
  net.last().close() // and it polls, which is not answered
  await net.tick(2000)
  await welcome(net)
  hang(new Error('timeout'))
  await net.tick(100)
  assert.deepEqual([true, true], [connection.live, connection.online])
  await net.fire('offline')
  assert.equal(false, connection.online)
  await net.fire('online')
  await net.last().receive({ type: 'tick', t0: 1, now: net.serverNow() })
  assert.equal(true, connection.online)
})

test('a screen that polls a server which answers errors alone says that nothing new comes', async (t) => {
  const net = network(t, { blocked: true, answer: () => ({ status: 503, body: { code: 'storage', retry_in: 4000 } }) })
  const { connection } = connected(SCREEN)
  await net.tick(6000)
  assert.equal(false, connection.online)
})

test('what the system says is offline is offline at once', async (t) => {
  const net = network(t)
  const { connection } = connected(PHONE)
  await welcome(net)
  await net.fire('offline')
  assert.equal(false, connection.online)
})

test('after sleep a socket is asked for a sign of life, and given up when none comes', async (t) => {
  const net = network(t)
  connected(PHONE)
  await welcome(net)
  await net.fire('visibilitychange')
  assert.equal(1, probes(net.last()))
  await net.tick(1000)
  await net.last().receive({ type: 'probe', t0: 0, now: net.serverNow() })
  await net.tick(5000)
  assert.equal(1, net.sockets.length)
  await net.fire('pageshow')
  await net.tick(3000)
  assert.equal(3, net.last().readyState)
  await net.tick(1000)
  assert.equal(2, net.sockets.length)
})

test('a hidden page asks nothing; one that comes back without a socket connects at once', async (t) => {
  const net = network(t)
  connected({ ...PHONE, delay: () => 60_000 })
  await welcome(net)
  document.visibilityState = 'hidden'
  await net.fire('visibilitychange')
  assert.equal(0, probes(net.last()))
  net.last().close()
  await net.tick(1000)
  document.visibilityState = 'visible'
  await net.fire('online')
  assert.equal(2, net.sockets.length)
})

test('a server that restarts says when to come back, and no warning is shown before', async (t) => {
  const net = network(t)
  const { connection, log } = connected(SCREEN)
  await welcome(net)
  await net.last().receive({ type: 'bye', why: 'restart', retry_in: 5000 })
  assert.deepEqual([false, true], [connection.live, connection.waits])
  await net.tick(5000)
  assert.equal(1, net.sockets.length)
  await net.tick(200)
  assert.equal(2, net.sockets.length)
  await net.tick(4000)
  assert.deepEqual(['ready'], log.slice(1))
  await net.tick(2000)
  assert.equal('offline', log.at(-1))
})

for (const urgent of [false, true]) {
  test(`a full server sends faces off for a while; one that has something to say ${urgent ? 'comes back at once' : 'would not wait'}`, async (t) => {
    const net = network(t)
    const { connection } = connected(PHONE, { urgent: () => urgent })
    await welcome(net)
    await net.last().receive({ type: 'bye', why: 'crowded', retry_in: 60_000 })
    await net.tick(100)
    assert.equal(urgent ? 2 : 1, net.sockets.length)
    connection.connect()
    assert.equal(2, net.sockets.length)
  })
}

for (const [why, end] of [
  ['rights', (net) => net.last().close(4403)],
  ['no-room', (net) => net.last().close(4404)],
  ['rights', (net) => net.last().receive({ type: 'error', code: 'rights' })],
  ['no-room', async (net) => { net.answer = () => ({ status: 404, body: { code: 'no-room' } }); net.last().close(); await net.tick(1000); net.last().close() }],
]) {
  test(`who is turned away for good stays away: ${why}`, async (t) => {
    const net = network(t)
    const { connection, log } = connected(SCREEN)
    await welcome(net)
    await end(net)
    await net.tick(100)
    const { length } = net.sockets
    assert.deepEqual([why, false, why], [connection.refused, connection.live, log.at(-1)])
    await net.tick(60_000)
    await net.fire('online')
    assert.equal(length, net.sockets.length)
  })
}

for (const opens of [false, true]) {
  for (const pace of [SCREEN, PHONE]) {
    test(`a socket that ${opens ? 'opens and then lets nothing through' : 'does not open'} is given up after 5 s, and it polls (${pace.beat})`, async (t) => {
      const net = network(t, { answer: () => ({ body: { view: { n: 1 } } }) })
      const { connection, log } = connected(pace)
      if (opens) await net.last().accept()
      await net.tick(4900)
      assert.equal(0, net.requests.length)
      await net.tick(200)
      assert.deepEqual([3, true], [net.sockets[0].readyState, connection.polling])
      assert.deepEqual({ view: { n: 1 } }, log.find((it) => it.view))
      await net.tick(2000)
      assert.equal(2, net.sockets.length)
      if (opens) await net.last().accept()
      await net.tick(4000)
      assert.ok(net.requests.length >= 2) // also while the next one is tried
      await welcome(net)
      assert.equal(true, connection.live)
    })
  }
}

test('a phone whose answer waits asks for a sign of life, and gives up a socket that has none', async (t) => {
  const net = network(t)
  let urgent = 0
  connected(PHONE, { urgent: () => urgent })
  await welcome(net)
  await net.tick(12_000)
  assert.equal(0, probes(net.last()))
  urgent = 1
  await net.tick(6000)
  assert.equal(2, probes(net.last()))
  await net.last().receive({ type: 'probe', t0: 1, now: net.serverNow() })
  await net.tick(9000)
  assert.equal(1, net.sockets.length)
  await net.tick(6000)
  assert.equal(3, net.sockets[0].readyState)
})
