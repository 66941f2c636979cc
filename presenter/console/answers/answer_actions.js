/** What can be done with answers. Only what can't be taken back is asked first; a reason can be given afterwards. */

import { fill } from '../../shared/dom.js'
import { confirm } from '../confirm.js'

/** @typedef {Record<string, (answer: Pick<Answer, 'id'> & Partial<Answer>, words: string) => unknown>} AnswerActions */

/**
 * The action that releases *answers* as they are listed: what came or was changed since then waits on.
 *
 * @type {(answers: (Pick<Answer, 'id'> & Partial<Answer>)[]) => Action}
 */
export const releaseAll = (answers) => ({ do: 'release_answers', answers: Object.fromEntries(answers.map(({ id, rev }) => [id, rev])) })

const ASK_MS = 2000 // where the server does not say in that time what else holds the words, the question is put without

/** @typedef {{renamed: string[], kept: {place: string, text: string}[]}} Traces */

/**
 * What the facilitator is told before *traces* of an answer are left behind. Pure.
 *
 * @type {(traces: Traces | null, t: Strings) => string}
 */
export const tracesInWords = (traces, t) => [
  t.redact_text,
  ...(traces?.renamed ?? []).map((name) => fill(t.redact_renamed, { name })),
  ...(traces?.kept.length ? [`${t.redact_kept} ${traces.kept.map(({ place, text }) => fill(t.redact_places[place], { text })).join('; ')}.`] : []),
].join(' ')

/** @param {string} code @returns {(id: string) => Promise<Traces | null>} */
export const tracesOf = (code) => (id) =>
  fetch(`/api/rooms/${code}/answers/${id}/traces`, { signal: AbortSignal.timeout(ASK_MS) }).then((response) => (response.ok ? response.json() : null)).catch(() => null)

/**
 * The actions by name. Each gets the answer and its words, and sends with `act`; `ask(question)` is `confirm`, which
 * resolves with false, or with what was written; `traces(id)` resolves with what else holds words of that answer.
 *
 * @type {(of: {t: Strings, act: (action: Action) => unknown, traces: (id: string) => Promise<Traces | null>, ask?: typeof confirm}) => AnswerActions}
 */
export const answerActions = ({ t, act, traces, ask = confirm }) => ({
  release: (answer) => act(releaseAll([answer])),
  mask: ({ id }) => act({ do: 'mask_answer', id }),
  hold: ({ id }) => act({ do: 'hide_answer', id }),
  async reason({ id }, words) {
    const reason = await ask({ title: t.reason_title, text: t.reason_text, yes: t.reason_yes, quote: words, field: t.hold_field })
    if (reason) act({ do: 'give_reason', id, reason })
  },
  tick: ({ id }) => act({ do: 'answer_question', id, answered: true }),
  untick: ({ id }) => act({ do: 'answer_question', id, answered: false }),
  async reply({ id, reply = '' }, words) {
    const text = await ask({ title: t.reply_title, text: t.reply_text, yes: t.reply_yes, quote: words, long: t.reply_field, value: reply })
    if (text !== false) act({ do: 'answer_question', id, answered: Boolean(text), text })
  },
  restore: ({ id }) => act({ do: 'restore_answer', id }),
  async redact({ id }, words) {
    const text = tracesInWords(await traces(id), t)
    const confirmed = await ask({ title: t.redact_title, text, yes: t.redact, quote: words, destructive: true })
    if (confirmed !== false) act({ do: 'redact_answer', id })
  },
  mute: ({ id }) => act({ do: 'mute_phone', id }),
  unmute: ({ id }) => act({ do: 'unmute_phone', id }),
  hide_name: ({ id }) => act({ do: 'hide_name', id }),
  show_name: ({ id }) => act({ do: 'show_name', id }),
  lift: ({ id }) => act({ do: 'spotlight', id }),
  unlift: () => act({ do: 'spotlight', id: '' }),
})
