import assert from 'node:assert/strict'
import test from 'node:test'

import { digits, reading, span } from '../../../presenter/shared/clock.js'
import { ServerClock, isNewer, restMs } from '../../../presenter/shared/feed.js'

const talk = { deadline: 120_000, paused_ms: null, length_ms: 120_000, turns: 1 }

test('the clock starts at its length and ends at nought', () => {
  assert.equal('2:00', reading(talk, 0).text)
  assert.equal('2:00', reading(talk, 1).text)
  assert.equal('0:01', reading(talk, 119_999).text)
  assert.equal('0:00', reading(talk, 120_000).text)
})

test('past its end it counts up, and says so', () => {
  const { text, over, out, left } = reading(talk, 135_400)
  assert.deepEqual(['+0:15', true, true, 0], [text, over, out, left])
  assert.equal('0:00', reading(talk, 120_900).text)
})

test('a paused clock stands', () => {
  const paused = { ...talk, deadline: null, paused_ms: 42_000 }
  assert.deepEqual(['0:42', true], [reading(paused, 0).text, reading(paused, 0).paused])
  assert.deepEqual(reading(paused, 0), reading(paused, 999_999))
})

test('no timer, no clock', () => assert.equal(null, reading({ deadline: null, paused_ms: null }, 0)))

test('the last ten seconds are marked', () => {
  assert.deepEqual([false, true, true, false], [109_000, 110_000, 119_000, 120_000].map((now) => reading(talk, now).last))
})

test('with two turns the second half is the other one’s', () => {
  const turns = { ...talk, turns: 2 }
  assert.deepEqual([false, true, false], [59_000, 60_000, 121_000].map((now) => reading(turns, now).turned))
  assert.equal(false, reading(talk, 60_000).turned)
})

test('hours are shown as hours', () => assert.deepEqual(['1:15', '59:59', '1:02:05'], [75, 3599, 3725].map(digits)))

test('planned times are short', () =>
  assert.deepEqual(['2 min', '1 min 30 s', '45 s'], [120, 90, 45].map((n) => span(n).replaceAll('\u00a0', ' '))))

test('a measured clock wins over one that was only heard', () => {
  const clock = new ServerClock()
  clock.hear(1_000_000, 0)
  clock.hear(1_000_150, 100, 40)
  assert.equal(1_000_180, clock.at(100))
  clock.hear(1_000_900, 800)
  assert.equal(1_000_880, clock.at(800))
})

test('a clock that stood still, as in a laptop that slept, is set right at once', () => {
  const clock = new ServerClock()
  clock.hear(1_000_000, 10, 0)
  clock.hear(1_060_000, 30, 20)
  assert.equal(1_060_005, clock.at(30))
})

test('the newest view wins, and a restored store begins anew', () => {
  const shown = { epoch: 'a', position: 41 }
  assert.deepEqual([true, true, false, true], [
    isNewer(shown, null), isNewer(shown, shown), isNewer({ epoch: 'a', position: 40 }, shown), isNewer({ epoch: 'b', position: 1 }, shown)])
})

test('no two faces come back at once, and none waits long', () => {
  assert.ok(restMs(0, 0) < restMs(0, 1))
  assert.equal(4000, restMs(30, 1))
})
