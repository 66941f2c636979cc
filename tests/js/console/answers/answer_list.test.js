import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../../page.js'

page()
const { AnswerList } = await import('../../../../presenter/console/answers/answer_list.js')

const t = { via: {}, hold: 'Hold tilbake', redact: 'Slett', n_new: ['{n} nytt svar', '{n} nye svar'], all: 'Vis alle {n}', only_newest: 'Bare de nyeste', lift: 'Løft', mute: 'Demp', release: 'Godkjenn', release_all: 'Godkjenn alle {n}', flags: { name: 'et navn' } }
const answer = (id) => ({ id, text: `Svar ${id}`, value: null, alias: 'P001', via: 'phone', heads: 1, late: false, held: false, hidden: null, redacted: false, muted: false, flags: [], marks: [], takes: 0, rev: 1, waits: false, masked: false, activity: 'a1' })
const viewOf = (ids, more = {}) => ({ activity: 'a1', state: 'write', results: null, look: [], answers: ids.map(answer), answers_total: ids.length, spotlight: null, language: 'nb', ...more })

const listWith = (perform = {}, act = () => {}) => {
  const $ = page({ ids: { answers: 'ol', fresh: 'button', all: 'button' } })
  const list = new AnswerList({ code: '25054015', t, perform, act })
  return { $, list, texts: () => $('answers').querySelectorAll('.said').map(({ textContent }) => textContent) }
}

test('a new answer comes on top, and the others stay the same elements', () => {
  const { $, list, texts } = listWith()
  list.show(viewOf(['b', 'a']))
  const before = $('answers').children
  list.show(viewOf(['c', 'b', 'a']))
  assert.deepEqual(texts(), ['Svar c', 'Svar b', 'Svar a'])
  assert.deepEqual($('answers').children.slice(1), before)
})

test('while somebody is at a button no row moves: new answers are counted, and come when asked for', async () => {
  const { $, list, texts } = listWith()
  list.show(viewOf(['b', 'a']))
  $('answers').querySelector('button').focus()
  list.show(viewOf(['d', 'c', 'b', 'a']))
  assert.deepEqual(texts(), ['Svar b', 'Svar a'])
  assert.equal($('fresh').textContent, '2 nye svar')
  assert.ok(!$('fresh').hidden)
  await $('fresh').click()
  assert.deepEqual(texts(), ['Svar d', 'Svar c', 'Svar b', 'Svar a'])
  assert.ok($('fresh').hidden)
})

test('while the mouse is over the list, an answer that was withdrawn stays in its place', async () => {
  const { $, list, texts } = listWith()
  globalThis.matchMedia = () => ({ matches: true, addEventListener() {} })
  list.show(viewOf(['b', 'a']))
  $.document.hovered = [$('answers')]
  list.show(viewOf(['a']))
  assert.deepEqual(texts(), ['Svar b', 'Svar a'])
  $.document.hovered = []
  await $('answers').fire('pointerleave')
  assert.deepEqual(texts(), ['Svar a'])
})

test('a row that is drawn again under the focus gives it back', () => {
  const { $, list } = listWith()
  list.show(viewOf(['a']))
  $('answers').querySelector('button').focus()
  list.show(viewOf(['a'], { answers: [{ ...answer('a'), text: 'Endret' }] }))
  assert.ok($('answers').contains($.document.activeElement))
})

test('all flagged ones that stand in the list are approved in one press, and no other', async () => {
  const sent = []
  const { $, list } = listWith({}, (action) => sent.push(action))
  const flagged = (id, rev = 1) => ({ ...answer(id), rev, flags: ['name'], waits: true, marks: [[0, 4, 'name']] })
  const button = () => $('release-all')
  list.show(viewOf(['c'], { look: [flagged('a')] }))
  assert.ok(button().hidden, 'one has a button of its own')
  list.show(viewOf(['c'], { look: [flagged('a'), flagged('b', 2)] }))
  assert.equal(button().textContent, 'Godkjenn alle 2')
  assert.deepEqual($('answers').querySelectorAll('mark').map(({ textContent }) => textContent), ['Svar', 'Svar'])
  $('answers').querySelector('button').focus()
  list.show(viewOf(['c'], { look: [flagged('a'), flagged('b', 2), flagged('d')] }))
  await button().click()
  assert.deepEqual(sent, [{ do: 'release_answers', answers: { a: 1, b: 2 } }])
})

test('a press does what the button says, with the answer’s words', async () => {
  const done = []
  const { $, list } = listWith({ hold: ({ id }, words) => done.push([id, words]) })
  list.show(viewOf(['a']))
  await $('answers').querySelector('[data-does=hold]').click()
  assert.deepEqual(done, [['a', 'Svar a']])
})

test('all answers can be asked for, those of other activities are left out, and the newest are enough again', async () => {
  const { $, list, texts } = listWith()
  const pages = [{ answers: [answer('old'), { ...answer('other'), activity: 'a0' }], next: 2 }, { answers: [answer('a')], next: null }]
  globalThis.fetch = async () => ({ ok: true, json: async () => pages.shift() })
  list.show(viewOf(['a'], { answers_total: 2 }))
  assert.equal($('all').textContent, 'Vis alle 2')
  await $('all').click()
  assert.deepEqual(texts(), ['Svar a', 'Svar old'])
  assert.equal($('all').textContent, 'Bare de nyeste')
  await $('all').click()
  assert.deepEqual(texts(), ['Svar a'])
})

test('the next question begins with an empty list', () => {
  const { $, list } = listWith()
  list.show(viewOf(['b', 'a']))
  list.show(viewOf([], { activity: 'a2' }))
  assert.equal($('answers').children.length, 0)
})
