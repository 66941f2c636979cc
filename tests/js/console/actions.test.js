import assert from 'node:assert/strict'
import test from 'node:test'

import { Actions, positionKey } from '../../../presenter/console/actions.js'

const t = { conflict: 'Noen andre gikk videre', failed: 'Det gikk ikke' }
const view = { state: 'grouping', slide: { n: 3, shown: 0 }, activity: 'a', step: 40 }

/** A console whose server answers with *results*, one for each action, and says of the room what *rooms* has. */
const consoleWith = ({ results = [], rooms = [], stale = false, shown = view } = {}) => {
  const sent = []
  const notes = []
  let clock = 0
  const feed = { stale, ready: new Promise(() => {}), act: async (action) => (sent.push(action), results.shift() ?? { ok: true, status: 200 }) }
  const actions = new Actions({
    feed, t, fetchRoom: async () => rooms.shift() ?? null, note: (text, isProblem) => notes.push([text, isProblem]), now: () => clock,
  })
  if (shown) actions.show(shown)
  return { actions, feed, sent, notes, wait: (ms) => (clock += ms) }
}
const conflict = { ok: false, status: 409, title: 'step' }

test('«next» says which step it was pressed at, so that two consoles do not move on twice', async () => {
  const { actions, sent } = consoleWith()
  assert.equal(await actions.act({ do: 'next' }), true)
  assert.equal(await actions.act({ do: 'pause' }), true)
  assert.deepEqual(sent, [{ do: 'next', if_step: 40 }, { do: 'pause' }])
})

test('when only cards have moved meanwhile, the press is sent again at the newest step', async () => {
  const { actions, sent, notes } = consoleWith({ results: [conflict, conflict, { ok: true, status: 200 }], rooms: [{ ...view, step: 42 }, { ...view, step: 45 }] })
  assert.equal(await actions.act({ do: 'next' }), true)
  assert.deepEqual(sent.map(({ if_step: step }) => step), [40, 42, 45])
  assert.deepEqual(notes, [])
})

test('when somebody else has moved the meeting on, the press is dropped and the facilitator is told', async () => {
  const { actions, sent, notes } = consoleWith({ results: [conflict], rooms: [{ ...view, state: 'closed', step: 42 }] })
  assert.equal(await actions.act({ do: 'next' }), false)
  assert.equal(sent.length, 1)
  assert.deepEqual(notes, [['Noen andre gikk videre', true]])
})

test('it does not try for ever', async () => {
  const { actions, sent, notes } = consoleWith({ results: Array(9).fill(conflict), rooms: Array(9).fill({ ...view, step: 41 }) })
  assert.equal(await actions.act({ do: 'next' }), false)
  assert.equal(sent.length, 6)
  assert.equal(notes.length, 1)
})

test('a refusal is shown in the server’s words, or in our own where there are none', async () => {
  const { actions, notes } = consoleWith({ results: [{ ok: false, status: 422, title: 'Skriv et spørsmål.' }, { ok: false, status: 0 }] })
  await actions.act({ do: 'ask' })
  await actions.act({ do: 'ask' })
  assert.deepEqual(notes, [['Skriv et spørsmål.', true], ['Det gikk ikke', true]])
})

test('nothing is sent from a page that may be old', async () => {
  const { actions, sent } = consoleWith({ stale: true })
  assert.equal(await actions.act({ do: 'next' }), false)
  assert.deepEqual(sent, [])
})

test('a second press of the same button within a blink is one press', async () => {
  const { actions, sent, wait } = consoleWith()
  await actions.press({ do: 'next' })
  wait(200)
  assert.equal(await actions.press({ do: 'next' }), false)
  await actions.press({ do: 'blank' })
  wait(300)
  await actions.press({ do: 'next' })
  assert.deepEqual(sent.map((action) => action.do), ['next', 'blank', 'next'])
})

test('a press before the first view waits for it', async () => {
  const { actions, feed, sent } = consoleWith({ shown: null })
  let come
  feed.ready = new Promise((done) => (come = done))
  const pressed = actions.act({ do: 'next' })
  assert.deepEqual(sent, [])
  actions.show({ ...view, step: 7 })
  come()
  await pressed
  assert.deepEqual(sent, [{ do: 'next', if_step: 7 }])
})

test('the place of a meeting is its state, slide, point and activity, and not its cards', () => {
  assert.equal(positionKey(view), positionKey({ ...view, step: 99, board: {} }))
  for (const more of [{ state: 'closed' }, { slide: { n: 4, shown: 0 } }, { slide: { n: 3, shown: 1 } }, { slide: null }, { activity: 'b' }]) {
    assert.notEqual(positionKey(view), positionKey({ ...view, ...more }))
  }
})

test('what was decided in a dialog while the connection is lost waits for it, and after a while is told to have failed', async () => {
  const { actions, feed, sent, notes, wait } = consoleWith({ stale: true })
  const done = actions.actWhenFresh({ do: 'give_reason', id: 'x', reason: 'Navn' })
  assert.deepEqual(sent, [])
  feed.stale = false
  assert.equal(await done, true)
  assert.deepEqual(sent, [{ do: 'give_reason', id: 'x', reason: 'Navn' }])
  feed.stale = true
  const late = actions.actWhenFresh({ do: 'redact_answer', id: 'x' })
  wait(20_000)
  assert.equal(await late, false)
  assert.deepEqual([sent.length, notes], [1, [['Det gikk ikke', true]]])
})
