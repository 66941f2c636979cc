import assert from 'node:assert/strict'
import test from 'node:test'

import * as choice from '../../../../static/activities/choice.js'
import * as other from '../../../../static/activities/choice_other.js'
import * as dots from '../../../../static/activities/dots.js'
import * as group from '../../../../static/activities/group.js'
import * as number from '../../../../static/activities/number.js'
import * as gradient from '../../../../static/activities/gradient.js'
import * as points from '../../../../static/activities/points.js'
import * as rank from '../../../../static/activities/rank.js'
import * as scale from '../../../../static/activities/scale.js'
import { page } from '../../page.js'

const VIEW = { activity: 'a', pick: 2, shuffle: false, options: [{ id: 'a', text: 'Skolen' }, { id: 'b', text: 'Torget' }, { id: 'c', text: 'Havna' }] }
const RATED = { activity: 's', low: 1, high: 3, labels: ['Uenig', 'Enig'], items: [{ id: 'a', text: 'Buss' }, { id: 'b', text: 'Vei' }] }
const own = (value, rev = 1) => ({ id: 'x', rev, value })
const refuse = (...why) => ({ refused: why })

const form = (entries) => {
  const data = new FormData()
  for (const [name, value] of entries) data.append(name, value)
  return data
}
const place = () => {
  const { document } = page({ ids: { place: 'fieldset' } })
  const found = document.getElementById('place')
  found.append(Object.assign(document.createElement('legend'), { textContent: 'Hvor?' }))
  return found
}
const inputs = (at) => at.querySelectorAll('input')
const ticked = (at) => inputs(at).filter((input) => input.checked).map(({ name, value }) => `${name}=${value}`)

test('the options are drawn below the question, with the own answer ticked', () => {
  const at = place()
  choice.show(at, VIEW, own(['b']), 'seed')
  assert.equal('Hvor?SkolenTorgetHavna', at.textContent)
  assert.deepEqual(['checkbox', 'checkbox', 'checkbox'], inputs(at).map(({ type }) => type))
  assert.deepEqual(['option=b'], ticked(at))
})

test('where one may be picked they are radio buttons', () => {
  const at = place()
  choice.show(at, { ...VIEW, pick: 1 }, undefined, 'seed')
  assert.deepEqual(['radio', 'radio', 'radio'], inputs(at).map(({ type }) => type))
  assert.deepEqual([], ticked(at))
})

test('a view that changes nothing leaves what is ticked but not sent; so does an answer from elsewhere', () => {
  const at = place()
  choice.show(at, VIEW, undefined, 'seed')
  const [first] = inputs(at)
  first.checked = true
  choice.show(at, VIEW, undefined, 'seed')
  assert.equal(first, inputs(at)[0])
  choice.show(at, VIEW, own(['c']), 'seed')
  assert.deepEqual(['option=a', 'option=c'], ticked(at))
})

test('the next question has its own rows, though its options have the same words; nothing ticked is carried over', () => {
  const at = place()
  choice.show(at, { ...VIEW, pick: 1 }, undefined, 'seed')
  inputs(at)[0].checked = true
  choice.show(at, { ...VIEW, activity: 'b', pick: 2 }, undefined, 'seed')
  assert.deepEqual([[], 'checkbox'], [ticked(at), inputs(at)[0].type])
  scale.show(at, RATED, undefined)
  scale.show(at, { ...RATED, activity: 't', high: 2, labels: ['Umulig', 'Lett'] }, undefined)
  assert.equal('Hvor?Buss12UmuligLettVei12UmuligLett', at.textContent)
})

test('the focus stays on the option it was on', () => {
  const at = place()
  choice.show(at, VIEW, undefined, 'seed')
  inputs(at)[1].focus()
  choice.show(at, VIEW, own(['a']), 'seed')
  assert.equal(inputs(at)[1], document.activeElement)
})

test('shuffled options stand in an order of this phone’s own', () => {
  const order = (seed) => { const at = place(); choice.show(at, { ...VIEW, shuffle: true }, undefined, seed); return at.textContent }
  assert.equal(order('one'), order('one'))
  assert.ok(new Set(Array.from({ length: 40 }, (_, n) => order(`phone ${n}`))).size > 3)
})

test('an answer is what is ticked; none, or too many, is said', () => {
  for (const kind of [choice, dots]) {
    assert.deepEqual(['a', 'c'], kind.read(form([['option', 'a'], ['option', 'c']]), VIEW, refuse))
    assert.deepEqual({ refused: ['choose'] }, kind.read(form([]), VIEW, refuse))
    assert.deepEqual({ refused: ['most', 2] }, kind.read(form([['option', 'a'], ['option', 'b'], ['option', 'c']]), VIEW, refuse))
    assert.equal('Skolen, Havna', kind.tell(['a', 'c', '?'], VIEW))
    assert.equal('Ja, gjerne; Nei', kind.tell(['a', 'b'], { ...VIEW, options: [{ id: 'a', text: 'Ja, gjerne' }, { id: 'b', text: 'Nei' }] }))
  }
})

test('each item of a scale has its steps, with the words at both ends', () => {
  const at = place()
  scale.show(at, RATED, own({ b: 3 }))
  assert.equal('Hvor?Buss123UenigEnigVei123UenigEnig', at.textContent)
  assert.deepEqual(['item-b=3'], ticked(at))
  scale.show(at, { ...RATED, labels: [] }, own({ b: 3 }, 2))
  assert.equal('Hvor?Buss123Vei123', at.textContent)
})

test('dots follow a theme that was merged into another; doubles count once, and what is gone can be set again', () => {
  const say = (sentence, n) => `${sentence} ${n}`
  const at = place()
  dots.show(at, { ...VIEW, pick: 3 }, own(['a', 'b', 'c']), 'seed', say)
  assert.deepEqual(['option=a', 'option=b', 'option=c'], ticked(at))
  const merged = { ...VIEW, pick: 3, options: [{ id: 'b', text: 'Torget', was: ['a'] }] }
  dots.show(at, merged, own(['a', 'b', 'c']), 'seed', say)
  assert.deepEqual(['option=b'], ticked(at))
  assert.match(at.textContent, /freed 2$/)
  assert.equal('Torget', dots.tell(['a', 'b', 'c'], merged))
  dots.show(at, merged, { ...own(['b'], 2), freed: 2 }, 'seed', say)
  assert.match(at.textContent, /freed 2$/)
  dots.show(at, merged, own(['b'], 3), 'seed', say)
  assert.doesNotMatch(at.textContent, /freed/)
})

test('what is rated is an answer, also when it is not all', () => {
  assert.deepEqual({ a: 2 }, scale.read(form([['item-a', '2'], ['activity', 's']]), RATED, refuse))
  assert.deepEqual({ refused: ['choose'] }, scale.read(form([['activity', 's']]), RATED, refuse))
  assert.equal('Buss: 2, ?: 1', scale.tell({ a: 2, '?': 1 }, RATED))
})

test('while answers are gathered the themes and their counts are shown, and whether own answers may be sorted', () => {
  const { document } = page({ ids: { themes: 'tbody', sort: 'a' } })
  const body = document.getElementById('themes')
  Object.assign(body.dataset, { ungrouped: 'Uten tema', more: '{n} til' })
  const rows = () => body.querySelectorAll('tr').map((row) => row.children.map(({ textContent }) => textContent))
  group.show(body, { themes: [{ name: 'Reise', answers: 3 }], themes_more: 0, ungrouped: 4, sort: true })
  assert.deepEqual([['Reise', '3'], ['Uten tema', '4']], rows())
  assert.equal(false, document.getElementById('sort').hidden)
  group.show(body, { themes: [], themes_more: 2, ungrouped: 0, sort: false })
  assert.deepEqual([['2 til', ''], ['Uten tema', '0']], rows())
  assert.equal(true, document.getElementById('sort').hidden)
})

test('what is ticked gets the next place and stands first; buttons move it, and nothing more can be ticked when all places are given', async () => {
  const at = place()
  const view = { ...VIEW, activity: 'rank-1', says: { up: 'Opp: {option}', down: 'Ned: {option}' } }
  const tick = (id) => inputs(at).find(({ value }) => value === id).fire('change')
  rank.show(at, view, undefined, 'seed')
  assert.equal('Hvor?SkolenTorgetHavna', at.textContent)
  await tick('c')
  await tick('a')
  assert.equal('Hvor?1. Havna↑↓2. Skolen↑↓Torget', at.textContent)
  assert.deepEqual([false, false, true], inputs(at).map(({ disabled }) => disabled))
  await at.querySelectorAll('button').find((one) => one.dataset.does === 'up a').click()
  assert.equal('Hvor?1. Skolen↑↓2. Havna↑↓Torget', at.textContent)
  rank.show(at, view, undefined, 'seed')
  assert.equal('Hvor?1. Skolen↑↓2. Havna↑↓Torget', at.textContent)
  await tick('a')
  assert.equal('Hvor?1. Havna↑↓SkolenTorget', at.textContent)
})

test('a ranking is read in its order, and told with its places; of merged options the better place stands', () => {
  assert.deepEqual(['c', 'a'], rank.read(form([['option', 'c'], ['option', 'a']]), VIEW, refuse))
  assert.deepEqual({ refused: ['choose'] }, rank.read(form([]), VIEW, refuse))
  assert.deepEqual({ refused: ['most', 2] }, rank.read(form(['a', 'b', 'c'].map((id) => ['option', id])), VIEW, refuse))
  assert.equal('1. Havna, 2. Skolen', rank.tell(['c', 'a'], VIEW))
  const merged = [{ id: 'a', text: 'Skolen', was: ['x'] }, { id: 'b', text: 'Torget' }]
  assert.deepEqual(['a', 'b'], rank.inOrder(['x', 'gone', 'b', 'a'], merged))
  assert.deepEqual(['b', 'c', 'a'], rank.moved(['a', 'b', 'c'], 0, 2))
})

test('a number is read as people write it, and one that can’t be answered says why', () => {
  const view = { activity: 'n', language: 'nb', unit: 'km', least: 0, most: 100, in_steps: null, says: { answer: 'Tallet', wrong: 'Skriv et tall.', limits: 'Fra 0 til 100' } }
  const { document } = page({ ids: { status: 'p' } })
  const typed = (text, more = {}) => number.read(form([['number', text]]), { ...view, ...more }, (key) => { document.getElementById('status').textContent = key; return null })
  assert.deepEqual([0, 12.5, 1], [typed('0'), typed(' 12,5 '), typed('1')])
  assert.equal(1250, typed('1 250', { most: 2000 }))
  for (const [text, why] of [['', 'empty'], ['tolv', 'Skriv et tall.'], ['101', 'Fra 0 til 100'], ['-1', 'Fra 0 til 100']]) {
    assert.equal(null, typed(text))
    assert.equal(why, document.getElementById('status').textContent)
  }
  assert.equal(null, typed('7', { in_steps: 5 }))
  assert.equal('12,5 km', number.tell(12.5, view))
  assert.equal('0 km', number.tell(0, view))
})

test('the field keeps what is typed when a view comes, and shows the own answer', () => {
  const view = { activity: 'n2', language: 'nb', unit: '', least: null, most: null, says: { answer: 'Tallet', wrong: '' } }
  const at = place()
  number.show(at, view, undefined, 'seed')
  const [field] = inputs(at)
  number.show(at, view, undefined, 'seed')
  assert.equal(field, inputs(at)[0])
  number.show(at, view, own(2.5), 'seed')
  assert.equal('2,5', inputs(at)[0].value)
})

test('degrees of agreement are eight steps, and one of them is the answer', () => {
  const says = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((step) => [`step${step}`, `Trinn ${step}`]))
  const at = place()
  gradient.show(at, { ...VIEW, says }, own(3), 'seed')
  assert.deepEqual(['step=3'], ticked(at))
  assert.equal('8: Trinn 8', at.querySelector('.option').textContent)
  assert.equal(3, gradient.read(form([['step', '3']]), VIEW, refuse))
  assert.deepEqual({ refused: ['choose'] }, gradient.read(form([]), VIEW, refuse))
  assert.equal('1: Trinn 1', gradient.tell(1, { says }))
})

test('points are shared out by buttons, never more than are left, and what is left is said', async () => {
  const at = place()
  const says = { left: 'Igjen: {n}', over: 'For mange: {n}', more: 'Mer: {option}', less: 'Mindre: {option}', wrong: 'Hele poeng.' }
  const view = { ...VIEW, activity: 'p', total: 100, in_steps: 40, says }
  points.show(at, view, undefined, 'seed')
  const [less, more] = at.querySelectorAll('button')
  const said = () => at.querySelector('.rule').textContent
  assert.equal('Igjen: 100', said())
  await less.click()
  assert.equal('', inputs(at)[0].value)
  for (const left of [60, 20, 0, 0]) {
    await more.click()
    assert.equal(`Igjen: ${left}`, said())
  }
  assert.equal('100', inputs(at)[0].value)
  points.show(at, view, undefined, 'seed')
  assert.equal('100', inputs(at)[0].value)
})

test('points that can’t be given say why', () => {
  const view = { ...VIEW, activity: 'p2', total: 100, in_steps: 5, says: { over: 'For mange: {n}', wrong: 'Hele poeng.' } }
  const { document } = page({ ids: { status: 'p' } })
  const read = (...entries) => points.read(form(entries), view, (key) => { document.getElementById('status').textContent = key; return null })
  assert.deepEqual({ a: 60, b: 40 }, read(['points-a', '60'], ['points-b', '40'], ['points-c', '']))
  for (const [entries, why] of [[[], 'choose'], [[['points-a', '60'], ['points-b', '60']], 'For mange: 20'], [[['points-a', '7']], 'Hele poeng.'], [[['points-a', 'x']], 'Hele poeng.']]) {
    assert.equal(null, read(...entries))
    assert.equal(why, document.getElementById('status').textContent)
  }
  assert.equal('Skolen: 60, Torget: 40', points.tell({ a: 60, b: 40 }, view))
  assert.deepEqual({ a: 7 }, points.given({ a: 5, x: 2, gone: 9 }, [{ id: 'a', text: 'Skolen', was: ['x'] }]))
})

test('something else is sent beside the options, and counts as one of them, where its box is ticked', () => {
  const answer = {}
  assert.deepEqual(['a'], other.read(form([['option', 'a'], ['option', '+'], ['text', ' Sykkel ']]), VIEW, refuse, answer))
  assert.deepEqual({ text: 'Sykkel' }, answer)
  assert.deepEqual({ refused: ['choose'] }, other.read(form([['option', '+'], ['text', ' ']]), VIEW, refuse, {}))
  assert.deepEqual({ refused: ['most', 2] }, other.read(form([['option', 'a'], ['option', 'b'], ['option', '+'], ['text', 'x']]), VIEW, refuse, {}))
  assert.equal('Skolen, Sykkel', other.tell(['a'], VIEW, { text: 'Sykkel' }))
  assert.equal('Sykkel', other.tell([], VIEW, { text: 'Sykkel' }))
})
