import assert from 'node:assert/strict'
import test from 'node:test'

import { Awake } from '../../../presenter/shared/awake.js'
import { page, settled } from '../page.js'

/** A machine that may be kept awake; `locks` are those that were given, `refuses` whether it gives none. */
const machine = () => {
  const { document } = page()
  document.visibilityState = 'visible'
  const here = { locks: [], refuses: false, document }
  const request = async () => {
    if (here.refuses) throw new Error('low battery')
    const lock = Object.assign(new EventTarget(), { async release() { this.dispatchEvent(new Event('release')) } })
    here.locks.push(lock)
    return lock
  }
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { wakeLock: { request } } })
  return here
}

test('the machine is kept awake while the meeting runs, with one lock', async () => {
  const here = machine()
  const awake = new Awake()
  assert.equal(0, here.locks.length)
  for (const state of ['lobby', 'slide', 'write']) awake.show({ state })
  await settled()
  awake.show({ state: 'closed' })
  assert.equal(1, here.locks.length)
})

test('a lock that the system takes back is asked for again; at the end it is let go, and not asked for', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const here = machine()
  const awake = new Awake()
  awake.show({ state: 'write' })
  await settled()
  here.locks[0].release()
  t.mock.timers.tick(1000)
  await settled()
  assert.equal(2, here.locks.length)
  const released = []
  here.locks[1].addEventListener('release', () => released.push(1))
  awake.show({ state: 'ended' })
  t.mock.timers.tick(1000)
  await settled()
  assert.deepEqual([1, 2], [released.length, here.locks.length])
})

test('where it was refused, or the page was hidden, the next view or the return asks', async () => {
  const here = machine()
  const awake = new Awake()
  here.refuses = true
  awake.show({ state: 'write' })
  await settled()
  here.refuses = false
  here.document.visibilityState = 'hidden'
  awake.show({ state: 'write' })
  await settled()
  assert.equal(0, here.locks.length)
  here.document.visibilityState = 'visible'
  await here.document.fire('visibilitychange')
  assert.equal(1, here.locks.length)
})
