import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Agenda, advice, agendaElements, secondsBehind } from '../../../../presenter/console/now/agenda.js'
import { page } from '../../page.js'

const group = { activity: 'temaer', kind: 'group', time_s: 480 }
const dots = { activity: 'prioritet', kind: 'dots', time_s: 90 }

test('seven minutes behind, an activity of eight minutes is shortened to four', () => {
  assert.deepEqual(advice([dots, group], 7 * 60), { activity: 'temaer', kind: 'group', from: 480, to: 240 })
})

test('an activity is shortened by the delay and no more', () => {
  assert.deepEqual(advice([group], 130), { activity: 'temaer', kind: 'group', from: 480, to: 300 })
})

test('a delay of less than two minutes is not mentioned', () => {
  assert.equal(advice([group], 119), null)
})

test('where nothing can be shortened, only the delay is shown', () => {
  assert.deepEqual(advice([], 300), {})
  assert.deepEqual(advice([{ ...dots, time_s: 60 }], 300), {})
})

test('the delay includes the overtime of the running activity, but not its time left', () => {
  const view = { agenda: { behind_s: 60 }, deadline: 1_000_000, state: 'talk' }
  assert.equal(secondsBehind(view, 1_090_500), 150)
  assert.equal(secondsBehind(view, 900_000), 60)
  assert.equal(secondsBehind({ ...view, state: 'results' }, 1_090_500), 60)
  assert.equal(secondsBehind({ ...view, deadline: null }, 1_090_500), 60)
})

const t = { behind: ['{n} minutt etter', '{n} minutter etter'], numbers: 'null ett to tre', shorten: '{what}: {from} → {to} min', kinds: { group: 'Samle' }, untimed: '{n} av {slides} uten tid' }
const late = (behind_s, coming = [group], untimed = 0) => ({ agenda: { behind_s, coming, slides: 25, untimed }, deadline: null, state: 'slide' })

test('the delay is told in words, and the button says what it would shorten', () => {
  assert.deepEqual(agendaElements(late(180), 0, t), {
    agenda: { hidden: false }, behind: { text: 'tre minutter etter' }, take: { hidden: false, text: 'Samle: 8 → 5 min' },
  })
  assert.equal(agendaElements(late(600), 0, t).behind.text, '10 minutter etter')
  assert.deepEqual(agendaElements(late(600, []), 0, t).take, { hidden: true })
  assert.deepEqual(agendaElements(late(60), 0, t), { agenda: { hidden: true } })
  assert.equal(agendaElements(late(180, [{ ...group, kind: 'light' }]), 0, t).take.text, 'light: 8 → 5 min')
})

test('where most slides have no time, it is told before the meeting that nothing can be told', () => {
  const before = (untimed) => ({ ...late(0, [group], untimed), state: 'lobby' })
  assert.deepEqual(agendaElements(before(24), 0, t), {
    agenda: { hidden: false }, behind: { text: '24 av 25 uten tid' }, take: { hidden: true },
  })
  assert.equal(agendaElements(late(600, [group], 24), 0, t).behind.text, '10 minutter etter')
  assert.deepEqual(agendaElements(before(12), 0, t), { agenda: { hidden: true } })
  assert.deepEqual(agendaElements(late(0, [group], 24), 0, t), { agenda: { hidden: true } }, 'while it runs nothing can be done about it')
  assert.deepEqual(agendaElements({ ...late(0), state: 'lobby', agenda: { behind_s: 0, coming: [], slides: 1, untimed: 1 } }, 0, t), { agenda: { hidden: true } })
})

test('a press shortens the activity to what the button says at that moment', async () => {
  const $ = page({ ids: { agenda: 'p', behind: 'span', take: 'button' } })
  const sent = []
  const agenda = new Agenda({ t, press: (action) => sent.push(action) })
  agenda.show({ ...late(0), deadline: 0, state: 'write' }, 0)
  assert.ok($('agenda').hidden)
  await $('take').click()
  agenda.tick(240_000)
  assert.equal($('take').textContent, 'Samle: 8 → 4 min')
  await $('take').click()
  assert.deepEqual(sent, [{ do: 'set_time', activity: 'temaer', seconds: 240 }])
})
