import assert from 'node:assert/strict'
import test from 'node:test'

import { JoinPanel } from '../../../presenter/screen/join_panel.js'
import { Strip, countLines } from '../../../presenter/screen/strip.js'
import { page } from '../page.js'

const t = {
  n_answers: ['{n} svar', '{n} svar'], n_phones: ['{n} telefon', '{n} telefoner'], n_people: ['{n} person', '{n} personer'], n_hall: '{n} i salen',
  from_people: ['fra {n} person', 'fra {n} personer'], from_phones: ['fra {n} telefon', 'fra {n} telefoner'], in_theme: '{n} av {of} er i et tema', ungrouped: '{n} uten tema', not_yet: 'Ikke ennå',
  left: '{time} igjen', over: '{time} over', minutes: ['{n} minutt', '{n} minutter'], seconds: ['{n} sekund', '{n} sekunder'],
  qr: 'QR-kode', scan: 'Skann koden',
}
const counts = { phones: 40, people: 40, hall: 0, answers: 96, answered_people: 41 }
const join = { open_to_phones: true, host: 'innspill.no', code: '25054015', qr: 'M0 0h1', qr_size: 25 }
const view = { state: 'write', counts, results: null, groups: null, join, title: 'Møtet', deadline: null, paused_ms: null, length_ms: null }
const lines = (more) => {
  page()
  return countLines({ ...view, ...more }, t).map((line) => line.map((piece) => piece.textContent ?? piece).join(''))
}

test('before there are results the strip says who is here', () => {
  assert.deepEqual(lines({}), ['40 telefoner'])
  assert.deepEqual(lines({ counts: { ...counts, people: 56 } }), ['40 telefoner', '56 personer'])
  assert.deepEqual(lines({ counts: { ...counts, people: 56, hall: 60 } }), ['40 telefoner', '60 i salen'])
})

test('while answers are shown as they come it says how many there are, and who could answer', () => {
  assert.deepEqual(lines({ results: { words: [] } }), ['96 svar', '40 telefoner'])
  assert.deepEqual(lines({ results: { words: [] }, counts: { ...counts, hall: 60 } }), ['96 svar', '60 i salen'])
})

test('beside results stands how many people they come from, counted as the results are', () => {
  const results = { options: [], n: 38 }
  assert.deepEqual(lines({ state: 'results', results: { words: [] } }), ['96 svar', 'fra 41 personer'])
  assert.deepEqual(lines({ state: 'results', results: { ...results, counted: 'phones' } }), ['96 svar', 'fra 38 telefoner'])
  assert.deepEqual(lines({ state: 'results', results: { ...results, counted: 'people' } }), ['96 svar', 'fra 38 personer'])
  assert.deepEqual(lines({ state: 'results', results: { items: [], n: 1, counted: 'phones' } }), ['96 svar', 'fra 1 telefon'])
})

test('while answers are gathered it says how many are still without a theme', () => {
  assert.deepEqual(lines({ state: 'grouping', groups: { answers: 96, ungrouped: 12 } }), ['84 av 96 er i et tema', '12 uten tema'])
  assert.deepEqual(lines({ state: 'grouping', groups: { answers: 96, ungrouped: 0 } }), ['96 av 96 er i et tema'])
})

const stripWith = (sceneHasClock = false) => {
  const $ = page({ ids: { strip: 'footer', corner: 'div', where: 'p', clock: 'p', counts: 'p' } })
  $('clock').append($.document.createElement('b'))
  return { $, strip: new Strip({ t, sceneHasClock: () => sceneHasClock }) }
}

test('the way in stays in the corner, but takes no room from a slide, and is left out where phones can’t come', () => {
  const { $, strip } = stripWith()
  strip.show(view)
  assert.equal($('corner').children.length, 1)
  assert.equal($('where').textContent, 'innspill.no 2505 4015')
  strip.show({ ...view, state: 'slide' })
  assert.equal($('corner').children.length, 0)
  assert.ok($('strip').classList.contains('thin'))
  strip.show({ ...view, join: { ...join, open_to_phones: false } })
  assert.equal($('where').textContent, 'Ikke ennå 2505 4015')
  assert.equal($('corner').children.length, 0)
  for (const state of ['lobby', 'ended']) {
    strip.show({ ...view, state })
    assert.ok($('strip').hidden)
  }
})

test('the clock runs in the strip where the scene has none, and is read out in words', () => {
  const timed = { ...view, state: 'results', deadline: 100_000, length_ms: 60_000 }
  const { $, strip } = stripWith()
  strip.show(timed)
  strip.tick(28_000)
  assert.equal($('clock').textContent, '1:12')
  assert.equal($('clock').getAttribute('aria-label'), '1 minutt 12 sekunder igjen')
  strip.show(view)
  strip.tick(29_000)
  assert.ok($('clock').hidden)
  const other = stripWith(true)
  other.strip.show(timed)
  other.strip.tick(28_000)
  assert.ok(other.$('clock').hidden)
})

test('the panel with the way in covers the page, which can’t be reached below it', () => {
  const $ = page({ ids: { join: 'section', main: 'main' } })
  $('join').hidden = true
  const panel = new JoinPanel({ t })
  panel.show(view)
  assert.match($('join').textContent, /Skann koden.*innspill\.no.*2505 4015/)
  panel.toggle()
  assert.deepEqual([panel.open, $('main').inert], [true, true])
  const before = $('join').children
  panel.show(view)
  assert.deepEqual($('join').children, before, 'a code that somebody scans stays the same')
  panel.toggle(false)
  assert.deepEqual([panel.open, $('main').inert], [false, false])
  panel.show({ ...view, join: { ...join, open_to_phones: false } })
  assert.match($('join').textContent, /Ikke ennå/)
})
