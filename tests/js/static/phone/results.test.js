import assert from 'node:assert/strict'
import test from 'node:test'

import { show } from '../../../../static/phone/results.js'
import { page } from '../../page.js'

const row = (id, told) => ({ id, text: id.toUpperCase(), told })

/** A phone's table of results; `lines()` tells its rows, those of the phone's own with a star. */
const table = () => {
  const { document } = page()
  const [around, body, reorder, rest] = ['table', 'tbody', 'button', 'p'].map((tag) => document.createElement(tag))
  document.body.append(around)
  around.append(body)
  body.dataset.own = '(deg)'
  rest.dataset.more = 'og {n} til'
  const lines = () => body.children.map((line) => {
    const [name, figure] = line.children
    return `${name.firstChild} ${figure.textContent}${name.lastElementChild.hidden ? '' : '*'}`
  })
  /** @type {(rows: ResultRow[], mine?: string[], more?: number) => void} */
  const draw = (rows, mine = [], more = 0) => show(body, { figures: rows, figures_more: more }, mine.map((id) => ({ id, rev: 1, status: 'saved', value: [id] })), reorder, rest)
  return { body, around, reorder, rest, lines, draw }
}

test('the rows come in the order of the server, and one’s own is marked', () => {
  const { draw, lines, around } = table()
  draw([row('a', '5 (63 %)'), row('b', '3 (38 %)')], ['b'])
  assert.deepEqual(['A 5 (63 %)', 'B 3 (38 %)*'], lines())
  assert.equal(false, around.hidden)
})

test('new figures come in place; another order is offered, and comes only on a press', () => {
  const { body, draw, lines, reorder } = table()
  draw([row('a', '2'), row('b', '1')])
  const [first] = body.children
  draw([row('b', '3'), row('a', '2')])
  assert.deepEqual(['A 2', 'B 3'], lines())
  assert.equal(first, body.children[0])
  assert.equal(false, reorder.hidden)
  reorder.onclick()
  assert.deepEqual(['B 3', 'A 2'], lines())
  assert.equal(true, reorder.hidden)
})

test('a row that is new comes last, one that is gone goes, and without rows there is no table', () => {
  const { draw, lines, around } = table()
  draw([row('a', '2'), row('b', '1')])
  draw([row('c', '4'), row('b', '1')])
  assert.deepEqual(['B 1', 'C 4'], lines())
  draw([])
  assert.equal(true, around.hidden)
})

test('how many there is no room for is told', () => {
  const { draw, rest } = table()
  draw([row('a', '2')], [], 3)
  assert.deepEqual([false, 'og 3 til'], [rest.hidden, rest.textContent])
  draw([row('a', '2')])
  assert.equal(true, rest.hidden)
})

test('another table begins with its own rows', () => {
  table().draw([row('a', '2')])
  const { draw, lines } = table()
  draw([row('b', '1')])
  assert.deepEqual(['B 1'], lines())
})
