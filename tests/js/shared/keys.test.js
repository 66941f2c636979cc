import assert from 'node:assert/strict'
import test from 'node:test'

import { Keyboard, actionsFor, keyName } from '../../../presenter/shared/keys.js'

const page = { closest: () => null }
const inside = (...names) => ({ closest: (selector) => (names.some((name) => selector.split(/, ?/).some((one) => one.startsWith(name))) ? {} : null) })
const press = (key, more = {}) => ({ key, target: page, preventDefault() {}, ...more })

test('clicker and keyboard do the same', () => {
  const meanings = { PageDown: 'next', ArrowRight: 'next', ' ': 'next', PageUp: 'back', ArrowLeft: 'back', '.': 'blank', B: 'blank', b: 'blank',
    F5: 'start', R: 'reveal', h: null, l: null, c: 'close', S: 'close-soon', g: 'board', N: 'ask', e: 'edit', z: 'undo', J: 'join', q: 'join', i: 'join', t: 'timer', '+': 'add', v: 'shape', x: 'voice', d: 'dark', a: 'table',
    f: 'fullscreen', '?': 'help', ArrowDown: 'down', ArrowUp: 'up', 7: 'digit', Enter: 'enter', k: null, Tab: null, Shift: null }
  for (const [key, name] of Object.entries(meanings)) assert.equal(name, keyName(press(key)), key)
})

test('keys do nothing while somebody writes in a field, and keys of the browser stay the browser’s', () => {
  for (const key of ['b', ' ', 'PageDown', '3', '?']) assert.equal(null, keyName(press(key, { target: inside('textarea') })))
  for (const held of ['ctrlKey', 'metaKey', 'altKey']) assert.equal(null, keyName(press('r', { [held]: true })))
})

test('space and Enter press the button that has the focus', () => {
  assert.equal(null, keyName(press(' ', { target: inside('button') })))
  assert.equal(null, keyName(press('Enter', { target: inside('a') })))
  assert.equal('next', keyName(press('PageDown', { target: inside('button') })))
})

const keyboard = (pressed) => {
  const target = new EventTarget()
  let now = 0
  new Keyboard(target, { press: (name, n) => pressed.push(n === null ? name : [name, n]), now: () => now })
  const send = (name, key, more) => {
    const event = Object.assign(new Event(name, { cancelable: true }), { key, ...more })
    Object.defineProperty(event, 'target', { value: page })
    target.dispatchEvent(event)
    return event
  }
  return (key, after = 400, { held = false, ...more } = {}) => {
    now += after
    const event = send('keydown', key, more)
    if (!held) send('keyup', key, more)
    return event.defaultPrevented
  }
}

test('a clicker that bounces moves on once', () => {
  const pressed = []
  const type = keyboard(pressed)
  type('PageDown')
  type('PageDown', 120)
  type('ArrowRight', 120)
  type('PageDown', 120, { repeat: true })
  type('PageDown', 301)
  assert.deepEqual(['next', 'next'], pressed)
})

test('a key that is held moves on once, however the system tells that it is held', () => {
  for (const how of [{ held: true, repeat: true }, { held: true }, {}]) {
    const pressed = []
    const type = keyboard(pressed)
    type('PageDown', 0, { ...how, repeat: false })
    type('PageDown', how.held ? 600 : 250, how)
    for (let n = 0; n < 40; n += 1) type('PageDown', 230, how)
    assert.deepEqual(['next'], pressed)
    type('PageDown', 2000)
    assert.deepEqual(['next', 'next'], pressed)
  }
})

test('a number waits for the key that uses it, but not for ever', () => {
  const pressed = []
  const type = keyboard(pressed)
  for (const key of ['2', '3', 'Enter', '5', 't']) type(key, 50)
  type('9')
  type('t', 5000)
  type('Enter')
  assert.deepEqual([['enter', 23], ['timer', 5], 'timer'], pressed)
})

test('F5 does not reload', () => {
  assert.equal(true, keyboard([])('F5'))
  assert.equal(false, keyboard([])('k'))
})

test('a key turns on or off what the screen shows now', () => {
  assert.deepEqual([{ do: 'blank' }], actionsFor('blank', { blank: false }))
  assert.deepEqual([{ do: 'unblank' }], actionsFor('blank', { blank: true }))
  assert.deepEqual([{ do: 'reveal' }], actionsFor('reveal', { revealed: false }))
  assert.deepEqual([{ do: 'hide' }], actionsFor('reveal', { revealed: true }))
  assert.deepEqual([{ do: 'pause' }], actionsFor('timer', { paused_ms: null }))
  assert.deepEqual([{ do: 'resume' }], actionsFor('timer', { paused_ms: 0 }))
  assert.deepEqual([{ do: 'add_time', seconds: 30 }], actionsFor('add', {}))
  assert.deepEqual([{ do: 'goto', slide: 23 }], actionsFor('enter', {}, 23))
  assert.deepEqual([], actionsFor('dark', {}))
})

test('V shows the results in the next shape, and after the last in the first', () => {
  const view = { shape: 'wall', results: { shapes: ['wall', 'cloud', 'list'] } }
  assert.deepEqual([{ do: 'show_as', shape: 'cloud' }], actionsFor('shape', view))
  assert.deepEqual([{ do: 'show_as', shape: 'wall' }], actionsFor('shape', { ...view, shape: 'list' }))
  assert.deepEqual([], actionsFor('shape', { shape: 'bars', results: { shapes: ['bars'] } }))
  assert.deepEqual([], actionsFor('shape', { results: null }))
  assert.deepEqual([{ do: 'page', n: 3 }], actionsFor('voice', { shape: 'cloud', page: 2, results: {} }))
  assert.deepEqual([], [{ shape: 'wall', page: 2, results: {} }, { shape: 'cloud', page: 0, results: null }].flatMap((other) => actionsFor('voice', other)))
})

test('a number and then T sets the minutes that are left', () => {
  const view = { state: 'talk', deadline: 90_000, paused_ms: null }
  assert.deepEqual([{ do: 'add_time', seconds: 90 }], actionsFor('timer', view, 3, 0))
  assert.deepEqual([{ do: 'close_in', seconds: 60 }], actionsFor('timer', view, 1, 0))
  assert.deepEqual([{ do: 'add_time', seconds: 120 }], actionsFor('timer', { ...view, deadline: null }, 2, 0))
  assert.deepEqual([{ do: 'add_time', seconds: 120 }], actionsFor('timer', view, 2, 500_000))
  const idle = { state: 'idle', steps: [{ time_s: 120 }] }
  assert.deepEqual([{ do: 'next' }, { do: 'add_time', seconds: 60 }], actionsFor('timer', idle, 3, 0))
  assert.deepEqual([{ do: 'next' }], actionsFor('timer', idle, 2, 0))
})

test('S gives notice that it closes, and only while answers come in', () => {
  assert.deepEqual(actionsFor('close-soon', { state: 'write' }), [{ do: 'close_in', seconds: 20 }])
  for (const state of ['closing', 'closed', 'results', 'slide']) assert.deepEqual(actionsFor('close-soon', { state }), [])
})

test('Shift and L is larger text, and L alone is the list’s, with and without caps lock', () => {
  for (const key of ['L', 'l']) {
    assert.equal(keyName(press(key, { shiftKey: true })), 'large')
    assert.equal(keyName(press(key, { shiftKey: false })), null)
  }
})
