import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
const { Ballot, letterOf } = await import('../../../presenter/screen/ballot.js')
const { optionsOnPage } = await import('../../../presenter/screen/results/paged_rows.js')

const t = {
  kinds: { choice: 'Velg på telefonen.' }, n_of_voted: '{n} av {of} har stemt', n_of_answered: '{n} av {of} har svart', nobody: 'Ingen har stemt ennå.', thanks: 'Takk!',
  closing_votes: 'Vi stenger snart.', left: '{time} igjen', minutes: ['{n} minutt', '{n} minutter'], seconds: ['', ''],
}
const options = ['Skolen', 'Bussen', 'Torget'].map((text, at) => ({ id: `${at}`, text }))
const counts = { phones: 45, people: 45, hall: 0, answers: 31, answered_people: 31 }
const view = { state: 'write', kind: 'choice', language: 'nb', counts, options, instruction: '', deadline: null, paused_ms: null, length_ms: null }
const opened = (more = {}) => {
  page()
  const ballot = new Ballot(t)
  ballot.show({ ...view, ...more })
  return { ballot, find: (selector) => ballot.root.querySelector(selector) }
}

test('what can be chosen stands on the screen in its order, and how many have voted, but not for what', () => {
  const { ballot, find } = opened()
  assert.deepEqual(find('.ballot').children.map(({ textContent }) => textContent), ['ASkolen', 'BBussen', 'CTorget'])
  assert.equal(find('.turnout').querySelectorAll('.who')[1].textContent, '31 av 45 har stemt')
  assert.equal(ballot.root.querySelectorAll('.vote, .drop, .bar').length, 0)
  assert.equal(find('.said').textContent, 'Velg på telefonen.')
})

test('before the first vote the screen says so; items to be rated are answered, not voted for', () => {
  const none = { counts: { ...counts, answers: 0, answered_people: 0 } }
  assert.ok(!opened(none).find('.who').hidden)
  const { find } = opened({ ...none, options: undefined, items: options })
  assert.ok(find('.who').hidden)
  assert.deepEqual([find('.turnout').querySelectorAll('.who')[1].textContent, find('.meter').parentElement.hidden], ['0 av 45 har svart', false])
})

test('a vote changes the number, and none of the options is drawn anew', () => {
  const { ballot, find } = opened()
  const first = find('.ballot').firstElementChild
  ballot.show({ ...view, counts: { ...counts, answers: 32, answered_people: 32 } })
  assert.equal(find('.ballot').firstElementChild, first)
})

test('before the close people are asked to send, and thanked after it', () => {
  const timed = { deadline: 60_000, length_ms: 60_000 }
  const { ballot, find } = opened({ ...timed, state: 'closing' })
  ballot.tick({ ...view, ...timed }, 0)
  assert.deepEqual([find('.said').textContent, find('.ring').getAttribute('aria-label')], ['Vi stenger snart.', '1 minutt igjen'])
  assert.equal(opened({ state: 'closed' }).find('.said').textContent, 'Takk!')
})

test('letters go on after Z', () => {
  assert.deepEqual([0, 25, 26, 27, 52].map(letterOf), ['A', 'Z', 'AA', 'AB', 'BA'])
})

test('at most six stand on the screen at once, about as many on each page', () => {
  assert.deepEqual([1, 6, 7, 8, 12, 13].map(optionsOnPage), [1, 6, 4, 4, 6, 5])
  const eight = Array.from({ length: 8 }, (_, at) => ({ id: `${at}`, text: `Valg ${at}` }))
  const { ballot, find } = opened({ options: eight })
  const shown = () => find('.ballot').children.filter((row) => !row.hidden).map(({ textContent }) => textContent[0]).join('')
  assert.deepEqual([ballot.pages, shown()], [{ at: 0, of: 2 }, 'ABCD'])
  assert.ok(ballot.turn(1))
  assert.equal(shown(), 'EFGH')
})
