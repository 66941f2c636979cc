import assert from 'node:assert/strict'
import test from 'node:test'

import { fadedSigns } from '../../../presenter/activities/pulse.js'
import { show } from '../../../static/phone/parts/signs.js'
import { page } from '../page.js'

test('on the screen a sign counts half as much after each half-life, and is gone when it has faded', () => {
  const pulse = { at: 1000, half_life_ms: 10_000, levels: [{ id: 'clap', text: 'Applaus', level: 12 }, { id: 'lost', text: 'Jeg falt av', level: 1 }] }
  const told = (now) => fadedSigns(pulse, now).map(({ text, n }) => `${text} ${n}`)
  assert.deepEqual([told(0), told(11_000), told(21_000), told(81_000)], [['Applaus 12', 'Jeg falt av 1'], ['Applaus 6', 'Jeg falt av 1'], ['Applaus 3'], []])
  assert.deepEqual(fadedSigns(null, 0), [])
})

test('a phone has a button for each sign, sends one press a second, and has none while they are off', () => {
  const sent = []
  const { document } = page({})
  const signs = { of: [{ id: 'clap', text: 'Applaus' }, { id: 'lost', text: 'Jeg falt av' }], label: 'Si fra', sent: 'Sendt' }
  const draw = (now) => show({ signs: now, language: 'nb' }, { send: (message) => sent.push(message) })
  draw(signs)
  const row = document.body.querySelector('.signs')
  const [clap, lost] = row.querySelectorAll('button')
  clap.fire('click')
  lost.fire('click')
  assert.deepEqual(sent, [{ type: 'pulse', is: 'clap' }])
  assert.equal(row.textContent, 'ApplausJeg falt avSendt: Applaus')
  draw({ of: [] })
  assert.deepEqual([row.hidden, row.querySelectorAll('button').length], [true, 0])
})
