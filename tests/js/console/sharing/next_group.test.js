import assert from 'node:assert/strict'
import test from 'node:test'
import { clearQuestion, goesOn } from '../../../../presenter/console/sharing/next_group.js'

const t = { text: ['{n} answer moves.', '{n} answers move.'], stays: 'Code stays.', published: 'Report goes.' }

test('before a meeting is cleared it is told how many answers move, and what becomes of a report', () => {
  const view = (answers, published) => ({ clearing: { answers }, followup: { published } })
  assert.equal(clearQuestion(view(1, false), t), '1 answer moves. Code stays.')
  assert.equal(clearQuestion(view(23, true), t), '23 answers move. Code stays. Report goes.')
})

test('only a meeting that has begun and is not over must be ended first', () => {
  assert.deepEqual(['lobby', 'write', 'slide', 'ended'].map((state) => goesOn({ state })), [false, true, true, false])
})
