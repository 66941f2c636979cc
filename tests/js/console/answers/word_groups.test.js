import assert from 'node:assert/strict'
import test from 'node:test'

import { page, settled } from '../../page.js'

page()
const { WordGroups } = await import('../../../../presenter/console/answers/word_groups.js')
const { drawShapes } = await import('../../../../presenter/console/answers/shapes.js')

const STRINGS = {
  title: 'Sagt med «{word}»', split: 'Tell for seg', merge: 'Tell som ett', merge_title: 'Med hvilket?', merge_text: '', merge_field: 'Ordet', all: 'Vis alle {n}', fewer: 'Færre',
  more: '{n} ord til', more_answers: 'og {n} til', lift: 'Løft', quiet: ['{n} stille', '{n} stille'], undo: { merged: 'Angre: «{word}»', gone: 'Angre ordene' },
}
const CONFIRM = ['', '-title', '-text', '-quote', '-ask', '-label', '-field', '-yes'].map((part) => `sure${part}`)
const IDS = ['words-part', 'quiet-part', 'words-all', 'words-undo', 'words-rest', 'word-merge', 'word-close', 'word-detail', 'word-title', 'word-forms', 'word-forms-say',
  'word-names', 'word-said', 'word-rest', 'quiet-say', 'quiet-said', 'quiet-rest', ...CONFIRM]

const partWith = (answers = { total: 0, cards: [] }) => {
  const $ = page({ ids: { words: 'ul', ...Object.fromEntries(IDS.map((id) => [id, id.startsWith('word-') && id.endsWith('e') ? 'button' : 'div'])) }, strings: { 'words-strings': STRINGS } })
  const [sent, asked] = [[], []]
  globalThis.fetch = async (url) => (asked.push(url), { ok: true, json: async () => answers })
  const part = new WordGroups({ code: '25054015', act: async (action) => (sent.push(action), true), lift: (id) => sent.push({ lift: id }) })
  return { $, part, sent, asked, button: (word) => $('words').querySelector(`[data-word="${word}"]`), listed: () => $('words').children.map(({ textContent }) => textContent) }
}
const view = { activity: 'a1', shape: 'cloud', position: 4, language: 'nb', results: {}, words_undo: null }
const words = (n) => Array.from({ length: n }, (_, at) => ({ text: `ord${at}`, count: n - at }))

test('the most common words stand first, and all can be asked for', async () => {
  const { $, part, listed } = partWith()
  part.show(view, { words: words(30), words_total: 90 })
  assert.deepEqual([listed().length, listed()[0]], [24, 'ord0 30'])
  assert.equal($('words-all').textContent, 'Vis alle 30')
  assert.ok($('words-rest').hidden)
  await $('words-all').click()
  assert.equal(listed().length, 30)
  assert.deepEqual([$('words-rest').textContent, $('words-all').textContent], ['60 ord til', 'Færre'])
})

test('results without words, and the quiet voices, have no list of words', () => {
  const { $, part } = partWith()
  part.show(view, { options: [] })
  assert.deepEqual([$('words-part').hidden, $('quiet-part').hidden], [true, true])
  part.show({ ...view, shape: 'quiet' }, { words: words(3), words_total: 3, cards: [{ id: 'x', text: 'Noe helt eget' }], cards_total: 5 })
  assert.deepEqual([$('words-part').hidden, $('quiet-part').hidden], [true, false])
  assert.deepEqual([$('quiet-say').textContent, $('quiet-rest').textContent], ['5 stille', 'og 4 til'])
})

test('a press on a word shows the answers it is in; a second press, or Escape, closes them', async () => {
  const { $, part, asked, button } = partWith({ total: 61, cards: [{ id: 'x', text: 'Flere busser' }] })
  part.show(view, { words: words(3), words_total: 3 })
  await button('ord1').click()
  await settled()
  assert.match(asked[0], /\/api\/rooms\/25054015\/said\?activity=a1&word=ord1/)
  assert.equal($('word-title').textContent, 'Sagt med «ord1»')
  assert.equal($('word-said').textContent, 'Flere busserLøft')
  assert.equal($('word-rest').textContent, 'og 60 til')
  assert.equal(button('ord1').getAttribute('aria-expanded'), 'true')
  await button('ord1').click()
  assert.ok($('word-detail').hidden)
  assert.equal($.document.activeElement, button('ord1'))
})

test('answers are lifted forward once they are shown on the screen', async () => {
  const { $, part, sent, button } = partWith({ total: 1, cards: [{ id: 'x', text: 'Flere busser' }] })
  part.show({ ...view, results: null }, { words: words(2), words_total: 2 })
  await button('ord0').click()
  await settled()
  assert.ok($('word-said').querySelector('button').hidden)
  part.show(view, { words: words(2), words_total: 2 })
  await $('word-said').querySelector('button').click()
  assert.deepEqual(sent, [{ lift: 'x' }])
})

test('forms that were counted as one word can be counted each by itself', async () => {
  const { $, part, sent, button } = partWith()
  part.show(view, { words: [{ text: 'buss', count: 5, forms: [{ text: 'buss', uses: 3 }, { text: 'bussen', uses: 2 }] }], words_total: 1 })
  await button('buss').click()
  assert.deepEqual($('word-forms').children.map(({ textContent }) => textContent), ['buss3Tell for seg', 'bussen2Tell for seg'])
  await $('word-forms').children[1].querySelector('button').click()
  assert.deepEqual(sent, [{ do: 'split_word', activity: 'a1', word: 'bussen' }])
})

test('two words are counted as one when the facilitator names the other, and that can be undone', async () => {
  const { $, part, sent, button } = partWith()
  const results = { words: words(2), words_total: 2 }
  part.show(view, results)
  await button('ord0').click()
  const merging = $('word-merge').click()
  $('sure-field').value = 'ord1'
  await $('sure').close('yes')
  await merging
  assert.deepEqual(sent, [{ do: 'merge_words', activity: 'a1', words: ['ord0', 'ord1'] }])
  part.show({ ...view, words_undo: { n: 9, did: 'merged', word: 'ord0' } }, results)
  assert.equal($('words-undo').textContent, 'Angre: «ord0»')
  await $('words-undo').click()
  assert.deepEqual(sent.at(-1), { do: 'undo_words', activity: 'a1', n: 9 })
  part.show({ ...view, words_undo: { n: 9, did: 'merged', word: '' } }, results)
  assert.equal($('words-undo').textContent, 'Angre ordene', 'the word was in an answer that is deleted')
})

test('Tab leads to one word, the arrow keys to the others, and the page’s own keys mean nothing here', async () => {
  const { $, part, button } = partWith()
  part.show(view, { words: words(3), words_total: 3 })
  const tabs = () => $('words').children.map(({ firstElementChild }) => firstElementChild.tabIndex)
  assert.deepEqual(tabs(), [0, -1, -1])
  const press = async (key) => (await button('ord0').fire('keydown', { key })).stopped ?? false
  assert.ok(await press('ArrowRight'))
  assert.deepEqual([tabs(), $.document.activeElement], [[-1, 0, -1], button('ord1')])
  await press('End')
  await press('ArrowDown')
  assert.deepEqual(tabs(), [-1, -1, 0])
  assert.equal(await press('PageDown'), false)
})

test('a word that is gone closes its answers', async () => {
  const { $, part, button } = partWith()
  part.show(view, { words: words(2), words_total: 2 })
  await button('ord1').click()
  part.show({ ...view, position: 5 }, { words: words(1), words_total: 1 })
  assert.ok($('word-detail').hidden)
  part.show({ ...view, activity: 'a2' }, { words: words(2), words_total: 2 })
  assert.ok($('word-detail').hidden)
})

test('the shapes are buttons, and the one on show is pressed; one shape alone is no choice', async () => {
  const $ = page({ ids: { shapes: 'div' } })
  const picked = []
  const draw = (shapes, current) => drawShapes($('shapes'), shapes, current, { shapes: { cloud: 'Sky', wall: 'Vegg' } }, (shape) => picked.push(shape))
  draw(['cloud', 'wall', 'lights'], 'wall')
  assert.deepEqual($('shapes').children.map((button) => [button.textContent, button.getAttribute('aria-pressed')]), [['Sky', 'false'], ['Vegg', 'true'], ['lights', 'false']])
  $('shapes').children[0].focus()
  await $('shapes').children[0].click()
  assert.deepEqual(picked, ['cloud'])
  draw(['cloud', 'wall', 'lights'], 'cloud')
  assert.equal($.document.activeElement, $('shapes').children[0], 'the focus stays on the button that was pressed')
  draw(['bars'], 'bars')
  assert.ok($('shapes').hidden)
})
