import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
globalThis.localStorage = { getItem: () => null, setItem() {} }
delete globalThis.BroadcastChannel
const { CurrentScene } = await import('../../../presenter/screen/current_scene.js')
const { JoinPanel } = await import('../../../presenter/screen/join_panel.js')
const { Shortcuts } = await import('../../../presenter/screen/shortcuts.js')
const { Steering } = await import('../../../presenter/screen/steering.js')
const { restoreTheme, switchTheme } = await import('../../../presenter/screen/theme.js')

const t = { keys: { next: 'neste', table: 'som tabell' }, page: 'side {n} av {of}', from_console: 'Styr fra panelet', option: 'Svar', phones: 'Telefoner', share: 'Andel' }
const ROWS = 4 // that fit on a page
const layout = { clientHeight: (element) => (element.matches('.scene, .bars') ? ROWS * 10 : element.matches('thead') ? 0 : 10) }
const options = (n) => Array.from({ length: n }, (_, at) => ({ id: `${at}`, letter: 'A', text: `Valg ${at}`, count: 1, share: 0 }))

/** A screen that shows the results of a choice on so many *pages*; the server answers its actions with *status*. */
const screenWith = ({ pages = 1, status = 200 } = {}) => {
  const $ = page({ ids: { help: 'dialog', letters: 'input', heading: 'h1', page: 'p', stage: 'div', join: 'section', main: 'main' }, layout })
  $('help').append($.document.createElement('tbody'))
  $('join').hidden = true
  const sent = []
  const feed = { act: async (action) => (sent.push(action), { ok: status === 200, status }) }
  const scene = new CurrentScene({ t, fetchCards: async () => null, frame: () => ({ epoch: 'e', position: 1 }) })
  const joinPanel = new JoinPanel({ t })
  const shortcuts = new Shortcuts({
    code: '25054015', t, scene, joinPanel, enlarged: { turn: () => 1.25 }, steering: new Steering({ feed, note: () => {}, t }), note: () => {}, ready: Promise.resolve(), serverNow: () => 0,
  })
  const view = {
    state: 'results', kind: 'choice', activity: 'a', shape: 'bars', page: 0, blank: false, spotlight: null, language: 'nb', title: 'Møtet', question: 'Hva?', slide: null,
    results: { options: options(pages * ROWS), counted: 'phones', n: 1 },
  }
  for (const part of [scene, shortcuts]) part.show(view)
  const press = (key) => $.body.fire('keydown', { key, ctrlKey: false, metaKey: false, altKey: false, repeat: false })
  return { $, sent, scene, joinPanel, shortcuts, view, press }
}

test('a clicker moves the meeting on, and letters do what the list of keys says', async () => {
  const { $, sent, press } = screenWith()
  assert.deepEqual($('help').querySelectorAll('tr').map(({ textContent }) => textContent), ['PgDn → ␣neste', 'Asom tabell'])
  await press('PageDown')
  await press('b')
  assert.deepEqual(sent, [{ do: 'next' }, { do: 'blank' }])
  await press('a')
  assert.ok($('stage').querySelector('table'))
})

test('a page that is turned here is turned everywhere, and stays when the server says so', async () => {
  const { $, sent, scene, view, press } = screenWith({ pages: 3 })
  await press('ArrowDown')
  assert.deepEqual([scene.pages.at, sent, $('page').textContent], [1, [{ do: 'page', n: 1 }], 'side 2 av 3'])
  scene.show({ ...view, page: 1 })
  assert.equal(scene.pages.at, 1)
  scene.show({ ...view, page: 0 })
  assert.equal(scene.pages.at, 0, 'somebody turned back in the console')
})

test('a screen whose link may not steer turns its pages all the same, and asks the server only once', async () => {
  const { sent, scene, press } = screenWith({ pages: 3, status: 403 })
  await press('ArrowDown')
  await press('ArrowUp')
  assert.deepEqual([scene.pages.at, sent], [0, [{ do: 'page', n: 1 }]])
})

test('where there is one page, up and down go back and on, as on a clicker with two keys', async () => {
  const { sent, press } = screenWith()
  await press('ArrowDown')
  await press('ArrowUp')
  assert.deepEqual(sent, [{ do: 'next' }, { do: 'back' }])
})

test('but past the last page of several the meeting does not move on', async () => {
  const { sent, scene, view, press } = screenWith({ pages: 2 })
  scene.show({ ...view, page: 1 })
  await press('ArrowDown')
  assert.deepEqual([scene.pages.at, sent], [1, []])
})

test('J shows the way in, and Escape leads back', async () => {
  const { joinPanel, press } = screenWith()
  await press('j')
  assert.ok(joinPanel.open)
  await press('Escape')
  assert.ok(!joinPanel.open)
})

test('while the keys are listed no other key does anything, nor after the link was withdrawn', async () => {
  const { $, sent, shortcuts, press } = screenWith()
  $('help').open = true
  await press('PageDown')
  assert.deepEqual(sent, [])
  $('help').open = false
  shortcuts.close()
  await press('ArrowRight')
  assert.deepEqual(sent, [])
})

test('the screen of this browser stays dark where it was made dark', () => {
  const store = new Map()
  globalThis.localStorage = { getItem: (key) => store.get(key) ?? null, setItem: (key, value) => store.set(key, value) }
  const theme = () => document.documentElement.dataset.theme
  page()
  restoreTheme()
  assert.equal(theme(), undefined)
  switchTheme()
  assert.equal(theme(), 'dark')
  page()
  restoreTheme()
  assert.equal(theme(), 'dark')
  switchTheme()
  assert.equal(theme(), 'light')
  globalThis.localStorage = { getItem() { throw new Error('off') }, setItem() { throw new Error('off') } }
  switchTheme()
  restoreTheme()
  assert.equal(theme(), 'dark')
})
