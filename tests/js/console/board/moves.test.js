import assert from 'node:assert/strict'
import test from 'node:test'

import { boardKey } from '../../../../presenter/console/board/board_keys.js'
import { leavingForNew, moreCards, moveCards, themeAction, themeOfAll } from '../../../../presenter/console/board/moves.js'
import { themeButton } from '../../../../presenter/console/board/themes.js'

const actions = (keys, theme, several = false) => moveCards(keys, theme, several).steps.map(({ action }) => action)

test('cards are placed in a theme, and leave where they were', () => {
  const { moving, leaving, steps } = moveCards(['/1', 'school/2'], 'bus', false)
  assert.deepEqual(moving, ['/1', 'school/2'])
  assert.deepEqual(leaving, moving)
  assert.deepEqual(steps, [{ action: { do: 'place', ids: ['1', '2'], theme: 'bus' }, leaving: moving }])
})

test('a card that is there already is not moved', () => {
  assert.deepEqual(actions(['bus/1', '/2'], 'bus'), [{ do: 'place', ids: ['2'], theme: 'bus' }])
  assert.deepEqual(moveCards(['bus/1'], 'bus', false), { moving: [], leaving: [], steps: [] })
  assert.deepEqual(moveCards(['/1'], '', false).steps, [])
})

test('a card that is taken out of its theme is without one', () => {
  assert.deepEqual(actions(['bus/1', 'school/2'], ''), [{ do: 'place', ids: ['1', '2'], theme: '' }])
})

test('where an answer may be in several themes, it stays where it is when it is put into one more', () => {
  const { leaving, steps } = moveCards(['bus/1', '/2'], 'school', true)
  assert.deepEqual(leaving, ['/2'])
  assert.deepEqual(steps, [{ action: { do: 'place', ids: ['1', '2'], theme: 'school' }, leaving: ['/2'] }])
})

test('and it is taken out of that theme alone from which it was dragged', () => {
  const { leaving, steps } = moveCards(['bus/1', 'school/1', 'bus/2'], '', true)
  assert.deepEqual(leaving, ['bus/1', 'school/1', 'bus/2'])
  assert.deepEqual(steps.map(({ action }) => action), [{ do: 'take_out', theme: 'bus', ids: ['1', '2'] }, { do: 'take_out', theme: 'school', ids: ['1'] }])
})

test('an answer that was selected in two of its themes is placed once', () => {
  assert.deepEqual(actions(['bus/1', 'school/1'], 'road', true), [{ do: 'place', ids: ['1'], theme: 'road' }])
})

test('many cards go in several actions, each with those that leave by it', () => {
  const keys = Array.from({ length: 900 }, (_, n) => `/${n}`)
  const { steps } = moveCards(keys, 'bus', false)
  assert.deepEqual(steps.map(({ action }) => action.ids.length), [400, 400, 100])
  assert.deepEqual(steps.flatMap(({ leaving }) => leaving), keys)
})

test('a new theme of cards from one theme splits it; of any others it is made anew', () => {
  assert.deepEqual(themeAction(['bus/1', 'bus/2'], 'Nattbuss'), { do: 'split', theme: 'bus', name: 'Nattbuss', ids: ['1', '2'] })
  assert.deepEqual(themeAction(['bus/1', '/2'], 'Nattbuss'), { do: 'make_theme', name: 'Nattbuss', ids: ['1', '2'] })
  assert.deepEqual(themeAction([], 'Tomt'), { do: 'make_theme', name: 'Tomt', ids: [] })
  assert.equal(themeOfAll(['/1', '/2']), '')
})

test('the cards of a new theme leave their places, but not a theme they may also stay in', () => {
  assert.deepEqual(leavingForNew(['bus/1', '/2'], false), ['bus/1', '/2'])
  assert.deepEqual(leavingForNew(['bus/1', '/2'], true), ['/2'])
  assert.deepEqual(leavingForNew(['bus/1', 'bus/2'], true), ['bus/1', 'bus/2'], 'a theme that is split loses them')
})

test('the button below a list asks for the next page of it, or for all of a theme', () => {
  assert.equal(moreCards({ theme: '', total: 200, shown: 60, page: 60 }), 60)
  assert.equal(moreCards({ theme: '', total: 70, shown: 60, page: 60 }), 10)
  assert.equal(moreCards({ theme: 'bus', total: 70, shown: 12, page: 60 }), 70)
  for (const shown of [60, 61]) assert.equal(moreCards({ theme: '', total: 60, shown, page: 60 }), 0)
})

test('the button beside a theme takes what is selected, and else changes the theme', () => {
  const t = { edit: 'Endre', here: 'Flytt hit', here_too: 'Legg her også' }
  assert.equal(themeButton(new Set(), true, t), 'Endre')
  assert.equal(themeButton(new Set(['/1']), false, t), 'Flytt hit')
  assert.equal(themeButton(new Set(['/1']), true, t), 'Legg her også')
})

const press = (key, more = {}) => boardKey({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...more })

test('a card is sorted by keys alone', () => {
  assert.deepEqual(press('1'), { name: 'place', index: 0 })
  assert.deepEqual(press('0'), { name: 'place', index: 9 })
  assert.deepEqual(['n', 'N', 'm', 'u', 'Delete', 'Backspace', 'Escape'].map((key) => press(key).name),
    ['newTheme', 'newTheme', 'choose', 'undo', 'out', 'out', 'unselect'])
  assert.deepEqual(['ArrowDown', 'ArrowUp', 'Home', 'End', 'ArrowLeft', 'ArrowRight'].map((key) => press(key).name),
    ['next', 'previous', 'first', 'last', 'side', 'side'])
})

test('Ctrl+Z undoes on every machine; other combinations belong to the browser', () => {
  assert.deepEqual(press('z', { ctrlKey: true }), { name: 'undo' })
  assert.deepEqual(press('Z', { metaKey: true }), { name: 'undo' })
  assert.deepEqual(press('z'), { name: 'nothing' }, 'and is no key of the page either')
  for (const [key, held] of [['1', 'ctrlKey'], ['n', 'metaKey'], ['m', 'altKey'], ['ArrowLeft', 'altKey']]) assert.equal(press(key, { [held]: true }), null)
})

test('a key that is held down moves along, but sorts and undoes only once', () => {
  assert.deepEqual(press('ArrowDown', { repeat: true }), { name: 'next' })
  for (const key of ['1', 'n', 'u', 'Delete']) assert.deepEqual(press(key, { repeat: true }), { name: 'nothing' })
  assert.deepEqual(press('z', { ctrlKey: true, repeat: true }), { name: 'nothing' })
})

test('other keys are those of the page', () => {
  for (const key of ['j', 'b', 'F5', 'PageDown', ' ', 'Enter', 'Tab']) assert.equal(press(key), null, key)
})
