/** The buttons that steer a film on show, and how far it is. Said too: that the browser of a screen keeps it from playing. */

import { clockDigits } from '../../shared/clock.js'
import { $, fill, plural, updateElements } from '../../shared/dom.js'
import { positionAt } from '../../screen/film/position.js'

const BACK_S = 10

/**
 * The film that is steered: the one on show, if it is here to be played. Pure.
 *
 * @type {(view: Pick<ConsoleView, 'state' | 'film'>) => ShownFilm | null}
 */
export const filmOnShow = ({ state, film }) => (state === 'talk' && film?.src ? film : null)

/**
 * How far *film* is at *now*: `0:34 / 2:10`. Pure.
 *
 * @type {(film: ShownFilm, now: number) => string}
 */
export const filmTime = (film, now) => {
  const at = clockDigits(Math.floor(positionAt(film, now)))
  return film.duration_ms ? `${at} / ${clockDigits(Math.round(film.duration_ms / 1000))}` : at
}

export class FilmControls {
  #t
  #view = /** @type {ConsoleView | null} */ (null)

  /** @param {{t: Strings, press: Act}} of */
  constructor({ t, press }) {
    this.#t = t
    $('film-play').addEventListener('click', () => press({ do: this.#plays ? 'pause' : 'resume' }))
    $('film-back').addEventListener('click', () => press({ do: 'skip', seconds: -BACK_S }))
    $('film-again').addEventListener('click', () => press({ do: 'start', activity: this.#view?.activity }))
  }

  get #plays() {
    return Boolean(this.#view && filmOnShow(this.#view)?.since)
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#view = view
    const film = filmOnShow(view)
    const { soundless } = view
    updateElements({
      film: { hidden: !film },
      'film-play': { text: this.#plays ? this.#t.film_pause : this.#t.film_play },
      'film-uncaptioned': { hidden: !film || Boolean(film.captions) },
      soundless: { hidden: !soundless, text: soundless ? fill(plural(this.#t.soundless, soundless), { n: soundless }) : '' },
    })
  }

  /** @param {number} now */
  tick(now) {
    const film = this.#view && filmOnShow(this.#view)
    if (!film) return
    const time = filmTime(film, now)
    if ($('film-time').textContent !== time) $('film-time').textContent = time
  }
}
