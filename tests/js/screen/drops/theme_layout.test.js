import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../../page.js'

page()
const { dropsFor, flights, lineSpots, themeGrain, themeGrid, way } = await import('../../../../presenter/screen/drops/theme_layout.js')
const { ThemedDrops } = await import('../../../../presenter/screen/drops/themed.js')

const EM = 47.5
const ROW = { width: 820, height: 95 }
const BAND = { width: 1728, height: 90 }
const grain = (largest, open, before = null) => themeGrain({ largest, open, row: ROW, band: BAND, em: EM, before })
const stand = (open, themes) => ({ open, themes: new Map(Object.entries(themes)) })

test('six themes stand in two columns, the only one alone, and a screen with large text holds fewer', () => {
  const box = { width: 1728, height: 560 }
  assert.deepEqual([1, 2, 5, 6, 12].map((n) => themeGrid(n, box, EM)), [
    { rows: 1, columns: 1 }, { rows: 1, columns: 2 }, { rows: 3, columns: 2 }, { rows: 3, columns: 2 }, { rows: 3, columns: 2 }])
  assert.deepEqual(themeGrid(6, box, EM * 1.7), { rows: 2, columns: 2 })
  assert.deepEqual(themeGrid(4, { width: 700, height: 900 }, EM), { rows: 4, columns: 1 })
})

test('every answer has its drop inside its row, as large as the fullest allows, and the same for all', () => {
  for (const [largest, open] of [[1, 0], [18, 91], [45, 160], [400, 900], [3000, 100000]]) {
    const { size, worth } = grain(largest, open)
    for (const [n, { width, height }, justified] of [[largest, ROW, false], [open, BAND, true]]) {
      const spots = lineSpots(dropsFor(n, worth), size, width, justified)
      assert.equal(spots.length, Math.ceil(n / worth))
      assert.ok(spots.every(({ x, y }) => x >= 0 && x + size <= width + 0.01 && y + size <= height + 0.01), `${n}`)
    }
  }
  assert.equal(grain(18, 91).worth, 1)
})

test('drops that have become smaller stay so when an answer is taken out again', () => {
  const full = grain(60, 0)
  assert.ok(full.size < grain(5, 0).size)
  assert.deepEqual(grain(5, 0, full), full)
})

test('what is moved flies from where it was, three at most, and new answers do not fly', () => {
  assert.deepEqual(flights(stand(9, { a: 2 }), stand(8, { a: 3 })), [{ from: null, to: 'a', index: 2 }])
  assert.deepEqual(flights(stand(9, { a: 2 }), stand(4, { a: 2, b: 5 })).map(({ to, index }) => `${to}${index}`), ['b0', 'b1', 'b2'])
  assert.deepEqual(flights(stand(0, { a: 2, b: 1 }), stand(0, { a: 1, b: 2 })), [{ from: 'a', to: 'b', index: 1 }])
  assert.deepEqual(flights(stand(3, { a: 2 }), stand(5, { a: 2 })), [])
  assert.deepEqual(flights(stand(3, { a: 2 }), stand(5, {})), [], 'a theme is given up')
  assert.deepEqual(flights(stand(3, { a: 2 }), stand(3, { a: 3 })), [], 'one that was held back is shown again')
})

test('a way begins where the drop was, rises, and ends in its place', () => {
  const { path, steps } = way({ x: 400, y: 600 }, { x: 900, y: 100 })
  assert.match(path, /^M400 600Q400 \d+ 900 100$/)
  assert.deepEqual([steps[0], steps.at(-1)], [{ x: -500, y: 500 }, { x: 0, y: 0 }])
  const [begun, soon] = [steps[0], steps[2]]
  assert.ok(begun.y - soon.y > 4 * (soon.x - begun.x), 'it rises first')
})

const drawn = () => {
  page({ layout: { clientWidth: () => 800, clientHeight: () => 300 } })
  globalThis.getComputedStyle = () => ({ fontSize: '40px', lineHeight: '1' })
  const drops = new ThemedDrops({ more_themes: ['{n} tema til', '{n} temaer til'], worth: 'Én dråpe er {n} svar.' })
  const show = (ungrouped, ...counts) => drops.show({
    themes: counts.map((answers, index) => ({ id: `t${index}`, name: `Tema ${index}`, answers, people: 1, cards: [] })), ungrouped, step: 'Vi samler.', language: 'nb' })
  return { drops, show, count: (selector) => drops.root.querySelectorAll(selector).length }
}

test('a drop leaves the band for its theme, with a trail; with less motion it only changes place', () => {
  for (const [reduced, flying] of [[false, 1], [true, 0]]) {
    const { drops, show, count } = drawn()
    globalThis.matchMedia = () => ({ matches: reduced })
    show(4, 2)
    assert.deepEqual([count('.open'), count('.row i'), count('.flying')], [4, 2, 0], 'what was there before stands at once')
    show(3, 3)
    assert.deepEqual([count('.open'), count('.row i'), count('.fresh'), count('.flying'), count('.trails path')], [3, 3, 1, flying, flying])
    drops.stop()
  }
})

test('more than six themes are told of, and so is what a drop is worth', () => {
  const { drops, show, count } = drawn()
  show(0, ...Array.from({ length: 9 }, () => 2))
  const shown = count('[data-theme]')
  assert.ok(shown >= 2 && shown <= 6)
  assert.equal(drops.root.querySelector('.aside').textContent, `${9 - shown} temaer til`)
  show(0, 5000)
  show(0, 5000)
  assert.match(drops.root.querySelector('.aside').textContent, /^Én dråpe er \d+ svar\.$/)
  drops.stop()
})
