import assert from 'node:assert/strict'
import test from 'node:test'

import { Afterwards, afterText } from '../../../../presenter/console/now/afterwards.js'
import { page } from '../../page.js'

const t = { afterwards: 'Etterpå: {what}', untitled: 'Lysbilde {n}', ways: { results: 'Vis svarene', write: 'Åpne for svar', point: 'Neste punkt', ended: 'Avslutt møtet' } }
const stop = (state, more = {}) => ({ state, slide: 3, title: 'Hva nå?', part: 0, activity: null, kind: null, instruction: '', ...more })
const says = (after, slide = { n: 3 }) => afterText(after, slide, t)

test('what comes after the next press is said in words: a step in small letters, a slide by its title', () => {
  assert.equal(says(stop('results')), 'Etterpå: vis svarene')
  assert.equal(says(stop('slide', { slide: 4 })), 'Etterpå: Hva nå?')
  assert.equal(says(stop('slide', { slide: 4, title: '' })), 'Etterpå: Lysbilde 4')
  assert.equal(says(stop('slide', { part: 2 })), 'Etterpå: neste punkt')
  assert.equal(says(null), '')
})

test('a small picture hints at it; where nothing comes, there is none', () => {
  const $ = page({ ids: { 'after-part': 'section', 'after-what': 'h2', 'after-picture': 'div' } })
  const part = new Afterwards({ t })
  const show = (after) => part.show({ after, slide: { n: 3 }, language: 'nn' })
  show(stop('results'))
  assert.deepEqual([$('after-part').hidden, $('after-what').textContent, $('after-picture').className], [false, 'Etterpå: vis svarene', 'nextup results'])
  assert.ok($('after-picture').querySelectorAll('i').length > 0)
  assert.equal($('after-picture').querySelector('strong').lang, 'nn')
  const drawn = $('after-picture').firstElementChild
  show(stop('results'))
  assert.equal($('after-picture').firstElementChild, drawn, 'what stays the same is not drawn again')
  show(stop('ended'))
  assert.ok($('after-picture').hidden && !$('after-part').hidden)
  show(null)
  assert.ok($('after-part').hidden)
})
