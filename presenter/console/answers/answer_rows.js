/** What the list of answers shows of each answer, and which answers it shows. Pure. */

import { fill, plural } from '../../shared/dom.js'

const NAMES_AND_NUMBERS = ['name', 'phone', 'email', 'id-number']

/**
 * An answer in words: its text, or the options it chose, or the value it gave each item.
 *
 * @type {(answer: Answer, view: ConsoleView) => string}
 */
export const answerText = (answer, view) => {
  if (answer.text) return answer.text
  const { value, told } = answer
  if (told) return told
  const options = view.options ?? []
  if (Array.isArray(value)) return value.map((id) => options.find((option) => option.id === id)?.text ?? id).join(' · ')
  if (value && typeof value === 'object') {
    const named = (/** @type {string} */ id) => view.items?.find((item) => item.id === id)?.text ?? id
    return Object.entries(value).map(([id, mark]) => `${named(id)}: ${mark}`).join(' · ')
  }
  return value === null || value === undefined ? '' : String(value)
}

/**
 * The notes beside an answer: which phone, for how many people, how it came, and whether it counts.
 *
 * @type {(answer: Answer, t: Strings) => string[]}
 */
export const answerNotes = (answer, t) => [
  answer.name && (answer.named ? answer.name : fill(t.name_hidden, { name: answer.name })),
  answer.via === 'phone' ? answer.alias : t.via[answer.via] ?? answer.alias,
  answer.votes !== undefined && fill(plural(t.n_votes, answer.votes), { n: answer.votes }),
  answer.answered && t.answered,
  answer.heads > 1 && fill(t.heads, { n: answer.heads }),
  answer.late && t.late,
  answer.hidden !== null && (answer.hidden ? fill(t.held_because, { reason: answer.hidden }) : t.held_back),
  answer.hidden === null && (answer.held || answer.waits) && t.waiting,
  answer.masked && t.masked,
  answer.muted && t.muted,
].filter(Boolean)

/**
 * A text in pieces, each with whether it is why the answer was flagged. *marks* count code points.
 *
 * @type {(text: string, marks: Answer['marks']) => [piece: string, isMarked: boolean][]}
 */
export const textPieces = (text, marks) => {
  const letters = [...text]
  /** @type {[string, boolean][]} */
  const pieces = []
  let at = 0
  for (const [start, end] of marks) {
    if (start > at) pieces.push([letters.slice(at, start).join(''), false])
    if (end > at) pieces.push([letters.slice(Math.max(at, start), end).join(''), true])
    at = Math.max(at, end)
  }
  return at < letters.length ? [...pieces, [letters.slice(at).join(''), false]] : pieces
}

/**
 * How old an answer is, in short. Pure.
 *
 * @type {(ageMs: number, t: Strings) => string}
 */
export const ageText = (ageMs, t) => {
  const seconds = Math.floor(ageMs / 1000)
  if (seconds < 3) return t.now
  if (seconds < 60) return fill(t.age_s, { n: seconds })
  return seconds < 3600 ? fill(t.age_min, { n: Math.floor(seconds / 60) }) : fill(t.age_h, { n: Math.floor(seconds / 3600) })
}

/**
 * The answers of the list *which*. `new`: those that need a look; then the newest ones, then
 * *all*, once they have been fetched, else null; at most *most* until then, but the one in the spotlight always. `look`:
 * those that need a look. `held`: those that are held back, of all that are here. `questions`: those to the panel, as
 * the server orders them, or all of them once they have been fetched.
 *
 * @type {(view: ConsoleView, all: Answer[] | null, most: number, which?: import('./which_list.js').ListName) => Answer[]}
 */
export const answersToShow = ({ look, answers, spotlight, questions }, all, most, which = 'new') => {
  if (which === 'look') return look
  if (which === 'questions') return allQuestions(questions?.rows ?? [], all)
  const first = which === 'held' ? [] : look
  const known = new Map()
  for (const answer of [...first, ...answers, ...(all ?? [])]) if (!known.has(answer.id)) known.set(answer.id, answer)
  if (which === 'held') return [...known.values()].filter(({ hidden, held, redacted }) => hidden !== null || held || redacted)
  const limit = all ? Infinity : Math.max(first.length, most)
  return [...known.values()].filter((answer, n) => n < limit || answer.id === spotlight?.id)
}

/** Those of *rows*, and then the others of *all* with most votes first. @type {(rows: Answer[], all: Answer[] | null) => Answer[]} */
const allQuestions = (rows, all) => {
  const first = new Set(rows.map(({ id }) => id))
  const rest = (all ?? []).filter(({ id }) => !first.has(id))
  return [...rows, ...rest.sort((a, b) => Number(a.answered) - Number(b.answered) || (b.votes ?? 0) - (a.votes ?? 0))]
}

/** @type {(answer: Answer, t: Strings) => string} */
const muteLabel = ({ takes }, t) => (takes ? fill(plural(t.mute_n, takes), { n: takes }) : t.mute)

/** @typedef {{inSpotlight: boolean, isOut: boolean, isFlagged: boolean, pieces: ReturnType<typeof textPieces>, flags: string, notes: string, reply: string, buttons: [name: string, label: string][]}} AnswerRow */

/**
 * How a row looks, and its buttons as `[name, label]` in order; the names are those of answer_actions.js. `isOut`: it does
 * not count. `isFlagged`: it should be looked at first.
 *
 * @type {(answer: Answer, view: ConsoleView, t: Strings) => AnswerRow}
 */
export const answerRow = (answer, view, t) => {
  const inSpotlight = view.spotlight?.id === answer.id
  const isOut = Boolean(answer.hidden !== null || answer.held || answer.redacted)
  const isFlagged = !isOut && answer.flags.length > 0
  const look = {
    inSpotlight, isOut, isFlagged,
    pieces: textPieces(answer.redacted ? t.redacted : answerText(answer, view), isFlagged ? answer.marks : []),
    flags: isFlagged ? answer.flags.map((flag) => t.flags[flag]).join(', ') : '',
    notes: answerNotes(answer, t).join(' · '),
    reply: answer.reply ? fill(t.replied, { text: answer.reply }) : '',
  }
  if (answer.redacted) return { ...look, buttons: [] }
  const isQuestion = answer.votes !== undefined
  const canSpotlight = (Boolean(view.results) || isQuestion) && Boolean(answer.text) && !isOut && !answer.late && !answer.waits
  const restore = answer.held && answer.hidden === null ? t.let : t.restore
  /** @type {([name: string, label: string] | false)[]} */
  const buttons = [
    isFlagged && ['release', t.release],
    isFlagged && answer.marks.some(([, , flag]) => NAMES_AND_NUMBERS.includes(flag)) && ['mask', t.mask],
    canSpotlight && (inSpotlight ? ['unlift', t.unlift] : ['lift', t.lift]),
    isQuestion && !isOut && !answer.waits && (answer.answered ? ['untick', t.untick] : ['tick', t.tick]),
    isQuestion && !isOut && ['reply', answer.reply ? t.reply_again : t.reply],
    isOut || answer.late ? ['restore', restore] : ['hold', t.hold],
    answer.hidden === '' && ['reason', t.reason],
    Boolean(answer.alias) && (isOut || isFlagged || answer.muted) && (answer.muted ? ['unmute', t.unmute] : ['mute', muteLabel(answer, t)]),
    Boolean(answer.name) && (answer.named ? ['hide_name', t.hide_name] : ['show_name', t.show_name]),
    ['redact', t.redact],
  ]
  return { ...look, buttons: buttons.filter((button) => !!button) }
}
