import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
const { Groups, answerCounts, largestFirst } = await import('../../../presenter/screen/groups.js')
const { Ended, Spotlight, Talk, sceneName, spotlightSizes } = await import('../../../presenter/screen/scenes.js')
const { QuietVoices } = await import('../../../presenter/screen/results/quiet_voices.js')

const t = {
  kinds: { pair: 'Snakk med sidemannen.', open: 'Skriv på telefonen.', group: 'Vi samler svarene.' }, then: 'Deretter: {what}', time_out: 'Tiden er ute', paused: 'Pause',
  turn: 'Bytt', left: '{time} igjen', over: '{time} over', minutes: ['{n} minutt', '{n} minutter'], seconds: ['{n} sekund', '{n} sekunder'],
  answers: ['svar', 'svar'], thanks: 'Takk!', from_people: ['fra {n} person', 'fra {n} personer'],
  thank_you: 'Takk for nå!', report_by: 'Svar kommer {date}.', own_answers: 'Dine svar:', qr: 'QR', n_answers: ['{n} svar', '{n} svar'], n_people: ['{n} person', '{n} personer'],
  in_theme: '{n} av {of} er i et tema', ungrouped: '{n} uten tema', and_more: 'og {n} til', scan: 'Skann', told: 'Skriv ikke navn.', deleted: 'Slettes {date}.', contact: 'Spør {contact}.',
  n_phones: ['{n} telefon', '{n} telefoner'], n_hall: '{n} i salen', here: 'her',
}
const join = { open_to_phones: true, host: 'innspill.no', code: '25054015', qr: 'M0 0h1', qr_size: 25 }
const counts = { phones: 12, people: 12, hall: 0, answers: 9, answered_people: 7 }
const view = { state: 'write', kind: 'open', language: 'nb', counts, instruction: '', deadline: null, paused_ms: null, length_ms: null, join, title: 'Møtet' }
const find = (scene, selector) => scene.root.querySelector(selector)

test('each state has its scene', () => {
  const states = ['lobby', 'slide', 'idle', 'talk', 'write', 'closing', 'closed', 'results', 'grouping', 'ended']
  assert.deepEqual(states.map((state) => sceneName({ state, results: null, spotlight: null, shape: null }, false)),
    ['lobby', 'slide', 'slide', 'talk', 'write', 'write', 'closed', 'closed', 'groups', 'ended'])
  assert.equal(sceneName({ state: 'grouping', spotlight: { id: 'a' } }, false), 'spot')
})

test('a picked word shows its answers, where the results have words', () => {
  const results = { words: [{ text: 'buss', count: 2 }] }
  assert.equal(sceneName({ state: 'results', results, spotlight: null, shape: 'cloud' }, false, 'buss'), 'said')
  assert.equal(sceneName({ state: 'results', results: { options: [] }, spotlight: null, shape: 'bars' }, false, 'buss'), 'bars')
  assert.equal(sceneName({ state: 'results', results, spotlight: null, shape: undefined }, false), 'wall')
})

test('during a talk people read what to do and what comes after; without an instruction, what the kind is', () => {
  page()
  const talk = new Talk(t)
  const shown = { ...view, state: 'talk', kind: 'pair', turns: 2, length_ms: 120_000, deadline: 120_000, instruction: 'To og to: Hva nå?', next_instruction: 'Alle skriver.' }
  talk.show(shown)
  assert.equal(find(talk, '.step').textContent, 'To og to: Hva nå?')
  assert.equal(find(talk, '.then').textContent, 'Deretter: Alle skriver.')
  talk.show({ ...shown, instruction: '', next_instruction: '' })
  assert.equal(find(talk, '.step').textContent, 'Snakk med sidemannen.')
  assert.ok(find(talk, '.then').hidden)
})

test('at half time the other one talks, and the end is told', () => {
  page()
  const talk = new Talk(t)
  const shown = { ...view, state: 'talk', kind: 'pair', turns: 2, length_ms: 120_000, deadline: 120_000 }
  talk.show(shown)
  const notice = (now, more = {}) => {
    talk.tick({ ...shown, ...more }, now)
    return find(talk, '.said').hidden ? '' : find(talk, '.said').textContent
  }
  assert.equal(notice(10_000), '')
  assert.equal(notice(60_000), 'Bytt')
  assert.equal(notice(60_000, { turns: 1 }), '')
  assert.equal(notice(120_000), 'Tiden er ute')
  assert.equal(notice(0, { deadline: null, paused_ms: 90_000 }), 'Pause')
  assert.equal(find(talk, '.ring').getAttribute('aria-label'), '1 minutt 30 sekunder igjen')
})

test('one answer is shown alone, as it was written', () => {
  page()
  const spot = new Spotlight()
  spot.show({ spotlight: { id: 'x', text: '<b>Flere</b> benker' } })
  assert.equal(find(spot, 'blockquote').textContent, '<b>Flere</b> benker')
  assert.equal(find(spot, 'blockquote').children.length, 0)
})

test('a lifted answer is as large as its length allows, and can always be read from the back row', () => {
  assert.deepEqual([20, 89, 90, 160].map((length) => spotlightSizes(length)[0]), [10, 10, 8, 6])
  assert.equal(spotlightSizes(900).at(-1), 4.4)
})

test('at the end people learn when they get an answer, and where their own answers are', () => {
  page()
  const ended = new Ended(t)
  ended.show({ ...view, report_by: '1. juni' })
  assert.match(ended.root.textContent, /Takk for nå!MøtetSvar kommer 1\. juni\.Dine svar:innspill\.no/)
  ended.show({ ...view, join: { ...join, open_to_phones: false } })
  assert.equal(ended.root.textContent, 'Takk for nå!Møtet')
})

const theme = (id, cards) => ({ id, name: `Tema ${id}`, answers: cards + 2, people: cards, cards: Array.from({ length: cards }, (_, n) => ({ id: `${id}${n}`, text: `Svar ${n}` })) })

test('after the drops, themes stand side by side, a few on each page, and say how many answers there is no room for', () => {
  page({ layout: { clientHeight: () => 100, scrollHeight: (element) => element.querySelectorAll('[data-card]').length * 30 } })
  const groups = new Groups(t)
  groups.show({ groups: { themes: ['a', 'b', 'c', 'd'].map((id) => theme(id, 5)), ungrouped: 3 }, language: 'nb', instruction: '', kind: 'group' })
  assert.deepEqual(groups.pages, { at: 0, of: 3 })
  assert.equal(groups.turn(1), true)
  assert.deepEqual(groups.root.querySelectorAll('h2').map(({ textContent }) => textContent), ['Tema a', 'Tema b'])
  const [column] = groups.root.querySelectorAll('[data-theme]')
  assert.equal(column.querySelectorAll('[data-card]').length, 3)
  assert.equal(column.querySelector('.more').textContent, 'og 4 til')
  assert.equal(groups.turn(2), true)
  assert.deepEqual(groups.root.querySelectorAll('h2').map(({ textContent }) => textContent), ['Tema c', 'Tema d'])
  assert.equal(groups.turn(3), false)
})

test('the largest theme comes first, equal ones in their own order', () => {
  const themes = [['a', 3], ['b', 9], ['c', 3]].map(([id, answers]) => ({ id, answers }))
  assert.equal(largestFirst(themes).map(({ id }) => id).join(''), 'bac')
  assert.equal(themes[0].id, 'a')
})

test('before there are themes the screen says what happens now', () => {
  page({ layout: { clientWidth: () => 1700, clientHeight: () => 600 } })
  globalThis.getComputedStyle = () => ({ fontSize: '47px', lineHeight: '1' })
  const groups = new Groups(t)
  groups.show({ groups: { themes: [], ungrouped: 4 }, language: 'nb', instruction: '', kind: 'group' })
  assert.equal(groups.root.querySelector('.step').textContent, 'Vi samler svarene.')
  groups.show({ groups: { themes: [], ungrouped: 4 }, language: 'nb', instruction: 'Hva ligner?', kind: 'group' })
  assert.equal(groups.root.querySelector('.step').textContent, 'Hva ligner?')
  const words = (counted) => answerCounts(counted, t).map((line) => line.map((piece) => piece.textContent ?? piece).join(''))
  assert.deepEqual([words({ answers: 4, ungrouped: 0 }), words({ answers: 4, ungrouped: 1 })], [['4 av 4 er i et tema'], ['3 av 4 er i et tema', '1 uten tema']])
})

test('the answers that contain a word have a way back to the cloud', async () => {
  page()
  let back = 0
  const cards = { get: () => [{ id: '1', text: 'Flere busser' }], stop() {} }
  const said = new QuietVoices(cards, () => 'Sagt med «buss»', ['Tilbake', () => (back += 1)])
  said.show({ results: {} }, { epoch: 'e', position: 1 })
  assert.equal(said.root.querySelector('.lead').textContent, 'Sagt med «buss»')
  assert.deepEqual(said.pages, { at: 0, of: 1 })
  await said.root.querySelector('button').click()
  assert.equal(back, 1)
  assert.equal(new QuietVoices(cards, () => '').root.querySelector('button'), null)
})
