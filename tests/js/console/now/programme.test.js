import assert from 'node:assert/strict'
import test from 'node:test'

import { Programme, SlideActivities, activityFacts, kindText, nextText } from '../../../../presenter/console/now/programme.js'
import { paragraphs } from '../../../../presenter/console/now/slide_notes.js'
import { page, settled } from '../../page.js'

const t = {
  ways: { point: 'Neste punkt', slide: 'Lysbilde {n}: {title}', talk: 'Start samtalen', write: 'Ta imot svar', results: 'Vis svarene', ended: 'Avslutt' },
  kinds: { open: 'Fritekst', pair: 'Snakk to og to' }, optional: 'hvis det er tid', start: 'Start',
  activity_states: { write: 'pågår', results: 'vist' }, n_answers: ['{n} svar', '{n} svar'],
}
const view = { slide: { n: 3 }, activity: 'a1', next: null }

test('the button says what «next» will do', () => {
  const next = (more) => nextText({ ...view, next: more }, t)
  assert.equal(next({ state: 'slide', slide: 4, title: 'Hva nå?', part: 0 }), 'Lysbilde 4: Hva nå?')
  assert.equal(next({ state: 'slide', slide: 3, title: 'Hva nå?', part: 2 }), 'Neste punkt')
  assert.equal(next({ state: 'slide', slide: 3, title: 'Hva nå?', part: 0 }), 'Lysbilde 3: Hva nå?')
  assert.equal(next({ state: 'results', activity: 'a1', instruction: 'Skriv.' }), 'Vis svarene')
  assert.equal(next({ state: 'ended' }), 'Avslutt')
  assert.equal(nextText(view, t), '')
})

test('before a new activity it also says what people will be asked to do', () => {
  assert.equal(nextText({ ...view, next: { state: 'talk', activity: 'a2', instruction: 'To og to.' } }, t), 'Start samtalen: To og to.')
  assert.equal(nextText({ ...view, next: { state: 'write', activity: 'a1', instruction: 'Skriv.' } }, t), 'Ta imot svar')
})

test('an activity is described by its kind, its state and its answers', () => {
  assert.deepEqual(kindText({ kind: 'pair', optional: true }, t), ['Snakk to og to', 'hvis det er tid'])
  assert.deepEqual(kindText({ kind: 'light' }, t), ['light'])
  assert.equal(activityFacts({ kind: 'open', optional: false, state: 'results', answers: 12 }, t), 'Fritekst · vist · 12 svar')
  assert.equal(activityFacts({ kind: 'open', optional: false, state: 'waiting', answers: 0 }, t), 'Fritekst')
})

test('the slide on show is marked, and the list is fetched again when the workshop was changed', async () => {
  const $ = page({ ids: { slides: 'ol' } })
  const rooms = [
    { language: 'nb', slides: [{ n: 1, title: 'Velkommen', activities: [] }, { n: 2, title: 'Hva nå?', activities: [{ id: 'a', kind: 'open', optional: true, question: 'Noe mer?' }] }] },
    { language: 'nb', slides: [{ n: 1, title: 'Hei', activities: [] }] },
  ]
  const sent = []
  const programme = new Programme({ t, press: (action) => sent.push(action), fetchRoom: async () => rooms.shift() ?? null })
  await programme.fetch()
  programme.show({ slide: { n: 2 }, workshop_version: 'a' })
  const current = () => $('slides').children.map((row) => row.getAttribute('aria-current'))
  assert.deepEqual(current(), [null, 'step'])
  programme.show({ slide: { n: 1 }, workshop_version: 'a' })
  assert.deepEqual(current(), ['step', null])
  const [jump, start] = $('slides').children[1].querySelectorAll('button')
  await jump.click()
  await start.click()
  assert.deepEqual(sent, [{ do: 'goto', slide: 2 }, { do: 'start', activity: 'a' }])
  programme.show({ slide: { n: 1 }, workshop_version: 'b' })
  await settled()
  assert.equal($('slides').textContent, '1Hei')
  await programme.fetch() // the server can't be reached: what was there stays
  assert.equal($('slides').children.length, 1)
})

test('an activity of the slide can be started while it waits', async () => {
  const $ = page({ ids: { 'tasks-part': 'section', tasks: 'ul' } })
  const sent = []
  const part = new SlideActivities({ t, press: (action) => sent.push(action) })
  part.show({ activities: [], activity: null })
  assert.ok($('tasks-part').hidden)
  const activities = [{ id: 'a', kind: 'pair', state: 'done', answers: 0, instruction: 'To og to.' }, { id: 'b', kind: 'open', state: 'waiting', answers: 0, question: 'Hva?' }]
  part.show({ activities, activity: 'a', language: 'nb' })
  assert.ok(!$('tasks-part').hidden)
  const buttons = $('tasks').querySelectorAll('button')
  assert.equal(buttons.length, 1)
  await buttons[0].click()
  assert.deepEqual(sent, [{ do: 'start', activity: 'b' }])
  part.show({ activities, activity: 'a', language: 'nb' })
  assert.equal($('tasks').querySelectorAll('button')[0], buttons[0], 'a button that stays the same is not made again under the pointer')
})

test('an empty line in the notes begins a new paragraph', () => {
  assert.deepEqual(paragraphs('Husk kaffe.\nOg te.\n\n \nSi takk.'), ['Husk kaffe.\nOg te.', 'Si takk.'])
  assert.deepEqual(paragraphs(''), [])
})
