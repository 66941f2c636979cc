import assert from 'node:assert/strict'
import test from 'node:test'

import { layout, wordKey } from '../../../../presenter/screen/results/cloud_layout.js'

const SYLLABLES = 'til lit gren de møte plass ær lig het opp føl ging tid ung dom språk dug nad by liv vei nær vært sam'.split(' ')

/** Words of two to four syllables, the same every time. */
const words = (n) =>
  Array.from({ length: n }, (_, i) => ({
    text: [0, 1, 2, 3].slice(0, 2 + (i % 3)).map((j) => SYLLABLES[(i * (j + 3) + j * j * 5 + (i >> 3)) % SYLLABLES.length]).join('') + (i > 40 ? 'a' : ''),
    count: Math.max(1, Math.round(19 / (1 + i * 0.6))),
  }))

const measure = (text, size) => ({ width: text.length * size * 0.56 + 28, height: size * 1.1 + 5 })
const picture = { width: 1728, height: 640, minSize: 47.5, maxSize: 140, measure }
const half = ({ width, height }) => [width / 2, height / 2]

const grow = (start, rounds) => {
  let previous = layout(start, picture)
  for (let n = 0; n < rounds && !previous.settled; n += 1) previous = layout(start, { ...picture, previous })
  return previous
}

/** How far, on average, words that did not change themselves moved. */
const moved = (before, after, but) => {
  const places = new Map(before.placed.map((word) => [word.text, word]))
  const far = after.placed
    .filter((word) => word.text !== but && places.has(word.text))
    .map((word) => Math.hypot(word.x - places.get(word.text).x, word.y - places.get(word.text).y))
  return far.reduce((sum, one) => sum + one, 0) / far.length
}

const assertWhole = (result, given) => {
  for (const word of result.placed) {
    const [w, h] = half(word)
    assert.ok(word.x - w > -0.1 && word.x + w < picture.width + 0.1, `${word.text} stands outside`)
    assert.ok(word.y - h > -0.1 && word.y + h < picture.height + 0.1, `${word.text} stands outside`)
    assert.ok(word.size >= picture.minSize)
  }
  result.placed.forEach((a, i) =>
    result.placed.slice(i + 1).forEach((b) => {
      const apart = Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - 0.1 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2 - 0.1
      assert.ok(apart, `${a.text} covers ${b.text}`)
    }),
  )
  const all = [...result.placed, ...result.unplaced].map((word) => word.text).sort()
  assert.deepEqual(given.map((word) => word.text).sort(), all)
}

test('no word covers another, none is missing, none is too small', () => {
  for (const n of [0, 1, 2, 15, 40, 60, 100]) assertWhole(layout(words(n), picture), words(n))
})

test('forty words of everyday length fit at once', () => {
  assert.deepEqual([], layout(words(40), picture).unplaced)
})

test('a word’s area follows the number of its answers', () => {
  const { placed } = layout([{ text: 'tillit', count: 16 }, { text: 'humor', count: 9 }, { text: 'tid', count: 4 }], picture)
  const shares = placed.map((word) => (word.size / placed[0].size) ** 2)
  shares.forEach((share, i) => assert.ok(Math.abs(share - [1, 9 / 16, 4 / 16][i]) < 0.02 || placed[i].size === picture.minSize))
})

test('a single answer is not the largest word there can be', () => {
  assert.ok(layout([{ text: 'kaffe', count: 1 }], picture).placed[0].size < picture.maxSize / 1.5)
})

test('a new word leaves the others where they are', () => {
  const before = grow(words(60), 20)
  for (const text of ['ro', 'åpenhet', 'møteplasser for alle']) {
    const given = [...words(60), { text, count: 1 }]
    const after = layout(given, { ...picture, previous: before })
    assertWhole(after, given)
    assert.ok(moved(before, after, text) < 5, `${text}: ${moved(before, after, text)} px`)
  }
})

test('each of sixty words may grow, and the others stay where they are', () => {
  const before = grow(words(60), 20)
  for (const { text } of words(60)) {
    const given = words(60).map((word) => (word.text === text ? { text, count: word.count + 1 } : word)).sort((a, b) => b.count - a.count)
    const after = layout(given, { ...picture, previous: before })
    assertWhole(after, given)
    assert.ok(moved(before, after, text) < 5, `${text}: ${moved(before, after, text)} px`)
  }
})

test('a cloud that grows answer by answer never jumps', () => {
  const counts = new Map()
  let previous = null
  let seed = 7
  const far = []
  for (let n = 0; n < 400; n += 1) {
    seed = (seed * 48271) % 2147483647
    const { text } = words(60)[Math.floor(60 * (seed / 2147483647) ** 2)]
    counts.set(text, (counts.get(text) ?? 0) + 1)
    const given = [...counts].map(([word, count]) => ({ text: word, count })).sort((a, b) => b.count - a.count)
    const after = layout(given, { ...picture, previous })
    assertWhole(after, given)
    if (previous && counts.size > 30) far.push(moved(previous, after, text))
    previous = after
  }
  far.sort((a, b) => a - b)
  assert.ok(far.at(-1) < 5, `worst ${far.at(-1)}`)
})

test('a word from more answers takes the place of one from fewer', () => {
  const before = layout(words(100), picture)
  const fewest = Math.min(...before.placed.map((word) => word.count))
  const late = { text: 'samarbeidsavtale', count: fewest + 6 }
  const after = layout([...words(100), late].sort((a, b) => b.count - a.count), { ...picture, previous: before })
  assert.ok(after.placed.some((word) => word.text === late.text))
})

test('a phrase that is wider than the picture is listed, not squeezed in', () => {
  const text = 'en helhetlig tilnærming til dialog med innbyggere i alle tettstedene våre'
  assert.deepEqual([{ text, count: 3 }], layout([{ text, count: 3 }], picture).unplaced)
})

test('a long phrase from many answers is in the picture before words from fewer, and makes no other word smaller', () => {
  const phrase = { text: 'bedre busstilbud til skolen og sentrum', count: 8 }
  const others = words(30).map((word) => ({ ...word, count: Math.min(word.count, 7) }))
  for (const [width, height, minSize, maxSize] of [[1728, 640, 47.5, 140], [905, 420, 33.8, 100]]) {
    const space = { ...picture, width, height, minSize, maxSize }
    const { placed } = layout([phrase, ...others], space)
    const word = placed.find(({ text }) => text === phrase.text)
    assert.ok(word, `${width}`)
    assert.ok(word.x - word.width / 2 >= -0.1 && word.x + word.width / 2 <= width + 0.1)
    assert.ok(word.size >= minSize)
    const few = [{ text: 'tillit', count: 8 }, { text: 'lys', count: 5 }]
    const size = (given) => layout(given, space).placed.find(({ text }) => text === 'tillit').size
    assert.equal(size(few), size([{ ...phrase, count: 8 }, ...few]))
  }
})

test('the same words give the same cloud', () => {
  assert.deepEqual(layout(words(60), picture), layout(words(60), picture))
})

test('a word keeps its place when another spelling wins', () => {
  const before = layout([{ text: 'Tillit', count: 2 }, { text: 'tid', count: 1 }], picture)
  const after = layout([{ text: 'tillit', count: 2 }, { text: 'tid', count: 1 }], { ...picture, previous: before })
  assert.equal(wordKey('Tillit'), wordKey('tillit'))
  assert.deepEqual([before.placed[0].x, before.placed[0].y], [after.placed[0].x, after.placed[0].y])
})
