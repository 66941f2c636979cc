import assert from 'node:assert/strict'
import test from 'node:test'

import { clockText, graphemes, newId, passedTime, secondsLeft } from '../../../../static/shared/text_and_time.js'

test('an answer’s id is 32 hex digits, and no two are equal', () => {
  const made = Array.from({ length: 1000 }, newId)
  assert.deepEqual([], made.filter((one) => !/^[0-9a-f]{32}$/.test(one)))
  assert.equal(1000, new Set(made).size)
})

test('a second that has begun counts as left', () =>
  assert.deepEqual([2, 1, 1, 0, -1], [1001, 1000, 1, 0, -1000].map(secondsLeft)))

test('the clock starts at its length and ends at nought', () =>
  assert.deepEqual(['2:00', '2:00', '1:05', '0:09', '0:01', '0:00'], [120_000, 119_999, 65_000, 9000, 1, 0].map((ms) => clockText(ms))))

test('past its end the clock stays at 0:00, except where overtime is shown', () => {
  assert.deepEqual(['0:00', '0:00'], [-1, -65_000].map((ms) => clockText(ms)))
  assert.deepEqual(['0:01', '0:00', '0:00', '+0:01', '+1:05'], [1, 0, -999, -1000, -65_400].map((ms) => clockText(ms, true)))
})

test('characters are counted as people count them', () =>
  assert.deepEqual([0, 0, 3, 1, 1, 3], ['', ' \n ', ' æøå ', '👨‍👩‍👧‍👦', 'e\u0301', 'a b'].map(graphemes)))

test('a screen reader hears the time at four points, but not after a jump', () => {
  assert.deepEqual([60, undefined, 30, 0, undefined], [[60, 61], [59, 60], [29, 31], [0, 1], [25, 99999]].map(([left, before]) => passedTime(left, before)))
})
