/** The steps of the slide on show: its talks, its questions and their results, with what is done and what is on. */

import { el } from '../../shared/dom.js'
import { clockDigits } from '../../shared/clock.js'

/** @typedef {{words: string, time: string, state: 'done' | 'on' | '', start: string}} Step */

/** Which of the two steps of a question are done, and which is on, by its state. */
const QUESTION_STEPS = /** @type {Record<string, ['' | 'on' | 'done', '' | 'on' | 'done']>} */ ({
  waiting: ['', ''], write: ['on', ''], closed: ['done', ''], results: ['done', 'on'], done: ['done', 'done'],
})

/**
 * The steps of a slide. `start` is the id of an activity that only a press starts, because next passes it by; else ''. Pure.
 *
 * @type {(activities: SlideActivity[], current: string | null, t: Strings) => Step[]}
 */
export const stepsOf = (activities, current, t) => activities.flatMap((activity) => {
  const { id, kind, state, time_s: timeS, optional } = activity
  const time = timeS ? clockDigits(timeS) : ''
  const start = optional && state === 'waiting' ? id : ''
  if (!activity.takes_answers) {
    const on = id === current && state !== 'done'
    return [{ words: t.kinds[kind] ?? kind, time, state: on ? 'on' : state === 'waiting' ? '' : 'done', start }]
  }
  const [writing, shown] = QUESTION_STEPS[state] ?? ['', '']
  return [
    { words: t.kinds[kind] ?? kind, time, state: writing, start },
    ...(activity.reveal === 'never' ? [] : [{ words: t.ways.results, time: '', state: shown, start: '' }]),
  ]
})

/**
 * The steps as a list. `press(action)` starts an activity.
 *
 * @type {(steps: Step[], t: Strings, press: Act) => PageElement}
 */
export const stepList = (steps, t, press) => el('ul', { class: 'steps' }, ...steps.map(({ words, time, state, start }) => {
  const item = el('li', { class: state || null, 'aria-current': state === 'on' ? 'true' : null }, el('span', {}, words))
  if (state === 'done') item.append(el('span', { class: 'unseen' }, ` ${t.activity_states.done}`))
  if (time) item.append(el('span', { class: 'num time' }, time))
  if (start) {
    const button = el('button', { class: 'link', type: 'button' }, t.start)
    button.addEventListener('click', () => press({ do: 'start', activity: start }))
    item.append(button)
  }
  return item
}))
