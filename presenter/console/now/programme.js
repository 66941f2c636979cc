/** The programme in the console: all slides, to jump to; the one on show tells its steps. */

import { $, el, fill } from '../../shared/dom.js'
import { stepList, stepsOf } from './steps.js'

/** The rights of those who follow the meeting without leading it. */
const FOLLOWING = ['moderate', 'look']

/**
 * What a press that leads to *stop* does, in words: the verb on the button. Pure.
 *
 * @type {(stop: NextStop | null, slide: View['slide'], t: Strings) => string}
 */
export const verb = (stop, slide, t) => {
  if (!stop) return ''
  if (stop.state === 'slide') {
    const same = slide && stop.slide === slide.n && stop.part > 0
    return same ? t.ways.point : stop.title ? fill(t.ways.slide, { n: stop.slide, title: stop.title }) : fill(t.ways.untitled, { n: stop.slide })
  }
  return (stop.state === 'talk' && stop.kind && t.ways[`talk.${stop.kind}`]) || (t.ways[stop.state] ?? '')
}

export class Programme {
  #t
  #press
  #fetchRoom
  #results
  #list = $('slides')
  #slides = /** @type {RoomOfApi['slides']} */ ([])
  #view = /** @type {ConsoleView | null} */ (null)
  #steps = ''

  /**
   * `fetchRoom()` resolves with the room as the API has it, or null; `results(slide)` opens the results of a slide of a
   * meeting that is over.
   *
   * @param {{t: Strings, press: Act, fetchRoom: () => Promise<RoomOfApi | null>, results: (slide: RoomOfApi['slides'][0]) => unknown}} of
   */
  constructor({ t, press, fetchRoom, results }) {
    this.#t = t
    this.#press = press
    this.#fetchRoom = fetchRoom
    this.#results = results
  }

  /**
   * Mark the slide on show; fetch all of them again when the workshop has changed.
   *
   * @param {ConsoleView} view
   */
  show(view) {
    if (this.#view && this.#view.workshop_version !== view.workshop_version) this.fetch()
    this.#view = view
    this.#mark()
  }

  async fetch() {
    const room = await this.#fetchRoom()
    if (!room) return
    this.#slides = room.slides
    this.#list.replaceChildren(...room.slides.map((slide) => this.#slideItem(slide, room.language)))
    this.#steps = ''
    this.#mark()
  }

  /**
   * @param {RoomOfApi['slides'][0]} slide
   * @param {string} language
   */
  #slideItem(slide, language) {
    const button = el('button', { class: 'slide', type: 'button' },
      el('span', { class: 'num' }, String(slide.n)), el('span', { lang: language }, slide.title || fill(this.#t.untitled, { n: slide.n }),
        ...(slide.hidden ? [el('span', { class: 'soft', lang: document.documentElement.lang }, ` · ${this.#t.hidden}`)] : [])))
    button.addEventListener('click', () => {
      if (this.#view?.state === 'ended') this.#results(slide)
      else this.#press({ do: 'goto', slide: slide.n })
    })
    return el('li', {}, button)
  }

  /** Those who may not lead the meeting read the programme; a result, after the end, is for all to open. */
  get #maySteer() {
    return this.#view?.state === 'ended' || !FOLLOWING.includes(document.body.dataset.right ?? '')
  }

  #mark() {
    const view = this.#view
    const current = view?.state === 'lobby' || view?.state === 'ended' ? 0 : view?.slide?.n ?? 0
    this.#slides.forEach(({ n }, index) => {
      const row = this.#list.children[index]
      row.classList.toggle('passed', n < current || view?.state === 'ended')
      row.children[0].disabled = !this.#maySteer
      if (n === current) row.setAttribute('aria-current', 'step')
      else row.removeAttribute('aria-current')
    })
    if (view) this.#drawSteps(view, this.#list.children[this.#slides.findIndex(({ n }) => n === current)])
  }

  /**
   * @param {ConsoleView} view
   * @param {PageElement | undefined} row
   */
  #drawSteps(view, row) {
    const steps = row ? stepsOf(view.activities, view.activity, this.#t) : []
    const drawn = JSON.stringify([view.slide?.n, steps])
    if (this.#steps === drawn) return
    if (!this.#slides.length) return
    this.#steps = drawn
    this.#list.querySelector('.steps')?.remove()
    if (!steps.length || !row) return
    row.append(stepList(steps, this.#t, this.#press))
    // On a narrow page the programme stands below everything else, and the page must not move.
    const plan = $('plan')
    if (plan.scrollHeight > plan.clientHeight) plan.scrollTop = row.offsetTop - plan.clientHeight / 3
  }
}
