import assert from 'node:assert/strict'
import test from 'node:test'

import { partOf, placeIn } from '../../../../static/activities/pin.js'

test('a press is told from the upper left corner, and one beside the picture from its edge', () => {
  const box = { left: 10, top: 20, width: 300, height: 200 }
  assert.deepEqual([[0, 0], [1000, 1000], [500, 250], [1000, 0]], [placeIn(box, 10, 20), placeIn(box, 310, 220), placeIn(box, 160, 70), placeIn(box, 900, 3)])
})

test('each place is in one of nine parts, as the server counts them', () => {
  assert.deepEqual([0, 0, 1, 4, 8, 6], [partOf([0, 0]), partOf([333, 333]), partOf([334, 0]), partOf([500, 500]), partOf([1000, 1000]), partOf([0, 1000])])
})
