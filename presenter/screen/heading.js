/** The heading above the scene: as large as its length allows. */

import { fit, lineCount, measuringConditions, zoomFactor } from '../shared/dom.js'

/** Font sizes in vh, each with the most lines it may have (enlarged, as many times more); the first that fits is taken, else the last. @typedef {[vh: number, lines: number][]} Sizes */

/** @type {Record<'question' | 'slide' | 'big', Sizes>} */
const SIZES = {
  question: [[6, 2], [5, 3], [4.4, 99]],
  slide: [[8, 1], [6.4, 2], [5, 3], [4.4, 99]],
  big: [[10, 2], [8, 3], [6, 4], [4.4, 99]],
}

/**
 * Whether the heading stands alone and large, in the middle of the screen. Pure.
 *
 * @type {(view: Pick<View, 'state' | 'slide'>) => boolean}
 */
export const isBig = ({ state, slide }) => state === 'slide' && Boolean(slide?.big)

/**
 * The text of the heading and its sizes; null for scenes that have none. Pure.
 *
 * @type {(view: View) => {text: string, sizes: Sizes} | null}
 */
export const headingOf = (view) => {
  const { state, slide } = view
  if (state === 'lobby' || state === 'ended') return null
  if (state === 'slide') return { text: slide?.title ?? '', sizes: isBig(view) ? SIZES.big : SIZES.slide }
  return { text: view.question || slide?.title || view.title, sizes: SIZES.question }
}

/** What each heading was last drawn for. @type {WeakMap<PageElement, string>} */
const drawnFor = new WeakMap()

/**
 * *beside* names all else that its width depends on. To find its size lays out the page, so it is done only when something has changed.
 *
 * @type {(element: PageElement, view: View, beside?: string) => void}
 */
export const drawHeading = (element, view, beside = '') => {
  const heading = headingOf(view)
  element.hidden = !heading
  const drawn = JSON.stringify([heading, view.language, beside, measuringConditions()])
  if (drawnFor.get(element) === drawn) return
  drawnFor.set(element, drawn)
  if (!heading) return
  element.lang = view.language
  element.textContent = heading.text
  const mostLines = new Map(heading.sizes)
  fit(element, [...mostLines.keys()], (size) => lineCount(element) <= (mostLines.get(size) ?? 0) * zoomFactor())
}
