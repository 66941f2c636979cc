/** Keeps the phone lit while it is wanted and the page is looked at, where the browser allows it (on https). */

/** @type {Promise<WakeLockSentinel | null> | null | undefined} */
let lamp = null

/** To be called also when the page is left and looked at again, since systems take the lock back. @param {boolean} on */
export const stayLit = (on) => {
  if (on && !document.hidden) lamp ??= navigator.wakeLock?.request('screen').catch(() => null) // as on a low battery
  else lamp = void lamp?.then((lock) => lock?.release())
}
