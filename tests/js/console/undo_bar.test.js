import assert from 'node:assert/strict'
import test from 'node:test'

import { Undo } from '../../../presenter/console/undo.js'
import { page } from '../page.js'

const strings = { did: { hide_answer: 'Et svar ble holdt tilbake.', next: 'Møtet gikk videre.', 'next.write': 'Det ble åpnet for svar.' }, too_late: 'Noe annet har skjedd.', failed: 'Det gikk ikke.' }
const viewAt = (at, did = 'next') => ({ step: 7, last: { at, did, undo: { do: did === 'next' ? 'back' : 'restore_answer', id: 'x' } } })

const barWith = (right = 'facilitator', result = { ok: true, status: 200 }) => {
  const $ = page({ ids: { 'undo-bar': 'section', 'undo-say': 'span', undo: 'button', go: 'section', next: 'button', question: 'h1' }, strings: { 'undo-strings': strings }, data: { right } })
  const [sent, notes] = [[], []]
  const undo = new Undo({ act: async (action) => (sent.push(action), result), note: (text) => notes.push(text) })
  return { $, undo, sent, notes }
}

test('for ten seconds the newest action can be taken back, whoever did it', () => {
  const { $, undo } = barWith()
  undo.show(viewAt(1000), 2000)
  assert.equal($('undo-say').textContent, 'Møtet gikk videre.')
  assert.ok(!$('undo-bar').hidden)
  undo.tick(11_000)
  assert.ok($('undo-bar').hidden)
  undo.show({ step: 8, last: null }, 11_100)
  assert.ok($('undo-bar').hidden)
})

test('a colleague who looks after the answers can take back what concerns them, and nothing else', () => {
  const { $, undo } = barWith('moderate')
  undo.show(viewAt(1000), 2000)
  assert.ok($('undo-bar').hidden)
  undo.show(viewAt(1000, 'hide_answer'), 2000)
  assert.ok(!$('undo-bar').hidden)
})

test('only this action is undone, and once', async () => {
  const { $, undo, sent, notes } = barWith()
  undo.show(viewAt(1000), 2000)
  await $('undo').click()
  assert.deepEqual(sent, [{ do: 'back', id: 'x', if_step: 7 }])
  assert.equal($.document.activeElement, $('next'))
  undo.tick(2500)
  assert.ok($('undo-bar').hidden, 'it is not offered again until the server has answered with something new')
  assert.deepEqual(notes, [])
})

test('when something else has happened meanwhile, nothing is undone and the facilitator is told', async () => {
  for (const [result, words] of [[{ ok: false, status: 409 }, 'Noe annet har skjedd.'], [{ ok: false, status: 0 }, 'Det gikk ikke.'], [{ ok: false, status: 422, title: 'Nei.' }, 'Nei.']]) {
    const { $, undo, notes } = barWith('run', result)
    undo.show(viewAt(1000), 2000)
    await $('undo').click()
    assert.deepEqual(notes, [words])
  }
})

test('where the meeting was led is said, not only that it went on', () => {
  const { $, undo } = barWith()
  undo.show({ ...viewAt(1000), state: 'write' }, 2000)
  assert.equal($('undo-say').textContent, 'Det ble åpnet for svar.')
  undo.show({ ...viewAt(1000), step: 8, state: 'brand-new' }, 2000)
  assert.equal($('undo-say').textContent, 'Møtet gikk videre.')
  undo.show({ ...viewAt(1000, 'unheard-of'), step: 9, state: 'write' }, 2000)
  assert.equal($('undo-say').textContent, '')
})
