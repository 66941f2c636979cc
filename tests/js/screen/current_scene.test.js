import assert from 'node:assert/strict'
import test from 'node:test'

import { page, settled } from '../page.js'

page()
const { headingOf, isBig } = await import('../../../presenter/screen/heading.js')
const { CurrentScene, pageText, pageToTurn, pictureKey, viewOfWord } = await import('../../../presenter/screen/current_scene.js')
const { Steering } = await import('../../../presenter/screen/steering.js')

const view = { state: 'write', title: 'Nærdemokrati', question: 'Hva er viktigst?', slide: { title: 'Lysbildet', big: false } }

test('the heading is the slide’s title while it is shown, and the question afterwards', () => {
  const text = (more) => headingOf({ ...view, ...more })?.text
  assert.equal(text({ state: 'slide' }), 'Lysbildet')
  assert.equal(text({}), 'Hva er viktigst?')
  assert.equal(text({ question: '' }), 'Lysbildet')
  assert.equal(text({ question: '', slide: null }), 'Nærdemokrati')
  for (const state of ['lobby', 'ended']) assert.equal(headingOf({ ...view, state }), null)
})

test('a large heading is large only while its slide is shown, and every heading can be read from the back row', () => {
  const big = { title: 'Velkommen', big: true }
  assert.equal(isBig({ state: 'slide', slide: big }), true)
  assert.equal(isBig({ state: 'write', slide: big }), false)
  assert.equal(isBig({ state: 'slide', slide: null }), false)
  const largest = (more) => headingOf({ ...view, ...more }).sizes[0][0]
  assert.ok(largest({ state: 'slide', slide: big }) > largest({ state: 'slide' }) && largest({ state: 'slide' }) > largest({}))
  for (const more of [{}, { state: 'slide' }, { state: 'slide', slide: big }]) {
    const { sizes } = headingOf({ ...view, ...more })
    assert.equal(sizes.at(-1)[0], 4.4)
    assert.deepEqual(sizes.map(([size]) => size), sizes.map(([size]) => size).sort((a, b) => b - a))
  }
})

test('the number of a page is as wide on the ninth page as on the tenth, so that turning moves no card to another page', () => {
  assert.deepEqual([pageText('side {n} av {of}', 9, 10), pageText('side {n} av {of}', 10, 10)], ['\u2007side 9 av 10', 'side 10 av 10'])
  assert.equal(pageText('side {n} av {of}', 3, 9), 'side 3 av 9')
})

test('the screen turns to the page that the server asks for, as far as it has pages', () => {
  assert.equal(pageToTurn(2, 1, 5), 2)
  assert.equal(pageToTurn(9, 1, 5), 4)
  assert.equal(pageToTurn(2, 2, 5), null, 'asked for before: who turned here since then, stays')
  assert.equal(pageToTurn(0, null, 5), null, 'a new scene is on its first page already')
  assert.equal(pageToTurn(3, null, 5), 3, 'after a reload')
  assert.equal(pageToTurn(0, 3, 5), 0)
})

test('a picked word ends with the picture in which it was picked', () => {
  const shown = { activity: 'a', shape: 'cloud', state: 'results' }
  assert.equal(pictureKey(shown, false), pictureKey({ ...shown, position: 7 }, false))
  for (const more of [{ activity: 'b' }, { shape: 'list' }, { state: 'write' }]) assert.notEqual(pictureKey(shown, false), pictureKey({ ...shown, ...more }, false))
  assert.notEqual(pictureKey(shown, false), pictureKey(shown, true))
})

test('of the answers that contain a word all are fetched, and none of the others are shown', () => {
  const { results, shape } = viewOfWord({ shape: 'cloud', results: { words: [], cards: [{ id: '1' }], cards_total: 60 } }, 'buss')
  assert.deepEqual([results.cards, results.cards_total, shape], [[], Infinity, 'said buss'])
})

const t = { thanks: 'Takk!', answers: ['svar', 'svar'], from_people: ['fra {n}', 'fra {n}'], page: 'side {n} av {of}', part: '{n} av {of}', kinds: {}, n_of_answered: '{n} av {of}', n_writing: ['{n}', '{n}'], worth: '{n}', closing: '' }
const sceneWith = () => {
  const $ = page({ ids: { heading: 'h1', page: 'p', stage: 'div' } })
  const current = new CurrentScene({ t, fetchCards: async () => null, frame: () => ({ epoch: 'e', position: 1 }) })
  return { $, current, scene: () => $.body.dataset.scene }
}
const options = [{ id: 'a', letter: 'A', text: 'Skolen', count: 2, share: 1 }]
const meeting = {
  ...view, kind: 'choice', activity: 'a1', language: 'nb', page: 0, shape: 'bars', spotlight: null, results: null, deadline: null, paused_ms: null,
  counts: { answers: 2, answered_people: 2, people: 2, hall: 0, phones: 2 }, instruction: 'Velg.',
}

test('while people answer the screen shows how far they are; afterwards the results, in a scene of their own', () => {
  const { $, current, scene } = sceneWith()
  current.show(meeting)
  assert.equal(scene(), 'write')
  assert.ok(current.hasClock)
  const first = $('stage').firstElementChild
  current.show({ ...meeting, counts: { ...meeting.counts, answers: 3 } })
  assert.equal($('stage').firstElementChild, first, 'the same scene is shown again, so that nothing jumps')
  current.show({ ...meeting, state: 'results', results: { options, counted: 'phones', n: 2 } })
  assert.equal(scene(), 'bars')
  assert.ok(!current.hasClock)
  assert.equal($('stage').querySelector('.text').textContent, 'Skolen')
  assert.ok($('page').classList.contains('kept'), 'the room for the page number is kept, so that a second page moves nothing')
})

test('the results of a kind that this screen does not know are drawn by their data', () => {
  const { $, current, scene } = sceneWith()
  current.show({ ...meeting, kind: 'light', shape: 'lights', state: 'results', results: { options, counted: 'phones', n: 2 } })
  assert.equal(scene(), 'lights')
  assert.equal($('stage').querySelector('.bars').children.length, 1)
})

test('another activity gets a new scene even when it looks the same', () => {
  const { $, current } = sceneWith()
  current.show(meeting)
  const first = $('stage').firstElementChild
  current.show({ ...meeting, activity: 'a2' })
  assert.notEqual($('stage').firstElementChild, first)
})

test('when the link is withdrawn the screen says so and shows nothing else', () => {
  const { $, current, scene } = sceneWith()
  current.show(meeting)
  current.close('Lenken virker ikke lenger')
  assert.equal(scene(), 'lost')
  assert.equal($('stage').textContent, 'Lenken virker ikke lenger')
  assert.ok($('heading').hidden && $('page').hidden)
  current.redraw()
  assert.equal($('stage').textContent, 'Lenken virker ikke lenger')
})

const steeringWith = (...results) => {
  const [sent, notes] = [[], []]
  const feed = { act: async (action) => (sent.push(action), results.shift() ?? { ok: true, status: 200 }) }
  return { steering: new Steering({ feed, note: (text) => notes.push(text), t: { from_console: 'Styr fra panelet', offline: 'frakoblet' } }), sent, notes }
}

test('actions are sent one after the other, and not after one that was refused', async () => {
  const { steering, sent, notes } = steeringWith({ ok: true, status: 200 }, { ok: false, status: 409 })
  await steering.send([{ do: 'next' }, { do: 'add_time' }, { do: 'blank' }])
  assert.deepEqual(sent.map((action) => action.do), ['next', 'add_time'])
  assert.deepEqual(notes, [])
})

test('a screen that may not steer says where to, and one without connection that it has none', async () => {
  for (const [status, note] of [[401, 'Styr fra panelet'], [403, 'Styr fra panelet'], [0, 'frakoblet']]) {
    const { steering, notes } = steeringWith({ ok: false, status })
    await steering.send([{ do: 'next' }])
    assert.deepEqual(notes, [note])
  }
})

test('a page that is turned is told to the server, until it refuses; then it is turned here alone, in silence', async () => {
  const { steering, sent, notes } = steeringWith({ ok: false, status: 403 })
  assert.equal(steering.sharePage(1), true)
  await settled()
  assert.equal(steering.sharePage(2), false)
  assert.deepEqual([sent, notes], [[{ do: 'page', n: 1 }], []])
})
