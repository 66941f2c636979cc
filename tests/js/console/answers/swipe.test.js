import assert from 'node:assert/strict'
import test from 'node:test'

import { Swipe, gesture } from '../../../../presenter/console/answers/swipe.js'
import { page } from '../../page.js'

test('a finger that goes up or down scrolls, and one that goes far to the side holds back', () => {
  const cases = [[4, 3, 'wait'], [5, 40, 'scroll'], [60, 40, 'scroll'], [60, 10, 'near'], [-60, 10, 'near'], [130, 10, 'far'], [-130, 20, 'far']]
  for (const [dx, dy, doing] of cases) assert.equal(gesture(dx, dy, 328), doing, `${dx} ${dy}`)
  assert.equal(gesture(100, 0, 800), 'near', 'a wide row')
})

/** A list with one row; `go(points)` lets a finger down at the first point and through the others. */
const listWith = ({ name = 'hold' } = {}) => {
  const $ = page({ ids: { list: 'ol' } })
  const make = (tag) => $.document.createElement(tag)
  const [row, button] = [make('li'), make('button')]
  button.setAttribute('data-does', name)
  let held = 0
  button.addEventListener('click', () => { held += 1 })
  row.append(button)
  $('list').append(row)
  new Swipe($('list'))
  const go = (points, { end = 'pointerup', pointerType = 'touch' } = {}) => {
    const at = ([clientX, clientY]) => ({ clientX, clientY, pointerType, isPrimary: true, target: row })
    row.fire('pointerdown', at(points[0]))
    for (const point of points.slice(1)) row.fire('pointermove', at(point))
    row.fire(end, at(points.at(-1)))
  }
  return { row, go, held: () => held }
}

test('a row that is swept far is held back when the finger is lifted, once', () => {
  const { row, go, held } = listWith()
  go([[200, 50], [150, 52], [40, 55]])
  assert.equal(held(), 1)
  assert.ok(!row.classList.contains('swept'))
})

test('it is not held back by a scroll, a short way, a way back, a mouse, or what the browser took over', () => {
  const { go, held } = listWith()
  go([[200, 50], [190, 120], [40, 130]])
  go([[200, 50], [150, 52]])
  go([[200, 50], [40, 52], [190, 52]])
  go([[200, 50], [40, 52]], { pointerType: 'mouse' })
  go([[200, 50], [40, 52]], { end: 'pointercancel' })
  assert.equal(held(), 0)
})

test('a row that is held back already stays', () => {
  const { go, held } = listWith({ name: 'restore' })
  go([[200, 50], [40, 52]])
  assert.equal(held(), 0)
})
