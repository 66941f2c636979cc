import assert from 'node:assert/strict'
import { test } from 'node:test'

import { undoLabel } from '../../../../presenter/console/board/board.js'
import { digitFor, indexFor, nextCard } from '../../../../presenter/console/board/cards.js'
import { columnPages, columnsFor } from '../../../../presenter/screen/groups.js'

test('a digit key moves cards to the theme that shows that digit', () => {
  assert.deepEqual(['1', '9', '0', ''], [0, 8, 9, 10].map(digitFor))
  assert.deepEqual([0, 8, 9, -1, -1], ['1', '9', '0', 'n', 'F1'].map(indexFor))
})

test('when cards leave, the focus goes to the next one, or to the one before when there is none', () => {
  const ids = ['a', 'b', 'c', 'd']
  assert.equal('c', nextCard(ids, new Set(['b']), 'b'))
  assert.equal('d', nextCard(ids, new Set(['b', 'c']), 'b'))
  assert.equal('b', nextCard(ids, new Set(['c', 'd']), 'd'))
  assert.equal('c', nextCard(ids, new Set(['a']), 'c'))
  assert.equal(null, nextCard(['a'], new Set(['a']), 'a'))
  assert.equal(null, nextCard([], new Set(), null))
})

test('themes are spread evenly over the pages', () => {
  assert.deepEqual([{ from: 0, to: 2 }, { from: 2, to: 4 }], columnPages(4, 3))
  assert.deepEqual([{ from: 0, to: 3 }], columnPages(3, 3))
  assert.deepEqual([{ from: 0, to: 0 }], columnPages(0, 3))
  assert.deepEqual([3, 3, 2], columnPages(8, 3).map(({ from, to }) => to - from))
  assert.deepEqual([3, 2, 1], [columnsFor(1920, 1080), columnsFor(1024, 768), columnsFor(1920, 2160)])
})

test('the undo button says what it undoes', () => {
  const t = { undo: { 'cards-placed': '{n} til {name}', 'cards-out': '{n} flyttet', 'theme-made': 'nytt {name}' } }
  assert.equal('3 til Buss', undoLabel({ n: 4, did: 'cards-placed', cards: 3, name: 'Buss' }, t))
  assert.equal('3 flyttet', undoLabel({ n: 4, did: 'cards-placed', cards: 3, name: '' }, t))
  assert.equal('nytt Buss', undoLabel({ n: 4, did: 'theme-made', cards: 0, name: 'Buss' }, t))
  assert.equal('', undoLabel(null, t))
})
