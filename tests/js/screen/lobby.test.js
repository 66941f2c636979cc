import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
const { Lobby } = await import('../../../presenter/screen/lobby.js')

const t = {
  qr: 'QR', scan: 'Skann', not_yet: 'Telefoner kommer ikke inn ennå', told: 'Skriv ikke navn.', deleted: 'Slettes {date}.', contact: 'Spør {contact}.',
  n_phones: ['{n} telefon', '{n} telefoner'], n_people: ['{n} person', '{n} personer'], n_hall: '{n} i salen', here: 'her', n_of_hall: '{n} av {of} i salen er med',
  worth_people: 'én dråpe er {n} personer',
}
const join = { open_to_phones: true, host: 'innspill.no', code: '25054015', qr: 'M0 0h1', qr_size: 25 }
const counts = { phones: 12, people: 12, hall: 0, answers: 9, answered_people: 7 }
const view = { language: 'nb', counts, join, title: 'Møtet' }
const lobbyView = {
  ...view, state: 'lobby', organisation: 'Kommunen', purpose: 'Å bli enige', expect: 'Rådmannen tar det videre.\nSvar innen juni.', contact: 'post@example.no', delete_at: 0,
}
const visible = (element) => element.children.length
  ? element.children.filter(({ hidden }) => !hidden).map(visible).join('|')
  : element.textContent.trim()

test('the lobby tells how to join, what the meeting is for and what becomes of the answers', () => {
  page({ layout: { clientHeight: () => 1080, clientWidth: () => 1920, scrollHeight: () => 1000, scrollWidth: () => 1900 } })
  const lobby = new Lobby(t)
  lobby.show(lobbyView)
  const text = visible(lobby.root)
  for (const words of ['Møtet', 'Kommunen', 'Å bli enige', 'Rådmannen tar det videre.', 'Svar innen juni.', 'Skann', 'Spør post@example.no.']) assert.ok(text.includes(words), words)
  assert.ok(lobby.root.textContent.includes('12 telefoner her'))
})

test('what has no look of its own in the lobby gets no class', () => {
  page()
  const lobby = new Lobby(t)
  lobby.show(lobbyView)
  const classes = [...lobby.root.querySelectorAll('p')].filter((paragraph) => paragraph.hasAttribute('class')).map(({ className }) => className)
  assert.deepEqual(classes, ['expect', 'expect', 'mark', 'url', 'large', 'told', 'here'])
})

test('where the lobby is too full, what matters least is left out first, and what people may expect last', () => {
  const shown = (mostPx) => {
    const size = (element) => visible(element).length * 5
    page({ layout: { clientHeight: () => mostPx, clientWidth: () => 1920, scrollHeight: size, scrollWidth: () => 0 } })
    const lobby = new Lobby(t)
    lobby.show(lobbyView)
    return ['Spør post@example.no.', 'Kommunen', 'Svar innen juni.', 'Rådmannen tar det videre.'].filter((words) => visible(lobby.root).includes(words))
  }
  const [contact, organisation, nextStep, firstStep] = ['Spør post@example.no.', 'Kommunen', 'Svar innen juni.', 'Rådmannen tar det videre.']
  assert.deepEqual(shown(2000), [contact, organisation, nextStep, firstStep])
  assert.deepEqual(shown(550), [organisation, nextStep, firstStep])
  assert.deepEqual(shown(450), [nextStep, firstStep])
  assert.deepEqual(shown(350), [firstStep])
})


const WIDE = { clientWidth: () => 1700, clientHeight: () => 160, scrollWidth: () => 0, scrollHeight: () => 0 }
const opened = () => {
  page({ layout: WIDE })
  globalThis.getComputedStyle = () => ({ fontSize: '47px', lineHeight: '1' })
  const lobby = new Lobby(t)
  const drops = (look) => lobby.root.querySelectorAll(`.drop${look}`).length
  const show = (more, of = {}) => lobby.show({ ...lobbyView, ...of, counts: { ...counts, ...more } })
  return { lobby, drops, show, here: () => lobby.root.querySelector('.here').textContent }
}

test('each phone that comes lands as a drop, and those who were here stay where they are', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const { lobby, drops, show, here } = opened()
  show({})
  assert.deepEqual([drops(''), drops('.fresh')], [12, 0])
  const places = () => lobby.root.querySelectorAll('.drop').map(({ style }) => style.translate)
  const [first, before] = [lobby.root.querySelector('.drop'), places()]
  show({ phones: 14, people: 14 })
  assert.deepEqual([drops(''), drops('.fresh'), here()], [14, 2, '14 telefoner her'])
  assert.deepEqual(places().slice(0, 12), before)
  assert.equal(lobby.root.querySelector('.drop'), first, 'a drop that was made anew would land again')
  context.mock.timers.tick(2000)
  assert.equal(drops('.fresh'), 0)
  show({ phones: 11, people: 11 })
  assert.deepEqual([drops(''), places()], [11, before.slice(0, 11)])
})

test('seats are open only where it is known how many there are in the hall, and taken one after the other', () => {
  const { drops, show, here } = opened()
  show({})
  assert.equal(drops('.seat'), 0)
  show({ hall: 51 })
  assert.deepEqual([drops('.seat'), drops(':not(.seat)'), here()], [39, 12, '12 av 51 i salen er med'])
  show({ hall: 51, phones: 44, people: 51 })
  assert.deepEqual([drops('.seat'), drops(':not(.seat)')], [0, 51])
  show({ hall: 51, phones: 52, people: 58 })
  assert.deepEqual([drops(':not(.seat)'), here()], [51, '58 av 51 i salen er med'])
})

test('where a drop stands for several people the lobby says so', () => {
  const { drops, show, here } = opened()
  show({ phones: 3000, people: 3000 })
  assert.deepEqual([drops(''), here()], [150, '3000 telefoner her · én dråpe er 20 personer'])
})

test('where no phone can get in, the screen says that and nothing technical', () => {
  const { lobby, show } = opened()
  show({}, { join: { ...join, open_to_phones: false } })
  assert.ok(lobby.root.textContent.includes('Telefoner kommer ikke inn ennå'))
  assert.equal(lobby.root.querySelector('.qr'), null)
})
