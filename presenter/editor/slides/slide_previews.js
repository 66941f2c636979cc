/** Small previews of a slide as the screen and the phone will show it. Nothing in them can be pressed. */

import { fieldsOf } from '../../activities/drawing.js'
import { el } from '../../shared/dom.js'
import { trustedHtml } from '../../screen/slide.js'
import { smallPicture } from './slide_pictures.js'

/** @import { Addresses } from './slide_pictures.js' */

/**
 * The previews of *slide* (with its html and its activities), and its notes. *kinds* are the schemas of the kinds.
 *
 * @type {(slide: PreviewSlide, t: Strings, kinds: Kinds, pictures: Addresses) => PageElement[]}
 */
export const slidePreviews = (slide, t, kinds, pictures) => [
  el('figure', {}, el('figcaption', {}, t.on_screen), screenPreview(slide, pictures)),
  el('figure', {}, el('figcaption', {}, t.on_phone), phonePreview(slide, t, kinds, pictures)),
  ...(slide.notes ? [el('figure', { class: 'for-you' }, el('figcaption', {}, t.for_you), el('p', {}, slide.notes))] : []),
]

/** What people are asked about, where it is there. @type {(activity: PreviewActivity | undefined, pictures: Addresses) => PageElement[]} */
const askedAbout = (activity, pictures) => {
  const src = pictures[activity?.picture?.name ?? '']
  return src ? [smallPicture(src, 'asked-about')] : []
}

/**
 * @param {PreviewSlide} slide
 * @param {Addresses} pictures
 */
function screenPreview({ title, big, html, language, activities }, pictures) {
  const text = el('div', { class: 'slide-text' })
  text.innerHTML = trustedHtml(html)
  const steps = activities.filter((activity) => activity.instruction).map((activity) => el('li', {}, activity.instruction))
  return el('div', { class: big ? 'as-screen big' : 'as-screen', lang: language, inert: '' },
    el('p', { class: 'slide-title' }, title), text, el('ol', {}, ...steps), ...askedAbout(activities.find(({ picture }) => picture), pictures))
}

/**
 * The phone shows the first activity that is more than a talk, else the first.
 *
 * @param {PreviewSlide} slide
 * @param {Strings} t
 * @param {Kinds} kinds
 * @param {Addresses} pictures
 */
function phonePreview({ title, language, activities }, t, kinds, pictures) {
  const activity = activities.find(({ kind }) => !kinds[kind]?.talk) ?? activities[0]
  return el('div', { class: 'as-phone', lang: language, inert: '' }, el('p', { class: 'slide-title' }, activity?.question || title),
    ...(activity ? [...askedAbout(activity, pictures), el('p', {}, activity.instruction), ...fieldsOf(activity, kinds[activity.kind]?.writes, t)] : []))
}
