import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../../page.js'

page()
const { drawingOf } = await import('../../../../presenter/activities/drawing.js')
const { Bars, Scale } = await import('../../../../presenter/screen/results/bars.js')
const { Cloud } = await import('../../../../presenter/screen/results/cloud.js')
const { Table } = await import('../../../../presenter/screen/results/table.js')
const { Wall, seenPaths } = await import('../../../../presenter/screen/results/wall.js')

const t = {
  nobody: 'Ingen har stemt ennå.', tie: 'Likt', option: 'Svar', phones: 'Telefoner', share: 'Andel', word: 'Ord', mean: 'i snitt', from_to: 'Fra {low} til {high}', also: 'Også:', and_more: 'og {n} til', words_more: '{n} ord til',
}
const frame = { epoch: 'e', position: 1 }
const ROW = 100 // px of every row and card, on a page of 450 px
const layout = { clientHeight: (element) => (element.matches('.scene, .bars, .scale, .cloud, .cards') ? 450 : element.matches('thead') ? 50 : ROW) }
const options = (n) => Array.from({ length: n }, (_, at) => ({ id: `${at}`, letter: String.fromCharCode(65 + at), text: `Valg ${at}`, count: n - at, share: (n - at) / n }))
const visible = (elements) => elements.filter(({ hidden }) => !hidden).length

const viewOf = (more, state = 'results') => ({ state, results: { options: more } })
const letters = (bars) => bars.root.querySelectorAll('.letter').map(({ textContent }) => textContent).join('')
const opened = () => {
  page({ layout })
  globalThis.getComputedStyle = () => ({ fontSize: '40px', lineHeight: '1', rowGap: '0' })
  return new Bars(t)
}
const layoutWide = { ...layout, clientWidth: () => 1000 }
const counted = (...counts) => options(counts.length).map((option, at) => ({ ...option, count: counts[at], share: 0.1 }))

test('options that do not fit on one page stand on the next, and every one is on one', () => {
  const bars = opened()
  bars.show(viewOf(options(6)))
  const rows = bars.root.querySelector('.bars').children
  assert.deepEqual([bars.pages, visible(rows)], [{ at: 0, of: 2 }, 4])
  assert.ok(bars.turn(1))
  assert.deepEqual([bars.pages.at, visible(rows)], [1, 2])
  assert.ok(!bars.turn(2) && !bars.turn(-1))
})

test('a vote is a drop, and one that comes moves no other', () => {
  page({ layout: layoutWide })
  globalThis.getComputedStyle = () => ({ fontSize: '40px', rowGap: '0' })
  const bars = new Bars(t)
  bars.show(viewOf(counted(2, 1), 'write'))
  const row = bars.root.querySelector('li')
  const before = row.querySelectorAll('.vote')
  assert.deepEqual([before.length, row.querySelectorAll('.fell').length], [2, 0])
  bars.show(viewOf(counted(3, 1), 'write'))
  assert.equal(bars.root.querySelector('li'), row)
  assert.deepEqual(row.querySelectorAll('.vote').slice(0, 2), before)
  assert.deepEqual([row.querySelectorAll('.fell').length, row.querySelector('b.num').textContent], [1, '3'])
  bars.show(viewOf(counted(61, 1), 'write'))
  assert.deepEqual(bars.root.querySelectorAll('.votes .bar').map(({ style }) => Number(style['--part'])), [1, 1 / 61])
  assert.equal(bars.root.querySelectorAll('.vote').length, 0)
})

test('while people vote, options stay in their order; afterwards the largest count comes first, and ties are told', () => {
  const bars = opened()
  bars.show(viewOf(counted(1, 5, 5, 0), 'write'))
  assert.equal(letters(bars), 'ABCD')
  bars.show(viewOf(counted(1, 5, 5, 0)))
  assert.equal(letters(bars), 'BCAD')
  assert.deepEqual(bars.root.querySelectorAll('.tie').map(({ textContent }) => textContent), ['Likt', 'Likt', '', ''])
  assert.equal(bars.root.querySelectorAll('.top').length, 2)
  const late = opened()
  late.show(viewOf(counted(1, 5, 5, 0)))
  assert.equal(letters(late), 'BCAD', 'who opens the screen later sees the order at once')
})

test('at the reveal all votes fall in the order of the options, and then the rows change places', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  page({ layout: layoutWide })
  globalThis.getComputedStyle = () => ({ fontSize: '40px', rowGap: '0' })
  const bars = new Bars(t)
  bars.root.classList.add('revealed')
  bars.show(viewOf(counted(1, 5)))
  assert.deepEqual([letters(bars), bars.root.querySelectorAll('.fell').length], ['AB', 6])
  context.mock.timers.tick(1600)
  assert.deepEqual([letters(bars), bars.root.querySelectorAll('.fell').length], ['BA', 0])
})

test('where nobody has voted the screen says so, and calls nothing a tie', () => {
  const bars = opened()
  bars.show(viewOf(counted(0, 0)))
  assert.equal(bars.root.querySelector('.nobody').hidden, false)
  assert.ok(!bars.root.textContent.includes('Likt'))
  bars.show(viewOf(counted(0, 1)))
  assert.ok(bars.root.querySelector('.nobody').hidden)
})

test('a scale shows its ends in words where it has some, and how often each step was given', () => {
  page({ layout })
  const scale = new Scale(t)
  const results = { items: [{ id: 'a', letter: 'A', text: 'Buss', mean: 2.5, spread: [0, 2, 2] }] }
  scale.show({ results, low: 1, high: 3, labels: ['Nei', 'Ja'] })
  assert.equal(scale.root.querySelector('.ends').textContent, '1 = Nei · 3 = Ja')
  assert.deepEqual(scale.root.querySelectorAll('.spread li').map(({ textContent }) => textContent), ['1', '22', '23'])
  assert.equal(scale.root.querySelector('.mean').textContent, '2,5 i snitt')
  scale.show({ results, low: 1, high: 3, labels: [] })
  assert.equal(scale.root.querySelector('.ends').textContent, 'Fra 1 til 3')
})

const tableOf = (kind, view, tools = {}) => {
  const table = new Table({ t, cards: { get: () => [], stop() {} }, ...tools }, drawingOf(kind, view.results).table)
  table.show({ question: 'Hva nå?', ...view }, frame)
  return table
}

test('any result can be read as a table, in pages below its head', () => {
  page({ layout })
  const table = tableOf('choice', { results: { options: options(5), counted: 'phones' } })
  assert.equal(table.root.querySelector('caption').textContent, 'Hva nå?')
  assert.deepEqual(table.root.querySelectorAll('thead th').map(({ textContent }) => textContent), ['Svar', 'Telefoner', 'Andel'])
  assert.equal(table.root.querySelector('tbody tr').textContent.replace('\u00a0', ' '), 'A Valg 05100 %')
  assert.deepEqual([table.pages, visible(table.root.querySelector('tbody').children)], [{ at: 0, of: 2 }, 4])
})

test('from a word in the list one comes to its answers', async () => {
  page({ layout })
  const picked = []
  const table = tableOf('words', { results: { words: [{ text: '<i>buss</i>', count: 3 }], counted: 'phones' }, shape: 'list' }, { pickWord: (word) => picked.push(word) })
  await table.root.querySelector('button.word').click()
  assert.deepEqual(picked, ['<i>buss</i>'])
})

const wallOf = (first) => {
  const wall = new Wall({ get: (results) => results.cards, again() {}, stop() {} })
  const showOnce = (shown) => wall.show({ results: { cards: shown }, shape: 'wall' }, frame)
  const showWall = (shown) => {
    showOnce(shown)
    while (wall.growing) showOnce(shown)
  }
  showWall(first)
  return { wall, show: showWall, texts: () => wall.root.querySelector('.cards').querySelectorAll('[data-card]').map(({ textContent }) => textContent) }
}
const cards = (n) => Array.from({ length: n }, (_, at) => ({ id: `${at}`, text: `Svar ${at}` }))

test('a wall shows twelve cards on a page, and all of them in turn', () => {
  page({ layout })
  const { wall, texts } = wallOf(cards(20))
  assert.deepEqual([wall.pages, texts().length], [{ at: 0, of: 2 }, 12])
  wall.turn(1)
  assert.deepEqual(texts(), cards(20).slice(12).map(({ text }) => text))
})

test('the first page of a wall stands before the others are measured, and tells of all answers', () => {
  page({ layout })
  const asked = []
  const wall = new Wall({ get: (results) => results.cards, again: (afterMs) => asked.push(afterMs), stop() {} })
  wall.root.classList.add('revealed')
  const show = () => wall.show({ results: { cards: cards(40) }, shape: 'wall' }, frame)
  show()
  assert.equal(wall.root.querySelector('.cards').querySelectorAll('[data-card]').length, 12)
  assert.deepEqual([wall.growing, wall.pages, wall.seen, asked], [true, { at: 0, of: 2 }, { n: 12, of: 40 }, [1500]])
  assert.equal(wall.turn(1), false)
  for (let n = 0; wall.growing && n < 9; n += 1) show()
  assert.deepEqual([wall.growing, wall.pages], [false, { at: 0, of: 4 }])
})

test('the drops below a wall tell what has been shown, what is on show, and what is still to come', () => {
  const paths = seenPaths({ from: 4, to: 6, seen: 6, of: 10 }, 4, 20)
  const drops = (path) => path.match(/M[^v]+/g) ?? []
  assert.deepEqual([drops(paths.read).length, drops(paths.now), drops(paths.come).length], [4, ['M0.0 36.0', 'M20.0 36.0'], 4])
})

test('when answers are withheld and the last page is gone, the one before it is shown', () => {
  page({ layout })
  const { wall, show, texts } = wallOf(cards(20))
  wall.turn(1)
  show(cards(3))
  assert.deepEqual([wall.pages, texts().length], [{ at: 0, of: 1 }, 3])
  show([])
  assert.equal(texts().length, 0)
})

test('a new card fades in beside those that stay; on another page all appear at once', () => {
  page({ layout })
  const { wall, show } = wallOf(cards(2))
  const fresh = () => wall.root.querySelectorAll('.new').map(({ textContent }) => textContent)
  assert.deepEqual(fresh(), [])
  show([{ id: 'x', text: 'Nytt' }, ...cards(2)])
  assert.deepEqual(fresh(), ['Nytt'])
  show([{ id: 'x', text: 'Nytt' }, ...cards(20)])
  wall.turn(1)
  assert.deepEqual(fresh(), [])
})

test('a cloud has each word once, the common ones bold and with their count, and lists those without a place', async () => {
  const wide = (element) => (element.matches('.cloud') ? 1700 : element.matches('.unplaced') ? 2000 : element.textContent.length * 20)
  page({ layout: { clientWidth: wide, offsetWidth: wide, clientHeight: () => 600 } })
  const picked = []
  const cloud = new Cloud(t, (word) => picked.push(word))
  const words = [{ text: 'tillit', count: 16 }, { text: 'humor', count: 9 }, { text: 'tid', count: 1 }]
  cloud.show({ results: { words, words_total: 3 } })
  const drawn = () => cloud.root.querySelectorAll('li').map((item) => [item.dataset.word, item.classList.contains('loud'), item.querySelector('small').textContent])
  assert.deepEqual(drawn(), [['tillit', true, '16'], ['humor', true, '9'], ['tid', false, '']])
  assert.equal(cloud.root.querySelector('.unplaced').textContent, '')
  const before = cloud.root.querySelectorAll('li')
  cloud.show({ results: { words: [...words, { text: 'ro', count: 1 }], words_total: 40 } })
  assert.deepEqual(cloud.root.querySelectorAll('li').slice(0, 3), before, 'words are never drawn anew')
  assert.match(cloud.root.querySelector('.unplaced').textContent, /36 ord til/)
  await before[0].querySelector('button').click()
  assert.deepEqual(picked, ['tillit'])
  cloud.show({ results: { words: words.slice(1), words_total: 2 } })
  assert.equal(drawn().length, 2)
  cloud.stop()
})
