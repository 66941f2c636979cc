import assert from 'node:assert/strict'
import test from 'node:test'

import { answerActions, releaseAll, tracesInWords } from '../../../../presenter/console/answers/answer_actions.js'
import { ageText, answerNotes, answerRow, answerText, answersToShow, textPieces } from '../../../../presenter/console/answers/answer_rows.js'

const t = {
  via: { facilitator: 'sagt høyt', paper: 'på papir' }, heads: '{n} personer', late: 'for sent', held_because: 'holdt tilbake: {reason}',
  held_back: 'holdt tilbake', waiting: 'venter på deg', muted: 'dempet', redacted: 'Slettet', flags: { name: 'et navn', link: 'en lenke' },
  lift: 'Løft', unlift: 'Legg tilbake', restore: 'Vis igjen', let: 'Slipp gjennom', hold: 'Hold tilbake', mute: 'Demp', unmute: 'Ikke demp', redact: 'Slett',
  release: 'Godkjenn', mask: 'Skjul navn', masked: 'navn er skjult', mute_n: ['Demp ({n} svar)', 'Demp ({n} svar)'], reason: 'Gi en grunn', reason_title: 'Hvorfor?', redact_title: 'Slette?',
}
const answer = {
  id: 'x', text: 'Flere benker', value: null, alias: 'P001', via: 'phone', heads: 1, late: false, held: false, hidden: null, redacted: false, muted: false, flags: [],
  waits: false, masked: false, marks: [], takes: 0, rev: 1,
}
const view = { state: 'results', results: {}, look: [], answers: [], spotlight: null }
const row = (more, at = view) => answerRow({ ...answer, ...more }, at, t)
const buttons = (more, at) => row(more, at).buttons.map(([name]) => name)

test('an answer is shown in words, whatever it consists of', () => {
  const options = [{ id: 'a', text: 'Skolen' }, { id: 'b', text: 'Torget' }]
  assert.equal(answerText({ text: 'Flere benker' }, {}), 'Flere benker')
  assert.equal(answerText({ value: ['b', 'a'] }, { options }), 'Torget · Skolen')
  assert.equal(answerText({ value: ['gone'] }, { options }), 'gone')
  assert.equal(answerText({ value: { a: 4, b: 1 } }, { items: options }), 'Skolen: 4 · Torget: 1')
  assert.equal(answerText({ value: 7 }, {}), '7')
  assert.equal(answerText({ value: null }, {}), '')
})

test('beside an answer stands whose it is and why it does not count', () => {
  const notes = (more) => answerNotes({ ...answer, ...more }, t)
  assert.deepEqual(notes({}), ['P001'])
  assert.deepEqual(notes({ via: 'paper', heads: 12 }), ['på papir', '12 personer'])
  assert.deepEqual(notes({ via: 'api' }), ['P001'])
  assert.deepEqual(notes({ late: true, muted: true }), ['P001', 'for sent', 'dempet'])
  assert.deepEqual(notes({ hidden: 'Nevner noen' }), ['P001', 'holdt tilbake: Nevner noen'])
  assert.deepEqual(notes({ hidden: '', held: true }), ['P001', 'holdt tilbake'])
  assert.deepEqual(notes({ held: true }), ['P001', 'venter på deg'])
  assert.deepEqual(notes({ waits: true }), ['P001', 'venter på deg'])
  assert.deepEqual(notes({ masked: true }), ['P001', 'navn er skjult'])
})

test('an answer on the screen can be lifted forward, held back and deleted', () => {
  assert.deepEqual(buttons({}), ['lift', 'hold', 'redact'])
  assert.deepEqual(buttons({}, { ...view, spotlight: { id: 'x' } }), ['unlift', 'hold', 'redact'])
  assert.deepEqual(buttons({}, { ...view, results: null }), ['hold', 'redact'], 'nothing is lifted before the answers are shown')
  assert.deepEqual(buttons({ text: '', value: ['a'] }), ['hold', 'redact'], 'only a text can be read out')
})

test('an answer that does not count can be let through, and its phone be muted', () => {
  assert.deepEqual(buttons({ hidden: 'Nevner noen' }), ['restore', 'mute', 'redact'])
  assert.deepEqual(buttons({ late: true }), ['restore', 'redact'])
  assert.deepEqual(row({ held: true }).buttons[0], ['restore', 'Slipp gjennom'])
  assert.deepEqual(row({ hidden: '' }).buttons[0], ['restore', 'Vis igjen'])
  assert.deepEqual(buttons({ hidden: '', muted: true }), ['restore', 'reason', 'unmute', 'redact'], 'the reason can be given afterwards')
  assert.deepEqual(buttons({ hidden: '', alias: '' }), ['restore', 'reason', 'redact'], 'what came without a phone has none to mute')
})

test('an answer that should be looked at says why, and its phone can be muted at once', () => {
  const flagged = row({ flags: ['name', 'link'] })
  assert.deepEqual([flagged.isFlagged, flagged.flags], [true, 'et navn, en lenke'])
  assert.deepEqual(buttons({ flags: ['link'] }), ['release', 'lift', 'hold', 'mute', 'redact'])
  assert.deepEqual(buttons({ flags: ['name'], waits: true, marks: [[0, 6, 'name']] }), ['release', 'mask', 'hold', 'mute', 'redact'])
  assert.deepEqual(row({ flags: ['link'], takes: 3 }).buttons.find(([name]) => name === 'mute'), ['mute', 'Demp (3 svar)'])
  const out = row({ flags: ['name'], hidden: '' })
  assert.deepEqual([out.isOut, out.isFlagged, out.flags], [true, false, ''])
})

test('the words that made it so are marked, counted in whole characters', () => {
  assert.deepEqual(textPieces('👍 Ring 91', [[7, 9, 'phone']]), [['👍 Ring ', false], ['91', true]])
  assert.deepEqual(textPieces('Kari sa det', [[0, 4, 'name'], [2, 7, 'rude']]), [['Kari', true], [' sa', true], [' det', false]])
  assert.deepEqual(textPieces('Kari', []), [['Kari', false]])
  assert.deepEqual(textPieces('', []), [])
  assert.deepEqual(row({ text: 'Spør Kari', flags: ['name'], marks: [[5, 9, 'name']] }).pieces, [['Spør ', false], ['Kari', true]])
  assert.deepEqual(row({ text: 'Spør Kari', flags: [], marks: [[5, 9, 'name']] }).pieces, [['Spør Kari', false]])
})

test('only what was listed is approved, as it was then', () => {
  assert.deepEqual(releaseAll([{ id: 'x', rev: 1 }, { id: 'y', rev: 3 }]), { do: 'release_answers', answers: { x: 1, y: 3 } })
})

test('of an answer that was deleted for good nothing is left to press', () => {
  const gone = row({ redacted: true, text: '' })
  assert.deepEqual([gone.pieces, gone.isOut, gone.buttons], [[['Slettet', false]], true, []])
})

test('what must be looked at stands first, also when the answers are shown', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ ...answer, id }))
  const ids = (more, all = null, most = Infinity) => answersToShow({ ...view, look: [c], answers: [a, b, c], ...more }, all, most).map(({ id }) => id)
  assert.deepEqual(ids({ state: 'write' }), ['c', 'a', 'b'])
  assert.deepEqual(ids({ state: 'results' }), ['c', 'a', 'b'])
})

test('on a narrow page the list is short, but never hides what must be looked at, nor the answer in the spotlight', () => {
  const answers = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ ...answer, id }))
  const ids = (more, all = null) => answersToShow({ ...view, answers, ...more }, all, 2).map(({ id }) => id)
  assert.deepEqual(ids({}), ['a', 'b'])
  assert.deepEqual(ids({ spotlight: { id: 'e' } }), ['a', 'b', 'e'])
  assert.deepEqual(ids({ state: 'write', look: answers.slice(3) }), ['d', 'e', 'f'])
  assert.deepEqual(ids({}, [{ ...answer, id: 'g' }]), ['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'all, once all were asked for')
})

test('the list of those to look at is as the server has it; that of those held back has whatever does not count', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => ({ ...answer, id }))
  const of = (which, more = {}, all = null) => answersToShow({ ...view, look: [c], answers: [a, { ...b, held: true }], ...more }, all, 1, which).map(({ id }) => id)
  assert.deepEqual(of('look'), ['c'])
  assert.deepEqual(of('look', { state: 'results' }), ['c'])
  assert.deepEqual(of('held'), ['b'])
  assert.deepEqual(of('held', {}, [{ ...d, hidden: 'Navn' }, { ...c, redacted: true }]), ['b', 'd', 'c'])
})

test('how old an answer is, is said in its largest whole unit', () => {
  const ages = { now: 'nå', age_s: '{n} s', age_min: '{n} min', age_h: '{n} t' }
  const said = [-2000, 0, 2999, 3000, 59_999, 60_000, 3_599_999, 3_600_000, 90_000_000].map((ms) => ageText(ms, ages))
  assert.deepEqual(said, ['nå', 'nå', 'nå', '3 s', '59 s', '1 min', '59 min', '1 t', '25 t'])
})

test('before an answer is deleted, and for a reason, the facilitator is asked, with the answer to read', async () => {
  const sent = []
  const asked = []
  const perform = (reply) => answerActions({ t, act: (action) => sent.push(action), traces: async () => null, ask: async (question) => (asked.push(question), reply) })
  await perform(false).reason(answer, 'Flere benker')
  await perform(false).redact(answer, 'Flere benker')
  assert.deepEqual(sent, [])
  assert.deepEqual(asked.map(({ title, quote, destructive = false }) => [title, quote, destructive]),
    [['Hvorfor?', 'Flere benker', false], ['Slette?', 'Flere benker', true]])
  await perform('Nevner noen').reason(answer, '')
  await perform('').reason(answer, '')
  await perform('').redact(answer, '')
  assert.deepEqual(sent, [{ do: 'give_reason', id: 'x', reason: 'Nevner noen' }, { do: 'redact_answer', id: 'x' }])
})

test('before an answer is deleted for good it is told what else holds its words', async () => {
  const words = {
    ...t, redact_text: 'Teksten slettes.', redact_renamed: 'Temaet «{name}» får et nytt navn.', redact_kept: 'Blir stående:',
    redact_places: { theme: 'temaet «{text}»', promise: 'løftet «{text}»' },
  }
  assert.equal(tracesInWords(null, words), 'Teksten slettes.')
  assert.equal(tracesInWords({ renamed: [], kept: [] }, words), 'Teksten slettes.')
  const found = { renamed: ['Øya'], kept: [{ place: 'theme', text: 'Bru' }, { place: 'promise', text: 'Vi bygger {text}' }] }
  const text = 'Teksten slettes. Temaet «Øya» får et nytt navn. Blir stående: temaet «Bru»; løftet «Vi bygger {text}».'
  assert.equal(tracesInWords(found, words), text)
  const asked = []
  await answerActions({ t: words, act: () => {}, traces: async (id) => (id === 'x' ? found : null), ask: async (question) => (asked.push(question.text), false) }).redact(answer, '')
  assert.deepEqual(asked, [text])
})

test('what can be taken back is done at once', () => {
  const sent = []
  const perform = answerActions({ t, act: (action) => sent.push(action), traces: () => assert.fail('asked'), ask: () => assert.fail('asked') })
  for (const name of ['release', 'mask', 'hold', 'restore', 'mute', 'unmute', 'lift', 'unlift']) perform[name](answer)
  assert.deepEqual(sent, [
    { do: 'release_answers', answers: { x: 1 } }, { do: 'mask_answer', id: 'x' }, { do: 'hide_answer', id: 'x' },
    { do: 'restore_answer', id: 'x' }, { do: 'mute_phone', id: 'x' }, { do: 'unmute_phone', id: 'x' }, { do: 'spotlight', id: 'x' }, { do: 'spotlight', id: '' },
  ])
})

test('a name that a phone gave stands beside its answer, and can be hidden and shown', () => {
  const words = { ...t, hide_name: 'Skjul navnet', show_name: 'Vis navnet', name_hidden: '{name} (vises ikke)' }
  const named = (more) => answerRow({ ...answer, name: 'Kari', ...more }, view, words)
  assert.deepEqual([named({ named: true }).notes, named({ named: false }).notes], ['Kari · P001', 'Kari (vises ikke) · P001'])
  assert.deepEqual(named({ named: true }).buttons.at(-2), ['hide_name', 'Skjul navnet'])
  assert.deepEqual(named({ named: false }).buttons.at(-2), ['show_name', 'Vis navnet'])
})
