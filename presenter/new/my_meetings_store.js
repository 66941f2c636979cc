/**
 * The meetings that were run from this browser. Only their codes and titles are stored here. What gives access is the
 * cookie that the link was exchanged for, which scripts can't read.
 */

const KEY = 'innspill-meetings'
const LIMIT = 50

const load = () => {
  try { return JSON.parse(localStorage.getItem(KEY)) ?? [] } catch { return [] }
}

const store = (meetings) => {
  try { localStorage.setItem(KEY, JSON.stringify(meetings.slice(0, LIMIT))) } catch { /* a browser that stores nothing has an empty list */ }
}

/** The meetings, newest first: {code, title, at}, with `archived` where that was chosen. */
export const meetings = load

/** Put a meeting on the list, or give it a new title. */
export const remember = (code, title) => {
  const all = load()
  const known = all.find((meeting) => meeting.code === code) ?? { at: Date.now() }
  store([{ ...known, code, title }, ...all.filter((meeting) => meeting.code !== code)].sort((a, b) => b.at - a.at))
}

/** Move a meeting to the archived ones, or back. The meeting itself is not changed. */
export const archive = (code, archived) => store(load().map((meeting) => (meeting.code === code ? { ...meeting, archived } : meeting)))

export const forget = (code) => store(load().filter((meeting) => meeting.code !== code))
