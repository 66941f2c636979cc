import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../../page.js'

page()
const { copyName, toldOf } = await import('../../../../presenter/console/sharing/deck_results.js')

const t = { placed: ['{n} stands there: {name}', '{n} stand there: {name}'], unplaced: ['{n} at the end:', '{n} at the end, all of them:'] }

test('the copy of a deck has a name of its own', () => {
  assert.equal(copyName('Møte 3.PPTX', 'med resultater'), 'Møte 3 – med resultater.pptx')
})

test('results that belong to no slide are told by their questions', () => {
  assert.deepEqual(toldOf({ placed: 2, unplaced: 0, titles: [] }, 'a.pptx', t), ['2 stand there: a.pptx'])
  assert.deepEqual(toldOf({ placed: 1, unplaced: 2, titles: ['Hva?', 'Hvor?'] }, 'a.pptx', t), ['1 stands there: a.pptx', '2 at the end, all of them: «Hva?», «Hvor?»'])
})
