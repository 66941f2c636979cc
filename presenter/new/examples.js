/** Examples as pictures: the title slide, small, with what comes of the first question. */

import { sketchOf } from '../activities/drawing.js'
import { el } from '../shared/dom.js'

/** `kinds` are those of its activities, in order. @typedef {{name: string, title: string, language: string, kinds: string[], text: string}} Example */

const PICTURES = 3

/**
 * The kind that an example is drawn by: the first that is more than a talk.
 *
 * @type {(example: Pick<Example, 'kinds'>, kinds: Kinds) => string}
 */
const drawnKind = ({ kinds: written }, kinds) => written.find((kind) => !kinds[kind]?.talk) ?? written[0] ?? ''

/**
 * Three of *examples*, as different as they come: the first of each kind, then the others in their order. Pure.
 *
 * @type {(examples: Example[], kinds: Kinds) => Example[]}
 */
export const threeOf = (examples, kinds) => {
  const firsts = examples.filter((example, n) => examples.findIndex((other) => drawnKind(other, kinds) === drawnKind(example, kinds)) === n)
  return [...firsts, ...examples.filter((example) => !firsts.includes(example))].slice(0, PICTURES)
}

/**
 * A picture of *example*; `onPick(text)` is called when it is pressed.
 *
 * @type {(example: Example, kinds: Kinds, onPick: (text: string) => void) => PageElement}
 */
export const examplePicture = (example, kinds, onPick) => {
  const kind = drawnKind(example, kinds)
  const button = el('button', { class: 'kind example', type: 'button', lang: example.language }, sketchOf(kind, kinds[kind]?.writes), el('span', {}, example.title))
  button.addEventListener('click', () => onPick(example.text))
  return el('li', {}, button)
}
