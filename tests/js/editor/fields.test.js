import assert from 'node:assert/strict'
import test from 'node:test'

import { continued, endsOf, marked, placed, valueOf } from '../../../presenter/editor/fields.js'

const put = (text, { from, to, words }) => text.slice(0, from) + words + text.slice(to)

test('a button turns lines into list items, changes their kind, and turns them back', () => {
  const mark = (text, from, to, sign) => put(text, marked(text, from, to, sign))
  assert.equal(mark('a\n\nb\nc', 0, 4, '-'), '- a\n\n- b\nc')
  assert.equal(mark('- a\n\n- b\nc', 0, 8, '+'), '+ a\n\n+ b\nc')
  assert.equal(mark('+ a\n\n+ b\nc', 0, 8, '+'), 'a\n\nb\nc')
  assert.equal(mark('', 0, 0, '-'), '- ')
  assert.equal(mark('a\nb', 2, 2, '+'), 'a\n+ b')
})

test('what is typed into a field is written in the file’s own form', () => {
  assert.equal(valueOf('duration', ' 2 '), '2:00')
  assert.equal(valueOf('duration', '90s'), '90s')
  assert.equal(valueOf('number', ' '), null)
  assert.equal(valueOf('text', ' '), '')
  assert.equal(valueOf('flag', false), false)
  assert.equal(valueOf('markdown', ' a\n\n'), ' a\n\n')
  assert.deepEqual(valueOf('options', ' a \n\nb'), ['a', 'b'])
})

test('the words at both ends of a scale are stored as one value, or none', () => {
  assert.equal(endsOf(' Uenig', 'Enig '), 'Uenig|Enig')
  assert.equal(endsOf('a|b', ''), 'a b|')
  assert.equal(endsOf(' ', ''), null)
})

test('a fault is shown at the slide or activity whose line it names', () => {
  const outline = { slides: [{ line: 5, activities: [{ line: 7, last: 9 }] }, { line: 12, activities: [] }] }
  const found = placed(outline, [1, 5, 8, 10, 20].map((line) => ({ line, message: `${line}` })))
  assert.deepEqual([...found], [['meta', ['1']], ['0', ['5', '10']], ['0-0', ['8']], ['1', ['20']]])
})

test('Enter in a list starts a new item; on an empty item it ends the list', () => {
  const enter = (text, at) => put(text, continued(text, at))
  assert.equal(enter('- a', 3), '- a\n- ')
  assert.equal(enter('x\n+ a b', 5), 'x\n+ a\n+  b')
  assert.equal(enter('- a\n- ', 6), '- a\n')
  for (const [text, at] of [['a', 1], ['- a', 0], ['- a\n', 4]]) assert.equal(continued(text, at), null)
})
