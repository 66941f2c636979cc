import assert from 'node:assert/strict'
import test, { beforeEach } from 'node:test'

import { Outbox } from '../../../static/shared/outbox.js'

const ID = (n) => String(n).padStart(32, '0')
const answer = (n, more) => ({ type: 'answer', id: ID(n), activity: 'a', text: `Nr. ${n}`, rev: 1, ...more })
const ids = (entries) => entries.map((one) => Number(one.id))

/** One browser: what its tabs keep together, and how each hears what the others keep. IndexedDB is out of order. */
let shelf
let tabs
class Shelf {
  getItem(key) { return this[key] ?? null }
  setItem(key, value) { this.#tell(key, value); this[key] = value }
  removeItem(key) { this.#tell(key, null); delete this[key] }
  #tell(key, newValue) {
    const [here] = tabs.filter((tab) => tab.acts)
    for (const tab of tabs) if (tab !== here) tab.storage({ key, newValue })
  }
}

const opened = (changed = () => {}) => {
  const tab = { acts: false }
  globalThis.addEventListener = (sign, hear) => { tab[sign] = hear }
  tabs.push(tab)
  const box = new Outbox('25054015', changed)
  tab.as = (work) => { tab.acts = true; try { return work(box) } finally { tab.acts = false } }
  return tab
}

beforeEach(() => {
  tabs = []
  shelf = new Shelf()
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: () => shelf })
  globalThis.indexedDB = { open() { throw new Error('out of order') } }
})

test('what is put waits until it is acked, also after the page is loaded anew', () => {
  opened().as((box) => { box.put(answer(1)); box.put(answer(2)); box.acked(box.get(ID(1)), 'e1') })
  opened().as((box) => assert.deepEqual([2], ids(box.waiting())))
})

test('two tabs keep what both put, and each hears of the other', () => {
  const heard = []
  const one = opened()
  const two = opened((id, entry) => heard.push([Number(id), entry?.text]))
  one.as((box) => box.put(answer(1)))
  two.as((box) => box.put(answer(2)))
  one.as((box) => { assert.deepEqual([1, 2], ids(box.waiting())); box.drop(ID(1)) })
  two.as((box) => assert.deepEqual([2], ids(box.waiting())))
  assert.deepEqual([[1, 'Nr. 1'], [1, undefined]], heard)
  opened().as((box) => assert.deepEqual([2], ids(box.waiting())))
})

test('one tab sends again, until it is closed or has been silent for ten seconds', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1000 })
  const [one, two] = [opened(), opened()]
  const leads = () => [one, two].map((tab) => tab.as((box) => box.leads()))
  assert.deepEqual([true, false], leads())
  t.mock.timers.tick(9000)
  assert.deepEqual([true, false], leads())
  t.mock.timers.tick(9000)
  assert.equal(false, two.as((box) => box.leads()))
  t.mock.timers.tick(1001)
  assert.deepEqual([true, false], [two, one].map((tab) => tab.as((box) => box.leads())))
  one.as(() => one.pagehide())
  assert.equal(false, one.as((box) => box.leads()))
  two.as(() => two.pagehide())
  assert.equal(true, one.as((box) => box.leads()))
})

test('receipts of another epoch are sent again, a deletion too, and acked they are receipts anew', () => {
  opened().as((box) => {
    box.acked(answer(1), 'e1')
    box.acked({ type: 'withdraw', id: ID(2), activity: 'a', rev: 2 }, 'e1')
    box.check('e1')
    assert.deepEqual([], box.waiting())
    box.check('e2')
    assert.deepEqual([[1, true], [2, true]], box.waiting().map((one) => [Number(one.id), one.again]))
    for (const one of box.waiting()) box.acked(one, 'e2')
    box.check('e2')
    assert.deepEqual([], box.waiting())
    assert.equal(undefined, box.get(ID(1)).again)
  })
})

test('receipts go when another activity is on; what waits stays', () => {
  opened().as((box) => {
    box.acked(answer(1), 'e1')
    box.acked(answer(2, { activity: 'b' }), 'e1')
    box.put(answer(3))
    box.put(answer(4, { again: true }))
    box.put(answer(5, { again: true, activity: 'c' })) // not asked yet, since the store came back older
    box.tidy('b', 'a')
    assert.deepEqual([undefined, 'b', 'a', undefined, 'c'], [1, 2, 3, 4, 5].map((n) => box.get(ID(n))?.activity))
  })
})

test('more than two hundred are not kept: the oldest receipts go first, and nothing that waits', () => {
  opened().as((box) => {
    for (let n = 0; n < 150; n += 1) box.put(answer(n))
    for (let n = 150; n < 260; n += 1) box.acked(answer(n), 'e1')
    assert.equal(150, box.waiting().length)
    assert.equal(undefined, box.get(ID(150)))
    assert.equal('e1', box.get(ID(259)).acked)
    assert.equal(200, Object.keys(shelf).length)
  })
})

test('a browser that refuses to keep anything is noticed, and the page goes on from memory', () => {
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get() { throw new Error('refused') } })
  opened().as((box) => {
    box.put(answer(1))
    assert.equal(false, box.keeps)
    assert.deepEqual([1], ids(box.waiting()))
    assert.equal(true, box.leads())
  })
})

test('the newest receipt of an epoch is what the server must still hold', () => {
  opened().as((box) => {
    box.put(answer(3))
    assert.deepEqual({}, box.held('e1'))
    box.acked(answer(1, { at: 2 }), 'e1')
    box.acked(answer(2, { at: 1, rev: 2 }), 'e1')
    box.acked(answer(4, { at: 3 }), 'e2')
    assert.deepEqual({ id: ID(1), rev: 1 }, box.held('e1'))
  })
})
