import assert from 'node:assert/strict'
import test from 'node:test'

import { Now, clockText, nowElements, questionText, stateText } from '../../../../presenter/console/now/now.js'
import { page } from '../../page.js'

const t = {
  black: 'Svart skjerm', write_shown: 'Åpent, svarene vises', paused: 'Pause', time_out: 'Tiden er ute',
  states: { lobby: 'Folk kommer', slide: 'Et lysbilde', talk: 'De snakker', 'talk.think': 'De tenker', write: 'Åpent', closing: 'Stenger', results: 'Svarene vises' },
  slide_of: 'Lysbilde {n} av {of}', instruction: 'Folk leser: {text}',
}
const view = {
  state: 'write', kind: 'open', blank: false, revealed: false, title: 'Nærdemokrati', question: 'Hva er viktigst?', instruction: 'Skriv ett svar.',
  slide: { n: 3, of: 9, title: 'Lysbildet' }, language: 'nb', deadline: null, paused_ms: null, length_ms: null,
}

test('the state is said in words, and a black screen before all else', () => {
  assert.equal(stateText(view, t), 'Åpent')
  assert.equal(stateText({ ...view, revealed: true }, t), 'Åpent, svarene vises')
  assert.equal(stateText({ ...view, state: 'closing', revealed: true }, t), 'Stenger')
  assert.equal(stateText({ ...view, blank: true }, t), 'Svart skjerm')
})

test('a question that has answers from before is not said to be ready to begin', () => {
  const words = { ...t, answered_before: ['{n} svar', '{n} svar'] }
  assert.equal(stateText({ ...view, state: 'idle', counts: { answers: 44 } }, words), '44 svar')
  assert.equal(stateText({ ...view, state: 'idle', counts: { answers: 0 } }, words), t.states.idle)
})

test('a kind may have words of its own for a state', () => {
  assert.equal(stateText({ ...view, state: 'talk', kind: 'think' }, t), 'De tenker')
  assert.equal(stateText({ ...view, state: 'talk', kind: 'pair' }, t), 'De snakker')
  assert.equal(stateText({ ...view, state: 'results', kind: 'think' }, t), 'Svarene vises')
})

test('the heading is the question while people answer, and the slide’s title while the slide is shown', () => {
  assert.equal(questionText(view), 'Hva er viktigst?')
  assert.equal(questionText({ ...view, state: 'slide' }), 'Lysbildet')
  assert.equal(questionText({ ...view, state: 'idle' }), 'Lysbildet')
  assert.equal(questionText({ ...view, question: '' }), 'Lysbildet')
  assert.equal(questionText({ ...view, state: 'slide', slide: { title: '' } }), 'Nærdemokrati')
  assert.equal(questionText({ ...view, state: 'lobby', question: '', slide: null }), 'Nærdemokrati')
})

test('what people read is shown while they do something, and the slide’s number once the meeting has begun', () => {
  const shown = (more) => Object.fromEntries(Object.entries(nowElements({ ...view, ...more }, t)).map(([id, { text }]) => [id, text]))
  assert.equal(shown({}).instruction, 'Folk leser: Skriv ett svar.')
  for (const state of ['lobby', 'slide', 'ended']) assert.equal(shown({ state }).instruction, '')
  assert.equal(shown({ instruction: '' }).instruction, '')
  assert.equal(shown({}).where, 'Lysbilde 3 av 9')
  assert.equal(shown({ state: 'lobby' }).where, '')
  assert.equal(shown({ slide: null }).where, '')
})

test('the clock says when it is paused and when the time is up', () => {
  const timed = { ...view, length_ms: 120_000, deadline: 1_000_000 }
  assert.deepEqual(clockText(timed, 925_000, t), { text: '1:15', words: '', timeUp: false })
  assert.deepEqual(clockText(timed, 1_005_000, t), { text: '+0:05', words: 'Tiden er ute', timeUp: true })
  assert.deepEqual(clockText({ ...timed, deadline: null, paused_ms: 60_000 }, 0, t), { text: '1:00', words: 'Pause', timeUp: false })
  assert.equal(clockText(view, 0, t), null)
})

test('the clock on the page goes on between two views', () => {
  const $ = page({ ids: { state: 'b', where: 'span', question: 'h1', instruction: 'p', clock: 'p' } })
  const now = new Now({ t })
  now.show({ ...view, length_ms: 60_000, deadline: 60_000 }, 0)
  assert.equal($('clock').textContent, '1:00')
  now.tick(30_000)
  assert.equal($('clock').textContent, '0:30')
  now.tick(62_000)
  assert.equal($('clock').textContent, '+0:02 Tiden er ute')
  assert.ok($('clock').classList.contains('over'))
  now.show(view, 63_000)
  assert.ok($('clock').hidden)
  assert.equal($('question').lang, 'nb')
})
