/** A slide as the big screen and the phone will show it, small. For the eye: nothing in it can be pressed. */

import { el } from '../shared/dom.js'
import { trustedHtml } from '../screen/slide.js'

/** The two pictures of *seen*: a slide with its html and its activities. */
export const faces = (seen, t) => [
  el('figure', {}, el('figcaption', {}, t.on_screen), screen(seen)),
  el('figure', {}, el('figcaption', {}, t.on_phone), phone(seen, t)),
  ...(seen.notes ? [el('figure', { class: 'for-you' }, el('figcaption', {}, t.for_you), el('p', {}, seen.notes))] : []),
]

function screen({ title, big, html, language, activities }) {
  const text = el('div', { class: 'slide-text' })
  text.innerHTML = trustedHtml(html)
  const steps = activities.filter((one) => one.instruction).map((one) => el('li', {}, one.instruction))
  return el('div', { class: big ? 'as-screen big' : 'as-screen', lang: language, inert: '' },
    el('p', { class: 'slide-title' }, title), text, el('ol', {}, ...steps))
}

function phone({ title, language, activities }, t) {
  const one = activities.find((each) => !['pair', 'think', 'discuss'].includes(each.kind)) ?? activities[0]
  return el('div', { class: 'as-phone', lang: language, inert: '' }, el('p', { class: 'slide-title' }, one?.question || title),
    ...(one ? [el('p', {}, one.instruction), ...answer(one, t)] : []))
}

function answer({ kind, options, attrs, max }, t) {
  if (['open', 'words'].includes(kind)) {
    return [el('div', { class: kind === 'open' ? 'box tall' : 'box' }, el('span', { class: 'soft num' }, `0 / ${max}`)), el('div', { class: 'send' }, t.send)]
  }
  if (['choice', 'dots'].includes(kind)) return [...options.map((one) => el('div', { class: 'box' }, one.text)), el('div', { class: 'send' }, t.send)]
  if (kind !== 'scale') return []
  const steps = Array.from({ length: Math.min(21, attrs.high - attrs.low + 1) || 0 }, (_, n) => el('span', { class: 'box num' }, String(attrs.low + n)))
  return [...options.flatMap((one) => [el('p', {}, one.text), el('div', { class: 'steps-row' }, ...steps.map((step) => step.cloneNode(true)))]), el('div', { class: 'send' }, t.send)]
}
