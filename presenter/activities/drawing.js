/** Finds how a kind of activity is drawn: by its own file where it has one (kinds.js), else by the data of its results. */

import * as kinds from './kinds.js'
import { optionBoxes, textBox } from './shared/fields.js'
import { itemDrawing } from './shared/items.js'
import { optionDrawing } from './shared/options.js'
import { textDrawing } from './shared/texts.js'

/**
 * What fills the screen: an element `root` and `show(view, frame, resized)`. Some have `tick(view, now)`, called several
 * times a second, `turn(page)` with `pages`, and `stop()`, called when another scene takes over.
 *
 * @typedef {{root: HTMLElement, show: Function, tick?: Function, turn?: Function, pages?: {at: number, of: number}, stop?: Function}} Scene
 */

/**
 * What a scene may use: the page's strings `t`, `cards`, which has all answers (screen/results/card_loader.js), and
 * `pickWord(word)`, which shows the answers that contain a word.
 *
 * @typedef {{t: object, cards: object, pickWord: Function}} Tools
 */

/**
 * A table as data: `look` is its CSS class, `names` the heads of its columns. One cell of each row is its name: `{ text }`,
 * with a `letter`, or as a `word` to press. The others are figures, or `{ bar, figure }` with the bar's length, 0–1.
 *
 * @typedef {{look: string, names: (string | number)[], rows: object[][]}} TableContent
 */

/**
 * @typedef {object} Drawing
 * @property {Record<string, (tools: Tools) => Scene>} scenes by shape; the first is taken for a shape that is not there
 * @property {(view: object, t: object, allCards: () => object[]) => TableContent} table `allCards()` are the answers as cards
 * @property {(results: object, language: string, t: object) => Element[]} small
 * @property {(shown: {results: object, shape: string, lang: string, high?: number}) => object | null} picture `rows`,
 *   `words`, or `cards` with their `total` and `shape` (console/answers/result_picture.js); null where there is nothing to draw
 * @property {(activity: object, t: object) => Element[]} fields
 */

const drawingOfData = (results) => (results?.options ? optionDrawing : results?.items ? itemDrawing : textDrawing)

/** The drawing of the results of a *kind*: the kind's own parts, and the others by the data. @returns {Drawing} */
export const drawingOf = (kind, results) => ({ ...drawingOfData(results), ...kinds[kind] })

/** The scene for a *shape* of a drawing's results. */
export const sceneOf = ({ scenes }, shape, tools) => (scenes[shape] ?? Object.values(scenes)[0])(tools)

const FIELDS = { text: textBox, choices: optionBoxes }

/** What people answer an *activity* with, as the editor's preview draws it. *writes* is what the kind takes: `text`, `choices` or nothing. */
export const fieldsOf = (activity, writes, t) => (kinds[activity.kind]?.fields ?? FIELDS[writes])?.(activity, t) ?? []
