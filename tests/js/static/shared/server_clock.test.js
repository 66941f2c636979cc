import assert from 'node:assert/strict'
import test from 'node:test'

import { ServerClock } from '../../../../static/shared/server_clock.js'

test('before the first measurement it is this device’s own time', () =>
  assert.ok(Math.abs(Date.now() - new ServerClock().serverTime(performance.now())) < 1000))

test('the answer to a question is taken as written half way between question and answer', () => {
  const clock = new ServerClock()
  clock.measure(1_000_000, 0)
  clock.measure(1_000_150, 100, 40)
  assert.equal(1_000_180, clock.serverTime(100))
})

test('a message can only have been written before it was read, so it never puts the clock back', () => {
  const clock = new ServerClock()
  clock.measure(1_000_000, 10, 0)
  clock.measure(1_000_900, 800)
  assert.equal(1_000_900, clock.serverTime(800))
  clock.measure(1_001_000, 17_000) // read 16 s late, by a page that stood still
  assert.equal(1_017_100, clock.serverTime(17_000))
})

test('an answer that was long under way says less than a quick one, and changes nothing that it does not contradict', () => {
  const clock = new ServerClock()
  clock.measure(1_000_000, 20, 0)
  clock.measure(1_000_500, 16_520, 515) // sent at 515, read 16 s later
  assert.equal(1_000_010 + 16_500, clock.serverTime(16_520))
})

test('a clock that stood still, as in a laptop that slept, is set right at once', () => {
  for (const asked of [20, undefined]) {
    const clock = new ServerClock()
    clock.measure(1_000_000, 10, 0)
    clock.measure(1_060_000, 30, asked)
    assert.equal(asked ? 1_060_005 : 1_060_000, clock.serverTime(30))
  }
})

test('a server whose clock was put back is followed once it is asked', () => {
  const clock = new ServerClock()
  clock.measure(1_000_000, 100, 0)
  clock.measure(940_500, 700, 500)
  assert.equal(940_600, clock.serverTime(700))
})

test('clocks drift, so that new answers win over old ones', () => {
  const clock = new ServerClock()
  clock.measure(1_000_000, 10, 0)
  for (let n = 1; n <= 20; n += 1) clock.measure(1_000_000 + n * 1000, 1000 * n, 1000 * n - 200)
  assert.equal(1_020_100, clock.serverTime(20_000))
})
