/** How far a film on show is, for the screen that plays it and the console that steers it. */

/**
 * Where a film should be at *now*, the server's time, in seconds. Pure.
 *
 * @type {(film: Pick<ShownFilm, 'position_ms' | 'since' | 'duration_ms'>, now: number) => number}
 */
export const positionAt = ({ position_ms: position, since, duration_ms: duration }, now) => {
  const played = position + (since === null ? 0 : Math.max(0, now - since))
  return (duration ? Math.min(played, duration) : played) / 1000
}
