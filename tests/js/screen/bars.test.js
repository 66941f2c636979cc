import assert from 'node:assert/strict'
import test from 'node:test'

import { barLengths, seriesClass } from '../../../presenter/screen/results/bars.js'
import { answeredOf, clockLabel, sceneName } from '../../../presenter/screen/scenes.js'
import { piecesThatFit } from '../../../presenter/screen/slide.js'

test('the largest count gets a bar of the whole width, and a count of zero gets none', () => {
  assert.deepEqual([1, 0.5, 0], barLengths([8, 4, 0]))
  assert.deepEqual([0, 0], barLengths([0, 0]))
})

test('seven rows have a colour each, all others share one', () => {
  assert.deepEqual(['a', 'g', 'rest'], [0, 6, 7].map(seriesClass))
})

test('«of how many» is the number of people in the hall if known, else of those present, else it is left out', () => {
  const counts = { answered_people: 41, answers: 96, hall: 60, people: 56 }
  assert.deepEqual({ n: 41, of: 60 }, answeredOf(counts))
  assert.deepEqual({ n: 41, of: 56 }, answeredOf({ ...counts, hall: 0 }))
  assert.deepEqual({ n: 96, of: 0 }, answeredOf({ ...counts, hall: 0, people: 0 }))
  assert.deepEqual({ n: 41, of: 41 }, answeredOf({ ...counts, hall: 0, people: 3 }))
})

test('while results are hidden the screen shows only how many answers there are', () => {
  const view = { state: 'write', results: null, spotlight: null, shape: 'wall' }
  assert.deepEqual(['write', 'write', 'closed', 'closed'], ['write', 'closing', 'closed', 'results'].map((state) => sceneName({ ...view, state }, true)))
})

test('results are shown in their shape, or as a table on request; an answer in the spotlight is shown before all else', () => {
  const view = { state: 'results', results: {}, spotlight: null, shape: 'cloud' }
  assert.equal('cloud', sceneName(view, false))
  assert.equal('list', sceneName(view, true))
  assert.equal('spot', sceneName({ ...view, spotlight: { id: 'a', text: 'Kom' } }, true))
  assert.equal('cloud', sceneName({ ...view, state: 'write' }, false))
})

test('a screen reader reads the clock in words', () => {
  const t = { minutes: ['{n} minutt', '{n} minutter'], seconds: ['{n} sekund', '{n} sekunder'], left: '{time} igjen', over: '{time} over tiden' }
  assert.equal('1 minutt 12 sekunder igjen', clockLabel({ seconds: 72, over: false }, t))
  assert.equal('15 sekunder over tiden', clockLabel({ seconds: 15, over: true }, t))
  assert.equal('0 sekunder igjen', clockLabel({ seconds: 0, over: false }, t))
})

test('a part of a slide holds what fits, and never nothing', () => {
  assert.deepEqual([true, true, false], piecesThatFit([10, 20, 40], 30))
  assert.deepEqual([true, false], piecesThatFit([50, 90], 30))
  assert.deepEqual([true, false, true], piecesThatFit([10, 40, 12], 30))
})
