import assert from 'node:assert/strict'
import test from 'node:test'

import { words } from '../../../presenter/console/rehearsal.js'

const t = { n_answers: ['{n} svar', '{n} svar'], running: '{n} deltakere. {answers}. {left} igjen.', over: 'Slutt: {answers}.' }
const rehearsal = { phones: 40, until: 300_000, stopped: false, answers: 27 }

test('while it runs: how many, what they said, and how long is left', () => {
  assert.equal(words(rehearsal, 225_500, t), '40 deltakere. 27 svar. 1:15 igjen.')
})

test('stopped or past its time it is over, and says what is left of it', () => {
  assert.equal(words({ ...rehearsal, stopped: true }, 0, t), 'Slutt: 27 svar.')
  assert.equal(words(rehearsal, 300_000, t), 'Slutt: 27 svar.')
})

test('without one there is nothing to say', () => {
  assert.equal(words(null, 0, t), '')
})
