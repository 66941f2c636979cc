import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
const { editorKey } = await import('../../../presenter/editor/editor_keys.js')
const { savedText } = await import('../../../presenter/editor/saved_state.js')
const { lineOf, partsOf, slideAtLine } = await import('../../../presenter/editor/text_mode.js')

const on = (selector) => ({ closest: (asked) => (selector && asked.includes(selector) ? {} : null) })
const key = (name, { target = on(''), letters = true, ...more } = {}) => editorKey({ key: name, altKey: false, ctrlKey: false, metaKey: false, target, ...more }, letters)

test('letters are keys outside fields and dialogs, as long as people want them to be', () => {
  assert.deepEqual(['n', 'D', 'p', 'z', '?', 'x'].map((name) => key(name)), ['new', 'copy', 'try', 'undo', 'help', null])
  for (const place of ['textarea', 'select', 'dialog']) assert.equal(key('n', { target: on(place) }), null)
  assert.equal(key('n', { letters: false }), null)
  assert.equal(key('p', { ctrlKey: true }), null, 'the browser prints')
})

test('Alt and an arrow move the slide, also when letters are off', () => {
  assert.equal(key('ArrowUp', { altKey: true, letters: false }), 'up')
  assert.equal(key('ArrowDown', { altKey: true }), 'down')
  assert.equal(key('ArrowDown'), null)
  assert.equal(key('n', { altKey: true }), null)
})

test('a text is saved now for a minute, and then so many minutes ago', () => {
  const t = { now: 'nå', ago: 'for {n} min siden' }
  assert.deepEqual([0, 59_999, 60_000, 185_000].map((ago) => savedText(ago, t)), ['nå', 'nå', 'for 1 min siden', 'for 3 min siden'])
})

test('the caret is on a line, and the line in a slide', () => {
  const text = 'a\nb\n\nc'
  assert.deepEqual([0, 1, 2, 4, 5, 6].map((at) => lineOf(text, at)), [1, 1, 2, 3, 4, 4])
  const slides = [{ line: 3 }, { line: 8 }]
  assert.deepEqual([1, 3, 7, 8, 99].map((line) => slideAtLine(slides, line)), [-1, 0, 0, 1, 1])
  assert.deepEqual(partsOf(text, { line: 2, last: 3 }), ['a\n', 'b\n\n'])
})
