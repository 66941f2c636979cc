/** What a press in the form changes, and where the form stands afterwards. Pure; *outline* is what the server tells of the text. */

import { markdownLine } from '../new/one_question.js'
import { fill } from '../shared/dom.js'

/** After these changes, the same number means another slide or activity. */
export const CHANGES_PLACES = ['move_slide', 'copy_slide', 'drop_slide', 'add_slide', 'add_question', 'move_activity', 'copy_activity', 'drop_activity', 'add_activity', 'kind']

/**
 * A workshop with one empty slide.
 *
 * @type {(begin: {title: string, slide: string}, language: string) => string}
 */
export const emptyWorkshop = ({ title, slide }, language) =>
  ['---', 'format: workshop/1', `title: ${title}`, `language: ${language}`, '---', '', `## ${slide}`, ''].join('\n')

/**
 * A workshop with a title slide.
 *
 * @type {(title: string, language: string) => string}
 */
export const titledWorkshop = (title, language) =>
  ['---', 'format: workshop/1', `title: ${title.replace(/\s+/gu, ' ').trim()}`, `language: ${language}`, '---', '', `# ${markdownLine(title)}`, ''].join('\n')

/**
 * The standard instruction of the new *kind*; null, to keep the old one, when somebody has written their own.
 *
 * @type {(activity: OutlineActivity, kind: string, instructions: Record<string, string>) => string | null}
 */
export const newInstruction = ({ kind: old, instruction }, kind, instructions) =>
  (instruction === (instructions[old] ?? '') ? instructions[kind] ?? '' : null)

/**
 * Whether two outlines have the same slides with the same activities, so that what is drawn of one fits the other.
 *
 * @type {(one: Outline, other: Outline) => boolean}
 */
export const sameParts = (one, other) => !one.broken.length === !other.broken.length && one.slides.length === other.slides.length &&
  one.slides.every(({ activities }, s) => activities.length === other.slides[s].activities.length && activities.every(({ kind }, a) => kind === other.slides[s].activities[a].kind))

/** @type {Record<string, (change: Change & {kind: string}, t: Strings, outline: Outline) => string | boolean | string[] | null>} */
const VALUES = {
  add_slide: (_, t) => t.begin.slide,
  add_question: ({ kind }, t) => [t.begin.slide, t.instructions[kind] ?? ''],
  hidden: ({ slide }, _, outline) => !outline.slides[slide].hidden,
  add_activity: ({ kind }, t) => t.instructions[kind] ?? '',
  kind: ({ slide, activity, kind }, t, outline) => newInstruction(outline.slides[slide].activities[activity], kind, t.instructions),
}

/**
 * The change that a button makes; its *data* are strings, as they stand on the page.
 *
 * @type {(data: DOMStringMap, outline: Outline, t: Strings) => Change}
 */
export const changeOfButton = ({ does = '', slide, activity = '0', by = '1', kind = '' }, outline, t) => {
  const change = { do: does, slide: Number(slide), activity: Number(activity), by: Number(by), kind, value: null }
  return { ...change, value: VALUES[does]?.(change, t, outline) ?? null }
}

/**
 * The slide that is open after *change*.
 *
 * @type {(change: Change, outline: Outline) => number}
 */
export const slideAfter = ({ do: does, slide, activity, by = 0 }, outline) => {
  if (['add_slide', 'copy_slide', 'add_question'].includes(does)) return slide + 1
  if (does === 'move_slide') return slide + by
  if (does === 'drop_slide') return Math.max(0, slide - 1)
  const leavesSlide = does === 'move_activity' && !outline.slides[slide].activities[activity + by]
  return leavesSlide ? slide + by : slide
}

/**
 * The field to go to after *change*, when it made a slide or an activity: `{ id, selected }`, with its text selected where
 * it stands for what somebody will write. Null for other changes. *slide* is the open one.
 *
 * @type {(change: Change | null, slide: number, outline: Outline) => {id: string, selected: boolean} | null}
 */
export const madeField = (change, slide, outline) => {
  switch (change?.do) {
    case 'add_slide':
    case 'add_question':
      return { id: `f-title-${slide}-0-`, selected: true }
    case 'copy_slide': // its heading is somebody's own: what is typed must not replace it
      return { id: `f-title-${slide}-0-`, selected: false }
    case 'add_activity':
      return { id: `f-instruction-${slide}-${outline.slides[change.slide].activities.length - 1}-`, selected: false }
    case 'kind':
      return { id: `f-instruction-${slide}-${change.activity}-`, selected: false }
    default:
      return null
  }
}

/**
 * The id of the button that would move again what *change* has moved, or of the slide itself when it was moved by the list;
 * null for other changes. *slide* is the open one, *focused* the id of what had the focus.
 *
 * @type {(change: Change | null, slide: number, outline: Outline, focused?: string) => string | null}
 */
export const movedButtonId = (change, slide, outline, focused = '') => {
  if (change?.do === 'move_slide') return focused.startsWith('f-open-') ? `f-open-${slide}` : `f-move_slide-${slide}-${change.by}`
  if (change?.do !== 'move_activity') return null
  const { by = 0 } = change
  const last = outline.slides[slide].activities.length - 1
  const index = slide === change.slide ? change.activity + by : by === 1 ? 0 : last
  return `f-move_activity-${slide}-${index}-${by}`
}

/**
 * Which of the buttons of a list to go to when the one with *id* can't be pressed any more: the one in the other direction.
 *
 * @type {(id: string) => string}
 */
export const otherDirectionId = (id) => id.replace(/--?1$/, (by) => (by === '-1' ? '--1' : '-1'))

/**
 * What *change* did, for those who do not see it or did not mean it; empty for changes of a field, which are seen where they
 * are made. *slide* is the open one.
 *
 * @type {(change: Change | null, slide: number, t: Strings) => string}
 */
export const changeNotice = (change, slide, t) => {
  switch (change?.do) {
    case 'kind':
      return fill(t.said.kind, { kind: t.kinds[change.kind ?? ''] ?? change.kind })
    case 'move_slide':
      return fill(t.said.move_slide, { n: slide + 1 })
    case 'drop_slide':
      return fill(t.said.drop_slide, { n: change.slide + 1 })
    case 'hidden':
      return change.value ? t.said.hidden : t.said.unhidden
    default:
      return ''
  }
}
