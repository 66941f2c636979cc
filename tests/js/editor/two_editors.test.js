import assert from 'node:assert/strict'
import test, { mock } from 'node:test'

import { page, settled } from '../page.js'

page()
const { Editor } = await import('../../../presenter/editor/editor.js')
const { faultCount, faultRows, goToLine, showFieldProblem } = await import('../../../presenter/editor/problems.js')

const EDIT = {
  line: 'Linje {n}', n_faults: ['{n} feil', '{n} feil'], warnings: 'Verdt å vite', draft: 'Ikke lagret ennå', done: 'Lagret', offline: 'Får ikke tak i serveren', mine_kept: 'Trykk Lagre',
  newer: 'Den nyere teksten, endret fra linje {n}', undo_sure: { title: '', text: '', yes: '' }, take_sure: { title: '', text: '', yes: '' },
}
const IDS = {
  'edit-text': 'textarea', 'edit-part': 'div', edit: 'form', 'edit-undo': 'button', 'edit-take': 'button', 'edit-mine': 'button', 'edit-save': 'button', 'edit-say': 'p', 'edit-newer': 'div',
  'edit-theirs': 'textarea', 'edit-theirs-label': 'label', 'edit-faults-part': 'div', 'edit-faults-title': 'h3', 'edit-faults': 'ol', 'edit-picture': 'input',
  form: 'section', 'form-undo': 'button', 'form-redo': 'button', 'form-begin': 'button', 'form-empty': 'div', 'form-first': 'textarea', 'form-say': 'p', 'form-done': 'p', 'form-body': 'div', 'form-preview': 'div', 'form-title': 'h3', 'form-saved': 'p', 'form-line': 'span', 'form-left': 'span', 'place-edit': 'section',
  ...Object.fromEntries(['new', 'copy', 'see', 'help', 'letters', 'keys', 'keys-close', 'try', 'try-back', 'try-on', 'try-ask', 'try-close', 'try-title', 'try-slide', 'ask', 'ask-kinds', 'ask-title', 'ask-close'].map((part) => [`form-${part}`, 'button'])),
}
const CONFIRM = Object.fromEntries(['', '-title', '-text', '-quote', '-ask', '-label', '-field', '-yes'].map((part) => [`sure${part}`, 'p']))
globalThis.location = { search: '' }
const KEEP_MS = 250
mock.timers.enable({ apis: ['setTimeout'] })

/** An editor whose server has *text* in version `1`; *answer(method, headers)* answers what is saved. */
const editorWith = async (text, { draft = null, answer = () => ({ ok: true, status: 200, tag: '"2"', body: { warnings: [] } }) } = {}) => {
  const $ = page({ ids: { ...IDS, ...CONFIRM }, strings: { 'edit-strings': EDIT, 'form-strings': { offline: '', kinds: {}, saved: { not: 'Ikke lagret ennå.', now: 'Lagret nå' } }, 'form-kinds': {} } })
  const copy = document.createElement('div')
  copy.append(document.createElement('span'), document.createElement('span'))
  $('edit-text').parentElement.insertBefore(copy, $('edit-text'))
  const store = new Map(draft ? [['innspill-edit-25054015', JSON.stringify(draft)]] : [])
  globalThis.localStorage = { getItem: (key) => store.get(key) ?? null, setItem: (key, value) => store.set(key, value), removeItem: (key) => store.delete(key) }
  const server = { text, tag: '"1"', saved: [] }
  const response = ({ ok, status, tag = null, body }) => ({ ok, status, headers: { get: () => tag }, json: async () => body, arrayBuffer: async () => new TextEncoder().encode(server.text).buffer })
  globalThis.fetch = async (url, { method = 'GET', headers = {}, body } = {}) => {
    if (url.endsWith('/form')) return response({ ok: false, status: 422, body: {} })
    if (url.endsWith('/faults')) return response({ ok: true, status: 200, body: { errors: [], warnings: [] } })
    if (method === 'GET') return response({ ok: true, status: 200, tag: server.tag })
    server.saved.push([headers['If-Match'], body])
    return response(answer(server))
  }
  const opened = []
  const places = { on: (name, open) => name === 'edit' && opened.push(open), open: () => opened.forEach((open) => open()) }
  const editor = new Editor('25054015', places)
  editor.show()
  await settled()
  const type = async (words) => {
    $('edit-text').value = words
    await $('edit-text').fire('input')
    mock.timers.tick(KEEP_MS)
    await settled()
  }
  const save = async () => {
    await $('edit').fire('submit')
    await settled()
  }
  return { $, editor, server, store, type, save }
}

test('what is written is kept in this browser until the server has it', async () => {
  const { $, server, store, type, save } = await editorWith('# En\r\n')
  assert.equal($('edit-text').value, '# En\n')
  await type('# To\n')
  assert.equal($('edit-say').textContent, 'Ikke lagret ennå')
  assert.equal(JSON.parse(store.get('innspill-edit-25054015')).text, '# To\n')
  await save()
  assert.deepEqual(server.saved, [['"1"', '# To\r\n']], 'in the file’s own line ends')
  assert.equal(store.size, 0)
  assert.equal($('edit-say').textContent, 'Lagret')
})

test('a draft that was left is there again, and can be thrown away', async () => {
  const { $, store } = await editorWith('# En\n', { draft: { text: '# Utkast\n', tag: '"1"' } })
  assert.equal($('edit-text').value, '# Utkast\n')
  assert.ok(!$('edit-undo').hidden && $('edit-newer').hidden)
  const pressed = $('edit-undo').click()
  await $('sure').close('yes')
  await pressed
  await settled()
  assert.deepEqual([$('edit-text').value, store.size], ['# En\n', 0])
})

test('a text that somebody else saved replaces one that nobody has touched here', async () => {
  const { $, editor, server } = await editorWith('# En\n')
  Object.assign(server, { text: '# Andre\n', tag: '"9"' })
  await editor.follow('9')
  assert.equal($('edit-text').value, '# Andre\n')
  assert.ok($('edit-newer').hidden)
})

test('but beside one that was changed here both are shown, and the facilitator chooses', async () => {
  const { $, editor, server, type, save } = await editorWith('# En\n\nTo\n')
  await type('# Min\n\nTo\n')
  Object.assign(server, { text: '# En\n\nTre\n', tag: '"9"' })
  await editor.follow('9')
  assert.deepEqual([$('edit-newer').hidden, $('edit-save').hidden, $('edit-theirs').value, $('edit-theirs-label').textContent],
    [false, true, '# En\n\nTre\n', 'Den nyere teksten, endret fra linje 3'])
  await save()
  assert.deepEqual(server.saved, [], 'nothing is saved over it unseen')
  await $('edit-mine').click()
  await save()
  assert.deepEqual(server.saved, [['"9"', '# Min\n\nTo\n']])
})

test('or takes the newer one', async () => {
  const { $, editor, server, type } = await editorWith('# En\n')
  await type('# Min\n')
  Object.assign(server, { text: '# Andre\n', tag: '"9"' })
  await editor.follow('9')
  const pressed = $('edit-take').click()
  await $('sure').close('yes')
  await pressed
  assert.deepEqual([$('edit-text').value, $('edit-newer').hidden], ['# Andre\n', true])
})

test('a save that comes too late shows the newer text instead of losing it', async () => {
  const answer = () => ({ ok: false, status: 412, tag: '"9"', body: { text: '# Andre\n', version: '9' } })
  const { $, type, save } = await editorWith('# En\n', { answer })
  await type('# Min\n')
  await save()
  assert.deepEqual([$('edit-newer').hidden, $('edit-theirs').value, $('edit-text').value], [false, '# Andre\n', '# Min\n'])
})

test('a text with faults is not saved; each fault leads to its line', async () => {
  const answer = () => ({ ok: false, status: 422, body: { errors: [{ line: 3, message: 'Ukjent ord `tidd`' }] } })
  const { $, store, type, save } = await editorWith('# En\n', { answer })
  await type('# En\n\n:::pair{tidd=2}\n')
  await save()
  assert.deepEqual([$('edit-faults-title').textContent, $('edit-faults').textContent], ['1 feil', 'Linje 3Ukjent ord tidd'])
  assert.equal($('edit-faults').querySelector('code').textContent, 'tidd')
  assert.equal(store.size, 1)
  await $('edit-faults').querySelector('button').click()
  assert.deepEqual([$('edit-text').selectionStart, $('edit-text').selectionEnd], [6, 21])
})

test('without a connection the text stays, and that is said', async () => {
  const { $, store, type, save } = await editorWith('# En\n', { answer: () => ({ ok: false, status: 0, body: null }) })
  await type('# Min\n')
  await save()
  assert.deepEqual([$('edit-say').textContent, $('edit-text').value, store.size], ['Får ikke tak i serveren', '# Min\n', 1])
  mock.timers.tick(2000) // the form asks about what was written before, and is not answered either
  await settled()
  assert.equal($('edit-say').textContent, 'Får ikke tak i serveren', 'stands until something is written')
  await type('# Tre\n')
  assert.equal($('edit-say').textContent, 'Ikke lagret ennå')
})

test('faults are counted and listed; a line that is not there leads to the end', () => {
  const $ = page({ ids: { text: 'textarea' } })
  $('text').value = 'a\nbb'
  assert.equal(faultCount([1, 2], { n_faults: ['{n} feil', '{n} feil!'] }), '2 feil!')
  assert.equal(faultRows([{ line: 2, message: 'a `b` c' }], $('text'), EDIT)[0].textContent, 'Linje 2a b c')
  goToLine($('text'), 9)
  assert.equal($('text').selectionStart, $('text').selectionEnd)
})

test('the problem of a field is read out with it', () => {
  const $ = page({ ids: { f: 'input' } })
  $('f').setAttribute('aria-describedby', 'help')
  showFieldProblem('f', 'Skriv et `tall`')
  assert.deepEqual([$('f').getAttribute('aria-invalid'), $('f').getAttribute('aria-describedby')], ['true', 'f-problem help'])
  showFieldProblem('gone', 'x')
})
