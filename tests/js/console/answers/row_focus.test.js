import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../../page.js'

page()
const { RowFocus, rowAfter } = await import('../../../../presenter/console/answers/row_focus.js')
const { bindLetterKeysBox } = await import('../../../../presenter/shared/letter_keys.js')

test('arrows lead to the next row and stop at the ends; other keys lead nowhere', () => {
  assert.deepEqual([0, 1, 2].map((index) => rowAfter('ArrowDown', index, 3)), [1, 2, 2])
  assert.deepEqual([0, 1, 2].map((index) => rowAfter('ArrowUp', index, 3)), [0, 0, 1])
  assert.deepEqual(['Home', 'End'].map((key) => rowAfter(key, 1, 3)), [0, 2])
  assert.deepEqual(['h', 'Enter', 'PageDown'].map((key) => rowAfter(key, 1, 3)), [null, null, null])
})

const listWith = (...names) => {
  const $ = page({ ids: { list: 'ol' } })
  const pressed = []
  for (const name of names) {
    const row = $.document.createElement('li')
    const button = $.document.createElement('button')
    button.dataset.does = name
    button.addEventListener('click', () => pressed.push(name))
    row.append(button)
    $('list').append(row)
  }
  const left = []
  const focus = new RowFocus($('list'), () => left.push(true))
  focus.draw()
  return { $, rows: $('list').children, pressed, left, focus }
}

test('the one stop of Tab stays at the row that had the focus, and goes to the first when that row is gone', () => {
  const { rows, focus, $ } = listWith('hold', 'hold', 'hold')
  const stops = () => $('list').children.map(({ tabIndex }) => tabIndex)
  rows[1].focus()
  focus.draw()
  assert.deepEqual(stops(), [-1, 0, -1])
  $.document.activeElement = $.body
  focus.draw()
  assert.deepEqual(stops(), [-1, 0, -1])
  rows[1].remove()
  focus.draw()
  assert.deepEqual(stops(), [0, -1])
})

test('L lifts, or puts back what is lifted; a row without such a button lets the key do nothing', async () => {
  const { rows, pressed } = listWith('unlift', 'redact')
  rows[0].focus()
  await rows[0].fire('keydown', { key: 'l' })
  const event = await rows[1].fire('keydown', { key: 'H' })
  assert.deepEqual(pressed, ['unlift'])
  assert.ok(event.stopped, 'and the page takes it for nothing else')
})

test('letters do nothing where somebody has turned them off, but arrows and Esc still do', async () => {
  const { $, rows, pressed, left } = listWith('hold', 'hold')
  const box = $.document.createElement('input')
  bindLetterKeysBox(box)
  box.checked = false
  await box.fire('change')
  await rows[0].fire('keydown', { key: 'h' })
  await rows[0].querySelector('button').fire('keydown', { key: 'ArrowDown' })
  assert.equal($.document.activeElement, rows[1])
  await rows[1].fire('keydown', { key: 'Escape' })
  assert.deepEqual([pressed, left], [[], [true]])
})
