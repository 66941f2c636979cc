import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
const { Closed, Write } = await import('../../../presenter/screen/write.js')

const t = {
  ready: 'Klare?', thanks: 'Takk!', from_people: ['fra {n} person', 'fra {n} personer'],
  kinds: { open: 'Skriv på telefonen.' }, n_of_answered: '{n} av {of} har svart', answers: ['svar', 'svar'], closing: 'Vi stenger snart.',
  n_writing: ['{n} skriver nå', '{n} skriver nå'], worth: 'Én dråpe er {n} svar.', left: '{time} igjen', minutes: ['{n} minutt', '{n} minutter'], seconds: ['', ''],
}
const counts = { phones: 12, people: 12, hall: 0, answers: 9, answered_people: 7, typing: 0 }
const view = { state: 'write', kind: 'open', language: 'nb', counts, instruction: '', deadline: null, paused_ms: null, length_ms: null }
const SIZES = { clientWidth: () => 1000, clientHeight: () => 500, offsetWidth: () => 120 }
const opened = () => {
  page({ layout: SIZES })
  globalThis.getComputedStyle = () => ({ fontSize: '47px' })
  const write = new Write(t)
  const find = (selector) => write.root.querySelector(selector)
  const drops = (look = '') => write.root.querySelectorAll(`.drop${look}`).length
  const show = (more = {}, of = {}) => write.show({ ...view, ...of, counts: { ...counts, ...more } })
  return { write, find, drops, show }
}

test('the total is large, with a drop for each answer and not for each person; who has written what can’t be seen', () => {
  const { write, find, drops, show } = opened()
  show()
  assert.equal(find('.count').textContent, '9svar7 av 12 har svart')
  assert.equal(drops(), 9)
  assert.equal(find('.then').textContent, 'Skriv på telefonen.')
  assert.equal(find('.pile').firstElementChild.getAttribute('aria-hidden'), 'true')
  for (const drop of write.root.querySelectorAll('.drop')) assert.deepEqual([...drop.attributes.keys()], ['class'])
})

test('what has just come is told apart for two seconds; what was there when the screen opened is not fresh', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const { drops, show, write } = opened()
  show()
  assert.equal(drops('.fresh'), 0)
  show({ answers: 12 })
  assert.deepEqual([drops(), drops('.fresh')], [12, 3])
  context.mock.timers.tick(1000)
  show({ answers: 13 })
  assert.equal(drops('.fresh'), 4)
  context.mock.timers.tick(1000)
  assert.equal(drops('.fresh'), 1)
  context.mock.timers.tick(1000)
  assert.deepEqual([drops(), drops('.fresh')], [13, 0])
  show({ answers: 11 })
  assert.equal(drops(), 11)
  write.stop()
})

test('who writes now is an open drop and counted in words', () => {
  const { find, drops, show } = opened()
  show({ typing: 6 })
  assert.deepEqual([drops('.open'), find('.hint').textContent], [6, '6 skriver nå'])
  show({ typing: 40 })
  assert.deepEqual([drops('.open'), find('.hint').textContent], [12, '40 skriver nå'])
  show({ typing: 0 })
  assert.deepEqual([drops('.open'), find('.hint').textContent], [0, ''])
})

test('a drop stands for ten when there are too many, and the screen says so', () => {
  const { find, drops, show } = opened()
  show({ answers: 900 })
  assert.deepEqual([drops(), find('.legend').textContent], [90, 'Én dråpe er 10 svar.'])
})

test('the meter shows how many of those present have answered, and when all have, the figure beats once', () => {
  const { find, show } = opened()
  const part = () => Number(find('.meter').style['--part'])
  const beats = () => find('.figure').classList.contains('beat')
  show({ answered_people: 12 })
  assert.ok(!beats(), 'all were in before this screen looked')
  show({ answered_people: 6 })
  assert.deepEqual([part(), beats()], [0.5, false])
  show({ answered_people: 12 })
  assert.ok(part() === 1 && beats() && find('.meter').classList.contains('full'))
  show({ answered_people: 12, answers: 20 })
  assert.ok(beats(), 'taken away and given again, it would beat with each answer')
  show({ people: 0, phones: 0, answered_people: 0 })
  assert.ok(find('.meter').parentElement.hidden, 'of how many is not known')
})

test('a clock runs beside the pile where there is a time, and before the close people are asked to send', () => {
  const { write, find, show } = opened()
  show()
  assert.ok(find('.ring').hidden)
  const timed = { deadline: 60_000, length_ms: 60_000 }
  show({}, timed)
  write.tick({ ...view, ...timed }, 0)
  assert.deepEqual([find('.ring').hidden, find('.ring').getAttribute('aria-label')], [false, '1 minutt igjen'])
  show({}, { ...timed, state: 'closing' })
  assert.equal(find('.then').textContent, 'Vi stenger snart.')
})

test('after the close the pile has drawn together, and the hall is asked whether it is ready', () => {
  page({ layout: SIZES })
  globalThis.getComputedStyle = () => ({ fontSize: '47px' })
  const closed = new Closed(t)
  closed.show(view)
  assert.equal(closed.root.textContent, '9svar fra 7 personerKlare?')
  assert.equal(closed.root.querySelectorAll('.compact .drop').length, 9)
  closed.show({ ...view, counts: { ...counts, answers: 0, answered_people: 0 } })
  assert.equal(closed.root.textContent, '0svar fra 0 personerTakk!')
})
