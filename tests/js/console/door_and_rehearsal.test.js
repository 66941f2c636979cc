import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
const { Admission } = await import('../../../presenter/console/admission.js')
const { Rehearsal } = await import('../../../presenter/console/rehearsal.js')

const DOOR = { said_closed: 'Døra er stengt.', said_open: 'Døra er åpen.', muted: ['{n} telefon dempet', '{n} telefoner dempet'], open: 'Åpne', close: 'Steng', closed: 'stengt', done: 'Dempet', undone: 'Sluppet inn' }

const doorWith = (accepts = true) => {
  const $ = page({ ids: { 'door-say': 'p', door: 'button', newcomers: 'button', 'newcomers-undo': 'button' }, strings: { 'door-strings': DOOR } })
  const [sent, notes] = [[], []]
  return { $, sent, notes, admission: new Admission({ press: async (action) => (sent.push(action), accepts), note: (text) => notes.push(text), ready: Promise.resolve() }) }
}
const door = (closed, muted = 0, undo = false) => ({ door: { closed, muted, undo } })

test('the door says whether it is open, and a press turns it over', async () => {
  const { $, sent, admission } = doorWith()
  admission.show(door(false))
  assert.deepEqual([$('door-say').textContent, $('door').textContent, admission.words(door(false))], ['Døra er åpen.', 'Steng', []])
  await $('door').click()
  admission.show(door(true, 3))
  assert.deepEqual([$('door-say').textContent, $('door').textContent, admission.words(door(true))], ['Døra er stengt. 3 telefoner dempet', 'Åpne', ['stengt']])
  await $('door').click()
  assert.deepEqual(sent, [{ do: 'close_door' }, { do: 'open_door' }])
})

test('all who came in the last minute can be muted with one press, and let in again', async () => {
  const { $, sent, notes, admission } = doorWith()
  admission.show(door(false))
  assert.ok($('newcomers-undo').hidden)
  await $('newcomers').click()
  admission.show(door(false, 5, true))
  assert.ok(!$('newcomers-undo').hidden)
  await $('newcomers-undo').click()
  assert.deepEqual(sent, [{ do: 'mute_newcomers', seconds: 60 }, { do: 'admit_newcomers' }])
  assert.deepEqual(notes, ['Dempet', 'Sluppet inn'])
  const refused = doorWith(false)
  refused.admission.show(door(false))
  await refused.$('newcomers').click()
  assert.deepEqual(refused.notes, [])
})

const REHEARSE = { sure: { title: 'Prøve nå?', text: '', yes: 'Prøv' }, started: 'I gang', cleared: 'Tatt ut', cleared_home: 'Tatt ut, tilbake til start', n_answers: ['{n} svar', '{n} svar'], running: '{n} deltakere, {answers}, {left} igjen', over: 'Slutt: {answers}' }
const CONFIRM = Object.fromEntries(['', '-title', '-text', '-quote', '-ask', '-label', '-field', '-yes'].map((part) => [`sure${part}`, 'p']))

const rehearsalWith = () => {
  const $ = page({
    ids: { rehearse: 'form', 'rehearse-n': 'input', 'rehearse-stop': 'button', 'rehearse-clear': 'button', 'rehearsing-say': 'p', rehearsing: 'div', 'rehearse-section': 'section', ...CONFIRM },
    strings: { 'rehearse-strings': REHEARSE },
  })
  $('rehearse-n').value = '40'
  const [sent, notes, opened] = [[], [], []]
  const places = { open: (name) => opened.push(name) }
  return { $, sent, notes, opened, rehearsal: new Rehearsal({ press: async (action) => (sent.push(action), true), note: (text) => notes.push(text), ready: Promise.resolve(), places }) }
}
const running = { phones: 40, until: 60_000, stopped: false, answers: 5, to_lobby: true }

test('in the lobby a rehearsal begins at once; later, when people may be looking, only after a question', async () => {
  const { $, sent, notes, opened, rehearsal } = rehearsalWith()
  rehearsal.show({ state: 'lobby', rehearsal: null }, 0)
  await $('rehearse').fire('submit')
  assert.deepEqual([sent, notes, opened], [[{ do: 'rehearse', n: 40 }], ['I gang'], ['run']])
  rehearsal.show({ state: 'write', rehearsal: null }, 0)
  const submitted = $('rehearse').fire('submit')
  await Promise.resolve() // until the first view has come
  assert.ok($('sure').open)
  await $('sure').close('no')
  await submitted
  assert.equal(sent.length, 1)
  assert.equal(opened.length, 1)
})

test('while it runs it counts down, and can be stopped; afterwards everything can be taken out', async () => {
  const { $, sent, notes, rehearsal } = rehearsalWith()
  rehearsal.show({ state: 'write', rehearsal: running }, 0)
  assert.equal($('rehearsing-say').textContent, '40 deltakere, 5 svar, 1:00 igjen')
  rehearsal.tick(45_000)
  assert.equal($('rehearsing-say').textContent, '40 deltakere, 5 svar, 0:15 igjen')
  assert.deepEqual(['rehearsing', 'rehearse-stop', 'rehearse-section'].map((id) => $(id).hidden), [false, false, true])
  await $('rehearse-stop').click()
  rehearsal.tick(61_000)
  assert.deepEqual(['rehearsing', 'rehearse-stop', 'rehearse-section'].map((id) => $(id).hidden), [false, true, false])
  await $('rehearse-clear').click()
  assert.deepEqual([sent.map((action) => action.do), notes], [['stop_rehearsal', 'clear_rehearsal'], ['Tatt ut, tilbake til start']])
  rehearsal.show({ state: 'ended', rehearsal: null }, 61_000)
  assert.deepEqual(['rehearsing', 'rehearse-section'].map((id) => $(id).hidden), [true, true])
})
