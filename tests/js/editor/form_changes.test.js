import assert from 'node:assert/strict'
import test from 'node:test'

import {
  changeNotice, changeOfButton, emptyWorkshop, madeField, movedButtonId, newInstruction, otherDirectionId, slideAfter, titledWorkshop,
} from '../../../presenter/editor/form_changes.js'

const t = { begin: { title: 'Nytt møte', slide: 'Hva vil du spørre om?' }, instructions: { open: 'Skriv svaret ditt.', words: 'Skriv ett ord.', think: '' } }
const activity = (kind, instruction = t.instructions[kind]) => ({ kind, instruction })
const outline = { slides: [{ activities: [activity('open'), activity('words', 'Bare ett!')] }, { activities: [] }, { activities: [activity('words')] }] }

test('a button’s change is sent with numbers, and a new slide or activity with its first text', () => {
  const change = (data) => changeOfButton(data, outline, t)
  assert.deepEqual(change({ does: 'add_slide', slide: '1' }), { do: 'add_slide', slide: 1, activity: 0, by: 1, kind: '', value: 'Hva vil du spørre om?' })
  assert.deepEqual(change({ does: 'move_activity', slide: '0', activity: '1', by: '-1' }), { do: 'move_activity', slide: 0, activity: 1, by: -1, kind: '', value: null })
  assert.equal(change({ does: 'add_activity', slide: '0', kind: 'words' }).value, 'Skriv ett ord.')
  assert.equal(change({ does: 'add_activity', slide: '0', kind: 'unheard-of' }).value, '')
  assert.equal(change({ does: 'hidden', slide: '0' }).value, true)
})

test('a question asked at a slide stands on the slide after it, and its heading is to be written', () => {
  const change = changeOfButton({ does: 'add_question', slide: '1', kind: 'words' }, outline, t)
  assert.deepEqual([change.slide, change.kind, change.value], [1, 'words', ['Hva vil du spørre om?', 'Skriv ett ord.']])
  assert.equal(slideAfter(change, outline), 2)
  assert.deepEqual(madeField(change, 2, outline), { id: 'f-title-2-0-', selected: true })
})

test('another kind brings its own instruction, but never over one that somebody wrote', () => {
  const change = (index, kind) => changeOfButton({ does: 'kind', slide: '0', activity: `${index}`, kind }, outline, t).value
  assert.equal(change(0, 'words'), 'Skriv ett ord.')
  assert.equal(change(0, 'think'), '')
  assert.equal(change(1, 'open'), null)
  assert.equal(newInstruction({ kind: 'unheard-of', instruction: '' }, 'open', t.instructions), 'Skriv svaret ditt.')
})

test('after a change that slide is open on which it was made', () => {
  const after = (does, slide, more = {}) => slideAfter({ do: does, slide, activity: 0, by: 1, ...more }, outline)
  assert.equal(after('add_slide', 0), 1)
  assert.equal(after('copy_slide', 2), 3)
  assert.equal(after('move_slide', 1, { by: -1 }), 0)
  assert.deepEqual([after('drop_slide', 2), after('drop_slide', 0)], [1, 0])
  assert.equal(after('add_activity', 2), 2)
})

test('an activity that is moved past the end of its slide takes the reader along', () => {
  const after = (s, a, by) => slideAfter({ do: 'move_activity', slide: s, activity: a, by }, outline)
  assert.equal(after(0, 0, 1), 0)
  assert.equal(after(0, 1, 1), 1)
  assert.equal(after(2, 0, -1), 1)
})

test('what was made is what one goes on with: its heading is selected, its instruction has the focus', () => {
  assert.deepEqual(madeField({ do: 'add_slide' }, 1, outline), { id: 'f-title-1-0-', selected: true })
  assert.deepEqual(madeField({ do: 'copy_slide' }, 2, outline), { id: 'f-title-2-0-', selected: false })
  assert.deepEqual(madeField({ do: 'add_activity', slide: 0 }, 0, outline), { id: 'f-instruction-0-1-', selected: false })
  assert.deepEqual(madeField({ do: 'kind', slide: 0, activity: 0 }, 0, outline), { id: 'f-instruction-0-0-', selected: false })
  for (const change of [null, { do: 'move_slide' }, { do: 'attribute' }]) assert.equal(madeField(change, 0, outline), null)
})

test('after a move the same button can be pressed again, wherever it is now', () => {
  assert.equal(movedButtonId({ do: 'move_slide', by: 1 }, 2, outline), 'f-move_slide-2-1')
  assert.equal(movedButtonId({ do: 'move_activity', slide: 0, activity: 1, by: -1 }, 0, outline), 'f-move_activity-0-0--1')
  assert.equal(movedButtonId({ do: 'move_activity', slide: 1, activity: 0, by: 1 }, 2, outline), 'f-move_activity-2-0-1', 'first on the slide after')
  assert.equal(movedButtonId({ do: 'move_activity', slide: 1, activity: 0, by: -1 }, 0, outline), 'f-move_activity-0-1--1', 'last on the slide before')
  assert.equal(movedButtonId({ do: 'drop_slide' }, 0, outline), null)
})

test('where it can’t, the focus goes to the button for the way back', () => {
  assert.equal(otherDirectionId('f-move_slide-2-1'), 'f-move_slide-2--1')
  assert.equal(otherDirectionId('f-move_slide-0--1'), 'f-move_slide-0-1')
  assert.equal(otherDirectionId('f-copy_slide-0'), 'f-copy_slide-0')
})

test('a workshop begins with its title, its language and one question', () => {
  assert.equal(emptyWorkshop(t.begin, 'nb'), '---\nformat: workshop/1\ntitle: Nytt møte\nlanguage: nb\n---\n\n## Hva vil du spørre om?\n')
})

test('the name of the meeting is its title and its first slide, read as it was written', () => {
  const text = titledWorkshop(' Møte *om*\n---\n benker ', 'nb')
  assert.equal(text, '---\nformat: workshop/1\ntitle: Møte *om* --- benker\nlanguage: nb\n---\n\n# Møte \\*om\\* \\-\\-\\- benker\n')
})

test('what is not seen where it was pressed is told; a field that was filled in is not', () => {
  const words = { kinds: { words: 'Ordsky' }, said: { kind: 'Nå: {kind}', move_slide: 'Nummer {n}', drop_slide: '{n} er slettet', hidden: 'Skjult', unhidden: 'Vises' } }
  const told = (change) => changeNotice(change && { slide: 2, activity: 0, value: null, ...change }, 0, words)
  assert.deepEqual([{ do: 'kind', kind: 'words' }, { do: 'move_slide', by: -2 }, { do: 'drop_slide' }, { do: 'hidden', value: true }, { do: 'hidden', value: false }].map(told),
    ['Nå: Ordsky', 'Nummer 1', '3 er slettet', 'Skjult', 'Vises'])
  assert.deepEqual([told(null), told({ do: 'title', value: 'A' })], ['', ''])
})
