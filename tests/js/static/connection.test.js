import assert from 'node:assert/strict'
import test from 'node:test'

import { retryDelayMs } from '../../../static/shared/connection.js'

test('no two phones reconnect at once; each attempt waits longer, and none longer than 22.5 s', () => {
  const delays = (chance) => [0, 1, 2, 3, 4, 5, 6, 99].map((n) => retryDelayMs(n, chance))
  assert.deepEqual([0, 500, 1000, 2000, 4000, 7500, 7500, 7500], delays(0))
  assert.deepEqual([1000, 1500, 3000, 6000, 12_000, 22_500, 22_500, 22_500], delays(1))
})
