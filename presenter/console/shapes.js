/** The shapes that results can be shown in, to choose from. */

import { el } from '../shared/dom.js'

/** Draw *shapes* into *place*, with the one that is *shown*; `pick(shape)` hears which is pressed. */
export function drawShapes(place, shapes, shown, t, pick) {
  place.hidden = shapes.length < 2
  const drawn = JSON.stringify([shapes, shown])
  if (place.dataset.drawn === drawn) return
  place.dataset.drawn = drawn
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.shape : null
  place.replaceChildren(...shapes.map((shape) => {
    const button = el('button', {
      class: 'choice', type: 'button', 'data-shape': shape, 'aria-pressed': String(shape === shown),
    }, t.shapes[shape] ?? shape)
    button.addEventListener('click', () => pick(shape))
    return button
  }))
  if (focused) place.querySelector(`[data-shape="${focused}"]`)?.focus()
}
