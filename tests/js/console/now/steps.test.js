import assert from 'node:assert/strict'
import test from 'node:test'

import { stepsOf } from '../../../../presenter/console/now/steps.js'

const t = { kinds: { open: 'Åpent spørsmål', pair: 'Parsamtale' }, ways: { results: 'Vis svarene' } }
const PAIR = { id: 'talk', kind: 'pair', state: 'waiting', time_s: 120, takes_answers: false, optional: false, reveal: 'results' }
const OPEN = { id: 'ask', kind: 'open', state: 'waiting', time_s: null, takes_answers: true, optional: false, reveal: 'results' }
const states = (activities, current = null) => stepsOf(activities, current, t).map(({ state }) => state)

test('a talk is one step with its time; a question is two: people write, then it is shown', () => {
  assert.deepEqual(stepsOf([PAIR, OPEN], null, t), [
    { words: 'Parsamtale', time: '2:00', state: '', start: '' },
    { words: 'Åpent spørsmål', time: '', state: '', start: '' },
    { words: 'Vis svarene', time: '', state: '', start: '' },
  ])
})

test('what is done and what is on follows the question from waiting to done', () => {
  assert.deepEqual(states([OPEN]), ['', ''])
  assert.deepEqual(states([{ ...OPEN, state: 'write' }], 'ask'), ['on', ''])
  assert.deepEqual(states([{ ...OPEN, state: 'closed' }], 'ask'), ['done', ''])
  assert.deepEqual(states([{ ...OPEN, state: 'results' }], 'ask'), ['done', 'on'])
  assert.deepEqual(states([{ ...OPEN, state: 'done' }]), ['done', 'done'])
  assert.deepEqual(states([{ ...OPEN, state: 'brand-new' }]), ['', ''])
})

test('a talk is on while it is the one that runs, and done when it is over or another has begun', () => {
  assert.deepEqual(states([{ ...PAIR, state: 'talk' }], 'talk'), ['on'])
  assert.deepEqual(states([{ ...PAIR, state: 'done' }], 'talk'), ['done'])
  assert.deepEqual(states([{ ...PAIR, state: 'talk' }], 'ask'), ['done'])
})

test('what is never shown has no step for it', () => {
  assert.equal(stepsOf([{ ...OPEN, reveal: 'never' }], null, t).length, 1)
})

test('only what next passes by has a press of its own, and only while it waits', () => {
  const starts = (more) => stepsOf([{ ...OPEN, ...more }], null, t).map(({ start }) => start)
  assert.deepEqual(starts({ optional: true }), ['ask', ''])
  assert.deepEqual(starts({}), ['', ''])
  assert.deepEqual(starts({ optional: true, state: 'write' }), ['', ''])
})

test('a kind that is not known here is at least named', () => {
  assert.equal(stepsOf([{ ...PAIR, kind: 'light' }], null, t)[0].words, 'light')
})
