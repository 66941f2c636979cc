/** What is put together on a phone and not sent yet, where ticks alone do not tell it: kept over a reload. */

/** @type {(activity: string) => string} */
const key = (activity) => `innspill:draft:${location.pathname}:${activity}`

/**
 * What was kept for *activity*; null where nothing was.
 *
 * @type {(activity: string) => any}
 */
export const kept = (activity) => {
  try { return JSON.parse(localStorage.getItem(key(activity))) } catch { return null }
}

/** Keep *value* for *activity*, null to keep nothing. @type {(activity: string, value: unknown) => void} */
export const keep = (activity, value) => {
  try {
    if (value === null) localStorage.removeItem(key(activity))
    else localStorage.setItem(key(activity), JSON.stringify(value))
  } catch { /* a browser that stores nothing */ }
}
