/**
 * The meetings that were run from this browser. Only their codes and titles lie here; what opens them is the cookie that
 * the link was swapped for, which a page can't read.
 */

const KEY = 'innspill-meetings'
const MOST = 50

const load = () => {
  try { return JSON.parse(localStorage.getItem(KEY)) ?? [] } catch { return [] }
}

const store = (meetings) => {
  try { localStorage.setItem(KEY, JSON.stringify(meetings.slice(0, MOST))) } catch { /* a browser that keeps nothing lists nothing */ }
}

/** The newest first: {code, title, at}, and `archived` of those that were put away. */
export const meetings = load

export const remember = (code, title) => {
  const before = load()
  const known = before.find((one) => one.code === code) ?? { at: Date.now() }
  store([{ ...known, code, title }, ...before.filter((one) => one.code !== code)].sort((a, b) => b.at - a.at))
}

/** Out of the way, or back. The meeting itself is not touched. */
export const archive = (code, archived) => store(load().map((one) => (one.code === code ? { ...one, archived } : one)))

export const forget = (code) => store(load().filter((one) => one.code !== code))
