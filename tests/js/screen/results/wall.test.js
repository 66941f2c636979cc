import assert from 'node:assert/strict'
import test from 'node:test'

import { CardLoader } from '../../../../presenter/screen/results/card_loader.js'
import { cardPages, cardsToShow, rowPages, splitText, wallPages } from '../../../../presenter/screen/results/wall_pages.js'

const all = (pages) => pages.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n))
const upTo = (n) => Array.from({ length: n }, (_, i) => i)

test('rows that do not fit come on the next page', () => {
  assert.deepEqual([{ from: 0, to: 2 }, { from: 2, to: 4 }], rowPages([10, 20, 15, 15], 30))
  assert.deepEqual([], rowPages([], 30))
})

test('a row taller than the page has a page of its own', () => {
  assert.deepEqual([{ from: 0, to: 1 }, { from: 1, to: 2 }, { from: 2, to: 3 }], rowPages([10, 99, 10], 30))
})

test('short cards stand in even rows, twelve at most', () => {
  const pages = cardPages(upTo(30).map(() => 10), { columns: 3, room: 100 })
  assert.deepEqual([12, 12, 6], pages.map(({ from, to }) => to - from))
  assert.ok(pages.every(({ columns }) => columns === null))
})

test('one long card does not push the rest to the next page', () => {
  const [page] = cardPages([20, 95, 20, 20, 20, 20, 20, 20], { columns: 3, room: 100 })
  assert.equal(8, page.to)
  assert.deepEqual(upTo(8), page.columns.flat().sort((a, b) => a - b))
})

test('every card is on exactly one page, and no column is too tall', () => {
  let seed = 11
  const heights = upTo(150).map(() => 20 + (seed = (seed * 48271) % 2147483647) % 75)
  for (const columns of [2, 3]) {
    const pages = cardPages(heights, { columns, room: 100 })
    assert.deepEqual(upTo(150), all(pages))
    for (const page of pages) {
      assert.ok(page.to - page.from <= 12)
      for (const column of page.columns ?? []) assert.ok(column.reduce((sum, place) => sum + heights[place], 0) <= 100)
    }
  }
})

test('an answer too long for a page is cut between words', () => {
  assert.deepEqual(['Kom til oss …', '… i grendehuset'], splitText('Kom til oss i grendehuset'))
})

test('an answer without spaces is cut between characters, and no emoji is broken', () => {
  const [first, second] = splitText('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧')
  assert.equal('👩‍👩‍👧👩‍👩‍👧…', first)
  assert.equal('…👩‍👩‍👧👩‍👩‍👧', second)
})

test('cards beyond the first ones are fetched once, and again when something has changed', async () => {
  const stored = upTo(450).map((n) => ({ id: String(n), text: `Svar ${n}` }))
  const asked = []
  let told
  const changed = () => told()
  const cards = new CardLoader(async (offset, limit) => {
    asked.push(offset)
    return { total: stored.length, cards: stored.slice(offset, offset + limit) }
  }, changed)
  const results = { cards: stored.slice(0, 60), cards_total: 450 }
  const come = new Promise((done) => (told = done))
  assert.equal(60, cards.get(results, 'a 1').length)
  await come
  assert.deepEqual(stored, cards.get(results, 'a 1'))
  assert.deepEqual([60, 260], asked)
})

test('a card that was withheld is not shown again from those fetched before', async () => {
  let told
  const cards = new CardLoader(async (offset) => ({ cards: offset < 70 ? upTo(10).map((n) => ({ id: String(60 + n) })) : [] }), () => told())
  const first = upTo(60).map((n) => ({ id: String(n) }))
  const come = new Promise((done) => (told = done))
  cards.get({ cards: first, cards_total: 70 }, 'a 1')
  await come
  assert.equal(65, cards.get({ cards: first, cards_total: 65 }, 'a 1').length)
})
