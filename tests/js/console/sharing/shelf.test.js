import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../../page.js'

page()
const { contentOf, leftOut, sizeText } = await import('../../../../presenter/console/sharing/shelf.js')

const answer = (text, more = {}) => ({ alias: 'P001', text, hidden: null, held: false, late: false, redacted: false, waits: false, ...more })
const theme = (name, answers, more = {}) => ({ activity: 'a', theme: name, name, answers, status: 'received', date: '', unit: '', ...more })

test('the drawings are made of what is in the files: nothing that is held back, and the largest theme first', () => {
  const answers = [answer('Flere busser om kvelden'), answer('ro'), answer('Hansen', { hidden: 'name' }), answer('sent', { late: true }), answer('venter', { waits: true }), answer(null)]
  const themes = [theme('Buss', 2, { date: '2027-10-01', status: 'doing' }), theme('Skole', 5, { date: '2027-06-15' }), theme('', 9), theme('Havn', 1, { date: '2027-01-01', status: 'not' })]
  const results = [{ question: 'Hva nå?', answers: 8, results: { words: [] } }, { question: 'Hvor?', answers: 4, results: {} }]
  const content = contentOf({ title: 'Møtet', followup: { themes, promises: [] } }, answers, results)
  assert.deepEqual(content.texts.map(({ text }) => text), ['Flere busser om kvelden', 'ro'])
  assert.equal(content.voices[0], 'Flere busser om kvelden')
  assert.deepEqual(content.rows, [['Skole', 5], ['Buss', 2], ['Havn', 1]])
  assert.deepEqual(content.dates.map(({ name }) => name), ['Skole', 'Buss'])
  assert.deepEqual([content.answers, content.question], [12, 'Hva nå?'])
})

test('without themes the options or words of the first question are drawn; an empty meeting has nothing', () => {
  const result = { question: '', answers: 3, results: { options: [{ text: 'Ja', count: 2 }, { text: 'Nei', count: null }] } }
  assert.deepEqual(contentOf({ title: 'Møtet', followup: { themes: [], promises: [] } }, [], [result]).rows, [['Ja', 2], ['Nei', 0]])
  const empty = contentOf({ title: 'Møtet', followup: { themes: [], promises: [] } }, [], [])
  assert.deepEqual([empty.answers, empty.rows, empty.question], [0, [], 'Møtet'])
})

test('a size is told as people say it', () => {
  assert.deepEqual([1, 410_400, 1_120_000].map((bytes) => sizeText(bytes, 'nb')), ['1 kB', '410 kB', '1,1 MB'])
})

test('what is in no file is told, each by itself', () => {
  const t = { withheld: ['{n} er holdt tilbake', '{n} er holdt tilbake'], waiting: ['{n} venter', '{n} venter'] }
  assert.deepEqual(leftOut({ withheld: 0, waiting: 0 }, t), [])
  assert.deepEqual(leftOut({ withheld: 3, waiting: 1 }, t), ['3 er holdt tilbake', '1 venter'])
})
