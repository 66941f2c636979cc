import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

globalThis.document ??= { documentElement: { lang: 'nb' } }
const { drawingOf, sceneOf, sketchOf } = await import('../../../presenter/activities/drawing.js')
const { stepsOf } = await import('../../../presenter/activities/shared/fields.js')
const { itemRows } = await import('../../../presenter/activities/shared/items.js')
const { optionRows } = await import('../../../presenter/activities/shared/options.js')
const { wordRows } = await import('../../../presenter/activities/shared/texts.js')

const t = {
  option: 'Svar', item: 'Punkt', share: 'Andel', phones: 'Telefoner', people: 'Personer', mean_name: 'Snitt',
  number: 'Nr.', answer: 'Svar', word: 'Ord',
}
const options = [
  { id: 'a', letter: 'A', text: 'Skolen', count: 8, share: 0.8 },
  { id: 'b', letter: 'B', text: 'Torget', count: 2, share: 0.2 },
]
const items = [
  { id: 'a', letter: 'A', text: 'Buss', mean: 3.4, n: 5, spread: [0, 1, 2, 1, 1] },
  { id: 'b', letter: 'B', text: 'Vei', mean: null, n: 0, spread: [0, 0, 0, 0, 0] },
]
const words = [{ text: 'skole', count: 9 }, { text: 'buss', count: 3 }]
const cards = [{ id: '1', text: 'Flere benker' }, { id: '2', text: 'Lys på gangveien' }]
const UNKNOWN = 'light' // a kind that has no file here
const plain = (text) => text.replace('\u00a0', ' ')

test('a kind without a file of its own is drawn by the data of its results', () => {
  assert.deepEqual(Object.keys(drawingOf(UNKNOWN, { options }).scenes), ['bars'])
  assert.deepEqual(Object.keys(drawingOf(UNKNOWN, { items }).scenes), ['scale'])
  assert.deepEqual(Object.keys(drawingOf(UNKNOWN, { words, cards }).scenes), ['wall', 'cloud', 'quiet', 'weighed'])
  assert.deepEqual(Object.keys(drawingOf(UNKNOWN, null).scenes), ['wall', 'cloud', 'quiet', 'weighed'])
})

test('a shape that nobody can draw is shown in the first shape there is', () => {
  const scenes = { bars: () => 'bars', other: () => 'other' }
  assert.equal(sceneOf({ scenes }, 'other'), 'other')
  assert.equal(sceneOf({ scenes }, 'lights'), 'bars')
})

test('a table of a choice has each option with its count and share, and says whether phones or people were counted', () => {
  const table = (counted) => drawingOf('choice', { options }).table({ results: { options, counted } }, t)
  assert.deepEqual(table('people').names, ['Svar', 'Personer', 'Andel'])
  assert.equal(table('phones').names[1], 'Telefoner')
  assert.deepEqual(table('phones').rows.map(([name, count, share]) => [name.letter, name.text, count, plain(share)]),
    [['A', 'Skolen', 8, '80 %'], ['B', 'Torget', 2, '20 %']])
})

test('a table of a scale has a column for each step, and a dash where nobody has answered', () => {
  const { names, rows } = drawingOf('scale', { items }).table({ results: { items }, low: 0, high: 4 }, t)
  assert.deepEqual(names, ['Punkt', 'Snitt', 0, 1, 2, 3, 4])
  assert.deepEqual(rows, [[{ letter: 'A', text: 'Buss' }, '3,4', 0, 1, 2, 1, 1], [{ letter: 'B', text: 'Vei' }, '–', 0, 0, 0, 0, 0]])
})

test('a table of texts lists every answer where answers are on show, else the words by how common they are', () => {
  const results = { words, cards: cards.slice(0, 1), cards_total: 2, counted: 'phones' }
  const { table } = drawingOf('open', results)
  for (const shape of ['wall', 'quiet']) {
    assert.deepEqual(table({ results, shape }, t, () => cards).rows, [[1, { text: 'Flere benker' }], [2, { text: 'Lys på gangveien' }]])
  }
  for (const shape of ['cloud', 'list']) {
    const { names, rows } = table({ results, shape }, t, () => cards)
    assert.deepEqual(names, ['Ord', 'Telefoner'])
    assert.deepEqual(rows, [[{ text: 'skole', word: true }, { bar: 1, figure: 9 }], [{ text: 'buss', word: true }, { bar: 1 / 3, figure: 3 }]])
  }
  assert.deepEqual(table({ results: {}, shape: 'list' }, t, () => []).rows, [])
})

test('a picture of a choice has bars in proportion to their counts', () => {
  const rows = optionRows(options, 'en')
  assert.deepEqual([1, 0.25], rows.map(({ share }) => share))
  assert.deepEqual(['8 (80%)', '2 (20%)'], rows.map(({ figure }) => figure))
  assert.deepEqual(drawingOf('dots', { options }).picture({ results: { options }, lang: 'en' }), { rows })
})

test('a picture of a scale has bars in proportion to its end, and none where nobody answered', () => {
  const rated = [{ letter: 'A', text: 'Buss', mean: 5, spread: [] }, { letter: 'B', text: 'Vei', mean: null, spread: [] }]
  assert.deepEqual([0.5, 0], itemRows(rated, 'nb', 10).map(({ share }) => share))
  assert.deepEqual(['5,0', '–'], itemRows(rated, 'nb', 10).map(({ figure }) => figure))
  assert.deepEqual([0], itemRows([{ ...rated[0], mean: -2 }], 'nb', 3).map(({ share }) => share))
})

test('a picture of words has the most common ones, as many as fit', () => {
  const many = Array.from({ length: 50 }, (_, n) => ({ text: `ord${n}`, count: 50 - n }))
  assert.equal(20, wordRows(many).length)
  assert.equal('ord19', wordRows(many).at(-1).text)
})

test('a picture shows texts in the shape they are shown in, and there is none of nothing', () => {
  const picture = (shown, shape) => drawingOf('words', shown).picture({ results: shown, shape, lang: 'nb' })
  const drawn = [{ text: 'skole' }]
  const results = { words, cards, cards_total: 70, drawn }
  assert.deepEqual(picture(results, 'wall'), { cards, total: 70, shape: 'wall' })
  assert.deepEqual(picture(results, 'quiet'), { cards, total: 70, shape: 'quiet' })
  assert.deepEqual(picture(results, 'cloud'), { words, drawn })
  assert.deepEqual(picture(results, 'list').rows.map(({ figure }) => figure), ['9', '3'])
  assert.deepEqual(picture({ words, cards: [] }, 'quiet').rows.length, 2)
  for (const shape of ['wall', 'cloud', 'list', 'quiet']) assert.equal(picture({ words: [], cards: [] }, shape), null)
})

test('the preview of a scale has its steps, but no endless row of them', () => {
  assert.deepEqual(stepsOf({ low: 1, high: 5 }), [1, 2, 3, 4, 5])
  assert.equal(stepsOf({ low: 0, high: 1000 }).length, 21)
  assert.deepEqual(stepsOf({ low: 1 }), [])
})

test('every kind has a drawing of its result; one without its own has that of its answers', () => {
  page()
  const paths = (kind, writes) => sketchOf(kind, writes).querySelectorAll('path').map((path) => path.getAttribute('d'))
  const own = ['choice', 'consent', 'discuss', 'dots', 'gradient', 'grid', 'group', 'number', 'open', 'pair', 'pin', 'points', 'rank', 'recess', 'scale', 'think', 'words'].map((kind) => paths(kind, '').join())
  assert.equal(new Set(own).size, own.length)
  assert.deepEqual(paths(UNKNOWN, 'choices'), paths('choice', 'choices'))
  assert.deepEqual(paths(UNKNOWN, 'text'), paths('open', 'text'))
  assert.ok(own.every((path) => !path.includes('NaN') && !path.includes('undefined')))
})
