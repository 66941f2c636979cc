import assert from 'node:assert/strict'
import test from 'node:test'

import { canUndo } from '../../../presenter/console/undo.js'

const last = { at: 1000, did: 'next', undo: { do: 'back' } }
const held = { at: 1000, did: 'hide_answer', undo: { do: 'restore_answer', id: 'x' } }

test('an action can be undone for five seconds', () => {
  assert.equal(canUndo(last, 10_999, 'run'), true)
  assert.equal(canUndo(last, 11_000, 'run'), false)
  assert.equal(canUndo(null, 1000, 'facilitator'), false)
})

test('undo is offered only to those who have the right to the reverse action', () => {
  const rights = ['facilitator', 'run', 'moderate', 'look']
  assert.deepEqual(rights.map((right) => canUndo(last, 1000, right)), [true, true, false, false])
  assert.deepEqual(rights.map((right) => canUndo(held, 1000, right)), [true, true, true, false])
})
