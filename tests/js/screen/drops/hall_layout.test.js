import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../../page.js'

page()
const { placesFor } = await import('../../../../presenter/screen/drops/hall.js')
const { hallLayout } = await import('../../../../presenter/screen/drops/hall_layout.js')

const BOXES = [{ width: 1700, height: 160, em: 47.5 }, { width: 940, height: 114, em: 33.8 }]
const lay = (n, places, box) => hallLayout({ n, places, ...box })

test('everybody has a seat of their own inside the box', () => {
  for (const box of BOXES) {
    for (const places of [1, 12, 24, 51, 120, 121, 195, 400, 900, 5000]) {
      const { size, worth, seats } = lay(places, places, box)
      assert.equal(seats.length, Math.ceil(places / worth), `${places}`)
      for (const [at, one] of seats.entries()) {
        assert.ok(one.x >= 0 && one.x + size <= box.width + 0.01 && one.y >= 0 && one.y + size <= box.height + 0.01, `${places}: ${one.x}, ${one.y}`)
        for (const other of seats.slice(at + 1)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= size, `${places}: two on one seat`)
      }
    }
  }
})

test('the front row fills from the middle, and who comes moves nobody', () => {
  const [box] = BOXES
  const { size, seats } = lay(51, 51, box)
  assert.ok(seats.slice(0, 4).every(({ x, y }) => Math.abs(x + size / 2 - box.width / 2) < 5 * size && y < size * 1.01))
  for (let n = 1; n < 51; n += 1) assert.deepEqual(lay(n, 51, box).seats, seats.slice(0, n))
})

test('rows bend up to 120 people; more stand in straight rows of smaller drops', () => {
  const [box] = BOXES
  const heights = (n) => new Set(lay(n, n, box).seats.map(({ y }) => y.toFixed(1))).size
  assert.ok(heights(120) > 10)
  assert.ok(heights(130) <= 5)
  assert.ok(lay(130, 130, box).size <= lay(120, 120, box).size)
})

test('a hall of unknown size has room for a step more than there are', () => {
  assert.deepEqual([0, 24, 25, 120, 121, 9999].map((n) => placesFor(n, 0)), [24, 24, 40, 120, 200, 9999])
  assert.deepEqual([placesFor(12, 51), placesFor(60, 51)], [51, 60])
})
