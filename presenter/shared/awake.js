/** Keeps the machine from going to sleep while a meeting runs, where the browser allows it (on https). */

const AGAIN_MS = 1000

export class Awake {
  #wanted = false
  #asking = false
  /** @type {WakeLockSentinel | null} */
  #lock = null

  constructor() {
    document.addEventListener('visibilitychange', () => this.#ask())
  }

  /** Also when the meeting has ended, it is let go only by a view that says so. @param {{state: string}} view */
  show({ state }) {
    this.#wanted = state !== 'ended'
    if (this.#wanted) this.#ask()
    else this.#lock?.release()
  }

  /** Systems take it back, as on a low battery or behind another window: then it is asked for again. */
  async #ask() {
    if (!this.#wanted || this.#asking || this.#lock || document.visibilityState !== 'visible' || !navigator.wakeLock) return
    this.#asking = true
    this.#lock = await navigator.wakeLock.request('screen').catch(() => null) // the next view asks again
    this.#asking = false
    if (!this.#lock) return
    this.#lock.addEventListener('release', () => {
      this.#lock = null
      setTimeout(() => this.#ask(), AGAIN_MS)
    })
    if (!this.#wanted) this.#lock.release()
  }
}
