import assert from 'node:assert/strict'
import test from 'node:test'

import { stayLit } from '../../../../static/phone/lit.js'

/** A browser that gives locks; `open` are those that hold. `answer` may be replaced, to let it answer later or refuse. */
const browser = () => {
  const open = new Set()
  const lock = () => {
    const listeners = []
    const one = { addEventListener: (_, listener) => listeners.push(listener), release: () => (open.delete(one), listeners.forEach((listener) => listener())) }
    open.add(one)
    return one
  }
  const made = { open, lock, answer: async () => lock() }
  globalThis.document = { hidden: false }
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { wakeLock: { request: (kind) => (assert.equal(kind, 'screen'), made.answer()) } } })
  return made
}

const settled = () => new Promise((done) => setImmediate(done))

test('it is lit once, and let go after', async () => {
  const { open } = browser()
  stayLit(true)
  stayLit(true)
  await settled()
  assert.equal(open.size, 1)
  stayLit(false)
  await settled()
  assert.equal(open.size, 0)
})

test('a page that is left is dark, and lit again when it is looked at', async () => {
  const { open } = browser()
  stayLit(true)
  await settled()
  document.hidden = true
  stayLit(true)
  await settled()
  assert.equal(open.size, 0)
  document.hidden = false
  stayLit(true)
  await settled()
  assert.equal(open.size, 1)
  stayLit(false)
})

test('what is given too late is let go', async () => {
  const made = browser()
  let give
  made.answer = () => new Promise((done) => { give = () => done(made.lock()) })
  stayLit(true)
  stayLit(false)
  give()
  await settled()
  assert.equal(made.open.size, 0)
})

test('a browser that refuses, or knows no such thing, changes nothing', async () => {
  const made = browser()
  made.answer = async () => { throw new Error('low battery') }
  stayLit(true)
  await settled()
  stayLit(false)
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: {} })
  stayLit(true)
  stayLit(false)
  await settled()
})
