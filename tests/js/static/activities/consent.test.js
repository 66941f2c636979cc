import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../../page.js'

const { read, show, tell } = await import('../../../../static/activities/consent.js')

const says = { consent: 'Ja', object: 'Nei', reason: 'Hvorfor?', wrong: 'Skriv hvorfor.', reasoned: 'Innvending: {reason}', consented: 'Samtykker', about: 'til forslag {n}' }
const VIEW = { activity: 'a', version: 1, many: 1, max: 20, says }
const AGAIN = { ...VIEW, version: 2, many: 2, says: { ...says, version: 'Forslag 2', again: 'Hva nå?' } }

const place = () => {
  const { document } = page({ ids: { place: 'fieldset', status: 'p', reason: 'textarea' } })
  return document.getElementById('place')
}
const form = (entries) => {
  const data = new FormData()
  for (const [name, value] of entries) data.append(name, value)
  return data
}
const ticked = (at) => at.querySelectorAll('input').filter(({ checked }) => checked).map(({ value }) => value)

test('an edited proposal is asked anew, and nothing that was chosen about the words before is chosen about these', () => {
  const at = place()
  show(at, VIEW, { id: 'x', rev: 1, value: 'consent' })
  assert.deepEqual(['consent'], ticked(at))
  show(at, AGAIN, undefined)
  assert.deepEqual([[], true], [ticked(at), at.textContent.includes('Hva nå?')])
  show(at, AGAIN, { id: 'y', rev: 1, value: 'object', text: 'Dyrt' })
  assert.deepEqual([['object'], false, true], [ticked(at), at.textContent.includes('Hva nå?'), at.textContent.includes('Forslag 2')])
})

test('an objection is sent with its reason and the version it is about; a consent without a reason', () => {
  place()
  const refuse = () => null
  const sent = (entries) => {
    const answer = {}
    return [read(form(entries), AGAIN, refuse, answer), answer]
  }
  assert.deepEqual(['object', { text: 'Dyrt', version: 2 }], sent([['consent', 'object'], ['text', ' Dyrt ']]))
  assert.deepEqual(['consent', { version: 2 }], sent([['consent', 'consent'], ['text', 'Dyrt']]))
  for (const wrong of [[], [['consent', 'object'], ['text', ' ']], [['consent', 'object'], ['text', 'a'.repeat(21)]]]) {
    assert.deepEqual([null, {}], sent(wrong))
  }
})

test('an answer is told with its reason, and with its version where there are several', () => {
  assert.equal('Innvending: Dyrt', tell('object', VIEW, { text: 'Dyrt', version: 1 }))
  assert.equal('Samtykker (til forslag 1)', tell('consent', AGAIN, { version: 1 }))
})
