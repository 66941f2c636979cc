/** What can be done with one answer. What can't be taken back, or what people will read the reason of, is asked first. */

import { confirm } from '../confirm.js'

/** @typedef {Record<string, (answer: Pick<Answer, 'id'>, words: string) => unknown>} AnswerActions */

/**
 * The actions by name. Each gets the answer and its words, and sends with `act`; `ask(question)` is `confirm`, which
 * resolves with false, or with what was written.
 *
 * @type {(of: {t: Strings, act: (action: Action) => unknown, ask?: typeof confirm}) => AnswerActions}
 */
export const answerActions = ({ t, act, ask = confirm }) => ({
  async hold({ id }, words) {
    const reason = await ask({ title: t.hold_title, text: t.hold_text, yes: t.hold, quote: words, field: t.hold_field })
    if (reason !== false) act({ do: 'hide_answer', id, reason })
  },
  restore: ({ id }) => act({ do: 'restore_answer', id }),
  async redact({ id }, words) {
    const confirmed = await ask({ title: t.redact_title, text: t.redact_text, yes: t.redact, quote: words, destructive: true })
    if (confirmed !== false) act({ do: 'redact_answer', id })
  },
  mute: ({ id }) => act({ do: 'mute_phone', id }),
  unmute: ({ id }) => act({ do: 'unmute_phone', id }),
  lift: ({ id }) => act({ do: 'spotlight', id }),
  unlift: () => act({ do: 'spotlight', id: '' }),
})
