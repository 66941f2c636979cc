import assert from 'node:assert/strict'
import test, { beforeEach } from 'node:test'

import { Outbox } from '../../../../static/shared/outbox.js'

const ID = (n) => String(n).padStart(32, '0')
const answer = (n, more) => ({ type: 'answer', id: ID(n), activity: 'a', text: `Nr. ${n}`, rev: 1, ...more })
const ids = (entries) => entries.map(({ id }) => Number(id))

/** One browser with its tabs: they share localStorage, and each gets the `storage` events of the others. IndexedDB does not work here. */
let storage
let tabs
class SharedStorage {
  getItem(key) { return this[key] ?? null }
  setItem(key, value) { this.#notify(key, value); this[key] = value }
  removeItem(key) { this.#notify(key, null); delete this[key] }
  #notify(key, newValue) {
    const [here] = tabs.filter((tab) => tab.acts)
    for (const tab of tabs) if (tab !== here) tab.storage({ key, newValue })
  }
}

const opened = (changed = () => {}) => {
  const tab = { acts: false }
  globalThis.addEventListener = (name, listener) => { tab[name] = listener }
  tabs.push(tab)
  const outbox = new Outbox('25054015', changed)
  tab.as = (work) => { tab.acts = true; try { return work(outbox) } finally { tab.acts = false } }
  return tab
}

beforeEach(() => {
  tabs = []
  storage = new SharedStorage()
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: () => storage })
  globalThis.indexedDB = { open() { throw new Error('out of order') } }
})

test('an answer waits until the server acks it, also over a reload of the page', () => {
  opened().as((outbox) => { outbox.put(answer(1)); outbox.put(answer(2)); outbox.ack(outbox.get(ID(1)), 'e1') })
  opened().as((outbox) => assert.deepEqual([2], ids(outbox.waiting())))
})

test('two tabs keep the answers of both, and each knows of the other’s', () => {
  const changes = []
  const one = opened()
  const two = opened((id, entry) => changes.push([Number(id), entry?.text]))
  one.as((outbox) => outbox.put(answer(1)))
  two.as((outbox) => outbox.put(answer(2)))
  one.as((outbox) => { assert.deepEqual([1, 2], ids(outbox.waiting())); outbox.drop(ID(1)) })
  two.as((outbox) => assert.deepEqual([2], ids(outbox.waiting())))
  assert.deepEqual([[1, 'Nr. 1'], [1, undefined]], changes)
  opened().as((outbox) => assert.deepEqual([2], ids(outbox.waiting())))
})

test('only one tab resends, until it is closed or has been silent for ten seconds', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1000 })
  const [one, two] = [opened(), opened()]
  const leads = () => [one, two].map((tab) => tab.as((outbox) => outbox.leads()))
  assert.deepEqual([true, false], leads())
  t.mock.timers.tick(9000)
  assert.deepEqual([true, false], leads())
  t.mock.timers.tick(9000)
  assert.equal(false, two.as((outbox) => outbox.leads()))
  t.mock.timers.tick(1001)
  assert.deepEqual([true, false], [two, one].map((tab) => tab.as((outbox) => outbox.leads())))
  one.as(() => one.pagehide())
  assert.equal(false, one.as((outbox) => outbox.leads()))
  two.as(() => two.pagehide())
  assert.equal(true, one.as((outbox) => outbox.leads()))
})

test('after the server was restored from a backup, acked answers and deletions are sent again', () => {
  opened().as((outbox) => {
    outbox.ack(answer(1), 'e1')
    outbox.ack({ type: 'withdraw', id: ID(2), activity: 'a', rev: 2 }, 'e1')
    outbox.checkEpoch('e1')
    assert.deepEqual([], outbox.waiting())
    outbox.checkEpoch('e2')
    assert.deepEqual([[1, true], [2, true]], outbox.waiting().map((entry) => [Number(entry.id), entry.again]))
    for (const entry of outbox.waiting()) outbox.ack(entry, 'e2')
    outbox.checkEpoch('e2')
    assert.deepEqual([], outbox.waiting())
    assert.equal(undefined, outbox.get(ID(1)).again)
  })
})

test('acked answers are forgotten when another activity is on; those that wait are kept', () => {
  opened().as((outbox) => {
    outbox.ack(answer(1), 'e1')
    outbox.ack(answer(2, { activity: 'b' }), 'e1')
    outbox.put(answer(3))
    outbox.put(answer(4, { again: true }))
    outbox.put(answer(5, { again: true, activity: 'c' })) // not asked yet, since the store came back older
    outbox.tidy('b', 'a')
    assert.deepEqual([undefined, 'b', 'a', undefined, 'c'], [1, 2, 3, 4, 5].map((n) => outbox.get(ID(n))?.activity))
  })
})

test('no more than two hundred answers are kept: the oldest acked ones are dropped, never one that waits', () => {
  opened().as((outbox) => {
    for (let n = 0; n < 150; n += 1) outbox.put(answer(n))
    for (let n = 150; n < 260; n += 1) outbox.ack(answer(n), 'e1')
    assert.equal(150, outbox.waiting().length)
    assert.equal(undefined, outbox.get(ID(150)))
    assert.equal('e1', outbox.get(ID(259)).acked)
    assert.equal(200, Object.keys(storage).length)
  })
})

test('where the browser refuses to store anything, the outbox says so and works from memory', () => {
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get() { throw new Error('refused') } })
  opened().as((outbox) => {
    outbox.put(answer(1))
    assert.equal(false, outbox.persistent)
    assert.deepEqual([1], ids(outbox.waiting()))
    assert.equal(true, outbox.leads())
  })
})

test('what was acked after a place is told, of that store alone', () => {
  opened().as((outbox) => {
    outbox.ack(answer(1, { position: 4 }), 'e1')
    outbox.ack(answer(2, { position: 6 }), 'e1')
    outbox.ack(answer(3, { position: 9 }), 'e2')
    outbox.put(answer(4))
    assert.deepEqual([2], ids(outbox.ackedAfter('e1', 4)))
    assert.deepEqual([1, 2], ids(outbox.ackedAfter('e1', -1)))
  })
})

test('the newest acked answer is what the server must still have', () => {
  opened().as((outbox) => {
    outbox.put(answer(3))
    assert.deepEqual({}, outbox.newestAcked('e1'))
    outbox.ack(answer(1, { at: 2 }), 'e1', 'sealed')
    outbox.ack(answer(2, { at: 1, rev: 2 }), 'e1')
    outbox.ack(answer(4, { at: 3 }), 'e2')
    assert.deepEqual({ id: ID(1), rev: 1, ack: 'sealed' }, outbox.newestAcked('e1'))
  })
})
