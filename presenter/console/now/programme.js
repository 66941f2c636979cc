/** The programme in the console: all slides, to jump to, and the activities of the slide on show. */

import { el, fill, plural } from '../../shared/dom.js'

/** What a press on "next" will do, in words. Pure. */
export const nextText = (view, t) => {
  const { next } = view
  if (!next) return ''
  if (next.state === 'slide') {
    const same = view.slide && next.slide === view.slide.n && next.part > 0
    return same ? t.ways.point : fill(t.ways.slide, { n: next.slide, title: next.title })
  }
  const words = t.ways[next.state] ?? ''
  return next.instruction && ['talk', 'write'].includes(next.state) && view.activity !== next.activity
    ? `${words}: ${next.instruction}`
    : words
}

export class Programme {
  #slides = []
  #current = null

  constructor({ list, t, press }) {
    Object.assign(this, { list, t, press })
  }

  /** *slides* as in `GET /api/rooms/{code}`. */
  setSlides(slides, language) {
    this.#slides = slides
    this.list.replaceChildren(...slides.map((slide) => {
      const button = el('button', { class: 'link', type: 'button' },
        el('span', { class: 'num' }, String(slide.n)), el('span', { lang: language }, slide.title))
      button.addEventListener('click', () => this.press({ do: 'goto', slide: slide.n }))
      return el('li', {}, button, ...slide.activities.map((activity) => this.#activityItem(activity, language)))
    }))
    this.show(this.#current)
  }

  #activityItem(activity, language) {
    const words = el('span', { lang: language }, activity.question)
    const kind = [this.t.kinds[activity.kind] ?? activity.kind, activity.optional && this.t.optional].filter(Boolean).join(', ')
    if (!activity.optional) return el('p', { class: 'task soft' }, kind)
    const start = el('button', { class: 'link', type: 'button' }, this.t.start)
    start.addEventListener('click', () => this.press({ do: 'start', activity: activity.id }))
    return el('div', { class: 'task' }, el('p', { class: 'soft' }, `${kind}: `, words), start)
  }

  /** Mark slide *n* as the one on show. */
  show(n) {
    this.#current = n
    this.#slides.forEach((slide, index) => {
      const row = this.list.children[index]
      if (slide.n === n) row.setAttribute('aria-current', 'step')
      else row.removeAttribute('aria-current')
    })
  }
}

/** Draw the activities of the slide on show into *list*. Returns whether there are any. */
export const drawActivities = (list, view, t, press) => {
  const activities = view.activities ?? []
  const drawn = JSON.stringify([activities, view.activity])
  if (list.dataset.drawn === drawn) return activities.length > 0
  list.dataset.drawn = drawn
  list.replaceChildren(...activities.map((activity) => {
    const facts = [
      t.kinds[activity.kind] ?? activity.kind,
      activity.optional && t.optional,
      t.activity_states[activity.state],
      activity.answers > 0 && fill(plural(t.n_answers, activity.answers), { n: activity.answers }),
    ].filter(Boolean)
    const start = el('button', { class: 'link', type: 'button' }, t.start)
    start.addEventListener('click', () => press({ do: 'start', activity: activity.id }))
    return el('li', {},
      el('div', {}, el('p', { lang: view.language }, activity.instruction || activity.question), el('p', { class: 'soft' }, facts.join(' · '))),
      ...(activity.state === 'waiting' ? [start] : []))
  }))
  return activities.length > 0
}
