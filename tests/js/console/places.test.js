import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
const { FollowGathering, Places } = await import('../../../presenter/console/places.js')

const NAMES = ['run', 'gather', 'follow', 'take', 'meeting', 'edit']

/** The console's page: a part and, but for the editor, a tab for each place. */
const placesWith = () => {
  const $ = page({ ids: { tabs: 'nav', 'take-title': 'h2', ...Object.fromEntries(NAMES.map((name) => [`place-${name}`, 'div'])) } })
  globalThis.scrollTo = () => {}
  $('tabs').className = 'places'
  for (const name of NAMES.slice(0, -1)) {
    const tab = $.document.createElement('button')
    tab.dataset.place = name
    $('tabs').append(tab)
  }
  for (const name of NAMES.slice(1)) $(`place-${name}`).hidden = true
  const places = new Places()
  return {
    $, places, tab: (name) => $('tabs').querySelector(`[data-place=${name}]`),
    inView: () => NAMES.filter((name) => !$(`place-${name}`).hidden),
    current: () => $('tabs').children.filter((tab) => tab.getAttribute('aria-current') === 'page').map(({ dataset }) => dataset.place),
  }
}

test('one place is in view at a time, and its tab says so', async () => {
  const { $, places, tab, inView, current } = placesWith()
  assert.deepEqual([inView(), places.current, $.body.dataset.place], [['run'], 'run', 'run'])
  await tab('take').click()
  assert.deepEqual([inView(), current(), places.current, $.body.dataset.place], [['take'], ['take'], 'take', 'take'])
  places.open('edit')
  assert.deepEqual([inView(), current()], [['edit'], []], 'the editor has no tab')
  await tab('run').click()
  assert.deepEqual([inView(), current()], [['run'], ['run']])
})

test('a place is told each time it comes into view, and not when it is there already', async () => {
  const { places, tab } = placesWith()
  const told = []
  places.on('take', () => told.push('one'))
  places.on('take', () => told.push('other'))
  await tab('take').click()
  await tab('take').click()
  assert.deepEqual(told, ['one', 'other'])
  await tab('run').click()
  await tab('take').click()
  assert.equal(told.length, 4)
})

test('a line that leads to a place gives the focus to what it is about', () => {
  const { $, places } = placesWith()
  $('place-take').append($('take-title'))
  places.goTo('take', 'take-title')
  assert.equal($.document.activeElement, $('take-title'))
})

test('the board comes when answers are gathered and goes when that is over, but nobody is led away from elsewhere', () => {
  const { places } = placesWith()
  const follow = new FollowGathering({ places })
  const at = (state) => (follow.show({ state }), places.current)
  assert.deepEqual(['results', 'grouping', 'grouping', 'slide'].map(at), ['run', 'gather', 'gather', 'run'])
  places.open('follow')
  assert.deepEqual(['grouping', 'slide'].map(at), ['follow', 'follow'])
  places.open('run')
  at('grouping')
  places.open('run')
  assert.equal(at('grouping'), 'run', 'whoever goes back to the screen while answers are gathered, stays there')
})
