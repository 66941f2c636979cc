import assert from 'node:assert/strict'
import test from 'node:test'

import { attributeValue, faultsByPart, scaleLabels } from '../../../presenter/editor/fields.js'
import { continueList, toggleListMark } from '../../../presenter/editor/list_marks.js'

const put = (text, { from, to, words }) => text.slice(0, from) + words + text.slice(to)

test('a button turns lines into list items, changes their kind, and turns them back', () => {
  const mark = (text, from, to, sign) => put(text, toggleListMark(text, from, to, sign))
  assert.equal(mark('a\n\nb\nc', 0, 4, '-'), '- a\n\n- b\nc')
  assert.equal(mark('- a\n\n- b\nc', 0, 8, '+'), '+ a\n\n+ b\nc')
  assert.equal(mark('+ a\n\n+ b\nc', 0, 8, '+'), 'a\n\nb\nc')
  assert.equal(mark('', 0, 0, '-'), '- ')
  assert.equal(mark('a\nb', 2, 2, '+'), 'a\n+ b')
})

test('what is typed into a field is written in the file’s own form', () => {
  assert.equal(attributeValue('duration', ' 2 '), '2:00')
  assert.equal(attributeValue('duration', '90s'), '90s')
  assert.equal(attributeValue('whole', ' '), null)
  assert.equal(attributeValue('text', ' '), '')
  assert.equal(attributeValue('flag', false), false)
  assert.equal(attributeValue('markdown', ' a\n\n'), ' a\n\n')
  assert.deepEqual(attributeValue('options', ' a \n\n– b\n•\tc\n-5'), ['a', 'b', 'c', '-5'])
})

test('the words at both ends of a scale are stored as one value, or none', () => {
  assert.equal(scaleLabels(' Uenig', 'Enig '), 'Uenig|Enig')
  assert.equal(scaleLabels('a|b', ''), 'a b|')
  assert.equal(scaleLabels(' ', ''), null)
})

test('a fault is shown at the slide or activity whose line it names', () => {
  const outline = { slides: [{ line: 5, activities: [{ line: 7, last: 9 }] }, { line: 12, activities: [] }] }
  const found = faultsByPart(outline, [1, 5, 8, 10, 20].map((line) => ({ line, message: `${line}` })))
  assert.deepEqual([...found], [['meta', ['1']], ['0', ['5', '10']], ['0-0', ['8']], ['1', ['20']]])
})

test('Enter in a list starts a new item; on an empty item it ends the list', () => {
  const enter = (text, at) => put(text, continueList(text, at))
  assert.equal(enter('- a', 3), '- a\n- ')
  assert.equal(enter('x\n+ a b', 5), 'x\n+ a\n+  b')
  assert.equal(enter('- a\n- ', 6), '- a\n')
  for (const [text, at] of [['a', 1], ['- a', 0], ['- a\n', 4]]) assert.equal(continueList(text, at), null)
})
