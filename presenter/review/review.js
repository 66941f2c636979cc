/** A colleague goes through a whole meeting that is not held, press by press, and says something of its slides. */

import { $, el, fill } from '../shared/dom.js'
import { Feed } from '../shared/feed.js'
import { postJson } from '../shared/request.js'

const NOTE_MS = 5000
const SIZES = { screen: 1920, phone: 360 }
const ON = ['ArrowRight', 'PageDown']
const BACK = ['ArrowLeft', 'PageUp']

const code = document.body.dataset.code

/** Where slide *n* begins among the steps, the first time it is on show; 0 is the start. Pure. */
export const firstStep = (steps, n) => Math.max(0, steps.findIndex((one) => one.slide === n))

class Review {
  #t = JSON.parse($('strings').textContent)
  #about = null
  #at = 0
  #noteTimer = 0

  async begin() {
    if (!(await this.#fetch())) return
    $('back').addEventListener('click', () => this.#go(this.#at - 1))
    $('next').addEventListener('click', () => this.#go(this.#at + 1))
    $('jump').addEventListener('change', () => this.#go(firstStep(this.#about.steps, Number($('jump').value))))
    $('comment').addEventListener('submit', (event) => {
      event.preventDefault()
      this.#send()
    })
    document.addEventListener('keydown', (event) => {
      if (event.target.closest('input, textarea, select') || event.ctrlKey || event.altKey || event.metaKey) return
      const way = ON.includes(event.key) - BACK.includes(event.key)
      if (!way) return
      event.preventDefault()
      this.#go(this.#at + way)
    })
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#again())
    // What was withdrawn or deleted meanwhile shows no screen: the page itself knows how to say so.
    $('pane-screen').addEventListener('load', () => {
      const { body, URL: at } = $('pane-screen').contentDocument
      if (at !== 'about:blank' && body.dataset.face !== 'screen') this.#fetch()
    })
    new ResizeObserver(() => this.#scale()).observe($('panes'))
    this.#go(0)
  }

  async #fetch() {
    const said = await fetch(`/api/rooms/${code}/review`).catch(() => null)
    if (said?.status === 401 || said?.status === 403 || said?.status === 404) return location.reload()
    if (!said?.ok) return this.#note(this.#t.failed, true)
    this.#about = await said.json()
    $('jump').lang = this.#about.language
    $('jump').replaceChildren(el('option', { value: '0' }, this.#t.states.lobby),
      ...this.#about.slides.map(({ n, title }) => el('option', { value: String(n) }, fill(this.#t.slide, { n, title }))))
    return true
  }

  /** Somebody may have changed the programme while this page was out of sight. */
  async #again() {
    const { version, steps } = this.#about
    const n = steps[this.#at].slide
    if (!(await this.#fetch()) || this.#about.version === version) return
    this.#go(firstStep(this.#about.steps, n))
    this.#note(this.#t.changed)
  }

  get #slide() {
    return this.#about.slides[this.#about.steps[this.#at].slide - 1] ?? null
  }

  #go(at) {
    const { steps, title, language, version } = this.#about
    this.#at = Math.min(steps.length - 1, Math.max(0, at))
    const step = steps[this.#at]
    const slide = this.#slide
    $('state').textContent = this.#t.states[step.state] ?? ''
    $('step').textContent = fill(this.#t.step, { n: this.#at + 1, of: steps.length })
    $('title').lang = language
    $('title').textContent = slide?.title || title
    $('says').textContent = step.says && slide ? fill(this.#t.says, { text: step.says }) : ''
    $('jump').value = String(step.slide)
    $('back').disabled = this.#at === 0
    $('next').disabled = this.#at === steps.length - 1
    $('say').hidden = !slide
    for (const face of ['screen', 'phone']) {
      const address = `/${code}/review/${face}?step=${this.#at}&version=${version}`
      // Not `src`: each step would be a page of its own to go back to.
      $(`pane-${face}`).contentWindow.location.replace(address)
    }
    this.#drawSaid()
  }

  #drawSaid() {
    const said = this.#about.comments.filter((one) => one.slide === this.#slide?.id)
    $('said').hidden = said.length === 0
    $('said').replaceChildren(...said.map(({ text, author }) =>
      el('li', {}, ...(author ? [el('b', {}, fill(this.#t.by, { author })), ' '] : []), text)))
  }

  async #send() {
    const slide = this.#slide.id
    const { ok, body } = await postJson(`/api/rooms/${code}/comments${location.search}`, { slide, text: $('text').value, author: $('author').value })
    if (!ok) return this.#note(body?.title ?? this.#t.failed, true)
    this.#about.comments.push(body)
    $('text').value = ''
    this.#note(this.#t.saved)
    this.#drawSaid()
  }

  #note(words, grave = false) {
    clearTimeout(this.#noteTimer)
    $('note').textContent = words
    $('note').classList.toggle('grave', grave)
    $('note').hidden = false
    this.#noteTimer = setTimeout(() => ($('note').hidden = true), NOTE_MS)
  }

  #scale() {
    for (const [face, width] of Object.entries(SIZES)) {
      const frame = $(`pane-${face}`)
      frame.style.setProperty('--scale', frame.parentElement.clientWidth / width)
    }
  }
}

if ('needsKey' in document.body.dataset) {
  const swapped = await new Feed({ code, face: 'screen' }).swapKey()
  if (swapped === 'swapped') location.reload()
  else $('gate').textContent = swapped === 'none' ? $('gate').dataset.none : $('gate').dataset.refused
} else {
  history.replaceState(null, '', location.pathname + location.search)
  new Review().begin()
}
