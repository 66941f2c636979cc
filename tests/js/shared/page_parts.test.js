import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
const { el, fill, fit, hostAddress, phrase, plural, qrCode, roomCode, updateElements } = await import('../../../presenter/shared/dom.js')
const { postJson } = await import('../../../presenter/shared/request.js')
const { consoleChannel } = await import('../../../presenter/shared/console_channel.js')

test('what people wrote goes into the page as text, never as markup', () => {
  page()
  const element = el('p', { class: 'said', dir: null }, '<img src=x>', el('b', {}, '&amp;'))
  assert.equal(element.textContent, '<img src=x>&amp;')
  assert.equal(element.children.length, 1)
  assert.equal(element.hasAttribute('dir'), false)
})

test('a sentence gets its values; numbers stand out, and what looks like a placeholder in an answer is none', () => {
  page()
  assert.equal(fill('{n} av {of}', { n: 3, of: '{n}' }), '3 av {n}')
  const pieces = phrase('fra {n} i {where}', { n: 2, where: '{n}' })
  assert.deepEqual(pieces.map((piece) => piece.textContent ?? piece), ['fra ', '2', ' i ', '{n}', ''])
  assert.deepEqual([0, 1, 2].map((n) => plural(['svar', 'svar alle'], n)), ['svar alle', 'svar', 'svar alle'])
})

test('a code is read in two groups, and an address breaks only where it may', () => {
  page()
  assert.equal(roomCode('25054015').textContent, '2505 4015')
  const address = hostAddress('innspill.kommune.no:8000')
  assert.equal(address.textContent, 'innspill.kommune.no:8000')
  assert.equal(address.querySelectorAll('wbr').length, 3)
  assert.equal(qrCode({ qr: 'M0 0h1', qr_size: 25 }, 'QR-kode').getAttribute('aria-label'), 'QR-kode')
})

test('the largest size that fits is taken, and the smallest where none does', () => {
  page()
  const element = el('p')
  assert.equal(fit(element, [8, 6, 4], (size) => size <= 6), true)
  assert.equal(element.style.fontSize, 'calc(6 * var(--vh))')
  assert.equal(fit(element, [8, 6, 4], () => false), false)
  assert.equal(element.style.fontSize, 'calc(4 * var(--vh))')
})

test('elements are brought up to date, and what is not named stays as it is', () => {
  const $ = page({ ids: { blank: 'button', next: 'button' } })
  $('blank').textContent = 'Svart'
  updateElements({ blank: { pressed: true, hidden: true, lang: 'en' }, next: { text: 'Neste' } })
  assert.deepEqual([$('blank').textContent, $('blank').getAttribute('aria-pressed'), $('blank').hidden, $('blank').lang], ['Svart', 'true', true, 'en'])
  assert.deepEqual([$('next').textContent, $('next').hidden], ['Neste', false])
  updateElements({ blank: { hidden: false, text: '' } })
  assert.deepEqual([$('blank').hidden, $('blank').textContent], [false, ''])
})

test('a request never throws: it says what came back, or that nothing did', async () => {
  const replies = [
    async () => ({ ok: true, status: 200, json: async () => ({ position: 4 }) }),
    async () => ({ ok: false, status: 502, json: async () => { throw new SyntaxError('not JSON') } }),
    async () => { throw new TypeError('offline') },
  ]
  globalThis.fetch = (_, options) => (assert.equal(options.body, '{"do":"next"}'), replies.shift()())
  const post = () => postJson('/api/rooms/25054015/actions', { do: 'next' })
  assert.deepEqual(await post(), { ok: true, status: 200, body: { position: 4 } })
  assert.deepEqual(await post(), { ok: false, status: 502, body: null })
  assert.deepEqual(await post(), { ok: false, status: 0, body: null })
})

test('console and screen in one browser hear each other, but not those of another meeting', async (context) => {
  if (!('BroadcastChannel' in globalThis)) return context.skip('no channels')
  const channels = []
  const Channel = globalThis.BroadcastChannel
  globalThis.BroadcastChannel = class extends Channel {
    constructor(name) { super(name); channels.push(this) }
  }
  const heard = new Promise((done) => consoleChannel('25054015', done))
  consoleChannel('11111111', () => assert.fail('another meeting'))
  consoleChannel('25054015')({ turn: 1 })
  assert.deepEqual(await heard, { turn: 1 })
  for (const channel of channels) channel.close()
  delete globalThis.BroadcastChannel
  consoleChannel('25054015')({ turn: 1 }) // a browser without channels: nothing is sent, nothing breaks
})
