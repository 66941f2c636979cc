import assert from 'node:assert/strict'
import test from 'node:test'

import { Programme, verb } from '../../../../presenter/console/now/programme.js'
import { paragraphs } from '../../../../presenter/console/now/slide_notes.js'
import { page, settled } from '../../page.js'

const t = {
  ways: { point: 'Neste punkt', slide: 'Neste: {title}', untitled: 'Neste: lysbilde {n}', talk: 'Start samtalen', 'talk.think': 'La dem tenke', write: 'Åpne for svar', results: 'Vis svarene', ended: 'Avslutt' },
  kinds: { open: 'Åpent spørsmål', pair: 'Parsamtale' }, start: 'Start', untitled: 'Lysbilde {n}', activity_states: { done: 'ferdig' },
}

test('the words on the button are what a press of it does', () => {
  const says = (stop) => verb(stop, { n: 3 }, t)
  assert.equal(says({ state: 'slide', slide: 4, title: 'Hva nå?', part: 0 }), 'Neste: Hva nå?')
  assert.equal(says({ state: 'slide', slide: 4, title: '', part: 0 }), 'Neste: lysbilde 4')
  assert.equal(says({ state: 'slide', slide: 3, title: 'Hva nå?', part: 2 }), 'Neste punkt')
  assert.equal(says({ state: 'slide', slide: 3, title: 'Hva nå?', part: 0 }), 'Neste: Hva nå?')
  for (const [state, words] of [['write', 'Åpne for svar'], ['results', 'Vis svarene'], ['ended', 'Avslutt']]) assert.equal(says({ state, slide: 3 }), words)
  assert.equal(says(null), '')
  assert.equal(says({ state: 'brand-new' }), '')
  assert.equal(verb({ state: 'slide', slide: 1, title: 'Hei', part: 1 }, null, t), 'Neste: Hei', 'from the lobby no slide is on show')
})

test('a kind of talk may have a verb of its own', () => {
  assert.equal(verb({ state: 'talk', slide: 3, kind: 'pair' }, { n: 3 }, t), 'Start samtalen')
  assert.equal(verb({ state: 'talk', slide: 3, kind: 'think' }, { n: 3 }, t), 'La dem tenke')
})

const PAIR = { id: 'a', kind: 'pair', state: 'done', time_s: 120, takes_answers: false, optional: false, reveal: 'results' }
const OPEN = { id: 'b', kind: 'open', state: 'waiting', time_s: 150, takes_answers: true, optional: false, reveal: 'results' }

const programmeWith = (...rooms) => {
  const $ = page({ ids: { plan: 'section', slides: 'ol' } })
  const [sent, read] = [[], []]
  const programme = new Programme({ t, press: (action) => sent.push(action), fetchRoom: async () => rooms.shift() ?? null, results: (slide) => read.push(slide.n) })
  return { $, sent, read, programme, current: () => $('slides').children.map((row) => row.getAttribute('aria-current')) }
}
const TWO = { language: 'nb', slides: [{ n: 1, title: 'Velkommen' }, { n: 2, title: '' }] }
const viewAt = (n, more = {}) => ({ state: 'slide', slide: { n }, activity: null, activities: [], workshop_version: 'a', ...more })

test('the slide on show is marked, and the list is fetched again when the workshop was changed', async () => {
  const { $, sent, programme, current } = programmeWith(TWO, { language: 'nb', slides: [{ n: 1, title: 'Hei' }] })
  await programme.fetch()
  assert.equal($('slides').textContent, '1Velkommen2Lysbilde 2')
  programme.show(viewAt(2))
  assert.deepEqual(current(), [null, 'step'])
  assert.deepEqual($('slides').children.map((row) => row.classList.contains('passed')), [true, false])
  programme.show(viewAt(1, { state: 'lobby' }))
  assert.deepEqual(current(), [null, null])
  await $('slides').children[1].querySelector('button').click()
  assert.deepEqual(sent, [{ do: 'goto', slide: 2 }])
  programme.show(viewAt(1, { workshop_version: 'b' }))
  await settled()
  assert.equal($('slides').textContent, '1Hei')
  await programme.fetch() // the server can't be reached: what was there stays
  assert.equal($('slides').children.length, 1)
})

test('after the end a press on a slide reads its results, and sends nothing', async () => {
  const { $, sent, read, programme } = programmeWith(TWO)
  await programme.fetch()
  programme.show(viewAt(2, { state: 'ended' }))
  await $('slides').children[1].querySelector('button').click()
  assert.deepEqual([sent, read], [[], [2]])
})

test('a colleague who only follows the meeting reads the programme, and opens results after the end', async () => {
  for (const [right, state, disabled] of [['look', 'slide', true], ['moderate', 'lobby', true], ['look', 'ended', false], ['run', 'slide', false], ['facilitator', 'slide', false]]) {
    const { $, programme } = programmeWith(TWO)
    $.body.dataset.right = right
    await programme.fetch()
    programme.show(viewAt(2, { state }))
    assert.deepEqual($('slides').querySelectorAll('button').map((button) => button.disabled), [disabled, disabled], `${right}, ${state}`)
  }
})

test('the slide on show opens its steps, and one that only a press starts has a button', async () => {
  const { $, sent, programme } = programmeWith(TWO)
  await programme.fetch()
  const activities = [PAIR, { ...OPEN, optional: true }]
  programme.show(viewAt(2, { state: 'idle', activities }))
  assert.equal($('slides').children[0].querySelector('.steps'), null)
  const steps = $('slides').children[1].querySelector('.steps')
  assert.deepEqual(steps.children.map(({ textContent }) => textContent), ['Parsamtale ferdig2:00', 'Åpent spørsmål2:30Start', 'Vis svarene'])
  programme.show(viewAt(2, { state: 'idle', activities }))
  assert.equal($('slides').children[1].querySelector('.steps'), steps, 'what stays the same is not made again under the pointer')
  await steps.querySelector('button').click()
  assert.deepEqual(sent, [{ do: 'start', activity: 'b' }])
  programme.show(viewAt(1, { activities: [] }))
  assert.equal($('slides').querySelector('.steps'), null)
})

test('an empty line in the notes begins a new paragraph', () => {
  assert.deepEqual(paragraphs('Husk kaffe.\nOg te.\n\n \nSi takk.'), ['Husk kaffe.\nOg te.', 'Si takk.'])
  assert.deepEqual(paragraphs(''), [])
})
