import assert from 'node:assert/strict'
import test from 'node:test'

import { byCount, dropGrid, isTied } from '../../../../presenter/screen/results/votes.js'

const BOXES = [{ width: 680, height: 110, em: 47.5 }, { width: 340, height: 85, em: 33.8 }]
const counts = (...all) => all.map((count, at) => ({ id: 'ABCDEF'[at], count }))

test('up to sixty votes for an option are drops that fit into its row; more are a bar', () => {
  for (const { width, height, em } of BOXES) {
    for (let most = 1; most <= 60; most += 1) {
      const { size, across } = dropGrid(most, { width, height, em })
      const lines = Math.ceil(most / across)
      assert.ok((across - 1) * size * 1.18 + size <= width && (lines - 1) * size * 1.18 + size <= height, `${most} in ${width}`)
      assert.ok(size >= em * 0.34)
    }
    assert.equal(dropGrid(61, { width, height, em }), null)
  }
})

test('twenty stand in one line, and more make the drops smaller, never larger', () => {
  const [box] = BOXES
  assert.ok(dropGrid(20, box).across >= 20)
  let size = Infinity
  for (const most of [5, 20, 30, 45, 60]) {
    assert.ok(dropGrid(most, box).size <= size + 0.01 || dropGrid(most, box).across < most)
    size = dropGrid(most, box).size
  }
  assert.ok(dropGrid(60, box).size < dropGrid(10, box).size)
})

test('a row too small for drops gets a bar', () => {
  assert.equal(dropGrid(5, { width: 0, height: 40, em: 40 }), null)
})

test('the largest count comes first, equal ones in their own order, and a tie is told only where somebody voted', () => {
  const all = counts(1, 5, 0, 5, 0)
  assert.equal(byCount(all).map(({ id }) => id).join(''), 'BDACE')
  assert.deepEqual(all.map((_, at) => isTied(all, at)), [false, true, false, true, false])
})
