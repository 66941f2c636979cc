/** The statements of an opinion map: the parts of a bar, their order, and what the groups say. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import '../page.js'
import { byDivision, groupsLine, partsOf } from '../../../presenter/screen/results/opinions.js'

const statement = (id, more) => ({ id, letter: '', text: id, share: null, count: 0, ...more })

test('a bar has a part for those who agree, pass and disagree', () => {
  assert.deepEqual(partsOf(statement('a', { count: 2, passed: 1, against: 1 })), [['1', 2, 0.5], ['0', 1, 0.25], ['-1', 1, 0.25]])
  assert.deepEqual(partsOf(statement('a')), [['1', 0, 0], ['0', 0, 0], ['-1', 0, 0]])
})

test('what divides most comes first, and each group has its share', () => {
  const all = [statement('a', { divides: 0.1 }), statement('b', { divides: 0.9 }), statement('c')]
  assert.deepEqual(byDivision(all).map(({ id }) => id), ['b', 'a', 'c'])
  assert.equal(groupsLine(statement('a', { groups: [0.875, 0.125] }), 'en'), 'A 88% · B 13%')
})
