import assert from 'node:assert/strict'
import { test } from 'node:test'

import { advice, late } from '../../../presenter/console/agenda.js'

const group = { activity: 'temaer', kind: 'group', time_s: 480 }
const dots = { activity: 'prioritet', kind: 'dots', time_s: 90 }

test('seven minutes behind, gathering of eight becomes four', () => {
  assert.deepEqual(advice([dots, group], 7 * 60), { activity: 'temaer', kind: 'group', from: 480, to: 240 })
})

test('no more is taken than is missing', () => {
  assert.deepEqual(advice([group], 130), { activity: 'temaer', kind: 'group', from: 480, to: 300 })
})

test('less than two minutes is nothing to speak of', () => {
  assert.equal(advice([group], 119), null)
})

test('where nothing can be shortened it is only told', () => {
  assert.deepEqual(advice([], 300), {})
  assert.deepEqual(advice([{ ...dots, time_s: 60 }], 300), {})
})

test('overtime of what goes on counts, time left does not', () => {
  const view = { agenda: { behind_s: 60 }, deadline: 1_000_000, state: 'talk' }
  assert.equal(late(view, 1_090_500), 150)
  assert.equal(late(view, 900_000), 60)
  assert.equal(late({ ...view, state: 'results' }, 1_090_500), 60)
  assert.equal(late({ ...view, deadline: null }, 1_090_500), 60)
})
