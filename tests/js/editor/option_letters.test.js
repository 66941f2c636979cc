import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
const { optionLines, withLetters } = await import('../../../presenter/editor/option_letters.js')

test('each line that says something is an option', () => {
  assert.deepEqual(optionLines('Buss\n\n Benker\n').map(({ option }) => option), [0, -1, 1, -1])
})

test('letters follow what is typed, and end after Z', async () => {
  page()
  const field = document.createElement('textarea')
  field.value = 'Buss'
  const copy = withLetters(field).children[0]
  const letters = () => copy.children.map((row) => row.getAttribute('data-letter'))
  assert.deepEqual(letters(), ['A'])
  field.value = 'Buss\n\nBenker'
  await field.fire('input')
  assert.deepEqual(letters(), ['A', null, 'B'])
  field.value = 'x\n'.repeat(27)
  await field.fire('input')
  assert.deepEqual(letters().slice(25), ['Z', null, null])
})
