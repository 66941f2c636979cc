import assert from 'node:assert/strict'
import test from 'node:test'

import { WriteIn } from '../../../presenter/console/write_in.js'
import { page, settled } from '../page.js'

const FIELDS = { 'write-words': 'div', 'write-text': 'textarea', 'write-choices': 'fieldset', 'write-heads': 'input', 'write-via': 'select' }
const OPEN = { writes: 'text', kind: 'open' }
const CHOICE = { writes: 'choices', kind: 'choice', activity: 'a', pick: 1, options: [{ id: 'a', text: 'Skolen' }, { id: 'b', text: 'Torget' }] }

/** The form on a page, filled in with *values*; `sent` lists what was sent, and `say()` is what the form says of it. */
const form = async (view, { accepts = true, values = {}, ticked = [] } = {}) => {
  const $ = page({ ids: { write: 'form', 'write-say': 'p' } })
  for (const [id, tag] of Object.entries(FIELDS)) $('write').append(Object.assign($.document.createElement(tag), { id }))
  globalThis.FormData = class { getAll() { return ticked } }
  const sent = []
  const part = new WriteIn({
    t: { written: 'Skrevet inn', choose: 'Velg noe', most: 'Velg høyst {n}' },
    press: async (action) => (sent.push(action), accepts),
  })
  part.show(view)
  await import('../../../static/activities/choice.js') // which the part loads, too
  await settled()
  Object.assign($('write-heads'), { value: '3' })
  Object.assign($('write-via'), { value: 'paper' })
  for (const [id, value] of Object.entries(values)) $(id).value = value
  await $('write').fire('submit')
  return { $, sent, say: () => $('write-say').textContent }
}

test('an answer said aloud is sent with how many stand behind it, and the form is empty for the next one', async () => {
  const { $, sent, say } = await form(OPEN, { values: { 'write-text': 'Flere benker' } })
  assert.deepEqual(sent, [{ do: 'add_answer', text: 'Flere benker', heads: 3, via: 'paper' }])
  assert.equal(say(), 'Skrevet inn')
  assert.equal($('write-text').value, '')
})

test('what was not accepted stays in the form', async () => {
  const { $, say } = await form(OPEN, { accepts: false, values: { 'write-text': 'Flere benker' } })
  assert.equal($('write-text').value, 'Flere benker')
  assert.equal(say(), '')
})

test('a choice is written in with the same rows as on a phone', async () => {
  const { $, sent } = await form(CHOICE, { ticked: ['b'] })
  assert.deepEqual([true, false, false], [$('write-words').hidden, $('write-choices').hidden, $('write-text').required])
  assert.equal('SkolenTorget', $('write-choices').textContent)
  assert.deepEqual(sent, [{ do: 'add_answer', value: ['b'], heads: 3, via: 'paper' }])
})

test('what is missing is said, and nothing is sent', async () => {
  const { sent, say } = await form(CHOICE)
  assert.deepEqual([[], 'Velg noe'], [sent, say()])
})
