import assert from 'node:assert/strict'
import test from 'node:test'

import { offered } from '../../../presenter/console/undo.js'

const last = { at: 1000, did: 'next', undo: { do: 'back' } }
const held = { at: 1000, did: 'hide_answer', undo: { do: 'restore_answer', id: 'x' } }

test('for five seconds after it was done', () => {
  assert.equal(offered(last, 5999, 'run'), true)
  assert.equal(offered(last, 6000, 'run'), false)
  assert.equal(offered(null, 1000, 'facilitator'), false)
})

test('to those who may do the reverse themselves', () => {
  const rights = ['facilitator', 'run', 'moderate', 'look']
  assert.deepEqual(rights.map((right) => offered(last, 1000, right)), [true, true, false, false])
  assert.deepEqual(rights.map((right) => offered(held, 1000, right)), [true, true, true, false])
})
