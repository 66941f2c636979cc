import assert from 'node:assert/strict'
import test from 'node:test'

import { Chime, hasRunOut, ring, talkLeftMs } from '../../../presenter/screen/chime.js'
import { page } from '../page.js'

const talk = (more = {}) => ({ state: 'talk', activity: 'a', deadline: 10_000, paused_ms: null, chime: false, ...more })

/** A screen of which the browser has kept *kept*; `rung()` counts its chimes. */
const screenWith = (kept = {}) => {
  const $ = page({ ids: { chime: 'input' } })
  globalThis.localStorage = { getItem: (key) => kept[key] ?? null, setItem: (key, value) => { kept[key] = value }, removeItem: (key) => { delete kept[key] } }
  let n = 0
  const chime = new Chime(() => { n += 1 })
  const pass = (view, ...times) => {
    chime.show(view)
    for (const now of times) chime.tick(now)
  }
  return { $, chime, pass, kept, rung: () => n }
}

test('only a talk whose clock runs has time left', () => {
  assert.equal(talkLeftMs(talk(), 4000), 6000)
  for (const view of [talk({ state: 'write' }), talk({ deadline: null }), talk({ paused_ms: 3000 })]) assert.equal(talkLeftMs(view, 0), null)
})

test('the time runs out once, and not for a page that slept through it', () => {
  assert.deepEqual([hasRunOut(200, -10), hasRunOut(-10, -210), hasRunOut(null, -10), hasRunOut(200, -60_000), hasRunOut(200, null)], [true, false, false, false, false])
})

test('it is off until somebody switches it on, and then sounds once for each end', () => {
  const { pass, rung } = screenWith()
  pass(talk(), 9900, 10_100)
  assert.equal(rung(), 0)
  pass(talk({ activity: 'b', chime: true }), 9900, 10_100, 10_300)
  assert.equal(rung(), 1)
  pass(talk({ activity: 'b', chime: true, deadline: 40_000 }), 30_000, 40_050)
  assert.equal(rung(), 2, 'more time was given')
})

test('what ended before the page came is no end, nor is another activity, and a pause changes nothing', () => {
  const { pass, rung } = screenWith()
  pass(talk({ chime: true }), 10_100)
  pass(talk({ activity: 'b', chime: true, deadline: 50_000 }), 20_000)
  pass(talk({ activity: 'c', chime: true, deadline: 20_000 }), 20_100)
  assert.equal(rung(), 0)
  pass(talk({ activity: 'd', chime: true, deadline: 50_000 }), 30_000)
  pass(talk({ activity: 'd', chime: true, deadline: null, paused_ms: 20_000 }), 60_000)
  pass(talk({ activity: 'd', chime: true, deadline: 90_000 }), 80_000, 90_001)
  assert.equal(rung(), 1)
})

test('who switches it on at the screen hears it, and the last press counts, there or in the console', () => {
  const { $, pass, rung, kept } = screenWith()
  pass(talk(), 0)
  $('chime').checked = true
  $('chime').fire('change')
  assert.deepEqual([rung(), kept.chime], [1, 'on'])
  pass(talk({ chime: true }), 0)
  assert.deepEqual([$('chime').checked, kept.chime], [true, undefined])
  $('chime').checked = false
  $('chime').fire('change')
  pass(talk({ chime: true }), 9900, 10_100)
  assert.deepEqual([rung(), kept.chime, $('chime').checked], [1, 'off', false])
})

test('a browser that does not let the page sound at once hears nothing later either', async () => {
  const closed = []
  const context = { state: 'suspended', resume: () => new Promise(() => {}), close: () => closed.push('closed'), createOscillator: () => assert.fail('a tone') }
  await ring(context)
  assert.deepEqual(closed, ['closed'])
})
