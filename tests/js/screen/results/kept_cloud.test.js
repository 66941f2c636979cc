import assert from 'node:assert/strict'
import test from 'node:test'

const { KeptCloud, asTold } = await import('../../../../presenter/screen/results/kept_cloud.js')

const word = (text, x = 500) => ({ text, x, y: 200, size: 90, loud: 1 })
const drawn = (...words) => ({ width: 1000, height: 400, figure: 20, words })

test('all is told in parts of the width, whatever the size of the screen', () => {
  assert.deepEqual(asTold(drawn(word('Tillit'))), { high: 4000, figure: 200, places: { Tillit: [5000, 2000, 900, 1] } })
})

test('a closed cloud is told once, when it rests; one that still takes answers is not', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const sent = []
  const kept = new KeptCloud((cloud) => sent.push(cloud))
  kept.drawn({ activity: 'a', state: 'write' }, drawn(word('Ro')))
  t.mock.timers.tick(5000)
  assert.deepEqual(sent, [])
  kept.drawn({ activity: 'a', state: 'results' }, drawn(word('Ro')))
  t.mock.timers.tick(1000)
  kept.drawn({ activity: 'a', state: 'results' }, drawn(word('Ro'), word('Skog', 100)))
  t.mock.timers.tick(5000)
  assert.deepEqual(sent.map(({ activity, places }) => [activity, Object.keys(places)]), [['a', ['Ro', 'Skog']]])
  kept.drawn({ activity: 'a', state: 'results' }, drawn(word('Skog', 120), word('Ro')))
  t.mock.timers.tick(5000)
  assert.equal(sent.length, 1, 'the same words')
})

test('a cloud that leaves the screen before it rests is not told', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const sent = []
  const kept = new KeptCloud((cloud) => sent.push(cloud))
  kept.drawn({ activity: 'a', state: 'results' }, drawn(word('Ro')))
  kept.drawn({ activity: 'a', state: 'write' }, drawn(word('Ro')))
  t.mock.timers.tick(5000)
  assert.deepEqual(sent, [])
})
