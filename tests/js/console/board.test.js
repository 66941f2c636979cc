import assert from 'node:assert/strict'
import { test } from 'node:test'

import { undoWords } from '../../../presenter/console/board/board.js'
import { keyOf, nextOf, placeOf } from '../../../presenter/console/board/cards.js'
import { columnsFor, columnPages } from '../../../presenter/screen/groups.js'

test('a key leads to the theme that shows it', () => {
  assert.deepEqual(['1', '9', '0', ''], [0, 8, 9, 10].map(keyOf))
  assert.deepEqual([0, 8, 9, -1, -1], ['1', '9', '0', 'n', 'F1'].map(placeOf))
})

test('the focus goes to the card after those that leave, and back when there is none', () => {
  const ids = ['a', 'b', 'c', 'd']
  assert.equal('c', nextOf(ids, new Set(['b']), 'b'))
  assert.equal('d', nextOf(ids, new Set(['b', 'c']), 'b'))
  assert.equal('b', nextOf(ids, new Set(['c', 'd']), 'd'))
  assert.equal('c', nextOf(ids, new Set(['a']), 'c'))
  assert.equal(null, nextOf(['a'], new Set(['a']), 'a'))
  assert.equal(null, nextOf([], new Set(), null))
})

test('no page of themes has one column while another is full', () => {
  assert.deepEqual([{ from: 0, to: 2 }, { from: 2, to: 4 }], columnPages(4, 3))
  assert.deepEqual([{ from: 0, to: 3 }], columnPages(3, 3))
  assert.deepEqual([{ from: 0, to: 0 }], columnPages(0, 3))
  assert.deepEqual([3, 3, 2], columnPages(8, 3).map(({ from, to }) => to - from))
  assert.deepEqual([3, 2], [columnsFor(1920, 1080), columnsFor(1024, 768)])
})

test('the undo button says what it takes back', () => {
  const t = { undo: { 'cards-placed': '{n} til {name}', 'cards-out': '{n} flyttet', 'theme-made': 'nytt {name}' } }
  assert.equal('3 til Buss', undoWords({ n: 4, did: 'cards-placed', cards: 3, name: 'Buss' }, t))
  assert.equal('3 flyttet', undoWords({ n: 4, did: 'cards-placed', cards: 3, name: '' }, t))
  assert.equal('nytt Buss', undoWords({ n: 4, did: 'theme-made', cards: 0, name: 'Buss' }, t))
  assert.equal('', undoWords(null, t))
})
