import assert from 'node:assert/strict'
import test from 'node:test'

import { page, settled } from '../../page.js'

page()
const { AccessLinks } = await import('../../../../presenter/console/sharing/access_links.js')
const { LinkHandout } = await import('../../../../presenter/console/sharing/link_handout.js')
const { TakeHome } = await import('../../../../presenter/console/sharing/take_home.js')

const SHARE = {
  made: 'Lenke til {name}:', rights: { run: 'kan lede', look: 'kan se' }, withdraw: 'Trekk tilbake', withdrawn: 'Trukket tilbake', sure: { title: 'Trekke tilbake?', text: '', yes: 'Ja' },
  copied: 'Kopiert', copy: 'Kopier', letter: 'Brev', share: 'Del', open: 'Åpne', text: '{title}: {may} {url} {join}', may: { run: 'Du kan lede.', console: 'Du kan lede.' }, failed: 'Det gikk ikke.',
}
const CONFIRM = ['', '-title', '-text', '-quote', '-ask', '-label', '-field', '-yes'].map((part) => `sure${part}`)
const meeting = () => ({ title: 'Møtet', join: 'https://innspill.no/2505' })
globalThis.location = { search: '' }

/** A page whose server answers with *replies*, one for each request. */
const server = (...replies) => {
  const asked = []
  globalThis.fetch = async (url, { method = 'GET', body = null } = {}) => {
    asked.push([method, url, JSON.parse(body)])
    const { ok = true, status = 200, body: content } = replies.shift() ?? {}
    return { ok, status, json: async () => content }
  }
  return asked
}
const clipboard = (works = true) => {
  const copied = []
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { clipboard: { writeText: async (text) => { if (!works) throw new Error('refused'); copied.push(text) } } } })
  return copied
}

const linksWith = () => {
  const ids = { give: 'form', 'give-name': 'input', given: 'div', 'links-none': 'p', links: 'ul', 'links-title': 'h3', ...Object.fromEntries(CONFIRM.map((id) => [id, 'p'])) }
  const $ = page({ ids, strings: { 'share-strings': SHARE } })
  $('give').elements = { right: { value: 'run' } }
  const notes = []
  /** @type {Record<string, () => unknown>} */
  const opened = {}
  const places = { on: (name, open) => (opened[name] = open) }
  const links = new AccessLinks({ code: '25054015', note: (text) => notes.push(text), meeting, places })
  return { $, notes, links, look: () => opened.meeting() }
}

test('a colleague gets a link of their own, which is shown once to be copied or written in a letter', async () => {
  const copied = clipboard()
  const { $, notes } = linksWith()
  const asked = server({ body: { id: 'l1', url: 'https://innspill.no/x#key' } })
  $('give-name').value = 'Kari '
  await $('give').fire('submit')
  await settled()
  assert.deepEqual(asked, [['POST', '/api/rooms/25054015/links', { name: 'Kari ', right: 'run' }]])
  assert.deepEqual([$('given-say').textContent, $('given-url').value, $('given').hidden], ['Lenke til Kari:', 'https://innspill.no/x#key', false])
  await $('given-copy').click()
  await $('given-letter').click()
  assert.deepEqual(copied, ['https://innspill.no/x#key', 'Møtet: Du kan lede. https://innspill.no/x#key https://innspill.no/2505'])
  assert.deepEqual(notes, ['Kopiert', 'Kopiert'])
})

test('links are listed with what each may do; one that is withdrawn is no longer shown', async () => {
  const { $, links, notes, look } = linksWith()
  const asked = server({ body: [{ id: 'l1', name: 'Kari', right: 'run' }, { id: 'l2', name: '<b>Per</b>', right: 'look' }] }, { body: {} })
  links.show({ links: 3 })
  await settled()
  assert.equal(asked.length, 0, 'nothing is fetched before somebody looks')
  look()
  await settled()
  assert.deepEqual($('links').children.map(({ textContent }) => textContent), ['Karikan ledeTrekk tilbake', '<b>Per</b>kan seTrekk tilbake'])
  links.show({ links: 3 })
  await settled()
  assert.equal(asked.length, 1, 'nothing is fetched while nothing has changed')
  const withdrawing = $('links').children[1].querySelector('button').click()
  assert.equal($('sure-quote').textContent, '<b>Per</b>')
  await $('sure').close('yes')
  await withdrawing
  await settled()
  assert.deepEqual(asked[1].slice(0, 2), ['DELETE', '/api/rooms/25054015/links/l2'])
  assert.deepEqual(notes, ['Trukket tilbake'])
})

test('a link that can’t be made is told in the server’s words', async () => {
  const { $, notes } = linksWith()
  server({ ok: false, status: 422, body: { title: 'Skriv et navn.' } }, { ok: false, status: 0, body: null })
  await $('give').fire('submit')
  await settled()
  await $('give').fire('submit')
  await settled()
  assert.deepEqual(notes, ['Skriv et navn.', 'Det gikk ikke.'])
})

test('who may not make links has no such part, and nothing fails', () => {
  page({ strings: { 'share-strings': SHARE } })
  const links = new AccessLinks({ code: '25054015', note: () => {}, meeting, places: { on() {} } })
  links.show({ links: 1 })
})

test('without a clipboard, as on plain http, a link is copied the old way', async () => {
  clipboard(false)
  const $ = page({ ids: { made: 'div' }, strings: { 'share-strings': SHARE } })
  const done = []
  $.document.execCommand = (command) => done.push(command)
  const handout = new LinkHandout({ box: $('made'), note: (text) => done.push(text), meeting })
  handout.show('Lenke:', { url: 'http://192.168.1.4/x', right: 'run' })
  await $('made-copy').click()
  assert.deepEqual(done, ['copy', 'Kopiert'])
  handout.hide()
  assert.deepEqual([$('made').hidden, $('made-url').value], [true, ''])
})

const TAKE = { link_done: { screen: 'Til skjermen:', console: 'Til panelet:' }, again_title: 'Holde igjen?', again_text: '', again_done: 'Nytt møte:', failed: 'Det gikk ikke.' }
const takeHomeWith = () => {
  const $ = page({ ids: { made: 'div', 'copy-qr': 'button', again: 'button', screen: 'button', lend: 'button', 'qr-slide': 'button', ...Object.fromEntries(CONFIRM.map((id) => [id, 'p'])) }, strings: { 'share-strings': SHARE } })
  $('screen').dataset.link = 'screen'
  const notes = []
  new TakeHome({ code: '25054015', t: TAKE, note: (text) => notes.push(text), meeting })
  return { $, notes }
}

test('a new link to the screen is shown at once', async () => {
  const { $, notes } = takeHomeWith()
  const asked = server({ body: { url: 'https://innspill.no/s#key' } }, { ok: false, body: null })
  await $('screen').click()
  await settled()
  assert.deepEqual(asked[0], ['POST', '/api/rooms/25054015/links', { right: 'screen' }])
  assert.deepEqual([$('made-say').textContent, $('made-url').value], ['Til skjermen:', 'https://innspill.no/s#key'])
  await $('screen').click()
  await settled()
  assert.deepEqual(notes, ['Det gikk ikke.'])
})

test('a meeting is held again as a copy, after a question', async () => {
  const { $ } = takeHomeWith()
  const title = $.document.createElement('p')
  title.className = 'what'
  title.textContent = 'Møtet'
  $.body.append(title)
  const asked = server({ body: { console_url: 'https://innspill.no/c#key', join_url: 'https://innspill.no/9' } })
  const answer = async (value) => {
    const pressed = $('again').click()
    await $('sure').close(value)
    await pressed
    await settled()
  }
  await answer('no')
  assert.deepEqual(asked, [])
  await answer('yes')
  assert.deepEqual([asked[0][1], $('made-say').textContent, $('made-url').value], ['/api/rooms/25054015/again', 'Nytt møte:', 'https://innspill.no/c#key'])
})
