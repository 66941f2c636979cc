import assert from 'node:assert/strict'
import test from 'node:test'

import { inOrder, merged, unsentVotes } from '../../../../static/activities/qa.js'

const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, text: id, votes: 1 }))

test('a question that is in both lists is told once', () => {
  const told = { top: [a, b, 'c'], newest: [c, 'a', 'gone'] }
  assert.deepEqual(inOrder(told, 'votes'), [a, b, c])
  assert.deepEqual(inOrder(told, 'newest'), [c, a])
})

test('what was pressed here counts at once, and only once', () => {
  assert.deepEqual(merged(3, false, undefined), { n: 3, on: false })
  assert.deepEqual(merged(3, false, { on: true, at: 0, acked: false }), { n: 4, on: true })
  assert.deepEqual(merged(4, true, { on: true, at: 0, acked: true }), { n: 4, on: true })
  assert.deepEqual(merged(4, true, { on: false, at: 0, acked: false }), { n: 3, on: false })
})

test('a vote without an ack is sent again after a while', () => {
  const votes = { a: { on: true, at: 1, acked: false }, b: { on: true, at: 1, acked: true }, c: { on: false, at: 9, acked: false } }
  assert.deepEqual(unsentVotes(votes, 5), [{ type: 'vote', id: 'a', on: true }])
})
