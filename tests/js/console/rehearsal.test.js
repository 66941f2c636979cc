import assert from 'node:assert/strict'
import test from 'node:test'

import { rehearsalText } from '../../../presenter/console/rehearsal.js'

const t = { n_answers: ['{n} svar', '{n} svar'], running: '{n} deltakere. {answers}. {left} igjen.', over: 'Slutt: {answers}.' }
const rehearsal = { phones: 40, until: 300_000, stopped: false, answers: 27 }

test('while a rehearsal runs, the console says how many take part, how many answers came and how long is left', () => {
  assert.equal(rehearsalText(rehearsal, 225_500, t), '40 deltakere. 27 svar. 1:15 igjen.')
})

test('when a rehearsal is over, the console says how many of its answers are still there', () => {
  assert.equal(rehearsalText({ ...rehearsal, stopped: true }, 0, t), 'Slutt: 27 svar.')
  assert.equal(rehearsalText(rehearsal, 300_000, t), 'Slutt: 27 svar.')
})

test('without a rehearsal nothing is said', () => {
  assert.equal(rehearsalText(null, 0, t), '')
})
