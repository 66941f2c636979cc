import assert from 'node:assert/strict'
import test from 'node:test'

import { page, settled } from '../../page.js'

page()
const { ResultPicture } = await import('../../../../presenter/console/answers/result_picture.js')
const { Results, ThemesPicture, pictureFoot, resultElements } = await import('../../../../presenter/console/answers/results.js')

const t = { saved_part: 'Bilde {part} er lastet ned', saved_image: 'Bildet er lastet ned', n_of: '{n} av {of}', n_answers: ['{n} svar', '{n} svar'], results_shown: 'Vises', results_hidden: 'Bare du ser' }

/** The buttons, and what was saved: the name and the SVG of each file. */
const picturesWith = (cards = []) => {
  const $ = page({ ids: { 'picture-part': 'p', 'picture-png': 'button', 'picture-svg': 'button' } })
  $('picture-svg').textContent = 'Lagre som SVG'
  const [saved, notes] = [[], []]
  const made = $.document.createElement
  $.document.createElement = (tag) => Object.assign(made(tag), tag === 'canvas' ? { getContext: () => ({ measureText: (text) => ({ width: text.length * 50 }) }) } : {})
  globalThis.URL.createObjectURL = (blob) => (saved.push(blob), 'blob:x')
  globalThis.URL.revokeObjectURL = () => {}
  globalThis.fetch = async (url) => {
    const offset = Number(new URL(url, 'http://x').searchParams.get('offset'))
    return cards ? { ok: true, json: async () => ({ cards: cards.slice(offset, offset + 200) }) } : { ok: false }
  }
  return { $, saved, notes, picture: new ResultPicture({ code: '25054015', note: (text) => notes.push(text), t }) }
}
const shown = { kind: 'open', question: 'Hva nå?', foot: 'Møtet', lang: 'nb', shape: 'wall' }
const answers = (n) => Array.from({ length: n }, (_, at) => ({ id: `${at}`, text: `Svar ${at} om benker, busser og lys langs gangveien til skolen` }))

test('a long wall is saved sheet by sheet, one for each press, with every answer on one', async () => {
  const all = answers(60)
  const { $, saved, notes, picture } = picturesWith(all)
  picture.show({ ...shown, results: { words: [], cards: all.slice(0, 20), cards_total: 60 } })
  const texts = []
  for (let presses = 0; presses < 9 && ($('picture-svg').textContent !== 'Lagre som SVG' || !presses); presses += 1) {
    await $('picture-svg').click()
    await settled()
    texts.push(await saved.at(-1).text())
  }
  assert.ok(texts.length > 1)
  for (const { id } of all) assert.equal(texts.filter((text) => text.includes(`>Svar ${id} `)).length, 1, id)
  assert.deepEqual(notes, [...texts.slice(1).map((_, n) => `Bilde ${n + 1} av ${texts.length} er lastet ned`), 'Bildet er lastet ned'])
  assert.match(texts[0], new RegExp(`Møtet · 1 av ${texts.length}<`))
})

test('where the server gives no further answers, the picture says how many of them it has', async () => {
  const { $, saved, picture } = picturesWith(null)
  picture.show({ ...shown, results: { words: [], cards: answers(3), cards_total: 60 } })
  await $('picture-svg').click()
  await settled()
  assert.match(await saved[0].text(), /Møtet \(3 av 60\)</)
})

test('the next question begins with its own first sheet', async () => {
  const all = answers(60)
  const { $, picture } = picturesWith(all)
  const results = { words: [], cards: all, cards_total: 60 }
  picture.show({ ...shown, results })
  await $('picture-svg').click()
  await settled()
  assert.match($('picture-svg').textContent, /Lagre som SVG \(2 av \d\)/)
  picture.show({ ...shown, results, foot: 'Møtet · 61 svar' })
  assert.match($('picture-svg').textContent, /\(2 av/, 'a new answer does not begin it anew')
  picture.show({ ...shown, results, question: 'Noe mer?' })
  assert.equal($('picture-svg').textContent, 'Lagre som SVG')
})

test('there are no buttons where there is nothing to save', () => {
  const { $, picture } = picturesWith()
  picture.show({ ...shown, results: { words: [], cards: [], cards_total: 0 } })
  assert.ok($('picture-part').hidden)
  picture.show({ ...shown, kind: 'choice', shape: 'bars', results: { options: [{ letter: 'A', text: 'x', count: 1, share: 1 }] } })
  assert.ok(!$('picture-part').hidden)
})

test('the facilitator sees results before they are shown, and is told which of the two it is', () => {
  const elements = (more) => resultElements({ results: null, hidden_results: null, counts: { answers: 3 }, ...more }, t)
  assert.deepEqual(elements({ hidden_results: {} }), { 'results-say': { text: 'Bare du ser' }, pages: { hidden: true } })
  assert.deepEqual(elements({ results: {} })['results-say'], { text: 'Vises' })
  assert.deepEqual(elements({}), {})
  assert.deepEqual(elements({ results: {}, counts: { answers: 0 } }), {})
})

const WORDS = ['words-part', 'quiet-part', 'words-all', 'words-undo', 'words-rest', 'word-merge', 'word-close', 'word-detail', 'words', 'word-forms', 'word-forms-say', 'quiet-say', 'quiet-said', 'quiet-rest']

test('results of a kind without a file are drawn small by their data, and only when they have changed', () => {
  const ids = ['results-part', 'results-say', 'pages', 'results', 'shapes', 'picture-part', 'picture-png', 'picture-svg', ...WORDS]
  const $ = page({ ids: Object.fromEntries(ids.map((id) => [id, 'div'])), strings: { 'words-strings': {} } })
  const results = new Results({ code: '25054015', t: { ...t, shapes: {} }, act: () => {}, press: () => {}, note: () => {} })
  const view = { kind: 'light', shape: 'lights', language: 'nb', title: 'Møtet', counts: { answers: 3 }, results: { shapes: ['lights'], options: [{ letter: 'A', text: 'Rødt', count: 3, share: 1 }] } }
  results.show(view)
  const row = $('results').querySelector('li')
  assert.match(row.textContent, /A Rødt3 100.%/)
  results.show(view)
  assert.equal($('results').querySelector('li'), row)
  assert.ok($('words-part').hidden)
})

test('themes are saved as a picture of their own, once there are some', () => {
  const $ = page({ ids: { 'themes-picture-part': 'p', 'themes-picture-png': 'button', 'themes-picture-svg': 'button' } })
  const themes = new ThemesPicture({ code: '25054015', t, note: () => {} })
  themes.show({ question: '', title: 'Møtet', board: null, language: 'nb' })
  assert.ok($('themes-picture-part').hidden)
  themes.show({ question: '', title: 'Møtet', board: { answers: 3, themes: [{ name: 'Buss', answers: 3, cards: [] }] }, language: 'nb' })
  assert.ok(!$('themes-picture-part').hidden)
  assert.equal(pictureFoot('Møtet', 3, t), 'Møtet · 3 svar')
})
