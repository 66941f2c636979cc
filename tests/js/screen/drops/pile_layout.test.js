import assert from 'node:assert/strict'
import test from 'node:test'

import { MOST_OPEN, pileLayout } from '../../../../presenter/screen/drops/pile_layout.js'

const BOXES = [{ width: 1180, height: 500, em: 47.5 }, { width: 480, height: 330, em: 33.8 }, { width: 300, height: 90, em: 47.5 }]
const lay = (n, box, more = {}) => pileLayout({ n, typing: 0, hintWidth: 200, ...box, ...more })
const apart = (spots, size) => spots.every((one, at) => spots.slice(at + 1).every((other) => Math.hypot(one.x - other.x, one.y - other.y) >= size * 0.99))

test('each drop has a spot of its own inside the box, however many there are', () => {
  for (const box of BOXES.slice(0, 2)) {
    for (const n of [0, 1, 7, 45, 112, 300, 700, 2000, 9999]) {
      const { size, worth, drops, open } = lay(n, box, { typing: 9 })
      assert.equal(drops.length, Math.floor(n / worth), `${n}`)
      assert.equal(open.length, 9)
      assert.ok(drops.length <= 320)
      const all = [...drops, ...open]
      assert.ok(apart(all, size), `${n} in ${box.width}: drops lie on each other`)
      for (const { x, y } of all) assert.ok(x >= 0 && x + size <= box.width + 0.01 && y >= 0 && y + size <= box.height + 0.01, `${n}: ${x}, ${y}`)
    }
  }
})

test('the pile grows from the floor, and a new drop moves no other', () => {
  const [box] = BOXES
  let before = null
  let moves = 0
  for (let n = 1; n < 3000; n += 1) {
    const layout = lay(n, box, { before })
    if (before && before.size === layout.size && before.worth === layout.worth) assert.deepEqual(layout.drops.slice(0, before.drops.length), before.drops)
    else if (before) moves += 1
    before = layout
  }
  assert.ok(moves <= 8, `all drops changed their size ${moves} times on the way to 3000`)
  assert.ok(lay(5, box).drops.every(({ y }) => y === lay(1, box).drops[0].y && y + lay(5, box).size === box.height))
})

test('an answer that is withdrawn does not make all others larger, but a new beginning does', () => {
  const [box] = BOXES
  const many = lay(180, box)
  assert.ok(many.size < lay(20, box).size)
  assert.equal(lay(160, box, { before: many }).size, many.size)
  const tens = lay(2500, box)
  assert.ok(tens.worth >= 10)
  assert.equal(lay(3, box, { before: tens }).worth, 1)
})

test('those who write do not make the drops of others smaller', () => {
  for (const box of BOXES.slice(0, 2)) {
    for (let n = 0; n < 700; n += 1) assert.equal(lay(n, box, { typing: 0 }).size, lay(n, box, { typing: 40 }).size)
    assert.equal(lay(3, box, { typing: 40 }).open.length, MOST_OPEN)
  }
})

test('the hint stands beside the open drops, or above where it has no room there, and never on a drop', () => {
  const hintWidth = 260
  for (const box of BOXES.slice(0, 2)) {
    for (let n = 0; n < 500; n += 1) {
      const { hint, drops, open, size } = lay(n, box, { typing: 6, hintWidth })
      assert.ok(hint.x + hintWidth <= box.width && hint.y >= -0.01, `${n}: ${hint.x}, ${hint.y}`)
      const covers = ({ x, y }) => x + size > hint.x && x < hint.x + hintWidth && y + size > hint.y + 1 && y < hint.y + size - 1
      assert.ok(![...drops, ...open].some(covers), `${n}: a drop under the hint`)
    }
  }
})

test('where nothing more will come, the drops take all of the room', () => {
  const box = { width: 1700, height: 173, em: 47.5 }
  const { drops, size, worth } = lay(160, box, { grows: false })
  assert.deepEqual([drops.length, worth], [160, 1])
  assert.ok(drops.every(({ x, y }) => x + size <= box.width + 0.01 && y >= 0))
})

test('in a box too small for anything nothing breaks', () => {
  for (const n of [0, 5, 5000]) assert.ok(lay(n, BOXES[2], { typing: 3 }).size > 0)
  assert.ok(Number.isFinite(lay(3, { width: 1, height: 1, em: 47 }).drops[0].x))
})
