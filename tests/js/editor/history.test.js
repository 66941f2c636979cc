import assert from 'node:assert/strict'
import test from 'node:test'

import { History } from '../../../presenter/editor/history.js'

test('typing without a pause is undone in one step, and can be redone', () => {
  const history = new History()
  history.recordTyping('', 0)
  history.recordTyping('a', 500)
  history.recordTyping('ab', 3000)
  assert.equal(history.undo('abc'), 'ab')
  assert.equal(history.undo('ab'), '')
  assert.equal(history.undo(''), null)
  assert.equal(history.redo(''), 'ab')
  assert.deepEqual(history.can, { undo: true, redo: true })
})

test('after an undo and then a change, nothing can be redone', () => {
  const history = new History()
  history.record('a')
  assert.equal(history.undo('b'), 'a')
  history.record('a')
  assert.equal(history.redo('c'), null)
})
