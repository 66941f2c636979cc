/** The buttons that steer the meeting: which of them there are in each state, what they say, and what they do. */

import { $, updateElements } from '../../shared/dom.js'
import { CLOSING_S } from '../../shared/keys.js'
import { confirm } from '../confirm.js'
import { verb } from './programme.js'

const MORE_S = 30

const RUNNING = ['talk', 'grouping', 'write', 'closing']
const ASKING = ['write', 'closing', 'closed', 'results', 'grouping']
const OPEN = ['write', 'closing']
const REOPENED = ['closing', 'closed', 'results']

/**
 * Whose texts can be looked at before they are shown: those to the activity on show, or else the questions to the panel. Pure.
 *
 * @type {(view: ConsoleView) => {activity: string | null, hold: boolean} | undefined}
 */
const heldOf = (view) => (ASKING.includes(view.state) && view.writes === 'text' ? view : view.questions?.open ? view.questions : undefined)

/**
 * What the buttons show, by id. Pure.
 *
 * @type {(view: ConsoleView, t: Strings) => Wanted}
 */
export const controlElements = (view, t) => {
  const { state } = view
  const ended = state === 'ended'
  const asks = ASKING.includes(state)
  const timed = RUNNING.includes(state) && Boolean(view.length_ms)
  const nextReveals = !view.revealed && view.next?.state === 'results' && view.next.activity === view.activity
  return {
    go: { hidden: ended },
    over: { hidden: !ended },
    'next-what': { text: verb(view.next, view.slide, t) },
    'blank-say': { text: view.blank ? t.unblank : t.blank },
    blank: { pressed: Boolean(view.blank) },
    'reveal-say': { text: view.revealed ? t.hide : OPEN.includes(state) ? t.reveal_live : t.reveal },
    reveal: { hidden: !asks || nextReveals },
    'close-in': { hidden: state !== 'write' },
    'hold-each': { hidden: !heldOf(view) && !view.reasons, pressed: Boolean(heldOf(view)?.hold) },
    reopen: { text: state === 'closing' ? t.take_back : t.reopen, hidden: !REOPENED.includes(state) },
    timing: { hidden: !timed },
    pause: { text: view.paused_ms === null ? t.pause : t.resume, hidden: !timed },
    add: { hidden: !timed },
    end: { hidden: ended },
    'ask-open': { hidden: ended },
  }
}

/**
 * The actions of those buttons whose action depends on the view, by id. Pure.
 *
 * @type {Record<string, (view: ConsoleView) => Action>}
 */
export const CONTROL_ACTIONS = {
  reopen: () => ({ do: 'reopen' }),
  blank: ({ blank }) => ({ do: blank ? 'unblank' : 'blank' }),
  reveal: ({ revealed }) => ({ do: revealed ? 'hide' : 'reveal' }),
  'hold-each': (view) => {
    const { activity, hold } = heldOf(view) ?? {}
    return { do: 'set_hold', ...(activity !== view.activity && { activity }), hold: !hold }
  },
  'close-in': () => ({ do: 'close_in', seconds: CLOSING_S }),
  pause: (view) => ({ do: view.paused_ms === null ? 'pause' : 'resume' }),
  add: () => ({ do: 'add_time', seconds: MORE_S }),
}

export class Controls {
  #t
  /** @type {ConsoleView} */
  #view

  /**
   * `ready` resolves with the first view; a press before that waits for it.
   *
   * @param {{t: Strings, act: Act, press: Act, ready: Promise<unknown>}} of
   */
  constructor({ t, act, press, ready }) {
    this.#t = t
    for (const button of document.querySelectorAll('[data-do]')) {
      button.addEventListener('click', () => press({ do: String(button.dataset.do) }))
    }
    for (const [id, actionFor] of Object.entries(CONTROL_ACTIONS)) {
      $(id).addEventListener('click', async () => {
        if (!this.#view) await ready
        press(actionFor(this.#view))
      })
    }
    $('steer-more').addEventListener('click', () => {
      const all = $('go').classList.toggle('all')
      $('steer-more').setAttribute('aria-expanded', String(all))
    })
    $('end').addEventListener('click', async () => {
      const confirmed = await confirm({ title: t.end_title, text: t.end_text, yes: t.ways.ended, destructive: true })
      if (confirmed !== false) act({ do: 'end' })
    })
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#view = view
    updateElements(controlElements(view, this.#t))
  }
}
