import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
const { SlideOrder, dataOfKey, placesMoved } = await import('../../../presenter/editor/slides/slide_order.js')

test('a slide that is let go stands where the middles of the others are passed', () => {
  const rows = [[0, 40], [40, 80], [80, 120], [120, 160]]
  const moved = (from, ...heights) => heights.map((y) => placesMoved(from, y, rows))
  assert.deepEqual(moved(0, -50, 10, 59, 61, 101, 900), [0, 0, 0, 1, 2, 3])
  assert.deepEqual(moved(2, -50, 19, 21, 61, 110, 141), [-2, -2, -1, 0, 0, 1])
})

test('keys do what the buttons do, and leave those of the browser alone', () => {
  assert.deepEqual(dataOfKey({ key: 'ArrowUp', altKey: true }), { does: 'move_slide', by: '-1' })
  assert.deepEqual(['n', 'D', 'h'].map((key) => dataOfKey({ key })?.does), ['add_slide', 'copy_slide', 'hidden'])
  for (const key of [{ key: 'd', ctrlKey: true }, { key: 'n', altKey: true }, { key: 'x' }, { key: 'ArrowUp' }]) assert.equal(dataOfKey(key), null)
})

/** A list of three slides; `pressed` are the presses that were asked for. */
const list = () => {
  const $ = page({ ids: { area: 'div' } })
  const ol = document.createElement('ol')
  ol.className = 'steps-list'
  for (const n of [0, 1, 2]) {
    const [li, button] = ['li', 'button'].map((tag) => document.createElement(tag))
    li.getBoundingClientRect = () => ({ top: n * 40, bottom: n * 40 + 40 })
    button.className = 'step'
    button.dataset.slide = n
    li.append(button)
    ol.append(li)
  }
  $('area').append(ol)
  $('area').setPointerCapture = () => {}
  const pressed = []
  new SlideOrder($('area'), (data) => pressed.push(data))
  return { $, pressed, rows: ol.children, step: (n) => ol.children[n].children[0] }
}

test('a slide is dragged with a mouse; a finger scrolls, and Escape lets go', async () => {
  const { $, pressed, rows, step } = list()
  const drag = async (pointerType, end) => {
    await step(0).fire('pointerdown', { button: 0, pointerType, clientY: 20 })
    await $('area').fire('pointermove', { clientY: 22, pointerId: 1 })
    assert.ok(!rows[0].classList.contains('held'))
    await $('area').fire('pointermove', { clientY: 110, pointerId: 1 })
    assert.equal(rows[2].classList.contains('drop-below'), pointerType === 'mouse')
    await end()
    assert.ok(!rows[2].classList.contains('drop-below'))
  }
  await drag('touch', () => $('area').fire('pointerup'))
  await drag('mouse', () => step(0).fire('keydown', { key: 'Escape' }))
  await drag('mouse', () => $('area').fire('pointercancel'))
  assert.deepEqual(pressed, [])
  await drag('mouse', () => $('area').fire('pointerup'))
  assert.deepEqual(pressed, [{ does: 'move_slide', slide: '0', by: '2' }])
})

test('the arrows go from slide to slide, and with Alt take the slide along as far as there is room', async () => {
  const { pressed, step } = list()
  step(0).focus()
  await step(0).fire('keydown', { key: 'ArrowDown' })
  assert.equal(document.activeElement, step(1))
  const event = await step(0).fire('keydown', { key: 'ArrowUp', altKey: true })
  assert.deepEqual([pressed, event.defaultPrevented], [[], true])
  await step(1).fire('keydown', { key: 'ArrowUp', altKey: true })
  await step(1).fire('keydown', { key: 'd' })
  assert.deepEqual(pressed, [{ does: 'move_slide', by: '-1', slide: '1' }, { does: 'copy_slide', slide: '1' }])
})
