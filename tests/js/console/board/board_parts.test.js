import assert from 'node:assert/strict'
import test, { mock } from 'node:test'

import { page, settled } from '../../page.js'

page()
const { Board } = await import('../../../../presenter/console/board/board.js')
const { CardPages } = await import('../../../../presenter/console/board/card_pages.js')
const { drawCards, updateList } = await import('../../../../presenter/console/board/cards.js')
const { chooseTheme, editTheme } = await import('../../../../presenter/console/board/dialogs.js')
const { RovingFocus } = await import('../../../../presenter/console/board/roving_focus.js')
const { Suggestions } = await import('../../../../presenter/console/board/suggestions.js')

mock.timers.enable({ apis: ['setTimeout'] })
const cards = (...ids) => ids.map((id) => ({ id, text: `Svar ${id}` }))

test('a card that stays is the same element, also when others come before it or leave', () => {
  const $ = page({ ids: { cards: 'ul' } })
  const draw = (...ids) => drawCards($('cards'), cards(...ids), { theme: '', themes: [], language: 'nb', t: { also: 'Også i {names}' } })
  draw('a', 'b', 'c')
  const [a, b, c] = $('cards').children
  draw('x', 'a', 'c')
  assert.deepEqual([a, c], $('cards').children.slice(1))
  assert.equal(b.isConnected, false)
  draw('c', 'a')
  assert.deepEqual($('cards').children, [c, a])
})

test('under the mouse a card that has gone leaves its place empty, so that no other slips under the press', () => {
  const $ = page({ ids: { list: 'ul' } })
  const draw = (items, keepsPlace) => updateList($('list'), items, { key: (item) => item, make: () => $.document.createElement('li'), fill: () => {}, keepsPlace })
  draw(['a', 'b', 'c'])
  const [, b, c] = $('list').children
  draw(['a', 'c'], () => true)
  assert.deepEqual([$('list').children[1], b.classList.contains('gone'), $('list').children[2]], [b, true, c])
  draw(['a', 'b', 'c'], () => true)
  assert.ok(!b.classList.contains('gone'))
  draw(['a', 'c'])
  assert.equal($('list').children.length, 2)
})

test('a card says in which other themes its answer is', () => {
  const $ = page({ ids: { cards: 'ul' } })
  const themes = [{ id: 'bus', name: 'Buss' }, { id: 'road', name: 'Vei' }]
  drawCards($('cards'), [{ id: 'a', text: 'x', also: ['road', 'bus'] }, { id: 'b', text: 'y' }], { theme: 'z', themes, language: 'nb', t: { also: 'Også i {names}' } })
  const lines = $('cards').querySelectorAll('.also')
  assert.deepEqual(lines.map(({ textContent, hidden }) => [textContent, hidden]), [['Også i Buss, Vei', false], ['Også i ', true]])
})

test('further cards of a list are fetched page by page, and again when a view has come', async () => {
  page()
  const stored = cards(...Array.from({ length: 150 }, (_, n) => `${n}`))
  const asked = []
  globalThis.fetch = async (url) => {
    const query = new URL(url, 'http://x').searchParams
    const [offset, limit] = ['offset', 'limit'].map((name) => Number(query.get(name)))
    asked.push([query.get('theme'), offset, limit])
    return { ok: true, json: async () => ({ cards: stored.slice(offset, offset + limit) }) }
  }
  let changes = 0
  const pages = new CardPages('25054015', () => (changes += 1))
  const board = { activity: 'a', cards: stored.slice(0, 60), themes: [{ id: 'bus', cards: stored.slice(0, 3) }] }
  pages.show(board)
  assert.deepEqual(pages.of(''), [])
  await pages.more('')
  assert.deepEqual([asked, pages.of('').length, changes], [[['', 60, 60]], 60, 1])
  await pages.more('')
  assert.equal(pages.of('').length, 90, 'all there are')
  pages.show(board)
  await settled()
  assert.deepEqual(asked.at(-1).slice(0, 2), ['', 60])
  await pages.more('gone')
  pages.clear()
  assert.deepEqual(pages.of(''), [])
})

const boardWith = (...ids) => {
  const $ = page({ ids: { board: 'div', other: 'button' } })
  for (const side of ['left', 'right']) $('board').append(Object.assign($.document.createElement('section'), { className: `side ${side}` }))
  const list = (side) => $('board').querySelector(`.${side}`)
  drawCards(list('left'), cards(...ids), { theme: '', themes: [], language: 'nb', t: { also: '' } })
  drawCards(list('right'), cards('z'), { theme: 'bus', themes: [], language: 'nb', t: { also: '' } })
  const focus = () => $.document.activeElement.closest('.card')?.dataset.key ?? null
  return { $, list, focus, roving: new RovingFocus($('board')) }
}

test('one card is reached by Tab, the others from there by the arrow keys', () => {
  const { $, roving, focus } = boardWith('a', 'b')
  roving.draw()
  assert.deepEqual($('board').querySelectorAll('.face').map(({ tabIndex }) => tabIndex), [0, -1, -1])
  roving.focus('/a')
  roving.step(1)
  assert.equal(focus(), '/b')
  roving.step(-Infinity)
  assert.equal(focus(), '/a')
  roving.switchSide()
  assert.equal(focus(), 'bus/z')
})

test('when the card with the focus is sorted, the next one has it, so that all can be sorted by keys alone', async () => {
  const { $, list, roving, focus } = boardWith('a', 'b', 'c')
  roving.focus('/b')
  await $.document.activeElement.fire('focusin')
  roving.moveOn(['/b'])
  assert.equal(focus(), '/c')
  roving.moveOn(['/c', '/b', '/a'])
  assert.equal(focus(), 'bus/z')
  for (const element of [...list('left').children]) element.remove()
  roving.draw()
  assert.equal(roving.current, 'bus/z')
})

test('a focus that somebody took elsewhere is not taken back', async () => {
  const { $, roving } = boardWith('a', 'b')
  roving.focus('/a')
  await $.document.activeElement.fire('focusin')
  assert.ok(roving.inside)
  $('other').focus()
  await $('other').fire('focusin')
  assert.ok(!roving.inside && !roving.focusLost)
  roving.moveOn(['/a'])
  assert.equal($.document.activeElement, $('other'))
})

const T = { alike: '{name}?', belongs: 'Mer til {name}?', accept: 'Godta', refuse: 'Avvis', not_this: 'Ikke dette', move_title: ['Flytt {n} svar til', 'Flytt {n} svar til'] }
const suggestionsWith = (...found) => {
  const $ = page({ ids: { list: 'ol', part: 'section' } })
  const sent = []
  globalThis.fetch = async () => ({ ok: true, json: async () => ({ suggestions: found }) })
  const suggestions = new Suggestions({ code: '25054015', t: T, list: $('list'), part: $('part'), act: async (action, ids) => sent.push([action, ids]), isDragging: () => false })
  const texts = () => $('list').querySelectorAll('.would').map(({ textContent }) => textContent)
  const show = async (shown) => {
    suggestions.show(shown)
    mock.timers.tick(500)
    await settled()
  }
  return { $, sent, texts, show, button: (words) => $('list').querySelectorAll('button').find(({ textContent }) => textContent === words) }
}
const board = { activity: 'a', answers: 9, ungrouped: 5, refused: 0, themes: [{ id: 'bus', name: 'Buss' }] }

test('similar answers are suggested as a new theme or for one there is, and nothing happens until somebody accepts', async () => {
  const { $, sent, texts, show, button } = suggestionsWith({ name: 'Benker', cards: cards('1', '2', '3') }, { theme: 'bus', cards: cards('4') })
  await show(board)
  assert.deepEqual(texts(), ['Benker?', 'Mer til Buss?'])
  assert.deepEqual(sent, [])
  await $('list').querySelectorAll('button').find((element) => element.getAttribute('aria-label') === 'Ikke dette: Svar 2').click()
  await button('Godta').click()
  assert.deepEqual(sent, [
    [{ do: 'refuse_suggestion', ids: ['2'] }, []],
    [{ do: 'accept_suggestion', ids: ['1', '3'], name: 'Benker' }, ['1', '3']],
  ])
})

test('one that is refused goes away, and a press right after it was meant for the one that stood there', async () => {
  const { sent, texts, show, button } = suggestionsWith({ name: 'Benker', cards: cards('1', '2') }, { theme: 'bus', cards: cards('4') })
  await show(board)
  const refused = button('Avvis').click()
  await button('Godta').click()
  await refused
  assert.deepEqual(sent, [[{ do: 'refuse_suggestion', ids: ['1', '2'] }, []]])
  assert.ok(texts().includes('Mer til Buss?'))
})

test('when every answer is in a theme nothing is suggested', async () => {
  const { $, show } = suggestionsWith({ name: 'Benker', cards: cards('1', '2') })
  await show({ ...board, ungrouped: 0 })
  assert.ok($('part').hidden)
})

const dialogPage = () => page({ ids: Object.fromEntries(['move', 'move-title', 'move-list', 'theme-edit', 'theme-edit-title', 'theme-name', 'theme-merge', 'theme-into'].map((id) => [id, 'dialog'])) })
const themes = [{ id: 'bus', name: 'Buss', answers: 3 }, { id: 'road', name: 'Vei', answers: 1 }]

test('the list of themes is answered by a press, by a digit, or not at all', async () => {
  for (const [answer, chosen] of [[($) => $('move').close('to road'), 'road'], [($) => $('move').close('new'), 'new'], [($) => $('move').close('out'), ''], [($) => $('move').close(), null],
    [($) => $('move').fire('keydown', { key: '1' }), 'bus']]) {
    const $ = dialogPage()
    const choosing = chooseTheme(themes, 2, T)
    assert.deepEqual([$('move-title').textContent, $('move-list').textContent], ['Flytt 2 svar til', '1Buss32Vei1'])
    await answer($)
    assert.equal(await choosing, chosen)
  }
})

test('a theme is renamed, merged with another, or taken away', async () => {
  const edit = async (value, all = themes) => {
    const $ = dialogPage()
    const editing = editTheme(all, 'bus')
    assert.deepEqual([$('theme-edit-title').textContent, $('theme-name').value], ['Buss', 'Buss'])
    $('theme-name').value = 'Nattbuss'
    $('theme-into').value = 'road'
    await $('theme-edit').close(value)
    return [await editing, $('theme-merge').hidden]
  }
  assert.deepEqual(await edit('rename'), [{ do: 'rename_theme', theme: 'bus', name: 'Nattbuss' }, false])
  assert.deepEqual(await edit('merge'), [{ do: 'merge_themes', theme: 'bus', into: 'road' }, false])
  assert.deepEqual(await edit('remove', themes.slice(0, 1)), [{ do: 'remove_theme', theme: 'bus' }, true])
  assert.deepEqual((await edit(''))[0], null)
})

test('a theme that is being named when the meeting has gone on and the board is gone is not made', async () => {
  const ids = Object.fromEntries(['board', 'cards-more', 'suggestions', 'suggestions-part', 'gather-none', 'board-undo', 'board-say', 'theme-new', 'picked-move',
    'picked-new', 'picked-none', 'picked-lift', 'picked-hold', 'board-part', 'sure-title', 'sure-text', 'sure-quote', 'sure-ask', 'sure-label', 'sure-field',
    'sure-yes', 'sure'].map((id) => [id, 'div']))
  const $ = page({ ids, strings: { 'board-strings': { name_title: 'Nytt tema' } } })
  const sent = []
  const part = new Board({ code: '25054015', act: async (action) => sent.push(action), answer: () => {} })
  part.show({ state: 'closed', position: 1, language: 'nb', board: { activity: 'a1', answers: 1, ungrouped: 1, several: false, themes: [], cards: cards('a'), undo: null } })
  const named = $('theme-new').click()
  await settled()
  assert.equal($('sure-title').textContent, 'Nytt tema')
  part.show({ state: 'slide', position: 2, language: 'nb', board: null })
  $('sure-field').value = 'Buss'
  await $('sure').close('yes')
  await named
  assert.deepEqual(sent, [])
})
