/** Finds how a kind of activity is drawn: by its own file where it has one (kinds.js), else by the data of its results. */

import * as kinds from './kinds.js'
import { optionBoxes, textBox } from './shared/fields.js'
import { itemDrawing } from './shared/items.js'
import { cardsSketch, optionsSketch } from './shared/sketch.js'
import { optionDrawing } from './shared/options.js'
import { textDrawing } from './shared/texts.js'
import { Change, changeTable, smallChange } from '../screen/results/change.js'

/** The kinds' own parts, by kind. @type {Record<string, Partial<Drawing>>} */
const KINDS = kinds

/** @type {(results: ResultsShown | null) => Omit<Drawing, 'fields' | 'sketch'>} */
const drawingOfData = (results) => (results?.options ? optionDrawing : results?.items ? itemDrawing : textDrawing)

/** The drawing of the results of a *kind*: the kind's own parts, and the others by the data. @type {(kind: string, results: ResultsShown | null) => Omit<Drawing, 'fields' | 'sketch'>} */
export const drawingOf = (kind, results) => {
  const own = { ...drawingOfData(results), ...KINDS[kind] }
  const { compare } = results ?? {}
  if (!compare) return own
  return {
    ...own,
    scenes: { ...own.scenes, change: ({ t }) => new Change(t) },
    table: (view, t, cards) => (view.shape === 'change' ? changeTable(compare, t) : own.table(view, t, cards)),
    small: (shown, language, t) => [...own.small(shown, language, t), ...smallChange(compare, language, t)],
  }
}

/**
 * The scene for a *shape* of a drawing's results.
 *
 * @type {(drawing: Pick<Drawing, 'scenes'>, shape: string, tools: Tools) => Scene}
 */
export const sceneOf = ({ scenes }, shape, tools) => (scenes[shape] ?? Object.values(scenes)[0])(tools)

/** @type {Record<string, Drawing['fields']>} */
const FIELDS = { text: textBox, choices: optionBoxes }

/**
 * What people answer an *activity* with, as the editor's preview draws it. *writes* is what the kind takes: `text`, `choices` or nothing.
 *
 * @type {(activity: PreviewActivity, writes: string | undefined, t: Strings) => Element[]}
 */
export const fieldsOf = (activity, writes, t) => (KINDS[activity.kind]?.fields ?? FIELDS[writes ?? ''])?.(activity, t) ?? []

/**
 * What the result of a *kind* looks like, small. *writes* as in `fieldsOf`.
 *
 * @type {(kind: string, writes: string | undefined) => SVGElement}
 */
export const sketchOf = (kind, writes) => (KINDS[kind]?.sketch ?? (writes === 'choices' ? optionsSketch : cardsSketch))()
