import assert from 'node:assert/strict'
import test from 'node:test'

import { shuffled } from '../../../../static/shared/shuffled.js'
import { newId } from '../../../../static/shared/text_and_time.js'

test('options stay in their order on one phone and differ between phones', () => {
  const options = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ id: name }))
  const names = (seed) => shuffled(options, seed).map((one) => one.id).join('')
  assert.equal(names('one'), names('one'))
  assert.equal('abcde', [...names('one')].sort().join(''))
  assert.equal('abcde', options.map((one) => one.id).join(''))
  const orders = Array.from({ length: 1200 }, () => names(newId()))
  assert.ok(new Set(orders).size > 100, 'of the 120 orders of five options nearly all are used')
  const first = [...'abcde'].map((name) => orders.filter((order) => order[0] === name).length)
  assert.deepEqual([], first.filter((n) => n < 170 || n > 310), `each comes first on about 240 of 1200 phones: ${first}`)
})
