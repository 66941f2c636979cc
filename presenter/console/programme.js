/** The way through the programme: every slide to jump to, and the tasks of the one on show. */

import { el, fill } from '../shared/dom.js'

/** What the next press does, in words. Pure. */
export const nextWords = (view, t) => {
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

export class Slides {
  #slides = []
  #at = null

  constructor({ list, t, press }) {
    Object.assign(this, { list, t, press })
  }

  /** *slides* as `GET /api/rooms/{code}` tells them. */
  take(slides, language) {
    this.#slides = slides
    this.list.replaceChildren(...slides.map((slide) => {
      const button = el('button', { class: 'link', type: 'button' },
        el('span', { class: 'num' }, String(slide.n)), el('span', { lang: language }, slide.title))
      button.addEventListener('click', () => this.press({ do: 'goto', slide: slide.n }))
      return el('li', {}, button, ...slide.activities.map((one) => this.#task(one, language)))
    }))
    this.show(this.#at)
  }

  #task(one, language) {
    const words = el('span', { lang: language }, one.question)
    const kind = [this.t.kinds[one.kind] ?? one.kind, one.optional && this.t.optional].filter(Boolean).join(', ')
    if (!one.optional) return el('p', { class: 'task soft' }, kind)
    const start = el('button', { class: 'link', type: 'button' }, this.t.start)
    start.addEventListener('click', () => this.press({ do: 'start', activity: one.id }))
    return el('div', { class: 'task' }, el('p', { class: 'soft' }, `${kind}: `, words), start)
  }

  show(n) {
    this.#at = n
    this.#slides.forEach((slide, place) => {
      const row = this.list.children[place]
      if (slide.n === n) row.setAttribute('aria-current', 'step')
      else row.removeAttribute('aria-current')
    })
  }
}

/** The tasks of the slide on show, in *list*; returns whether there are any. */
export const drawTasks = (list, view, t, press) => {
  const tasks = view.activities ?? []
  const drawn = JSON.stringify([tasks, view.activity])
  if (list.dataset.drawn === drawn) return tasks.length > 0
  list.dataset.drawn = drawn
  list.replaceChildren(...tasks.map((one) => {
    const facts = [
      t.kinds[one.kind] ?? one.kind,
      one.optional && t.optional,
      t.activity_states[one.state],
      one.answers > 0 && fill(t.n_answers[one.answers === 1 ? 0 : 1], { n: one.answers }),
    ].filter(Boolean)
    const start = el('button', { class: 'link', type: 'button' }, t.start)
    start.addEventListener('click', () => press({ do: 'start', activity: one.id }))
    return el('li', {},
      el('div', {}, el('p', { lang: view.language }, one.instruction || one.question), el('p', { class: 'soft' }, facts.join(' · '))),
      ...(one.state === 'waiting' ? [start] : []))
  }))
  return tasks.length > 0
}
