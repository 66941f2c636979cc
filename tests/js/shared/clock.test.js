import assert from 'node:assert/strict'
import test from 'node:test'

import { clockDigits, durationText, readClock } from '../../../presenter/shared/clock.js'
import { isNewer, retryDelayMs } from '../../../presenter/shared/feed.js'
import { ServerClock } from '../../../static/shared/server_clock.js'

const talk = { deadline: 120_000, paused_ms: null, length_ms: 120_000, turns: 1 }

test('the clock starts at its length and ends at nought', () => {
  assert.equal('2:00', readClock(talk, 0).text)
  assert.equal('2:00', readClock(talk, 1).text)
  assert.equal('0:01', readClock(talk, 119_999).text)
  assert.equal('0:00', readClock(talk, 120_000).text)
})

test('past its end the clock counts up, with a plus sign', () => {
  const { text, over, timeUp, left } = readClock(talk, 135_400)
  assert.deepEqual(['+0:15', true, true, 0], [text, over, timeUp, left])
  assert.equal('0:00', readClock(talk, 120_900).text)
})

test('a paused clock stands still', () => {
  const paused = { ...talk, deadline: null, paused_ms: 42_000 }
  assert.deepEqual(['0:42', true], [readClock(paused, 0).text, readClock(paused, 0).paused])
  assert.deepEqual(readClock(paused, 0), readClock(paused, 999_999))
})

test('without a timer no clock is shown', () => assert.equal(null, readClock({ deadline: null, paused_ms: null }, 0)))

test('the last ten seconds are marked', () => {
  assert.deepEqual([false, true, true, false], [109_000, 110_000, 119_000, 120_000].map((now) => readClock(talk, now).last))
})

test('when two people share the time, the clock says at half time that it is the other one’s turn', () => {
  const turns = { ...talk, turns: 2 }
  assert.deepEqual([false, true, false], [59_000, 60_000, 121_000].map((now) => readClock(turns, now).otherTurn))
  assert.equal(false, readClock(talk, 60_000).otherTurn)
})

test('a clock of more than an hour shows hours', () => assert.deepEqual(['1:15', '59:59', '1:02:05'], [75, 3599, 3725].map(clockDigits)))

test('the planned length of a step is written short', () =>
  assert.deepEqual(['2 min', '1 min 30 s', '45 s'], [120, 90, 45].map((n) => durationText(n).replaceAll('\u00a0', ' '))))

test('the server’s time is taken from the answer to a question, rather than from a message that came unasked', () => {
  const clock = new ServerClock()
  clock.measure(1_000_000, 0)
  clock.measure(1_000_150, 100, 40)
  assert.equal(1_000_180, clock.serverTime(100))
  clock.measure(1_000_900, 800)
  assert.equal(1_000_900, clock.serverTime(800)) // it was written then, so it can't be earlier
})

test('a clock that stood still, as in a laptop that slept, is set right at once', () => {
  const clock = new ServerClock()
  clock.measure(1_000_000, 10, 0)
  clock.measure(1_060_000, 30, 20)
  assert.equal(1_060_005, clock.serverTime(30))
})

test('the newest view is shown; after a backup was restored, an earlier position counts as new', () => {
  const shown = { epoch: 'a', position: 41 }
  assert.deepEqual([true, true, false, true], [
    isNewer(shown, null), isNewer(shown, shown), isNewer({ epoch: 'a', position: 40 }, shown), isNewer({ epoch: 'b', position: 1 }, shown)])
})

test('after a lost network no two faces come back at once, and none waits longer than 4 s', () => {
  assert.ok(retryDelayMs(0, 0) < retryDelayMs(0, 1))
  assert.equal(4000, retryDelayMs(30, 1))
})
