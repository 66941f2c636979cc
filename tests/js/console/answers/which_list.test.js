import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../../page.js'

page()
const { WhichList, listToShow, listsOf, questionsText } = await import('../../../../presenter/console/answers/which_list.js')

test('there are only the lists that have something', () => {
  assert.deepEqual(listsOf({ flagged: 0, held: 0, results: false }), ['new'])
  assert.deepEqual(listsOf({ flagged: 2, held: 1, results: true }), ['new', 'look', 'held', 'results'])
})

test('the list that was chosen is shown while it is there; else the new ones, or the result where people choose', () => {
  assert.equal(listToShow(['new', 'look'], 'look', 'text'), 'look')
  assert.equal(listToShow(['new'], 'look', 'text'), 'new')
  assert.equal(listToShow(['new', 'results'], null, 'text'), 'new')
  assert.equal(listToShow(['new', 'results'], null, 'choices'), 'results')
  assert.equal(listToShow(['new'], null, 'choices'), 'new')
  assert.equal(listToShow(['new', 'results'], 'new', 'choices'), 'new')
})

const whichWith = () => {
  const $ = page({ ids: { new: 'button', look: 'button', held: 'button', results: 'button', 'look-line': 'button', 'answers-part': 'section', 'list-part': 'div', 'results-part': 'div', 'n-questions': 'span' } })
  for (const name of ['new', 'look', 'held', 'results']) $(name).dataset.list = name
  let changes = 0
  const which = new WhichList({ t: { n_fresh: ['{n} new', '{n} new'] }, onChange: () => (changes += 1) })
  const show = (more) => which.show({ activity: 'a', flagged: 0, held: 0, results: null, hidden_results: null, counts: { answers: 3 }, writes: 'text', ...more })
  const pressed = () => ['new', 'look', 'held', 'results'].filter((name) => $(name).getAttribute('aria-pressed') === 'true')
  return { $, which, show, pressed, changes: () => changes }
}

test('a press on a heading shows its list, until the next question', async () => {
  const { $, which, show, pressed, changes } = whichWith()
  show({ flagged: 2, hidden_results: {} })
  assert.deepEqual(['new', 'look', 'held', 'results'].map((name) => $(name).hidden), [false, false, true, false])
  await $('look').click()
  assert.deepEqual([which.name, pressed(), changes()], ['look', ['look'], 1])
  await $('results').click()
  assert.deepEqual([$('list-part').hidden, $('results-part').hidden], [true, false])
  show({ activity: 'b', hidden_results: {} })
  assert.deepEqual([which.name, $('list-part').hidden, $('results-part').hidden], ['new', false, true])
})

test('the line under the screen leads to what needs a look; when all has been looked at, the new ones are back', async () => {
  const { $, which, show } = whichWith()
  show({ flagged: 1 })
  await $('look-line').click()
  assert.equal(which.name, 'look')
  show({ flagged: 0 })
  assert.equal(which.name, 'new')
})

test('a question that nobody has answered has no result to read', () => {
  const { $, show } = whichWith()
  show({ results: {}, counts: { answers: 0 } })
  assert.ok($('results').hidden)
})

test('questions to the panel are there whatever is on show, with how many nobody has looked at', async () => {
  assert.deepEqual(listsOf({ flagged: 0, held: 0, results: false, questions: true }), ['new', 'questions'])
  assert.equal(listToShow(['new', 'questions'], null, 'text', true), 'questions')
  assert.equal(listToShow(['new', 'questions'], null, 'text', false), 'new')
  assert.equal(questionsText(12, 3, { n_fresh: ['{n} new', '{n} new'] }), '12 · 3 new')
  const { $, which, show } = whichWith()
  show({ questions: { activity: 'q', came: 2 } })
  assert.equal($('n-questions').textContent, '2 · 2 new')
  which.choose('questions')
  show({ activity: 'b', questions: { activity: 'q', came: 2 } })
  assert.deepEqual([which.name, $('n-questions').textContent], ['questions', '2'])
})
