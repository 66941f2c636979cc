import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../../page.js'

page()
const { Totals, isAsked, participationText, presenceText, totalElements } = await import('../../../../presenter/console/answers/totals.js')

const t = {
  n_typing: ['{n} skriver', '{n} skriver'], have_answered: '{n} av {of} har svart.', at_most: 'Ingen telefon står for mer enn {share}.', n_late: '{n} kom for sent.',
  n_phones: ['{n} telefon', '{n} telefoner'], n_hall: '{n} i salen', n_wait: ['{n} venter', '{n} venter'], n_look: ['{n} bør leses', '{n} bør leses'], n_held: ['{n} holdt tilbake', '{n} holdt tilbake'],
  n_answers: ['{n} svar', '{n} svar'], no_answers: 'Ingen svar ennå.', no_question: 'Svar kommer her.', pick_slide: 'Trykk på et lysbilde.',
}
const counts = { phones: 40, answered: 30, answers: 41, largest: 2, late: 0, typing: 0, hall: 0 }
const view = { state: 'write', kind: 'open', writes: 'text', counts, flagged: 0, held: 0, answers_total: 41 }
const plain = (texts) => texts.map((text) => text.replace('\u00a0', ' '))

test('participation says how many have answered, and that no phone stands for most of it', () => {
  assert.deepEqual(plain(participationText(counts, t)), ['30 av 40 har svart.', 'Ingen telefon står for mer enn 5 %.'])
})

test('the largest share is never told too low', () => {
  assert.match(plain(participationText({ ...counts, answers: 1000, largest: 11 }, t))[1], /mer enn 2 %/)
})

test('with few phones the largest share would point at somebody, and is left out', () => {
  assert.deepEqual(participationText({ ...counts, answered: 4, answers: 4 }, t), ['4 av 40 har svart.'])
  assert.equal(participationText({ ...counts, answered: 5, answers: 5 }, t).length, 2)
})

test('a phone that answered and left still counts among those that could', () => {
  assert.equal(participationText({ ...counts, phones: 10 }, t)[0], '30 av 30 har svart.')
  assert.deepEqual(participationText({ ...counts, phones: 0, answered: 0, answers: 15 }, t), [], 'where no phone was ever here, none is counted')
})

test('before the first answer only those who are writing are told; afterwards also what came too late', () => {
  assert.deepEqual(participationText({ ...counts, answers: 0, typing: 3 }, t), ['3 skriver'])
  assert.deepEqual(participationText({ ...counts, answers: 0 }, t), [])
  assert.deepEqual(participationText({ ...counts, answered: 2, answers: 2, typing: 1, late: 6 }, t), ['2 av 40 har svart.', '1 skriver', '6 kom for sent.'])
})

test('who is here: phones, the hall where it was counted, and a closed door', () => {
  assert.equal(presenceText({ phones: 1, hall: 0 }, [], t), '1 telefon')
  assert.equal(presenceText({ phones: 12, hall: 60 }, ['døra er stengt'], t), '12 telefoner, 60 i salen, døra er stengt')
})

test('people are asked once a question is open, and not while they talk', () => {
  const asked = ['lobby', 'slide', 'idle', 'talk', 'write', 'closing', 'closed', 'results', 'grouping', 'ended'].filter((state) => isAsked({ kind: 'open', state }))
  assert.deepEqual(asked, ['write', 'closing', 'closed', 'results'])
  assert.equal(isAsked({ kind: null, state: 'write' }), false)
})

test('the lists say how many answers each has, and a line under the screen what needs a look', () => {
  const shown = (more) => totalElements({ ...view, ...more }, 'Svar', t)
  const counted = (more) => ['n-new', 'n-look', 'n-held'].map((id) => shown(more)[id].text)
  assert.deepEqual(counted({ flagged: 2, held: 1 }), ['41', '2', '1'])
  assert.deepEqual(counted({ counts: { ...counts, answers: 0 } }), ['', '0', '0'])
  assert.deepEqual(shown({ flagged: 2 })['look-line'], { text: '2 bør leses', hidden: false })
  assert.equal(shown({ flagged: 0 })['look-line'].hidden, true)
  assert.equal(shown({ flagged: 2, state: 'ended' })['look-line'].hidden, true)
  assert.equal(shown({ waiting: 2, counts: { ...counts, answers: 0 } }).share.text, '2 venter')
})

test('an answer can be written in for somebody while a question takes answers', () => {
  const hidden = (more) => totalElements({ ...view, ...more }, 'Svar', t)['write-open'].hidden
  assert.equal(hidden({}), false)
  assert.equal(hidden({ writes: 'choices' }), false)
  assert.equal(hidden({ writes: '' }), true)
  assert.equal(hidden({ state: 'talk' }), true)
})

test('an empty list says why it is empty', () => {
  const more = (change) => totalElements({ ...view, answers_total: 0, ...change }, 'Svar', t).more
  assert.deepEqual(more({}), { text: 'Ingen svar ennå.', hidden: false })
  assert.deepEqual(more({ state: 'slide' }), { text: 'Svar kommer her.', hidden: false })
  assert.equal(more({ answers_total: 1 }).hidden, true)
  assert.deepEqual(more({ answers_total: 1, state: 'ended' }), { text: 'Trykk på et lysbilde.', hidden: false })
})

test('the heading counts the answers, and is the plain word again when there are none', () => {
  const $ = page({ ids: { 'answers-title': 'h2', 'n-new': 'span', 'n-look': 'span', 'n-held': 'span', 'look-line': 'button', share: 'p', more: 'p', 'write-open': 'button', here: 'span' } })
  $('answers-title').textContent = 'Svar'
  const totals = new Totals({ t, presenceOf: () => [] })
  totals.show(view)
  assert.equal($('answers-title').textContent, '41 svar')
  assert.equal($('here').textContent, '40 telefoner')
  totals.show({ ...view, counts: { ...counts, answers: 0 } })
  assert.equal($('answers-title').textContent, 'Svar')
})
