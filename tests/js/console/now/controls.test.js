import assert from 'node:assert/strict'
import test from 'node:test'

import { CONTROL_ACTIONS, Controls, controlElements } from '../../../../presenter/console/now/controls.js'
import { page } from '../../page.js'

const STATES = ['lobby', 'slide', 'idle', 'talk', 'write', 'closing', 'closed', 'results', 'grouping', 'ended']
const t = { unblank: 'Tenn', blank: 'Svart', hide: 'Skjul', reveal: 'Vis', reveal_live: 'Vis mens de skriver', take_back: 'Ikke steng', reopen: 'Åpne igjen', pause: 'Pause', resume: 'Fortsett', ways: {} }
const view = { state: 'write', writes: 'text', blank: false, revealed: false, hold: false, length_ms: 60_000, paused_ms: null, next: null }
const elements = (more) => controlElements({ ...view, ...more }, t)
const statesWith = (id, more = {}) => STATES.filter((state) => !elements({ state, ...more })[id].hidden)

test('each button is there in the states where it does something', () => {
  assert.deepEqual(statesWith('go'), STATES.slice(0, -1))
  assert.deepEqual(statesWith('over'), ['ended'])
  assert.deepEqual(statesWith('close-in'), ['write'])
  assert.deepEqual(statesWith('reveal'), ['write', 'closing', 'closed', 'results', 'grouping'])
  const shown = { state: 'results', activity: 'a1' }
  assert.deepEqual(statesWith('reveal', { activity: 'a1', next: shown }), [], 'the button that goes on does the same')
  assert.deepEqual(statesWith('reveal', { activity: 'a1', next: shown, revealed: true }), ['write', 'closing', 'closed', 'results', 'grouping'])
  assert.deepEqual(statesWith('reopen'), ['closing', 'closed', 'results'])
  assert.deepEqual(statesWith('end'), STATES.slice(0, -1))
})

test('the clock can be paused and lengthened where there is one', () => {
  for (const id of ['pause', 'add']) {
    assert.deepEqual(statesWith(id), ['talk', 'write', 'closing', 'grouping'])
    assert.deepEqual(statesWith(id, { length_ms: null }), [])
  }
})

test('answers can be looked at one by one where they are texts', () => {
  assert.deepEqual(statesWith('hold-each'), ['write', 'closing', 'closed', 'results', 'grouping'])
  assert.deepEqual(statesWith('hold-each', { writes: 'choices' }), [])
  assert.deepEqual(statesWith('hold-each', { writes: '' }), [])
  assert.deepEqual([false, true], [false, true].map((hold) => elements({ hold })['hold-each'].pressed))
})

test('a button says what a press will do now', () => {
  assert.deepEqual(['Svart', 'Tenn'], [false, true].map((blank) => elements({ blank })['blank-say'].text))
  assert.deepEqual([false, true], [false, true].map((blank) => elements({ blank }).blank.pressed))
  const reveal = (more) => elements(more)['reveal-say'].text
  assert.deepEqual(['Vis mens de skriver', 'Vis', 'Skjul'], [reveal({}), reveal({ state: 'closed' }), reveal({ revealed: true })])
  assert.deepEqual(['Ikke steng', 'Åpne igjen'], ['closing', 'closed'].map((state) => elements({ state }).reopen.text))
  assert.deepEqual(['Pause', 'Fortsett'], [null, 3000].map((paused_ms) => elements({ paused_ms }).pause.text))
})

test('and does it', () => {
  const actions = (more) => Object.fromEntries(Object.entries(CONTROL_ACTIONS).map(([id, action]) => [id, action({ ...view, ...more })]))
  assert.deepEqual(actions({}), {
    reopen: { do: 'reopen' }, blank: { do: 'blank' }, reveal: { do: 'reveal' }, 'hold-each': { do: 'set_hold', hold: true }, 'close-in': { do: 'close_in', seconds: 20 },
    pause: { do: 'pause' }, add: { do: 'add_time', seconds: 30 },
  })
  const { blank, reveal, pause, ...rest } = actions({ blank: true, revealed: true, paused_ms: 5000, hold: true })
  assert.deepEqual([blank.do, reveal.do, pause.do, rest['hold-each'].hold], ['unblank', 'hide', 'resume', false])
})

/** A page with every control, and the dialog that asks. */
const controlsPage = () => {
  const dialog = ['', '-title', '-text', '-quote', '-ask', '-label', '-field', '-yes'].map((part) => `sure${part}`)
  const $ = page({ ids: Object.fromEntries(['next', 'back', 'steer-more', ...dialog, ...Object.keys(elements({}))].map((id) => [id, 'button'])) })
  for (const id of ['next', 'back']) $(id).dataset.do = id
  return $
}

test('a press before the first view waits for it, and then does what the view asks for', async () => {
  const $ = controlsPage()
  const sent = []
  let ready
  const controls = new Controls({ t, act: (action) => sent.push(action), press: (action) => sent.push(action), ready: new Promise((done) => (ready = done)) })
  const pressed = $('blank').click()
  assert.deepEqual(sent, [])
  controls.show({ ...view, blank: true })
  ready()
  await pressed
  assert.deepEqual(sent, [{ do: 'unblank' }])
  await $('back').click()
  assert.deepEqual(sent.at(-1), { do: 'back' })
})

test('the meeting is ended only when the facilitator confirms it', async () => {
  const $ = controlsPage()
  const sent = []
  new Controls({ t, act: (action) => sent.push(action), press: () => {}, ready: Promise.resolve() })
  const answer = async (value) => {
    const pressed = $('end').click()
    assert.ok($('sure').open)
    await $('sure').close(value)
    await pressed
  }
  await answer('no')
  assert.deepEqual(sent, [])
  await answer('yes')
  assert.deepEqual(sent, [{ do: 'end' }])
})

test('on a narrow page one press brings what is seldom used, and the next folds it away', async () => {
  const $ = controlsPage()
  new Controls({ t, act: () => {}, press: () => {}, ready: Promise.resolve() })
  const folded = () => [$('go').classList.contains('all'), $('steer-more').getAttribute('aria-expanded')]
  await $('steer-more').click()
  assert.deepEqual(folded(), [true, 'true'])
  await $('steer-more').click()
  assert.deepEqual(folded(), [false, 'false'])
})
