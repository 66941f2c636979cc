/** The programme in the console: all slides, to jump to, and the activities of the slide on show. */

import { $, el, fill, plural } from '../../shared/dom.js'

/**
 * What a press on "next" will do, in words. Pure.
 *
 * @type {(view: ConsoleView, t: Strings) => string}
 */
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

/**
 * The kind of an activity in words, and that it is optional. Pure.
 *
 * @type {(activity: Pick<SlideActivity, 'kind' | 'optional'>, t: Strings) => string[]}
 */
export const kindText = ({ kind, optional }, t) => [t.kinds[kind] ?? kind, optional && t.optional].filter(Boolean)

/**
 * What is known of an activity of the slide on show, in words: its kind, its state, and its number of answers. Pure.
 *
 * @type {(activity: SlideActivity, t: Strings) => string}
 */
export const activityFacts = (activity, t) => [
  ...kindText(activity, t),
  t.activity_states[activity.state],
  activity.answers > 0 && fill(plural(t.n_answers, activity.answers), { n: activity.answers }),
].filter(Boolean).join(' · ')

/** @type {(activity: Pick<SlideActivity, 'id'>, t: Strings, press: Act) => PageElement} */
const startButton = (activity, t, press) => {
  const start = el('button', { class: 'link', type: 'button' }, t.start)
  start.addEventListener('click', () => press({ do: 'start', activity: activity.id }))
  return start
}

export class Programme {
  #t
  #press
  #fetchRoom
  #list = $('slides')
  #slides = /** @type {RoomOfApi['slides']} */ ([])
  #current = /** @type {number | null} */ (null)
  #version = /** @type {string | null} */ (null)

  /**
   * `fetchRoom()` resolves with the room as the API has it, or null.
   *
   * @param {{t: Strings, press: Act, fetchRoom: () => Promise<RoomOfApi | null>}} of
   */
  constructor({ t, press, fetchRoom }) {
    this.#t = t
    this.#press = press
    this.#fetchRoom = fetchRoom
  }

  /**
   * Mark the slide on show; fetch all of them again when the workshop has changed.
   *
   * @param {ConsoleView} view
   */
  show({ slide, workshop_version: version }) {
    if (this.#version !== null && this.#version !== version) this.fetch()
    this.#version = version
    this.#current = slide?.n ?? null
    this.#mark()
  }

  async fetch() {
    const room = await this.#fetchRoom()
    if (!room) return
    this.#slides = room.slides
    this.#list.replaceChildren(...room.slides.map((slide) => this.#slideItem(slide, room.language)))
    this.#mark()
  }

  /**
   * @param {RoomOfApi['slides'][0]} slide
   * @param {string} language
   */
  #slideItem(slide, language) {
    const button = el('button', { class: 'link', type: 'button' },
      el('span', { class: 'num' }, String(slide.n)), el('span', { lang: language }, slide.title))
    button.addEventListener('click', () => this.#press({ do: 'goto', slide: slide.n }))
    return el('li', {}, button, ...slide.activities.map((activity) => this.#activityItem(activity, language)))
  }

  /**
   * @param {RoomOfApi['slides'][0]['activities'][0]} activity
   * @param {string} language
   */
  #activityItem(activity, language) {
    const kind = kindText(activity, this.#t).join(', ')
    if (!activity.optional) return el('p', { class: 'task soft' }, kind)
    return el('div', { class: 'task' }, el('p', { class: 'soft' }, `${kind}: `, el('span', { lang: language }, activity.question)),
      startButton(activity, this.#t, this.#press))
  }

  #mark() {
    this.#slides.forEach((slide, index) => {
      const row = this.#list.children[index]
      if (slide.n === this.#current) row.setAttribute('aria-current', 'step')
      else row.removeAttribute('aria-current')
    })
  }
}

/** The activities of the slide on show, each with a button while it waits. */
export class SlideActivities {
  #t
  #press
  #drawn = ''

  /** @param {{t: Strings, press: Act}} of */
  constructor({ t, press }) {
    this.#t = t
    this.#press = press
  }

  /** @param {ConsoleView} view */
  show(view) {
    const activities = view.activities ?? []
    $('tasks-part').hidden = activities.length === 0
    const drawn = JSON.stringify([activities, view.activity])
    if (this.#drawn === drawn) return
    this.#drawn = drawn
    $('tasks').replaceChildren(...activities.map((activity) => el('li', {},
      el('div', {}, el('p', { lang: view.language }, activity.instruction || activity.question), el('p', { class: 'soft' }, activityFacts(activity, this.#t))),
      ...(activity.state === 'waiting' ? [startButton(activity, this.#t, this.#press)] : []))))
  }
}
