import assert from 'node:assert/strict'
import test from 'node:test'

import { drawOwn } from '../../../../static/phone/own_list.js'
import { page } from '../../page.js'

const T = { saved: 'Mottatt', held: 'Mottatt, venter', reason: 'Ikke vist: {reason}', edit: 'Endre', delete: 'Slett' }
const ANSWERS = [{ id: '1', text: 'Benker', status: 'saved' }, { id: '2', text: 'Lys', status: 'held' }, { id: '3', text: 'Navn', reason: 'navn' }]

const draw = (own, answers, actions = () => ({})) => drawOwn(own, [...answers], { t: T, language: 'nn', tell: ({ text }) => text, actions })
const list = () => page({ ids: { own: 'ul' } })('own')

test('own answers stand newest first, each in the language of the meeting and with its status in words', () => {
  const own = list()
  draw(own, ANSWERS)
  assert.deepEqual(['NavnIkke vist: navn', 'LysMottatt, venter', 'BenkerMottatt'], own.children.map(({ textContent }) => textContent))
  assert.equal('nn', own.querySelector('p').lang)
})

test('each has the buttons for what may be done with it', async () => {
  const own = list()
  const done = []
  draw(own, ANSWERS, ({ id }) => ({ ...(id !== '3' && { edit: () => done.push(`edit ${id}`) }), delete: () => done.push(`delete ${id}`) }))
  assert.deepEqual([['Slett'], ['Endre', 'Slett'], ['Endre', 'Slett']], own.children.map((item) => item.querySelectorAll('button').map(({ textContent }) => textContent)))
  await own.querySelectorAll('button')[1].click()
  assert.deepEqual(['edit 2'], done)
})

test('the button with the focus has it again after the list is drawn anew', () => {
  const own = list()
  const actions = () => ({ delete() {} })
  draw(own, ANSWERS, actions)
  own.querySelector('[data-at="1delete"]').focus()
  draw(own, [...ANSWERS, { id: '4', text: 'Ny', status: 'saved' }], actions)
  assert.equal('1delete', document.activeElement.dataset.at)
})
