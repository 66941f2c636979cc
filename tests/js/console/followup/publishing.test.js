import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../../page.js'

page()
const { Publishing, missingOf } = await import('../../../../presenter/console/followup/publishing.js')

const t = {
  no_owner: 'no owner', no_date: 'no date', date_passed: 'passed', n_flagged: ['{n} waits', '{n} wait'],
  no_reply: ['{name}: no reply', '{n} without a reply, first {name}'], no_unit: ['{name}: no unit', '{n} without a unit, first {name}'],
  no_when: ['{name}: no date', '{n} without a date, first {name}'], no_who: ['{name}: nobody', '{n} by nobody, first {name}'],
  missing: 'Missing:', still_missing: 'Still missing:', nothing_missing: 'All there', publish: 'Publish', unpublish: 'Unpublish', see_draft: 'Draft', see_public: 'Public',
  said_public: 'public', said_private: 'private', qr: 'QR', copied: 'Copied',
}
const TODAY = '2027-03-29'
const theme = (name, more = {}) => ({ activity: 'a', theme: name, name, status: 'received', reason: '', unit: '', date: '', ...more })
const whole = { status: 'doing', unit: 'Plan', date: '2027-10-01' }
const viewOf = (followup = {}, warnings = []) => ({
  warnings, join: { url: 'https://innspill.no/25054015' }, followup: { published: false, waiting: 0, by: '', promises: [], themes: [], ...followup },
})
const linesOf = (...view) => missingOf(viewOf(...view), TODAY, t).map(({ words }) => words)

test('nothing is missing in a report that says who, when and what', () => {
  assert.deepEqual(linesOf({ by: TODAY, themes: [theme('Bus', whole), theme('Sea', { status: 'not', reason: 'Too dear' })], promises: [{ n: 1, text: 'All', who: 'Mayor' }] }), [])
})

test('a missing owner, a missing date and one that has passed are told, each with its key', () => {
  assert.deepEqual(missingOf(viewOf({}, ['no-purpose', 'no-owner', 'no-report-by']), TODAY, t),
    [{ words: 'no owner', place: { key: 'owner' } }, { words: 'no date', place: { key: 'report-by' } }])
  assert.deepEqual(missingOf(viewOf({ by: '2027-03-28' }), TODAY, t), [{ words: 'passed', place: { key: 'report-by' } }])
  assert.deepEqual(linesOf({ by: '2027-03-28', published: true }), [], 'the answer came')
})

test('each sort of empty cell is one line, which leads to the first of them', () => {
  const themes = [theme('A'), theme('B'), theme('C', { ...whole, unit: '' }), theme('D', { ...whole, date: '' }), theme('E', { ...whole, unit: '' }), theme('F', { reason: 'Noted' })]
  const promises = [{ n: 1, text: 'All', who: 'Mayor' }, { n: 2, text: 'Soon', who: '' }]
  const found = missingOf(viewOf({ waiting: 2, themes, promises }), TODAY, t)
  assert.deepEqual(found.map(({ words }) => words),
    ['2 wait', '2 without a reply, first A', '3 without a unit, first C', '2 without a date, first D', 'Soon: nobody'])
  assert.deepEqual(found.slice(1).map(({ place }) => place.field ?? place.promise.n), ['status', 'unit', 'date', 2])
})

const partWith = (right = 'facilitator') => {
  const $ = page({ data: { code: '25054015' }, ids: {
    'followup-missing': 'ul', 'followup-say': 'p', 'followup-check': 'p', publish: 'button', 'see-report': 'a', published: 'div', 'published-url': 'input', 'published-qr': 'div', 'published-copy': 'button',
  } })
  const [sent, mended] = [[], []]
  const part = new Publishing({ t, right, note: () => {}, press: async (action) => (sent.push(action), true), mend: (place) => mended.push(place), publish: () => sent.push('publish') })
  return { $, part, sent, mended }
}

test('what is missing stops nobody; once published the address and its QR code stand there, until it is taken back', async () => {
  const { $, part, sent, mended } = partWith()
  part.show(viewOf({}, ['no-owner']), TODAY)
  assert.equal($('followup-check').textContent, 'Missing:')
  assert.equal($('see-report').href, '/25054015/report?draft')
  assert.ok($('published').hidden)
  await $('followup-missing').querySelector('button').click()
  assert.deepEqual(mended, [{ key: 'owner' }])
  await $('publish').click()
  part.show(viewOf({ published: true }), TODAY)
  assert.equal($('published-url').value, 'https://innspill.no/25054015/report')
  assert.equal($('published-qr').querySelector('img').getAttribute('src'), '/25054015/report.svg')
  assert.equal($('followup-check').textContent, 'All there')
  await $('publish').click()
  assert.deepEqual(sent, ['publish', { do: 'unpublish' }])
  part.show(viewOf(), TODAY)
  assert.ok($('published').hidden)
  assert.equal($('published-qr').querySelector('img'), null)
})

test('whoever may not change the workshop reads the lines, without a way that would be refused', () => {
  const { $, part } = partWith('moderate')
  part.show(viewOf({}, ['no-owner']), TODAY)
  assert.equal($('followup-missing').querySelector('button'), null)
  assert.equal($('followup-missing').textContent, 'no owner')
})
