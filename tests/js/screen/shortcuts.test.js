import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
globalThis.localStorage = { getItem: () => null, setItem() {} }
delete globalThis.BroadcastChannel
const { Shortcuts } = await import('../../../presenter/screen/shortcuts.js')
const { restoreTheme, switchTheme } = await import('../../../presenter/screen/theme.js')

/** A screen with *pages* pages, on which *view* is shown. */
const screenWith = ({ view = { state: 'results', results: {}, blank: false }, pages = 1, mayShare = true } = {}) => {
  const $ = page({ ids: { help: 'dialog', letters: 'input' } })
  $('help').append($.document.createElement('tbody'))
  const done = []
  const stage = {
    at: 0,
    get pages() { return { at: this.at, of: pages } },
    turn(by) {
      if (this.at + by < 0 || this.at + by >= pages) return false
      this.at += by
      return true
    },
    expectPage: () => done.push('expected'), toggleTable: () => done.push('table'), leaveWord: () => done.push('word left'),
  }
  const joinPanel = { open: false, toggle(on = !this.open) { this.open = on } }
  const steering = { send: async (actions) => done.push(...actions), sharePage: (n) => (mayShare ? done.push({ page: n }) : false) }
  const shortcuts = new Shortcuts({ code: '25054015', t: { keys: { next: 'neste', table: 'som tabell' } }, stage, joinPanel, steering, note: () => {}, ready: Promise.resolve(), serverNow: () => 0 })
  shortcuts.show(view)
  const press = (key) => $.body.fire('keydown', { key, ctrlKey: false, metaKey: false, altKey: false, repeat: false })
  return { $, done, stage, joinPanel, shortcuts, press }
}

test('a clicker moves the meeting on, and letters do what the list of keys says', async () => {
  const { $, done, press } = screenWith()
  assert.deepEqual($('help').querySelectorAll('tr').map(({ textContent }) => textContent), ['PgDn → ␣neste', 'Asom tabell'])
  await press('PageDown')
  await press('b')
  await press('a')
  assert.deepEqual(done, [{ do: 'next' }, { do: 'blank' }, 'table'])
})

test('a page that is turned here is turned everywhere, where this screen may', async () => {
  const shared = screenWith({ pages: 3 })
  await shared.press('ArrowDown')
  assert.deepEqual([shared.stage.at, shared.done], [1, [{ page: 1 }, 'expected']])
  const alone = screenWith({ pages: 3, mayShare: false })
  await alone.press('ArrowDown')
  assert.deepEqual([alone.stage.at, alone.done], [1, []])
  const slide = screenWith({ pages: 3, view: { state: 'slide', results: null } })
  await slide.press('ArrowDown')
  assert.deepEqual([slide.stage.at, slide.done], [1, []], 'the parts of a slide are this screen’s own')
})

test('where there is one page, up and down go back and on, as on a clicker with two keys', async () => {
  const { done, press } = screenWith()
  await press('ArrowDown')
  await press('ArrowUp')
  assert.deepEqual(done, [{ do: 'next' }, { do: 'back' }])
  const last = screenWith({ pages: 2 })
  last.stage.at = 1
  await last.press('ArrowDown')
  assert.deepEqual(last.done, [], 'but never past the last page of several')
})

test('J shows the way in, and Escape leads back: from there first, then from a word', async () => {
  const covered = screenWith()
  await covered.press('j')
  assert.ok(covered.joinPanel.open)
  await covered.press('Escape')
  assert.deepEqual([covered.joinPanel.open, covered.done], [false, []])
  const bare = screenWith()
  await bare.press('Escape')
  assert.deepEqual(bare.done, ['word left'])
})

test('while the keys are listed no other key does anything, nor after the link was withdrawn', async () => {
  const { $, done, shortcuts, press } = screenWith()
  $('help').open = true
  await press('PageDown')
  assert.deepEqual(done, [])
  $('help').open = false
  shortcuts.close()
  await press('ArrowRight')
  assert.deepEqual(done, [])
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
