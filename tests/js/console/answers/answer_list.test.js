import assert from 'node:assert/strict'
import test from 'node:test'

import { page, settled } from '../../page.js'

page()
const { AnswerList } = await import('../../../../presenter/console/answers/answer_list.js')

const t = { via: {}, hold: 'Hold tilbake', redact: 'Slett', n_new: ['{n} nytt svar', '{n} nye svar'], all: 'Vis alle {n}', only_newest: 'Bare de nyeste', lift: 'Løft', mute: 'Demp', release: 'Godkjenn', release_all: 'Godkjenn alle {n}', flags: { name: 'et navn' }, restore: 'Vis igjen', held_back: 'holdt tilbake', now: 'nå', age_s: '{n} s', age_min: '{n} min', age_h: '{n} t' }
const answer = (id) => ({ id, text: `Svar ${id}`, value: null, alias: 'P001', via: 'phone', heads: 1, late: false, held: false, hidden: null, redacted: false, muted: false, flags: [], marks: [], takes: 0, rev: 1, waits: false, masked: false, activity: 'a1' })
const viewOf = (ids, more = {}) => ({ activity: 'a1', state: 'write', results: null, look: [], answers: ids.map(answer), answers_total: ids.length, spotlight: null, language: 'nb', ...more })

const listWith = (perform = {}, act = () => {}, which = () => 'new') => {
  const $ = page({ ids: { answers: 'ol', fresh: 'button', all: 'button', next: 'button' } })
  const list = new AnswerList({ code: '25054015', t, perform, act, which })
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

test('the list of what is held back has all of it, also what is older than the newest', async () => {
  let which = 'new'
  const { list, texts } = listWith({}, () => {}, () => which)
  const held = (id) => ({ ...answer(id), hidden: '' })
  globalThis.fetch = async () => ({ ok: true, json: async () => ({ answers: [held('old'), answer('a'), held('b')], next: null }) })
  list.show(viewOf([], { answers: [held('b'), answer('a')], answers_total: 3 }))
  which = 'held'
  list.redraw()
  assert.deepEqual(texts(), ['Svar b'])
  await settled()
  assert.deepEqual(texts(), ['Svar b', 'Svar old'])
})

test('each answer says how old it is, and goes on saying it between two views', () => {
  const { $, list } = listWith()
  list.show(viewOf([], { answers: [{ ...answer('a'), at: 100_000 }] }))
  const age = () => $('answers').querySelector('.age').textContent
  list.tick(101_000)
  assert.equal(age(), 'nå')
  list.tick(104_000)
  assert.equal(age(), '4 s')
  list.tick(104_900)
  assert.equal(age(), '4 s')
  list.tick(160_000)
  assert.equal(age(), '1 min')
})

test('one row is a stop of Tab; arrows lead to the others, L and H press the row that has the focus, and Esc leaves', async () => {
  const done = []
  const { $, list } = listWith({ hold: ({ id }) => done.push(['hold', id]), lift: ({ id }) => done.push(['lift', id]) })
  list.show(viewOf(['c', 'b', 'a'], { state: 'results', results: {} }))
  const rows = $('answers').children
  const stops = () => rows.map(({ tabIndex }) => tabIndex)
  const type = (key, more = {}) => $.document.activeElement.fire('keydown', { key, ...more })
  assert.deepEqual(stops(), [0, -1, -1])
  rows[0].focus()
  for (const key of ['ArrowDown', 'h', 'L', 'End']) assert.ok((await type(key)).stopped, key)
  assert.deepEqual(done, [['hold', 'b'], ['lift', 'b']])
  assert.equal($.document.activeElement, rows[2])
  await rows[2].fire('focusin')
  assert.deepEqual(stops(), [-1, -1, 0])
  for (const event of [await type('b'), await type('h', { ctrlKey: true })]) assert.ok(!event.stopped && !event.defaultPrevented, 'keys of the page and of the browser stay theirs')
  await type('Escape')
  assert.equal($.document.activeElement, $('next'))
})

test('a press on a row gives it the focus, and a press on its button is that button’s', async () => {
  const { $, list } = listWith({ hold: () => {} })
  list.show(viewOf(['b', 'a']))
  const [, row] = $('answers').children
  await row.querySelector('.said').fire('click')
  assert.equal($.document.activeElement, row)
  $('next').focus()
  await row.querySelector('[data-does=hold]').click()
  assert.equal($.document.activeElement, $('next'))
})
