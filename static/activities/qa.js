/** What a phone knows of the questions to the panel, and of its own votes: pure functions. */

/** A question. @typedef {{ id: string, text: string, votes: number, answered?: boolean, reply?: string }} Card */

/** A question of this phone's own. @typedef {Card & { status: string, reason?: string }} OwnQuestion */

/** A vote of this phone: when it was given, and whether the server has it. @typedef {{ on: boolean, at: number, acked: boolean }} Vote */

/** What the server tells one phone (live/views/questions.py): one that is in both lists is told once, and by its id in the other. @typedef {{ activity: string, n: number, changes: number, own: OwnQuestion[], top: (Card | string)[], newest: (Card | string)[], votes: string[] }} Told */

/**
 * The questions in *order*.
 *
 * @type {(told: Told, order: string | undefined) => Card[]}
 */
export const inOrder = ({ top, newest }, order) => {
  const known = new Map([...top, ...newest].flatMap((one) => (typeof one === 'string' ? [] : [[one.id, one]])))
  return (order === 'newest' ? newest : top).flatMap((one) => (typeof one === 'string' ? known.get(one) ?? [] : one))
}

/**
 * How many votes to show, and whether this phone's is among them: the server's *count*, which *has* it or not, with what
 * this phone has pressed since.
 *
 * @type {(count: number, has: boolean, vote: Vote | undefined) => { n: number, on: boolean }}
 */
export const merged = (count, has, vote) => {
  if (!vote || vote.on === has) return { n: count, on: has }
  return { n: Math.max(0, count + (vote.on ? 1 : -1)), on: vote.on }
}

/**
 * Votes that the server has not acked, given before *until*, to be sent again.
 *
 * @type {(votes: Record<string, Vote>, until: number) => { type: 'vote', id: string, on: boolean }[]}
 */
export const unsentVotes = (votes, until) =>
  Object.entries(votes).filter(([, { acked, at }]) => !acked && at <= until).map(([id, { on }]) => ({ type: 'vote', id, on }))
