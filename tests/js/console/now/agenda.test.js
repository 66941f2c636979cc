import assert from 'node:assert/strict'
import { test } from 'node:test'

import { advice, secondsBehind } from '../../../../presenter/console/now/agenda.js'

const group = { activity: 'temaer', kind: 'group', time_s: 480 }
const dots = { activity: 'prioritet', kind: 'dots', time_s: 90 }

test('seven minutes behind, an activity of eight minutes is shortened to four', () => {
  assert.deepEqual(advice([dots, group], 7 * 60), { activity: 'temaer', kind: 'group', from: 480, to: 240 })
})

test('an activity is shortened by the delay and no more', () => {
  assert.deepEqual(advice([group], 130), { activity: 'temaer', kind: 'group', from: 480, to: 300 })
})

test('a delay of less than two minutes is not mentioned', () => {
  assert.equal(advice([group], 119), null)
})

test('where nothing can be shortened, only the delay is shown', () => {
  assert.deepEqual(advice([], 300), {})
  assert.deepEqual(advice([{ ...dots, time_s: 60 }], 300), {})
})

test('the delay includes the overtime of the running activity, but not its time left', () => {
  const view = { agenda: { behind_s: 60 }, deadline: 1_000_000, state: 'talk' }
  assert.equal(secondsBehind(view, 1_090_500), 150)
  assert.equal(secondsBehind(view, 900_000), 60)
  assert.equal(secondsBehind({ ...view, state: 'results' }, 1_090_500), 60)
  assert.equal(secondsBehind({ ...view, deadline: null }, 1_090_500), 60)
})
