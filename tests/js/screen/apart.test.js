import assert from 'node:assert/strict'
import test from 'node:test'

import { apart } from '../../../presenter/screen/results/apart.js'
import { placeIn } from '../../../static/activities/grid.js'

const far = (one, other) => Math.hypot(one.x - other.x, one.y - other.y)

test('marks that would cover each other are moved apart, within the square, and others stay', () => {
  const alone = { x: 300, y: 40 }
  const crowd = Array.from({ length: 12 }, (_, n) => ({ x: 400 - (n % 3), y: 398 }))
  const places = apart([alone, ...crowd], 40, 400, 400)
  assert.ok(far(places[0], alone) < 0.1)
  for (const [n, one] of places.entries()) {
    assert.ok(one.x >= 0 && one.x <= 400 && one.y >= 0 && one.y <= 400)
    for (const other of places.slice(0, n)) assert.ok(far(one, other) > 38, `${n}`)
  }
  assert.deepEqual(apart(crowd, 40, 400, 400), apart(crowd, 40, 400, 400))
})

test('a press is told from the lower left corner, and one beside the square from its edge', () => {
  const box = { left: 10, bottom: 210, width: 200, height: 200 }
  assert.deepEqual([[0, 0], [100, 100], [50, 25], [0, 100]], [placeIn(box, 10, 210), placeIn(box, 210, 10), placeIn(box, 110, 160), placeIn(box, -5, 0)])
})
