/** Where a film is, for the screen that plays it and the console that steers it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filmOnShow, filmTime } from '../../../presenter/console/now/film_controls.js'
import { positionAt } from '../../../presenter/screen/film/position.js'
import { sceneName } from '../../../presenter/screen/scenes.js'

const film = { src: '/1/films/a.mp4', type: 'video/mp4', captions: '', link: '', says: '', width: 0, height: 0, duration_ms: 90_000, position_ms: 30_000, since: 1_000 }

test('a film plays on from where it was, to its end', () => {
  assert.equal(positionAt(film, 11_000), 40)
  assert.equal(positionAt(film, 500), 30) // a clock that was set back
  assert.equal(positionAt({ ...film, since: null }, 11_000), 30)
  assert.equal(positionAt(film, 1_000_000), 90)
  assert.equal(positionAt({ ...film, duration_ms: 0 }, 101_000), 130)
})

test('the console tells how far it is, and of how much where that is known', () => {
  assert.equal(filmTime(film, 11_000), '0:40 / 1:30')
  assert.equal(filmTime({ ...film, duration_ms: 0 }, 11_000), '0:40')
})

test('only a film that is here and on show is steered', () => {
  assert.equal(filmOnShow({ state: 'talk', film }), film)
  assert.equal(filmOnShow({ state: 'idle', film }), null)
  assert.equal(filmOnShow({ state: 'talk', film: { ...film, src: '' } }), null)
  assert.equal(filmOnShow({ state: 'talk' }), null)
})

test('a film has a scene of its own while it is on', () => {
  const view = /** @type {View} */ (/** @type {unknown} */ ({ state: 'talk', film, results: null }))
  assert.equal(sceneName(view, false), 'playing')
  assert.equal(sceneName({ ...view, state: 'idle' }, false), 'slide')
})
