/** The types of clock.js until they stand in it (see tsconfig.json). */

interface Clock {
  seconds: number
  over: boolean
  timeUp: boolean
  paused: boolean
  last: boolean
  left: number
  otherTurn: boolean
  text: string
}

export const LAST_S: number
export const readClock: (view: Timer, now: number) => Clock | null
export const clockDigits: (seconds: number) => string
export const durationText: (seconds: number) => string
export class Ring {
  root: PageElement
  show(clock: Clock, halfway: boolean): void
}
