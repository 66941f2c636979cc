import assert from 'node:assert/strict'
import test from 'node:test'

import { NOTHING_DONE, cardsWith, isOpen, reduce } from '../../../../presenter/console/board/board_state.js'

/** The state after *changes* at a board with the cards of activity `a`. */
const after = (...changes) => [{ type: 'view', view: viewAt(10) }, ...changes].reduce(reduce, NOTHING_DONE)
const viewAt = (position, activity = 'a') => ({ position, board: activity && { activity } })
const [one, two, three] = ['/1', '/2', 'bus/3']
const select = (key) => ({ type: 'toggleCard', key })

test('a card is selected by one press and let go by the next', () => {
  assert.deepEqual([...after(select(one), select(two)).selected], [one, two])
  assert.deepEqual([...after(select(one), select(two), select(one)).selected], [two])
  assert.deepEqual([...after(select(one), select(two), { type: 'unselect' }).selected], [])
  assert.deepEqual([...after(select(one), select(two), { type: 'unselect', keys: [two] }).selected], [one])
})

test('a selected card takes all others that are selected with it; another goes alone', () => {
  const state = after(select(one), select(two))
  assert.deepEqual(cardsWith(state, two), [one, two])
  assert.deepEqual(cardsWith(state, three), [three])
})

test('a card that was withheld, or moved by somebody else, is selected no longer', () => {
  assert.deepEqual([...after(select(one), select(two), { type: 'drawn', keys: [two, three] }).selected], [two])
})

test('a card that is sent away is gone at once, and stays so until a view without it has come', () => {
  const sent = after(select(one), { type: 'sent', keys: [one] })
  assert.deepEqual([...sent.leaving.keys()], [one])
  assert.deepEqual([...sent.selected], [])
  const answered = reduce(sent, { type: 'answered', keys: [one], result: { ok: true, position: 14 } })
  const leaving = (position) => [...reduce(answered, { type: 'view', view: viewAt(position) }).leaving.keys()]
  assert.deepEqual(leaving(13), [one], 'an older view still has the card')
  assert.deepEqual(leaving(14), [])
  assert.deepEqual(leaving(20), [])
})

test('a card is still gone when the view comes before the answer', () => {
  const viewed = after({ type: 'sent', keys: [one] }, { type: 'view', view: viewAt(14) })
  assert.deepEqual([...viewed.leaving.keys()], [one])
  assert.deepEqual([...reduce(viewed, { type: 'answered', keys: [one], result: { ok: true, position: 14 } }).leaving.keys()], [])
})

test('a card comes back when the server refused, or could not be reached', () => {
  for (const result of [{ ok: false, status: 409 }, { ok: false, status: 0 }]) {
    assert.deepEqual([...after({ type: 'sent', keys: [one, two] }, { type: 'answered', keys: [one], result }).leaving.keys()], [two])
  }
})

test('the newest change made here is remembered, so that «undo» means that one', () => {
  const answered = (position) => ({ type: 'answered', keys: [], result: { ok: true, position } })
  assert.equal(after(answered(14), answered(12)).newestPosition, 14)
  assert.equal(after(answered(14), { type: 'answered', keys: [], result: { ok: false } }).newestPosition, 14)
})

test('themes are opened one by one', () => {
  const press = (id) => ({ type: 'toggleTheme', id })
  assert.deepEqual([...after(press('bus'), press('school')).expanded], ['bus', 'school'])
  assert.deepEqual([...after(press('bus'), press('school'), press('bus')).expanded], ['school'])
})

test('the next activity has other cards: nothing is selected and no theme is open, but its place stays on show', () => {
  const busy = after(select(one), { type: 'toggleTheme', id: 'bus' }, { type: 'sent', keys: [two] }, { type: 'onShow', open: true },
    { type: 'answered', keys: [], result: { ok: true, position: 14 } })
  const next = reduce(busy, { type: 'view', view: viewAt(15, 'b') })
  assert.deepEqual(next, { ...NOTHING_DONE, activity: 'b', position: 15, newestPosition: 14, open: true })
  assert.equal(reduce(busy, { type: 'view', view: viewAt(15, null) }).activity, undefined)
})

test('the board is drawn while its place is on show, and there are answers to gather', () => {
  const [come, gone] = [true, false].map((open) => ({ type: 'onShow', open }))
  for (const state of ['grouping', 'results']) {
    assert.equal(isOpen(after(), { state, board: { activity: 'a' } }), false)
    assert.equal(isOpen(after(come), { state, board: { activity: 'a' } }), true)
    assert.equal(isOpen(after(come, gone), { state, board: { activity: 'a' } }), false)
  }
  assert.equal(isOpen(after(come), { state: 'results', board: null }), false)
  assert.equal(isOpen(NOTHING_DONE, null), false)
})

test('a change leaves the state before it as it was', () => {
  const before = after(select(one), { type: 'toggleTheme', id: 'bus' })
  const copy = structuredClone(before)
  for (const change of [select(two), select(one), { type: 'sent', keys: [one] }, { type: 'toggleTheme', id: 'bus' }, { type: 'drawn', keys: [] }]) reduce(before, change)
  assert.deepEqual(before, copy)
})
