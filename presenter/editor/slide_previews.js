/** Small previews of a slide as the screen and the phone will show it. Nothing in them can be pressed. */

import { el } from '../shared/dom.js'
import { trustedHtml } from '../screen/slide.js'

/** The previews of *slide* (with its html and its activities), and its notes. */
export const slidePreviews = (slide, t) => [
  el('figure', {}, el('figcaption', {}, t.on_screen), screenPreview(slide)),
  el('figure', {}, el('figcaption', {}, t.on_phone), phonePreview(slide, t)),
  ...(slide.notes ? [el('figure', { class: 'for-you' }, el('figcaption', {}, t.for_you), el('p', {}, slide.notes))] : []),
]

function screenPreview({ title, big, html, language, activities }) {
  const text = el('div', { class: 'slide-text' })
  text.innerHTML = trustedHtml(html)
  const steps = activities.filter((activity) => activity.instruction).map((activity) => el('li', {}, activity.instruction))
  return el('div', { class: big ? 'as-screen big' : 'as-screen', lang: language, inert: '' },
    el('p', { class: 'slide-title' }, title), text, el('ol', {}, ...steps))
}

function phonePreview({ title, language, activities }, t) {
  const activity = activities.find((each) => !['pair', 'think', 'discuss'].includes(each.kind)) ?? activities[0]
  return el('div', { class: 'as-phone', lang: language, inert: '' }, el('p', { class: 'slide-title' }, activity?.question || title),
    ...(activity ? [el('p', {}, activity.instruction), ...answerFields(activity, t)] : []))
}

function answerFields({ kind, options, attrs, max }, t) {
  if (['open', 'words'].includes(kind)) {
    return [el('div', { class: kind === 'open' ? 'box tall' : 'box' }, el('span', { class: 'soft num' }, `0 / ${max}`)), el('div', { class: 'send' }, t.send)]
  }
  if (['choice', 'dots'].includes(kind)) return [...options.map((option) => el('div', { class: 'box' }, option.text)), el('div', { class: 'send' }, t.send)]
  if (kind !== 'scale') return []
  const steps = Array.from({ length: Math.min(21, attrs.high - attrs.low + 1) || 0 }, (_, n) => el('span', { class: 'box num' }, String(attrs.low + n)))
  return [...options.flatMap((option) => [el('p', {}, option.text), el('div', { class: 'steps-row' }, ...steps.map((step) => step.cloneNode(true)))]), el('div', { class: 'send' }, t.send)]
}
