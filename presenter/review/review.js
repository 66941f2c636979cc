/** The review page: a colleague goes through a whole meeting before it is held, step by step, and comments on its slides. */

import { $, el, fill } from '../shared/dom.js'
import { Feed } from '../shared/feed.js'
import { postJson } from '../shared/request.js'

const NOTE_MS = 5000
const SIZES = { screen: 1920, phone: 360 }
const FORWARD_KEYS = ['ArrowRight', 'PageDown']
const BACK_KEYS = ['ArrowLeft', 'PageUp']

/**
 * @typedef {object} Meeting as live/web/pages/review.py gives it
 * @property {string} title
 * @property {string} language
 * @property {string} version
 * @property {{id: string, n: number, title: string}[]} slides
 * @property {{slide: number, state: string, says: string}[]} steps `slide` counts from 1; 0 is the lobby
 * @property {{slide: string, text: string, author: string}[]} comments
 */

const { code = '' } = document.body.dataset

/**
 * The index of the first step that shows slide *n*; the lobby's, where there is none. Pure.
 *
 * @type {(steps: {slide: number}[], n: number) => number}
 */
export const firstStep = (steps, n) => Math.max(0, steps.findIndex(({ slide }) => slide === n))

class Review {
  #t = JSON.parse($('strings').textContent)
  /** @type {Meeting} */
  #meeting
  #current = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #noteTimer

  async begin() {
    if (!(await this.#fetch())) return
    $('back').addEventListener('click', () => this.#go(this.#current - 1))
    $('next').addEventListener('click', () => this.#go(this.#current + 1))
    $('jump').addEventListener('change', () => this.#go(firstStep(this.#meeting.steps, Number($('jump').value))))
    $('comment').addEventListener('submit', (event) => {
      event.preventDefault()
      this.#send()
    })
    document.addEventListener('keydown', (event) => {
      const target = /** @type {PageElement} */ (event.target)
      if (target.closest('input, textarea, select') || event.ctrlKey || event.altKey || event.metaKey) return
      const direction = Number(FORWARD_KEYS.includes(event.key)) - Number(BACK_KEYS.includes(event.key))
      if (!direction) return
      event.preventDefault()
      this.#go(this.#current + direction)
    })
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#refetch())
    // If the link was withdrawn or the room deleted meanwhile, the pane holds another page: fetching again reloads this one, which says so.
    $('pane-screen').addEventListener('load', () => {
      const { body, URL: address } = /** @type {Document} */ ($('pane-screen').contentDocument)
      if (address !== 'about:blank' && body.dataset.face !== 'screen') this.#fetch()
    })
    new ResizeObserver(() => this.#scale()).observe($('panes'))
    this.#go(0)
  }

  async #fetch() {
    const response = await fetch(`/api/rooms/${code}/review`).catch(() => null)
    if (response?.status === 401 || response?.status === 403 || response?.status === 404) return location.reload()
    if (!response?.ok) return this.#note(this.#t.failed, true)
    this.#meeting = await response.json()
    $('jump').lang = this.#meeting.language
    $('jump').replaceChildren(el('option', { value: '0' }, this.#t.states.lobby),
      ...this.#meeting.slides.map(({ n, title }) => el('option', { value: String(n) }, fill(this.#t.slide, { n, title }))))
    return true
  }

  /** Somebody may have changed the workshop while this page was hidden. */
  async #refetch() {
    const { version, steps } = this.#meeting
    const n = steps[this.#current].slide
    if (!(await this.#fetch()) || this.#meeting.version === version) return
    this.#go(firstStep(this.#meeting.steps, n))
    this.#note(this.#t.changed)
  }

  get #slide() {
    return this.#meeting.slides[this.#meeting.steps[this.#current].slide - 1] ?? null
  }

  /** @param {number} index */
  #go(index) {
    const { steps, title, language, version } = this.#meeting
    this.#current = Math.min(steps.length - 1, Math.max(0, index))
    const step = steps[this.#current]
    const slide = this.#slide
    $('state').textContent = this.#t.states[step.state] ?? ''
    $('step').textContent = fill(this.#t.step, { n: this.#current + 1, of: steps.length })
    $('title').lang = language
    $('title').textContent = slide?.title || title
    $('says').textContent = step.says && slide ? fill(this.#t.says, { text: step.says }) : ''
    $('jump').value = String(step.slide)
    $('back').disabled = this.#current === 0
    $('next').disabled = this.#current === steps.length - 1
    $('say').hidden = !slide
    for (const face of ['screen', 'phone']) {
      const address = `/${code}/review/${face}?step=${this.#current}&version=${version}`
      // Not `src`, which would add each step to the browser's history.
      $(`pane-${face}`).contentWindow.location.replace(address)
    }
    this.#drawComments()
  }

  #drawComments() {
    const comments = this.#meeting.comments.filter((comment) => comment.slide === this.#slide?.id)
    $('said').hidden = comments.length === 0
    $('said').replaceChildren(...comments.map(({ text, author }) =>
      el('li', {}, ...(author ? [el('b', {}, fill(this.#t.by, { author })), ' '] : []), text)))
  }

  async #send() {
    const slide = this.#slide.id
    const { ok, body } = await postJson(`/api/rooms/${code}/comments${location.search}`, { slide, text: $('text').value, author: $('author').value })
    if (!ok) return this.#note(body?.title ?? this.#t.failed, true)
    this.#meeting.comments.push(body)
    $('text').value = ''
    this.#note(this.#t.saved)
    this.#drawComments()
  }

  /** @param {string} words */
  #note(words, isProblem = false) {
    clearTimeout(this.#noteTimer)
    $('note').textContent = words
    $('note').classList.toggle('grave', isProblem)
    $('note').hidden = false
    this.#noteTimer = setTimeout(() => ($('note').hidden = true), NOTE_MS)
  }

  #scale() {
    for (const [face, width] of Object.entries(SIZES)) {
      const frame = $(`pane-${face}`)
      frame.style.setProperty('--scale', String(frame.parentElement.clientWidth / width))
    }
  }
}

if ('needsKey' in document.body.dataset) {
  const swapped = await new Feed({ code, face: 'screen' }).swapKey()
  if (swapped === 'swapped') location.reload()
  else $('gate').textContent = (swapped === 'none' ? $('gate').dataset.none : $('gate').dataset.refused) ?? ''
} else {
  history.replaceState(null, '', location.pathname + location.search)
  new Review().begin()
}
