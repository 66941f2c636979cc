import assert from 'node:assert/strict'
import test from 'node:test'

import { due, isOlder, merge, resultOf, sectionOf, standing } from '../../../../static/phone/state.js'

const WRITE = { state: 'write', activity: 'a', writes: 'text', many: 5 }
const answer = (id, more) => ({ type: 'answer', id, activity: 'a', rev: 1, text: 'Flere benker', ...more })
const ack = (status) => ({ type: 'ack', status, position: 1 })
const error = (code) => ({ type: 'error', code })

test('while writing is open there is a field for texts and a form for choices', () => {
  assert.equal('text', sectionOf(WRITE, 0, ''))
  assert.equal('text', sectionOf({ ...WRITE, state: 'closing' }, 0, ''))
  assert.equal('write', sectionOf({ ...WRITE, writes: 'choices' }, 0, ''))
  for (const state of ['lobby', 'slide', 'talk', 'grouping', 'ended']) assert.equal(state, sectionOf({ state }, 0, 'unsent'))
})

test('a text that was not sent in time may be sent for a moment more', () => {
  const closed = { ...WRITE, state: 'closed', grace_until: 1000 }
  assert.deepEqual(['grace', 'closed', 'closed', 'closed'], [
    sectionOf(closed, 999, 'Lys'), sectionOf(closed, 1000, 'Lys'), sectionOf(closed, 999, '  '), sectionOf({ ...closed, grace_until: null }, 0, 'Lys')])
  assert.equal('grace', sectionOf({ ...closed, state: 'results' }, 999, 'Lys'))
})

test('a view from a poll that the socket has overtaken is older; positions of another store can’t be compared', () => {
  const shown = { epoch: 'e', step: 4 }
  assert.deepEqual([true, false, false], [isOlder({ epoch: 'e', step: 3 }, shown), isOlder({ epoch: 'e', step: 4 }, shown), isOlder({ epoch: 'f', step: 1 }, shown)])
})

test('own answers are what the server has, changed by what still waits here', () => {
  const had = [answer('1', { status: 'saved' }), answer('2', { status: 'saved' })]
  const waiting = [
    { type: 'withdraw', id: '1', activity: 'a', rev: 2 }, answer('2', { rev: 2, text: 'Nye benker' }), answer('3'), answer('4', { activity: 'b' }),
  ]
  const mine = merge(had, waiting, 'a', 'kept')
  assert.deepEqual([['2', 'Nye benker', 'kept'], ['3', 'Flere benker', 'kept']], [...mine].map(([id, { text, status }]) => [id, text, status]))
})

test('an answer that was acked after the server made its list is in it all the same, and one deleted since is not', () => {
  const acked = [answer('1', { acked: 'e', status: 'late' }), { type: 'withdraw', id: '2', activity: 'a', rev: 2, acked: 'e' }]
  const mine = merge([answer('2', { status: 'saved' })], acked, 'a', 'kept')
  assert.deepEqual([['1', 'late']], [...mine].map(([id, { status }]) => [id, status]))
})

test('the answer that a new one replaces is the newest that counts', () => {
  const mine = new Map([['1', answer('1', { status: 'saved', value: ['a'] })], ['2', answer('2', { status: 'refused', value: ['b'] })]])
  assert.equal('1', standing(mine).id)
  assert.equal(undefined, standing(new Map()))
  assert.equal(undefined, standing(new Map([['1', answer('1', { status: 'saved' })]])), 'an option that somebody has added is no choice')
})

test('sent again is all that waits, but not a deletion that can be undone, nor an answer to what is not asked now', () => {
  const ids = (view, now) => due([
    answer('1'), { type: 'withdraw', id: '2', after: 500 }, answer('3', { parked: true }), answer('4', { parked: true, activity: 'b' }),
  ], view, now).map(({ id }) => id)
  assert.deepEqual(['1', '3'], ids(WRITE, 499))
  assert.deepEqual(['1', '2', '3'], ids(WRITE, 500))
  assert.deepEqual(['1', '2'], ids({ ...WRITE, state: 'closed' }, 500))
})

test('an ack says what became of the answer, and what comes next', () => {
  const said = (view, status) => resultOf(ack(status), answer('1'), view).say
  assert.deepEqual({ keep: 'acked', status: 'saved', say: 'next' }, resultOf(ack('saved'), answer('1'), WRITE))
  assert.deepEqual({ keep: 'acked', status: 'saved', say: 'next' }, resultOf(ack('duplicate'), answer('1'), WRITE))
  assert.equal('saved', said({ ...WRITE, many: 1 }, 'saved'))
  assert.equal('changed', said({ ...WRITE, writes: 'choices', many: 1 }, 'saved'))
  assert.deepEqual(['late', 'held'], [said(WRITE, 'late'), said(WRITE, 'held')])
})

test('of a deletion, or of what a restored server is told anew, nothing is said', () => {
  assert.equal(null, resultOf(ack('saved'), answer('1', { again: true }), WRITE).say)
  assert.equal(null, resultOf(ack('saved'), { type: 'withdraw', id: '1', rev: 2 }, WRITE).say)
})

test('an answer that is refused stays in the list and says so; each reason has its words', () => {
  assert.deepEqual({ keep: 'dropped', say: 'closed', status: 'refused' }, resultOf(error('closed'), answer('1'), WRITE))
  assert.equal('limit', resultOf(error('limit'), answer('1'), WRITE).say)
  assert.equal('refused', resultOf(error('bad'), answer('1'), WRITE).say)
})

test('a change or deletion that is refused leaves the answer as the server has it', () => {
  assert.deepEqual({ keep: 'dropped', say: 'closed', ask: true }, resultOf(error('closed'), answer('1', { rev: 2 }), WRITE))
  assert.deepEqual({ keep: 'dropped', say: '', ask: true }, resultOf(error('closed'), { type: 'withdraw', id: '1', rev: 2 }, WRITE))
})

test('an id that the server knows as somebody else’s is this phone’s own, from before it lost its identity', () =>
  assert.deepEqual({ keep: 'dropped', status: 'saved' }, resultOf(error('not-yours'), answer('1'), WRITE)))

test('what a restored server has not asked yet waits until it does', () => {
  const again = answer('1', { again: true })
  assert.deepEqual({ keep: 'parked' }, resultOf(error('closed'), again, WRITE))
  assert.deepEqual({ keep: 'parked' }, resultOf(error('closed'), again, { ...WRITE, state: 'closed', activity: 'b' }))
  assert.equal('dropped', resultOf(error('closed'), again, { ...WRITE, state: 'closed' }).keep)
})
