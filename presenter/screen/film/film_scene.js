/** The scene for a film: it plays from where the server says, so that a page that is loaded anew goes on, and two screens show the same. */

import { el } from '../../shared/dom.js'
import { positionAt } from './position.js'

const FAR_S = 1 // a film that is this far from where the server says is moved
const AT_END_S = 0.2
const DRAW_S = 0.01

export class FilmScene {
  #t
  #soundless
  #film = /** @type {ShownFilm | null} */ (null)
  #video = /** @type {HTMLVideoElement | null} */ (null)
  #drawn = ''
  #steered = ''
  #blocked = false
  #notice = el('p', { class: 'notice', role: 'status' })
  root = el('div', { class: 'scene playing' })

  /**
   * `soundless(is)` tells the console whether this browser keeps the film from playing. Without it the page is a preview,
   * which makes no sound.
   *
   * @param {{t: Strings, soundless?: (is: boolean) => void}} of
   */
  constructor({ t, soundless }) {
    this.#t = t
    this.#soundless = soundless
    this.#notice.hidden = true
    for (const press of ['pointerdown', 'keydown']) addEventListener(press, this.#pressed)
  }

  /** @param {View} view */
  show(view) {
    const film = /** @type {ShownFilm} */ (view.film)
    this.#film = film
    const drawn = JSON.stringify([film.src, film.captions, film.says, view.question])
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    this.#steered = ''
    this.#release()
    this.root.lang = view.language
    this.root.replaceChildren(...(film.src ? [this.#made(film, view), this.#notice] : this.#unplayed(film)))
  }

  /**
   * @param {View} _view
   * @param {number} now
   */
  tick(_view, now) {
    const film = this.#film
    if (!film || !this.#video) return
    const steered = JSON.stringify([film.position_ms, film.since])
    if (steered === this.#steered) return
    this.#steered = steered
    this.#steer(film, now)
  }

  stop() {
    for (const press of ['pointerdown', 'keydown']) removeEventListener(press, this.#pressed)
    this.#release()
    this.#tellBlocked(false)
  }

  /**
   * @param {ShownFilm} film
   * @param {View} view
   */
  #made(film, view) {
    const captions = film.captions && el('track', { kind: 'captions', src: film.captions, srclang: view.language, label: this.#t.captions, default: '' })
    const video = /** @type {HTMLVideoElement} */ (/** @type {unknown} */ (el('video', { preload: 'auto', playsinline: '', 'aria-label': view.question || this.#t.film }, ...(captions ? [captions] : []))))
    if (film.width && film.height) Object.assign(video, { width: film.width, height: film.height }) // its shape, before it has come
    video.muted = !this.#soundless
    video.addEventListener('error', () => this.#say(this.#t.film_broken))
    video.addEventListener('playing', () => this.#tellBlocked(false))
    video.src = film.src
    // Of a film that is paused, captions that come later than its picture are drawn only when it moves.
    if (captions) captions.addEventListener('load', () => (video.currentTime += DRAW_S))
    for (const track of video.textTracks) track.mode = 'showing' // browsers choose by the language of the reader, and may choose none
    this.#video = video
    return video
  }

  /** @param {ShownFilm} film */
  #unplayed({ link, says }) {
    return [el('p', { class: 'step' }, says), ...(link ? [el('p', { class: 'address' }, link)] : [])]
  }

  /**
   * @param {ShownFilm} film
   * @param {number} now
   */
  #steer(film, now) {
    const video = /** @type {HTMLVideoElement} */ (this.#video)
    const at = positionAt(film, now)
    if (Math.abs(video.currentTime - at) > FAR_S) video.currentTime = at
    const isOver = film.duration_ms > 0 && at >= film.duration_ms / 1000 - AT_END_S // to play on would begin it anew
    if (film.since === null || isOver) video.pause()
    else this.#play(video)
  }

  /** @param {HTMLVideoElement} video */
  async #play(video) {
    try {
      await video.play()
      this.#tellBlocked(false)
    } catch (/** @type {any} */ { name }) {
      if (name === 'NotAllowedError') this.#tellBlocked(true)
    }
  }

  /** Somebody has pressed in this page, so that its browser lets it sound: play from where the others are. */
  #pressed = () => {
    if (this.#blocked) this.#steered = ''
  }

  /** @param {boolean} is */
  #tellBlocked(is) {
    if (is === this.#blocked) return
    this.#blocked = is
    this.#say(is ? this.#t.press_for_sound : '')
    this.#soundless?.(is)
  }

  /** @param {string} words */
  #say(words) {
    this.#notice.textContent = words
    this.#notice.lang = document.documentElement.lang
    this.#notice.hidden = !words
  }

  /** Let go of the film, which else would be loaded on. */
  #release() {
    if (!this.#video) return
    this.#video.pause()
    this.#video.removeAttribute('src')
    this.#video.load()
    this.#video = null
  }
}
