import assert from 'node:assert/strict'
import test from 'node:test'

import { largerThan, zoomOf, zoomedBy } from '../../../presenter/screen/enlarged.js'

/** A full HD display at 100 %, the page filling it. */
const FULL = { outerWidth: 1920, outerHeight: 1080, innerWidth: 1920, innerHeight: 1080, devicePixelRatio: 1 }
const TWICE = { ...FULL, innerWidth: 960, innerHeight: 540, devicePixelRatio: 2 }

test('a window tells how much its page is enlarged, with and without bars around it', () => {
  assert.deepEqual([1, 2], [zoomOf(FULL), zoomOf(TWICE)])
  assert.equal(zoomOf({ ...FULL, outerWidth: 1936 }), 1) // the frame of a window
  assert.equal(zoomOf({ ...TWICE, innerHeight: 470 }), 2) // tabs and the address above
})

test('a panel beside the page does not enlarge it, nor does a small window or a dense display', () => {
  assert.equal(zoomOf({ ...FULL, innerWidth: 1400, innerHeight: 950 }), 1)
  assert.equal(zoomOf({ outerWidth: 960, outerHeight: 620, innerWidth: 960, innerHeight: 540, devicePixelRatio: 2 }), 1)
})

test('what a browser enlarges while the page is open is followed, also where its window does not tell', () => {
  const firefox = { ...TWICE, outerWidth: 960, outerHeight: 540 }
  assert.deepEqual([1, 2, 0.5], [zoomOf(firefox), zoomedBy(FULL, firefox), zoomedBy(firefox, FULL)])
})

test('a window that moves to a dense display, or gets another size, is not enlarged', () => {
  assert.equal(zoomedBy(FULL, { ...FULL, devicePixelRatio: 2 }), 1)
  assert.equal(zoomedBy(FULL, { ...FULL, innerWidth: 960, innerHeight: 540 }), 1)
})

test('the key turns through three sizes', () => {
  assert.deepEqual([1, 1.25, 1.5].map(largerThan), [1.25, 1.5, 1])
  assert.equal(largerThan(7), 1, 'a size that somebody wrote into the browser')
})
