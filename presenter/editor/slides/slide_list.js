/** The list of slides beside the open one: each small, with its minutes or faults, and the buttons that act on the open one. */

import { sketchOf } from '../../activities/drawing.js'
import { el, fill, plural } from '../../shared/dom.js'
import { askButton } from './ask_here.js'
import { smallPicture } from './slide_pictures.js'

/** @import { FaultsByPart } from '../fields.js' */
/** @import { Addresses } from './slide_pictures.js' */

/** @type {(seconds: number, t: Strings) => string} */
const minutes = (seconds, t) => (seconds ? fill(t.minutes, { n: Math.ceil(seconds / 60) }) : '')

/**
 * How many faults there are on slide *s*, its activities included. Pure.
 *
 * @type {(faults: FaultsByPart, s: number) => number}
 */
export const faultsOnSlide = (faults, s) =>
  [...faults].reduce((sum, [part, messages]) => sum + (part === `${s}` || part.startsWith(`${s}-`) ? messages.length : 0), 0)

/**
 * The list, with the one at *open* marked; *after* stands below it.
 *
 * @type {(outline: Outline, open: number, faults: FaultsByPart, t: Strings, kinds: Kinds, pictures: Addresses, ...after: PageElement[]) => PageElement}
 */
export const slideList = (outline, open, faults, t, kinds, pictures, ...after) => {
  const total = outline.slides.reduce((sum, slide) => sum + (slide.hidden ? 0 : slide.time_s ?? 0), 0)
  return el('div', { class: 'slides-part', role: 'group', 'aria-labelledby': 'f-slides' },
    el('p', { class: 'part-title' }, el('span', { id: 'f-slides' }, t.slides), el('span', { class: 'soft num' }, minutes(total, t))),
    el('ol', { class: 'list steps-list' }, ...outline.slides.map((slide, s) => row(slide, s, s === open, faultsOnSlide(faults, s), t, kinds, pictures))),
    ...after)
}

/**
 * @param {OutlineSlide} slide
 * @param {number} s
 * @param {boolean} open
 * @param {number} faults
 * @param {Strings} t
 * @param {Kinds} kinds
 * @param {Addresses} pictures
 */
const row = (slide, s, open, faults, t, kinds, pictures) => {
  const steps = slide.activities.filter(({ kind }) => !kinds[kind]?.beside)
  const shown = steps.find(({ kind }) => !kinds[kind]?.talk) ?? steps[0]
  const classes = [open ? 'open' : '', slide.hidden ? 'skipped' : ''].filter(Boolean).join(' ')
  const beside = faults ? faultBadge(s, faults, t) : el('span', { class: 'soft num' }, slide.hidden ? '' : minutes(slide.time_s ?? 0, t))
  const picture = slide.pictures.map(({ name }) => pictures[name]).find(Boolean)
  const ask = askButton(s, `f-ask-${s}`, t, 'link ask-here')
  if (!open) ask.tabIndex = -1 // Q on the slide does the same
  return el('li', { class: classes },
    el('button', { type: 'button', class: 'link step', id: `f-open-${s}`, 'data-does': 'open_slide', 'data-slide': s,
      'aria-current': open ? 'true' : null, 'aria-keyshortcuts': 'Alt+ArrowUp Alt+ArrowDown N D H Q' },
      el('span', { class: 'num' }, `${s + 1}`),
      el('span', { class: slide.big ? 'thumb big' : 'thumb' }, el('span', { class: 'thumb-title' }, slide.title || t.untitled),
        ...(slide.hidden ? [el('span', { class: 'soft' }, ` · ${t.is_hidden}`)] : []),
        ...(picture ? [smallPicture(picture, 'thumb-picture')] : []),
        ...(shown ? [sketchOf(shown.kind, kinds[shown.kind]?.writes)] : []))),
    el('div', { class: 'beside-step' }, beside, ask))
}

/**
 * How many faults the slide has; a press leads to the first.
 *
 * @type {(s: number, faults: number, t: Strings) => PageElement}
 */
const faultBadge = (s, faults, t) => {
  const words = fill(plural(t.n_faults, faults), { n: faults })
  return el('button', { type: 'button', class: 'link problem badge', id: `f-fault-${s}`, 'data-does': 'reach_fault', 'data-slide': s, 'aria-label': `${words}: ${fill(t.slide_n, { n: s + 1 })}` }, words)
}

/**
 * Bring what is drawn of slide *s* up to date while it is typed on, without drawing the form anew.
 *
 * @type {(area: PageElement, outline: Outline, s: number, faults: FaultsByPart, t: Strings, kinds: Kinds, pictures: Addresses) => void}
 */
export const redrawSlide = (area, outline, s, faults, t, kinds, pictures) => {
  const old = area.querySelectorAll('.steps-list > li')[s]
  old?.replaceWith(row(outline.slides[s], s, old.classList.contains('open'), faultsOnSlide(faults, s), t, kinds, pictures))
}

/**
 * Scroll the list in *area* so far that the open slide is in view. *was* is how far it was scrolled before it was drawn anew.
 *
 * @type {(area: PageElement, was: number) => void}
 */
export const keepOpenInView = (area, was) => {
  const list = area.querySelector('.steps-list')
  const open = list?.querySelector('.open')
  if (!list || !open) return
  list.scrollTop = was
  const top = open.offsetTop - list.offsetTop
  if (top < list.scrollTop || top + open.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top - list.clientHeight / 3
}
