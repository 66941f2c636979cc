import assert from 'node:assert/strict'
import test from 'node:test'

import { Keyboard, action, wishes } from '../../../presenter/shared/keys.js'

const page = { closest: () => null }
const inside = (...names) => ({ closest: (selector) => (names.some((name) => selector.split(/, ?/).some((one) => one.startsWith(name))) ? {} : null) })
const press = (key, more = {}) => ({ key, target: page, preventDefault() {}, ...more })

test('clicker and keyboard say the same', () => {
  const meant = { PageDown: 'next', ArrowRight: 'next', ' ': 'next', PageUp: 'back', ArrowLeft: 'back', '.': 'blank', B: 'blank', b: 'blank',
    F5: 'start', R: 'reveal', h: 'reveal', c: 'close', J: 'join', q: 'join', i: 'join', t: 'timer', '+': 'add', v: 'shape', d: 'dark', a: 'table',
    f: 'fullscreen', '?': 'help', ArrowDown: 'down', ArrowUp: 'up', 7: 'digit', Enter: 'enter', x: null, Tab: null, Shift: null }
  for (const [key, name] of Object.entries(meant)) assert.equal(name, action(press(key)), key)
})

test('no key is taken from somebody who writes, or from the browser', () => {
  for (const key of ['b', ' ', 'PageDown', '3', '?']) assert.equal(null, action(press(key, { target: inside('textarea') })))
  for (const held of ['ctrlKey', 'metaKey', 'altKey']) assert.equal(null, action(press('r', { [held]: true })))
})

test('space and Enter press the button that has the focus', () => {
  assert.equal(null, action(press(' ', { target: inside('button') })))
  assert.equal(null, action(press('Enter', { target: inside('a') })))
  assert.equal('next', action(press('PageDown', { target: inside('button') })))
})

const keyboard = (told) => {
  const target = new EventTarget()
  let now = 0
  new Keyboard(target, { press: (name, n) => told.push(n === null ? name : [name, n]), now: () => now })
  return (key, after = 400, more = {}) => {
    now += after
    const event = Object.assign(new Event('keydown', { cancelable: true }), { key, ...more })
    Object.defineProperty(event, 'target', { value: page })
    target.dispatchEvent(event)
    return event.defaultPrevented
  }
}

test('a press that bounces counts once', () => {
  const told = []
  const type = keyboard(told)
  type('PageDown')
  type('PageDown', 120)
  type('ArrowRight', 120)
  type('PageDown', 400, { repeat: true })
  type('PageDown', 301)
  assert.deepEqual(['next', 'next'], told)
})

test('a number waits for the key that uses it, but not for ever', () => {
  const told = []
  const type = keyboard(told)
  for (const key of ['2', '3', 'Enter', '5', 't']) type(key, 50)
  type('9')
  type('t', 5000)
  type('Enter')
  assert.deepEqual([['enter', 23], ['timer', 5], 'timer'], told)
})

test('F5 does not reload', () => {
  assert.equal(true, keyboard([])('F5'))
  assert.equal(false, keyboard([])('x'))
})

test('each key asks for what its view calls for', () => {
  assert.deepEqual([{ do: 'blank' }], wishes('blank', { blank: false }))
  assert.deepEqual([{ do: 'unblank' }], wishes('blank', { blank: true }))
  assert.deepEqual([{ do: 'reveal' }], wishes('reveal', { revealed: false }))
  assert.deepEqual([{ do: 'hide' }], wishes('reveal', { revealed: true }))
  assert.deepEqual([{ do: 'pause' }], wishes('timer', { paused_ms: null }))
  assert.deepEqual([{ do: 'resume' }], wishes('timer', { paused_ms: 0 }))
  assert.deepEqual([{ do: 'add_time', seconds: 30 }], wishes('add', {}))
  assert.deepEqual([{ do: 'goto', slide: 23 }], wishes('enter', {}, 23))
  assert.deepEqual([], wishes('dark', {}))
})

test('V goes round the shapes there are', () => {
  const view = { shape: 'wall', results: { shapes: ['wall', 'cloud', 'list'] } }
  assert.deepEqual([{ do: 'show_as', shape: 'cloud' }], wishes('shape', view))
  assert.deepEqual([{ do: 'show_as', shape: 'wall' }], wishes('shape', { ...view, shape: 'list' }))
  assert.deepEqual([], wishes('shape', { shape: 'bars', results: { shapes: ['bars'] } }))
  assert.deepEqual([], wishes('shape', { results: null }))
})

test('a number and T leave that many minutes', () => {
  const view = { state: 'talk', deadline: 90_000, paused_ms: null }
  assert.deepEqual([{ do: 'add_time', seconds: 90 }], wishes('timer', view, 3, 0))
  assert.deepEqual([{ do: 'close_in', seconds: 60 }], wishes('timer', view, 1, 0))
  assert.deepEqual([{ do: 'add_time', seconds: 120 }], wishes('timer', { ...view, deadline: null }, 2, 0))
  assert.deepEqual([{ do: 'add_time', seconds: 120 }], wishes('timer', view, 2, 500_000))
  const idle = { state: 'idle', steps: [{ time_s: 120 }] }
  assert.deepEqual([{ do: 'next' }, { do: 'add_time', seconds: 60 }], wishes('timer', idle, 3, 0))
  assert.deepEqual([{ do: 'next' }], wishes('timer', idle, 2, 0))
})
