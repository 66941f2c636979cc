import assert from 'node:assert/strict'
import test from 'node:test'

import { page, settled } from '../page.js'

const stored = () => {
  const store = new Map()
  globalThis.localStorage = { getItem: (key) => store.get(key) ?? null, setItem: (key, value) => store.set(key, value) }
}
page()
const { MyMeetings } = await import('../../../presenter/new/my_meetings.js')
const { archive, forget, meetings, remember } = await import('../../../presenter/new/my_meetings_store.js')
const titles = () => meetings().map(({ title }) => title)

test('a meeting that is led here is on the list, once, and under its newest title', (context) => {
  stored()
  context.mock.timers.enable({ apis: ['Date'] })
  remember('11111111', 'Første')
  context.mock.timers.tick(1000)
  remember('22222222', 'Andre')
  context.mock.timers.tick(1000)
  remember('11111111', 'Første, rettet')
  assert.deepEqual(titles(), ['Andre', 'Første, rettet'])
  forget('22222222')
  assert.deepEqual(titles(), ['Første, rettet'])
})

test('the list does not grow for ever, and the newest are kept', (context) => {
  stored()
  context.mock.timers.enable({ apis: ['Date'] })
  for (let n = 0; n < 60; n += 1) {
    context.mock.timers.tick(1000)
    remember(String(10_000_000 + n), `Møte ${n}`)
  }
  assert.deepEqual([titles().length, titles()[0]], [50, 'Møte 59'])
})

test('a browser that stores nothing has an empty list, and leading a meeting works all the same', () => {
  globalThis.localStorage = { getItem() { throw new Error('off') }, setItem() { throw new Error('off') } }
  remember('11111111', 'Første')
  assert.deepEqual(meetings(), [])
  globalThis.localStorage = { getItem: () => '{broken', setItem() {} }
  assert.deepEqual(meetings(), [])
})

const T = { again: 'Hold igjen', archive: 'Arkiver', back: 'Hent tilbake', forget: 'Ta bort', offline: 'Ingen forbindelse' }
const listed = () => {
  const $ = page({ ids: { mine: 'section', meetings: 'ul', archived: 'ul', 'archived-part': 'details', 'mine-title': 'h2', 'mine-empty': 'div', 'mine-about': 'p' } })
  const problems = []
  new MyMeetings({ t: T, showProblem: (text) => problems.push(text), createKey: () => 'made' })
  return { $, problems, press: (words, at = 0) => $('mine').ownerDocument.querySelectorAll('button').filter(({ textContent }) => textContent === words)[at].click() }
}

test('a meeting is archived, brought back, and taken off the list; the meeting itself stays', async () => {
  stored()
  remember('25054015', 'Nærdemokrati')
  const { $, press } = listed()
  assert.match($('meetings').textContent, /^Nærdemokrati 2505 4015/)
  assert.equal($('meetings').querySelector('a').href, '/25054015/console')
  assert.ok($('archived-part').hidden)
  assert.ok($('mine-empty').hidden)
  await press('Arkiver')
  assert.deepEqual([$('meetings').children.length, $('archived').children.length], [0, 1])
  await press('Hent tilbake')
  assert.deepEqual([$('meetings').children.length, $('archived').children.length], [1, 0])
  archive('25054015', true)
  const again = listed()
  await again.press('Ta bort')
  assert.ok(again.$('mine').classList.contains('none'))
  assert.ok(!again.$('mine-empty').hidden)
})

test('a meeting is held again as a copy, which is opened at once', async () => {
  stored()
  remember('25054015', 'Nærdemokrati')
  const gone = []
  globalThis.location = { search: '?lang=nb', assign: (url) => gone.push(url) }
  const replies = [{ ok: true, json: async () => ({ console_url: '/9/console#key' }) }, { ok: false, json: async () => ({ title: 'Ikke lov' }) }, null]
  globalThis.fetch = async (url, { headers }) => {
    assert.equal(headers.Authorization, 'Bearer made')
    assert.equal(url, '/api/rooms/25054015/again?lang=nb')
    const reply = replies.shift()
    if (!reply) throw new TypeError('offline')
    return reply
  }
  const { problems, press } = listed()
  for (let n = 0; n < 3; n += 1) {
    await press('Hold igjen')
    await settled()
  }
  assert.deepEqual([gone, problems], [['/9/console#key'], ['Ikke lov', 'Ingen forbindelse']])
})
