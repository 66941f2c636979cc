import assert from 'node:assert/strict'
import test from 'node:test'

globalThis.document ??= { getElementById: () => null }
const { daysUntil, deletionReminder, dueReminders, reminders, reportReminder } = await import('../../../../presenter/console/followup/followup.js')

const t = { due: ['{name}: {n} day', '{name}: {n} days'], today: '{name}: today', overdue: '{name}: overdue' }
const now = Date.parse('2027-03-28T22:30:00Z') // already the 29th in Norway, the day after clocks went forward

test('days are counted by Norwegian time', () => {
  assert.equal(daysUntil('2027-03-29', now), 0)
  assert.equal(daysUntil('2027-04-01', now), 3)
  assert.equal(daysUntil('2027-03-27', now), -2)
})

test('the most urgent theme stands first, and one that will not be followed up is not listed', () => {
  const at = (name, date, status = 'doing') => ({ name, date, status })
  const themes = [at('A', '2027-04-01'), at('B', '2027-03-01'), at('C', '2027-03-29'), at('D', '2027-03-29', 'not'),
    at('E', '2028-01-01'), at('F', ''), at('G', '2027-03-30')]
  assert.deepEqual(dueReminders(themes, now, t), ['B: overdue', 'C: today', 'G: 1 day', 'A: 3 days'])
})

test('the deletion of all answers is announced two weeks before, and stands first in the last days', () => {
  const said = { deleted_in: ['{n} day left', '{n} days left'], deleted_today: 'today' }
  const at = (date) => deletionReminder(Date.parse(`${date}T12:00:00+02:00`), now, said)
  assert.equal(at('2027-04-13'), null)
  assert.deepEqual(at('2027-04-12'), { words: '14 days left', near: false })
  assert.deepEqual(at('2027-04-01'), { words: '3 days left', near: true })
  assert.deepEqual(at('2027-03-30'), { words: '1 day left', near: true })
  assert.deepEqual(at('2027-03-29'), { words: 'today', near: true })
  assert.equal(deletionReminder(null, now, said), null)
})

test('a promised report is listed from two weeks before its date, until it is published', () => {
  const said = { answer_in: ['{n} day left', '{n} days left'], answer_today: 'today', answer_late: 'late' }
  const at = (by, published = false) => reportReminder({ by, published }, now, said)
  assert.deepEqual(['2027-04-13', '2027-04-12', '2027-03-30', '2027-03-29', '2027-03-28', ''].map((by) => at(by)),
    [null, '14 days left', '1 day left', 'today', 'late', null])
  assert.equal(at('2027-03-28', true), null)
})

test('all dates that are near stand in one list, each with a way to what is to be done; the deletion comes first when it is close', () => {
  const said = {
    ...t, answer_in: ['report in {n} day', 'report in {n} days'], deleted_in: ['deleted in {n} day', 'deleted in {n} days'], reply: 'Reply', export: 'Take out',
  }
  const view = (deleted) => ({
    delete_at: Date.parse(`${deleted}T12:00:00+02:00`),
    followup: { by: '2027-03-30', published: false, themes: [{ name: 'Bus', date: '2027-04-01', status: 'doing' }] },
  })
  const lines = (deleted) => reminders(view(deleted), now, said).map(({ words, place, title, button }) => [words, place, title, button])
  const dates = [['report in 1 day', 'follow', 'followup-title', 'Reply'], ['Bus: 3 days', 'follow', 'followup-title', 'Reply']]
  assert.deepEqual(lines('2027-06-01'), dates)
  assert.deepEqual(lines('2027-04-08'), [...dates, ['deleted in 10 days', 'take', 'take-title', 'Take out']])
  assert.deepEqual(lines('2027-03-31'), [['deleted in 2 days', 'take', 'take-title', 'Take out'], ...dates])
})
