/** What is on now: the state of the meeting, the question, what people are asked to do, and the clock. */

import { readClock } from '../../shared/clock.js'
import { $, el, fill, plural, updateElements } from '../../shared/dom.js'

const WITHOUT_INSTRUCTION = ['lobby', 'ended', 'slide']

/**
 * The state in words. Those of a kind (`talk.think` in the strings) win over those of the state alone. Pure.
 *
 * @type {(view: Pick<ConsoleView, 'state' | 'kind' | 'blank' | 'revealed' | 'counts'>, t: Strings) => string}
 */
export const stateText = ({ state, kind, blank, revealed, counts }, t) => {
  if (blank) return t.black
  if (state === 'idle' && counts?.answers) return fill(plural(t.answered_before, counts.answers), { n: counts.answers })
  if (state === 'write' && revealed) return t.write_shown
  return t.states[`${state}.${kind}`] ?? t.states[state]
}

/**
 * The question on show, or the title of the slide or of the meeting. Pure.
 *
 * @type {(view: Pick<View, 'state' | 'slide' | 'question' | 'title'>) => string}
 */
export const questionText = ({ state, slide, question, title }) => {
  const atSlide = state === 'slide' || state === 'idle'
  return (atSlide ? slide?.title : question || slide?.title) || title
}

/**
 * What the elements of this part show, by id. Pure.
 *
 * @type {(view: ConsoleView, t: Strings) => Wanted}
 */
export const nowElements = (view, t) => {
  const { state, slide } = view
  const instruction = WITHOUT_INSTRUCTION.includes(state) ? '' : view.instruction
  return {
    state: { text: stateText(view, t) },
    where: { text: slide && state !== 'lobby' ? fill(t.slide_of, { n: slide.n, of: slide.of }) : '' },
    question: { text: questionText(view), lang: view.language },
    instruction: { text: instruction ? fill(t.instruction, { text: instruction }) : '' },
  }
}

/**
 * The clock at *now*, the server's time: `{ text, words, timeUp }`; null while there is none. Pure.
 *
 * @type {(view: ConsoleView, now: number, t: Strings) => {text: string, words: string, timeUp: boolean} | null}
 */
export const clockText = (view, now, t) => {
  const clock = readClock(view, now)
  return clock && { text: clock.text, words: clock.paused ? t.paused : clock.timeUp ? t.time_out : '', timeUp: clock.timeUp }
}

export class Now {
  #t
  /** @type {ConsoleView} */
  #view

  /** @param {{t: Strings}} of */
  constructor({ t }) {
    this.#t = t
  }

  /**
   * @param {ConsoleView} view
   * @param {number} now
   */
  show(view, now) {
    this.#view = view
    updateElements(nowElements(view, this.#t))
    this.tick(now)
  }

  /** @param {number} now */
  tick(now) {
    const clock = clockText(this.#view, now, this.#t)
    const element = $('clock')
    element.hidden = !clock
    if (!clock) return
    element.classList.toggle('over', clock.timeUp)
    const text = clock.words ? `${clock.text} ${clock.words}` : clock.text
    if (element.textContent !== text) element.replaceChildren(clock.text, ...(clock.words ? [el('small', {}, ` ${clock.words}`)] : []))
  }
}
