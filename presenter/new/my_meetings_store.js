/**
 * The meetings that were run from this browser. Only their codes and titles are stored here. What gives access is the
 * cookie that the link was exchanged for, which scripts can't read.
 */

/** `at` is when it was first opened here, in ms. @typedef {{code: string, title: string, at: number, archived?: boolean}} Meeting */

const KEY = 'innspill-meetings'
const LIMIT = 50

/** @type {() => Meeting[]} */
const load = () => {
  try { return JSON.parse(localStorage.getItem(KEY) ?? '[]') ?? [] } catch { return [] }
}

const store = (/** @type {Meeting[]} */ all) => {
  try { localStorage.setItem(KEY, JSON.stringify(all.slice(0, LIMIT))) } catch { /* a browser that stores nothing has an empty list */ }
}

/** The meetings, newest first: {code, title, at}, with `archived` where that was chosen. */
export const meetings = load

/**
 * Put a meeting on the list, or give it a new title.
 *
 * @type {(code: string, title: string) => void}
 */
export const remember = (code, title) => {
  const all = load()
  const known = all.find((meeting) => meeting.code === code) ?? { at: Date.now() }
  store([{ ...known, code, title }, ...all.filter((meeting) => meeting.code !== code)].sort((a, b) => b.at - a.at))
}

/**
 * Move a meeting to the archived ones, or back. The meeting itself is not changed.
 *
 * @type {(code: string, archived: boolean) => void}
 */
export const archive = (code, archived) => store(load().map((meeting) => (meeting.code === code ? { ...meeting, archived } : meeting)))

/** @type {(code: string) => void} */
export const forget = (code) => store(load().filter((meeting) => meeting.code !== code))
