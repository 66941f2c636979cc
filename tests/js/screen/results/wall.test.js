import assert from 'node:assert/strict'
import test from 'node:test'

import { CardLoader } from '../../../../presenter/screen/results/card_loader.js'
import { cardPages, cardsToShow, cardsUntil, rowPages, splitText, wallPages } from '../../../../presenter/screen/results/wall_pages.js'
import { unbrokenNumbers } from '../../../../presenter/shared/figures.js'
import { settled } from '../../page.js'

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
  const heights = upTo(150).map(() => {
    seed = (seed * 48271) % 2147483647
    return 20 + seed % 75
  })
  for (const columns of [2, 3]) {
    const pages = cardPages(heights, { columns, room: 100 })
    assert.deepEqual(upTo(150), all(pages))
    for (const page of pages) {
      assert.ok(page.to - page.from <= 12)
      for (const column of page.columns ?? []) assert.ok(column.reduce((sum, place) => sum + heights[place], 0) <= 100)
    }
  }
})

test('the foot of a page is filled, even for one card more', () => {
  const [page] = cardPages([50, 20, 20, 20, 20, 20, 20, 40], { columns: 3, room: 100 })
  assert.equal(page.to, 8)
})

test('an answer that is cut into several cards has been shown once', () => {
  const items = ['a', 'b', 'c', 'c', 'd'].map((id) => ({ id }))
  assert.deepEqual([0, 2, 3, 4, Infinity].map((to) => cardsUntil(items, to)), [0, 2, 3, 3, 4])
})

test('no line ends inside a number, or between a number and its unit', () => {
  const shown = (text) => unbrokenNumbers(text).replaceAll('\u00a0', '_')
  assert.equal(shown('for 400 000 kroner i 2027'), 'for 400_000_kroner i 2027')
  assert.equal(shown('1 200 000 kr'), '1_200_000_kr')
  assert.equal(shown('50 %'), '50_%')
  assert.equal(shown('buss 12 100 ganger, 24 timer, 3 krattskoger'), 'buss 12_100 ganger, 24 timer, 3 krattskoger')
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

test('cards that nobody showed for a while are fetched again when they are shown', async () => {
  const stored = upTo(70).map((n) => ({ id: String(n) }))
  const asked = []
  let told
  const cards = new CardLoader(async (offset) => (asked.push(offset), { cards: stored.slice(offset) }), () => told())
  const results = { cards: stored.slice(0, 60), cards_total: 70 }
  cards.get(results, 'a 1', 'wall')
  cards.stop() // another scene took over before they were fetched
  const come = new Promise((done) => (told = done))
  cards.get(results, 'a 1', 'wall')
  await come
  assert.deepEqual(asked, [60])
  assert.deepEqual(stored, cards.get(results, 'a 1', 'wall'))
  assert.deepEqual(results.cards, cards.get(results, 'a 1', 'quiet'), 'another picture has other cards')
})

test('no card is shown twice when a view brings more of them than the one before', async () => {
  const stored = upTo(70).map((n) => ({ id: String(n) }))
  let told
  const cards = new CardLoader(async (offset) => ({ cards: stored.slice(offset) }), () => told())
  const come = new Promise((done) => (told = done))
  cards.get({ cards: stored.slice(0, 50), cards_total: 70 }, 'a 1')
  await come
  assert.deepEqual(stored, cards.get({ cards: stored.slice(0, 55), cards_total: 70 }, 'a 1'))
  assert.deepEqual(stored.slice(0, 65), cards.get({ cards: stored.slice(0, 60), cards_total: 65 }, 'a 1'))
})

test('what the server can’t give now is asked for again, and what it gave is shown meanwhile', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const stored = upTo(470).map((n) => ({ id: String(n) }))
  const asked = []
  let works = false
  const cards = new CardLoader(async (offset, limit) => {
    asked.push(offset)
    return offset < 200 || works ? { cards: stored.slice(offset, offset + limit) } : null
  }, () => {})
  const shown = () => cards.get({ cards: stored.slice(0, 60), cards_total: 470 }, 'a 1')
  const later = async () => (t.mock.timers.tick(1000), settled())
  shown()
  await later()
  assert.deepEqual(stored.slice(0, 260), shown())
  works = true
  await later()
  assert.deepEqual(stored, shown())
  assert.deepEqual(asked, [60, 260, 60, 260, 460])
})

/** Heights of 10 px for each 20 characters in a column, of 10 px for each 60 on a wide card. */
const heightOf = (text, wide) => Math.ceil(text.length / (wide ? 60 : 20)) * 10
const laidOut = (texts, room = 50) => cardsToShow(texts.map((text, id) => ({ id, text })), room, heightOf)

test('a card too tall for a column gets a page of its own, after the others', () => {
  const items = laidOut(['kort', 'x'.repeat(130), 'også kort'])
  assert.deepEqual(items.map(({ id, wide }) => [id, wide]), [[0, false], [2, false], [1, true]])
  assert.deepEqual(wallPages(items, { columns: 2, room: 50, heightOf }), [{ from: 0, to: 2, columns: null }, { from: 2, to: 3, columns: null }])
})

test('an answer too long for a whole page goes over several, and no word of it is lost', () => {
  const text = Array.from({ length: 120 }, (_, n) => `ord${n}`).join(' ')
  const items = laidOut([text])
  assert.ok(items.length > 1 && items.every(({ id, wide, text: part }) => id === 0 && wide && heightOf(part, true) <= 50))
  assert.deepEqual(items.flatMap((item) => item.text.replaceAll('…', '').trim().split(/\s+/)), text.split(' '))
  assert.equal(wallPages(items, { columns: 3, room: 50, heightOf }).length, items.length)
})

test('a text is not cut into crumbs where even little of it is too tall', () => {
  assert.ok(laidOut(['y'.repeat(100)], 5).every(({ text }) => text.length >= 10))
  assert.deepEqual(wallPages([], { columns: 3, room: 50, heightOf }), [])
})
