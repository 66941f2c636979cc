import assert from 'node:assert/strict'
import test from 'node:test'

import { ConnectionLost } from '../../../presenter/console/connection_lost.js'
import { Forms } from '../../../presenter/console/forms.js'
import { filledLines } from '../../../presenter/shared/list_lines.js'
import { Note } from '../../../presenter/shared/note.js'
import { pageAction } from '../../../presenter/console/shortcuts.js'
import { page } from '../page.js'

test('the note is shown for a few seconds, a problem in another colour', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const $ = page({ ids: { note: 'p' } })
  const note = new Note($('note'))
  note.show('Lagret')
  assert.deepEqual([$('note').textContent, $('note').hidden, $('note').classList.contains('grave')], ['Lagret', false, false])
  context.mock.timers.tick(4000)
  note.show('Det gikk ikke', true)
  assert.ok($('note').classList.contains('grave'))
  context.mock.timers.tick(4000)
  assert.ok(!$('note').hidden, 'the newer note gets all of its time')
  context.mock.timers.tick(1000)
  assert.ok($('note').hidden)
  note.show('')
  assert.ok($('note').hidden)
})

const FORM_FIELDS = { 'ask-kind': 'select', 'ask-question': 'textarea', 'ask-options': 'textarea', 'hall-n': 'input' }

const formsPage = () => {
  const $ = page({ ids: { ask: 'form', hall: 'form', 'ask-choices': 'div' } })
  for (const [id, tag] of Object.entries(FORM_FIELDS)) $(id.split('-')[0]).append(Object.assign($.document.createElement(tag), { id }))
  const [sent, notes] = [[], []]
  new Forms({
    t: { saved: 'Lagret' }, kinds: { open: { options: false }, choice: { options: true } },
    press: async (action) => (sent.push(action), true), note: (text) => notes.push(text),
  })
  return { $, sent, notes }
}

test('a new question has options where its kind takes them', async () => {
  const { $, sent } = formsPage()
  for (const [kind, hidden] of [['choice', false], ['open', true], ['unheard-of', true]]) {
    $('ask-kind').value = kind
    await $('ask-kind').fire('change')
    assert.equal($('ask-choices').hidden, hidden, kind)
  }
  $('ask-kind').value = 'choice'
  $('ask-question').value = 'Hvor?'
  $('ask-options').value = 'Skolen\n\n  \nTorget\n'
  await $('ask').fire('submit')
  assert.deepEqual(sent, [{ do: 'ask', kind: 'choice', question: 'Hvor?', options: ['Skolen', 'Torget'] }])
  assert.deepEqual(filledLines(''), [])
})

test('the number of people in the hall stays to be read', async () => {
  const { $, sent, notes } = formsPage()
  $('hall-n').value = '60'
  await $('hall').fire('submit')
  assert.deepEqual(sent, [{ do: 'set_people', n: 60 }])
  assert.equal($('hall-n').value, '60')
  assert.deepEqual(notes, ['Lagret'])
})

test('the screen’s page is turned while it shows results, and not before its first', () => {
  assert.deepEqual(pageAction({ results: {}, page: 2 }, 1), { do: 'page', n: 3 })
  assert.deepEqual(pageAction({ results: {}, page: 0 }, -1), { do: 'page', n: 0 })
  assert.equal(pageAction({ results: null, page: 0 }, 1), null)
})

test('while the connection is lost nothing can be pressed but what needs none, and the focus comes back with it', () => {
  const $ = page({ ids: { offline: 'p', next: 'button', edit: 'form', sure: 'dialog' } })
  for (const id of ['edit', 'sure']) $(id).append(Object.assign($.document.createElement('button'), { id: `${id}-button` }))
  const tab = $.document.createElement('button')
  tab.dataset.place = 'take'
  $.body.append(tab)
  const lost = new ConnectionLost()
  $('next').focus()
  lost.set(true)
  $.document.activeElement = $.body // as browsers do when what has the focus is disabled
  assert.deepEqual(['next', 'edit-button', 'sure-button'].map((id) => $(id).disabled), [true, false, false])
  assert.equal(tab.disabled, false)
  assert.ok(!$('offline').hidden && $.body.classList.contains('offline'))
  lost.set(false)
  assert.equal($.document.activeElement, $('next'))
  assert.ok($('offline').hidden)
  lost.forGood('Lenken virker ikke')
  assert.equal($('offline').textContent, 'Lenken virker ikke')
})
