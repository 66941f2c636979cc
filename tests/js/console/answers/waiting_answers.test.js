import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../../page.js'

page()
const { WaitingAnswers } = await import('../../../../presenter/console/answers/waiting_answers.js')

const t = {
  via: {}, hold: 'Hold tilbake', release: 'Godkjenn', mask: 'Skjul', mute: 'Demp', redact: 'Slett', flags: { name: 'et navn' }, release_all: 'Godkjenn alle {n}',
  n_stop: ['{n} svar venter', '{n} svar venter'],
}
const answer = (id) => ({
  id, text: 'Spør Kari', value: null, alias: 'P001', via: 'phone', heads: 1, late: false, held: false, hidden: null, redacted: false, muted: false, flags: ['name'],
  waits: true, masked: false, marks: [[5, 9, 'name']], takes: 0, rev: 2,
})
const viewOf = (look, published = false) => ({ language: 'nb', results: {}, spotlight: null, followup: { published, waiting: look.length, look } })

const partWith = (done = true) => {
  const $ = page({ ids: { 'followup-waiting': 'div', 'followup-waiting-say': 'p', 'followup-waiting-list': 'ol', 'followup-release': 'button', 'followup-without': 'button' } })
  const [sent, performed] = [[], []]
  const part = new WaitingAnswers({
    t, press: async (action) => (sent.push(action), done), perform: { release: ({ id }) => performed.push(id), hold: () => {}, mask: () => {}, mute: () => {} },
  })
  return { $, part, sent, performed }
}

test('nothing waits: the report is published at once', async () => {
  const { $, part, sent } = partWith()
  part.show(viewOf([]))
  await part.publish()
  assert.deepEqual(sent, [{ do: 'publish' }])
  assert.ok($('followup-waiting').hidden)
})

test('what waits stops it and is listed, with what can be done about it', async () => {
  const { $, part, sent, performed } = partWith()
  part.show(viewOf([answer('a'), answer('b')]))
  assert.ok($('followup-waiting').hidden, 'not before somebody wants to publish')
  await part.publish()
  assert.deepEqual(sent, [])
  assert.equal($('followup-waiting-say').textContent, '2 svar venter')
  assert.deepEqual($('followup-waiting-list').children[0].querySelectorAll('button').map(({ textContent }) => textContent), ['Godkjenn', 'Skjul', 'Hold tilbake', 'Demp'])
  await $('followup-waiting-list').querySelector('[data-does=release]').click()
  assert.deepEqual(performed, ['a'])
  await $('followup-release').click()
  assert.deepEqual(sent, [{ do: 'release_answers', answers: { a: 2, b: 2 } }])
  part.show(viewOf([]))
  assert.ok($('followup-waiting').hidden)
})

test('they can be left out by a choice of its own', async () => {
  const { $, part, sent } = partWith()
  part.show(viewOf([answer('a')]))
  await part.publish()
  await $('followup-without').click()
  assert.deepEqual(sent, [{ do: 'publish', without: true }])
  part.show(viewOf([answer('a')], true))
  assert.ok($('followup-waiting').hidden)
})
