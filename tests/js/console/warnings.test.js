import assert from 'node:assert/strict'
import test from 'node:test'

import { Lines } from '../../../presenter/console/lines.js'
import { sinceText, warningsOf } from '../../../presenter/console/warnings.js'
import { page } from '../page.js'

const t = {
  warnings: { 'no-purpose': 'Ingen får vite hva møtet er til.', 'plain-http': 'Forbindelsen er ikke kryptert.', older: 'Lageret kom tilbake. Svar hentet: {n}.' },
  expected: ['no-purpose', 'no-owner', 'no-report-by', 'no-ladder', 'no-contact'], drift: ['{n} minutt feil', '{n} minutter feil'], since: 'Startet for {n} min siden',
}
const warnings = (view, more = {}) => warningsOf({ warnings: [], older: null, state: 'lobby', ...view }, { right: 'facilitator', driftMs: 0, ...more }, t)

test('a warning about the front matter leads to its field, for those who may change it', () => {
  assert.deepEqual(warnings({ warnings: ['no-purpose', 'plain-http'] }), [{ words: 'Ingen får vite hva møtet er til.', key: 'purpose' }, { words: 'Forbindelsen er ikke kryptert.' }])
  assert.equal(warnings({ warnings: ['no-report-by'] })[0].key, 'report-by')
  for (const right of ['moderate', 'look']) assert.deepEqual(warnings({ warnings: ['no-purpose'] }, { right }), [{ words: 'Ingen får vite hva møtet er til.' }])
})

test('a warning of a newer server is at least named', () => {
  assert.deepEqual(warnings({ warnings: ['brand-new'] }), [{ words: 'brand-new' }])
})

test('a store that lost something comes before all else', () => {
  assert.equal(warnings({ warnings: ['plain-http'], older: { collected: 7 } })[0].words, 'Lageret kom tilbake. Svar hentet: 7.')
})

test('a clock that is wrong by half a minute or more is told, whichever way it is wrong', () => {
  assert.deepEqual([0, 29_000, -29_000].map((driftMs) => warnings({}, { driftMs }).length), [0, 0, 0])
  assert.deepEqual([61_000, -61_000].map((driftMs) => warnings({}, { driftMs })[0].words), ['1 minutt feil', '1 minutt feil'])
  assert.equal(warnings({}, { driftMs: 600_000 })[0].words, '10 minutter feil')
})

test('how long the meeting has run is told from its first minute to its end', () => {
  const since = (startedAt, now, state = 'write') => sinceText({ started_at: startedAt, state }, now, t)
  assert.equal(since(1, 60_000), '')
  assert.equal(since(1, 60_001), 'Startet for 1 min siden')
  assert.equal(since(1, 3_600_001), 'Startet for 60 min siden')
  assert.equal(since(1, 3_600_001, 'ended'), '')
  assert.equal(since(null, 3_600_001), '')
})

test('a list of lines is drawn again only when one has changed, so that nobody presses the wrong one', async () => {
  const $ = page({ ids: { warnings: 'ul' } })
  const pressed = []
  const lines = new Lines($('warnings'))
  const show = (n) => lines.show([{ words: 'Fare' }, { words: `${n} dager`, button: 'Hent', onPress: () => pressed.push('hent') }, { button: 'Eier', onPress: () => pressed.push('eier') }])
  show(3)
  const before = $('warnings').children
  assert.deepEqual(before.map(({ textContent }) => textContent), ['Fare', '3 dager Hent', 'Eier'])
  show(3)
  assert.deepEqual($('warnings').children, before)
  show(2)
  assert.equal($('warnings').children[1].textContent, '2 dager Hent')
  for (const button of $('warnings').querySelectorAll('button')) await button.click()
  assert.deepEqual(pressed, ['hent', 'eier'])
})

test('what can be changed only before the meeting is told only then, and of what people are not told three lines', () => {
  const all = ['plain-http', 'no-purpose', 'no-owner', 'no-report-by', 'no-ladder', 'no-contact', 'full']
  const told = (state) => warnings({ warnings: all, state }).map(({ words, key }) => key ?? words)
  assert.deepEqual(told('lobby'), ['Forbindelsen er ikke kryptert.', 'purpose', 'owner', 'report-by', 'full'])
  for (const state of ['slide', 'write', 'results', 'ended']) assert.deepEqual(told(state), ['full'])
})

test('what happens while the meeting runs is told whenever it happens', () => {
  for (const state of ['lobby', 'write', 'ended']) {
    assert.equal(warnings({ warnings: ['pressed'], older: { collected: 7 }, state }, { driftMs: 61_000 }).length, 3, state)
  }
})
