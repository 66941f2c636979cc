/** The buttons that choose the shape in which results are shown: wall, cloud, list … */

import { el } from '../../shared/dom.js'

/**
 * Draw a button for each of *shapes* into *container*, with *current* pressed; `onPick(shape)` is called on a press.
 *
 * @param {PageElement} container
 * @param {string[]} shapes
 * @param {string | null} current
 * @param {Strings} t
 * @param {(shape: string) => void} onPick
 */
export function drawShapes(container, shapes, current, t, onPick) {
  container.hidden = shapes.length < 2
  const drawn = JSON.stringify([shapes, current])
  if (container.dataset.drawn === drawn) return
  container.dataset.drawn = drawn
  const focused = container.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.shape : null
  container.replaceChildren(...shapes.map((shape) => {
    const button = el('button', {
      class: 'choice', type: 'button', 'data-shape': shape, 'aria-pressed': String(shape === current),
    }, t.shapes[shape] ?? shape)
    button.addEventListener('click', () => onPick(shape))
    return button
  }))
  if (focused) container.querySelector(`[data-shape="${focused}"]`)?.focus()
}
