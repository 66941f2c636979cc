import assert from 'node:assert/strict'
import test from 'node:test'

import { decimal, lengths, percent, series } from '../../../presenter/screen/bars.js'
import { answered, sceneOf, spoken } from '../../../presenter/screen/scenes.js'
import { fitting } from '../../../presenter/screen/slide.js'

test('the longest bar takes the whole width, and nothing takes none', () => {
  assert.deepEqual([1, 0.5, 0], lengths([8, 4, 0]))
  assert.deepEqual([0, 0], lengths([0, 0]))
})

test('numbers are written as the language writes them', () => {
  assert.equal('41 %', percent(0.412, 'nb').replace('\u00a0', ' '))
  assert.equal('41%', percent(0.412, 'en'))
  assert.deepEqual(['3,4', '–'], [decimal(3.42, 'nb'), decimal(null, 'nb')])
})

test('seven series have a colour, the rest share one', () => {
  assert.deepEqual(['a', 'g', 'rest'], [0, 6, 7].map(series))
})

test('people are counted against the hall, then against those who are here, else answers alone', () => {
  const counts = { answered_people: 41, answers: 96, hall: 60, people: 56 }
  assert.deepEqual({ n: 41, of: 60 }, answered(counts))
  assert.deepEqual({ n: 41, of: 56 }, answered({ ...counts, hall: 0 }))
  assert.deepEqual({ n: 96, of: 0 }, answered({ ...counts, hall: 0, people: 0 }))
  assert.deepEqual({ n: 41, of: 41 }, answered({ ...counts, hall: 0, people: 3 }))
})

test('hidden results show no more than how many there are', () => {
  const view = { state: 'write', results: null, spotlight: null, shape: 'wall' }
  assert.deepEqual(['write', 'write', 'closed', 'closed'], ['write', 'closing', 'closed', 'results'].map((state) => sceneOf({ ...view, state }, true)))
})

test('results are shown in their shape, as a table on request, and one card above all', () => {
  const view = { state: 'results', results: {}, spotlight: null, shape: 'cloud' }
  assert.equal('cloud', sceneOf(view, false))
  assert.equal('list', sceneOf(view, true))
  assert.equal('spot', sceneOf({ ...view, spotlight: { id: 'a', text: 'Kom' } }, true))
  assert.equal('cloud', sceneOf({ ...view, state: 'write' }, false))
})

test('the clock can be heard', () => {
  const t = { minutes: ['{n} minutt', '{n} minutter'], seconds: ['{n} sekund', '{n} sekunder'], left: '{time} igjen', over: '{time} over tiden' }
  assert.equal('1 minutt 12 sekunder igjen', spoken({ seconds: 72, over: false }, t))
  assert.equal('15 sekunder over tiden', spoken({ seconds: 15, over: true }, t))
  assert.equal('0 sekunder igjen', spoken({ seconds: 0, over: false }, t))
})

test('a part of a slide takes what ends above the edge, and always something', () => {
  assert.deepEqual([true, true, false], fitting([10, 20, 40], 30))
  assert.deepEqual([true, false], fitting([50, 90], 30))
  assert.deepEqual([true, false, true], fitting([10, 40, 12], 30))
})
