/**
 * The files to take home, on a shelf: each is drawn small from what is in the meeting. When the meeting is over they are made
 * one by one while the shelf is looked at, so that pages and size are told before one is saved.
 */

import { $, el, fill, plural } from '../../shared/dom.js'
import { saveFile } from '../../shared/files.js'
import { letterKeysOn } from '../../shared/letter_keys.js'
import { copyText } from './link_handout.js'

const MOST_DROPS = 96
const ROWS = 7
const LONGEST_VOICE = 48 // letters; the longest that are no longer than this say most in little room
const TICK_MS = 1000
const FILES = ['report', 'document', 'slides', 'sheet', 'table', 'rows', 'dates', 'archive']
const IN_ARCHIVE = ['.pdf', '.docx', '.pptx', '.xlsx', '.csv', '.json', '.html'] // as they stand there, drawn as a list

/** @typedef {{title: string, texts: {alias: string, text: string}[], voices: string[], themes: Reply[], dates: Reply[], promises: Promised[], answers: number, rows: [string, number][], question: string}} Content */

/**
 * What the small drawings are made of: only what is in the files. Pure.
 *
 * @type {(view: Pick<ConsoleView, 'title' | 'followup'>, answers: Answer[], results: QuestionResults[]) => Content}
 */
export const contentOf = ({ title, followup }, answers, results) => {
  const counted = answers.filter((answer) => answer.hidden === null && !answer.held && !answer.late && !answer.redacted && !answer.waits)
  const themes = followup.themes.filter(({ theme }) => theme).sort((one, other) => other.answers - one.answers)
  const [first] = results
  const texts = counted.flatMap(({ alias, text }) => (text ? [{ alias, text }] : []))
  const options = first?.results.options ?? first?.results.words
  return {
    title, themes, promises: followup.promises,
    texts,
    voices: texts.map(({ text }) => text).filter((text) => text.length <= LONGEST_VOICE).sort((one, other) => other.length - one.length),
    dates: followup.themes.filter(({ date, status }) => date && status !== 'not').sort((one, other) => one.date.localeCompare(other.date)),
    answers: results.reduce((sum, one) => sum + one.answers, 0),
    question: first?.question || title,
    rows: (themes.length ? themes.map(({ name, answers: n }) => /** @type {[string, number]} */ ([name, n])) : (options ?? []).map(({ text, count }) => /** @type {[string, number]} */ ([text, count ?? 0]))).slice(0, 4),
  }
}

/**
 * *bytes* as people say it: 410 kB, 1,1 MB. Pure.
 *
 * @type {(bytes: number, lang: string) => string}
 */
export const sizeText = (bytes, lang) => {
  const [n, unit, digits] = bytes < 1e6 ? [Math.max(1, Math.round(bytes / 1e3)), 'kB', 0] : [bytes / 1e6, 'MB', 1]
  return `${new Intl.NumberFormat(lang, { maximumFractionDigits: digits }).format(n)} ${unit}`
}

/** @type {(n: number) => PageElement} */
const drops = (n) => el('p', { class: 'shelf-drops' }, Array.from({ length: Math.min(n, MOST_DROPS) }, () => el('i')))

/** @type {Record<string, (content: Content, t: Strings, lang: string) => PageElement[]>} */
const DRAWINGS = {
  report: ({ title, answers, voices }) => [el('b', { class: 'large' }, title), drops(answers), ...voices.slice(0, 2).map((text, n) => el('b', n ? {} : { class: 'large' }, `«${text}»`))],
  document: ({ title, themes, voices }) => [
    el('b', { class: 'large' }, title), ...themes.slice(0, 2).map(({ name, answers }) => el('b', {}, `${name} (${answers})`)), ...voices.slice(0, 3).map((text) => el('p', {}, `«${text}»`))],
  slides: ({ question, rows }) => [el('div', { class: 'paper' }, el('b', {}, question), ...rows.map(([name, n]) => el('p', { class: 'counted' }, el('span', {}, name), el('b', {}, String(n)))))],
  sheet: ({ title, rows, voices, promises, dates }, t) => [el('div', { class: 'pages' },
    el('div', {}, el('b', { class: 'large' }, title), ...voices.slice(0, 1).map((text) => el('b', {}, `«${text}»`)), ...rows.map(([name, n]) => el('p', { class: 'counted' }, el('span', {}, name), el('b', {}, String(n))))),
    el('div', {}, el('b', { class: 'large' }, t.promised), ...promises.map(({ text }) => el('p', {}, text)), ...dates.map(({ name }) => el('p', {}, name))))],
  table: ({ texts }, t) => [el('div', { class: 'cells' }, ...[{ alias: t.phone, text: t.answer }, ...texts.slice(0, ROWS)].flatMap(({ alias, text }, n) => [el('span', {}, String(n + 1)), el('span', {}, alias), el('span', {}, text)]))],
  rows: ({ texts }) => [el('pre', {}, ['phone;text', ...texts.slice(0, 10).map(({ alias, text }) => `${alias};${text}`)].join('\n'))],
  dates: ({ dates }, t, lang) => (dates.length ? dates.slice(0, 3).map(({ date, name, unit }) => el('div', { class: 'date' },
    el('p', {}, el('b', {}, `${Number(date.slice(8))}.`), new Intl.DateTimeFormat(lang, { month: 'long' }).format(new Date(`${date}T12:00`))), el('p', {}, name, el('br'), unit))) : [el('p', {}, t.no_dates)]),
  archive: () => IN_ARCHIVE.map((ending) => el('p', { class: 'counted' }, `innspill${ending}`)),
}

/**
 * What of the meeting is in no file, in words; none where all of it is. Pure.
 *
 * @type {(followup: Pick<ConsoleView['followup'], 'withheld' | 'waiting'>, t: Strings) => string[]}
 */
export const leftOut = ({ withheld, waiting }, t) => /** @type {[number, string[]][]} */ ([[withheld, t.withheld], [waiting, t.waiting]])
  .filter(([n]) => n > 0).map(([n, words]) => fill(plural(words, n), { n }))

/** A file as it was made when the meeting stood at *position*. @typedef {{position: number, blob: Blob, name: string, pages: number}} Made */

export class Shelf {
  /** @type {Record<string, Made>} */
  #made = {}
  #making = false
  /** How many rows or dates a file has. @type {Record<string, string[]>} */
  #counted = {}
  #code
  #t = JSON.parse($('shelf-strings').textContent)
  #note
  #lang = document.documentElement.lang
  /** @type {ConsoleView} */
  #view

  /** @param {{code: string, note: ShowNote}} of */
  constructor({ code, note }) {
    this.#code = code
    this.#note = note
    for (const name of FILES) {
      const link = this.#part(name, '-get')
      link?.addEventListener('click', (event) => {
        event.preventDefault()
        this.#fetch(name, link)
      })
    }
    $('take-all').addEventListener('click', (/** @type {Event} */ event) => {
      event.preventDefault()
      this.#part('archive', '-get')?.click()
    })
    $('copy-report').addEventListener('click', () => this.#copyLink())
    // Before the console's own keys: here P prints and C copies.
    addEventListener('keydown', (event) => this.#onKey(event), { capture: true })
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#view = view
    $('left-out').textContent = leftOut(view.followup, this.#t).join(' ')
  }

  /** Draw every file from what the meeting holds now. */
  async draw() {
    const [answers, results] = await Promise.all([this.#get('answers?limit=12'), this.#get('results')])
    if (!answers || !results) return
    const content = contentOf(this.#view, answers.answers, results)
    $('shelf-nothing').textContent = this.#t.nothing
    $('shelf-nothing').hidden = content.answers > 0
    for (const name of FILES) {
      const shown = this.#part(name, '')
      if (shown) shown.lang = this.#view.language
      shown?.replaceChildren(...DRAWINGS[name](content, this.#t, this.#lang))
    }
    this.#counted.dates = [content.dates.length ? fill(plural(this.#t.n_dates, content.dates.length), { n: content.dates.length }) : this.#t.no_dates]
    this.#counted.rows = [fill(plural(this.#t.n_rows, content.answers), { n: content.answers })]
    for (const name of FILES) this.#tell(name)
    $('copy-report').dataset.url = `${this.#view.join.url}/report`
    if (content.answers > 0) await this.#makeAll()
  }

  get #isInView() {
    return document.body.dataset.place === 'take'
  }

  /** One at a time, and only after the meeting: while it runs, the server has others to serve. */
  async #makeAll() {
    if (this.#making) return
    this.#making = true
    for (const name of FILES) {
      const link = this.#part(name, '-get')
      if (link && !link.getAttribute('aria-busy') && this.#isInView && this.#view.state === 'ended') await this.#make(name, link)
    }
    this.#making = false
  }

  /**
   * The file as the meeting stands now; null where the server could not make it.
   *
   * @param {string} name
   * @param {PageElement} link
   * @returns {Promise<Made | null>}
   */
  async #make(name, link) {
    const { position } = this.#view
    if (this.#made[name]?.position === position) return this.#made[name]
    const response = await fetch(link.href).catch(() => null)
    const blob = response?.ok ? await response.blob().catch(() => null) : null
    if (!response || !blob) return null
    const file = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? name
    this.#made[name] = { position, blob, name: file, pages: Number(response.headers.get('innspill-pages') ?? 0) }
    this.#tell(name)
    return this.#made[name]
  }

  /** Pages, rows or dates, and size, below the file. @param {string} name */
  #tell(name) {
    const made = this.#made[name]
    const size = made ? [sizeText(made.blob.size, this.#lang)] : []
    const words = made?.pages ? this.#t.pages[name] : null
    this.#say(name, [...this.#counted[name] ?? [], ...(words ? [fill(plural(words, made.pages), { n: made.pages })] : []), ...size])
    if (name === 'archive') $('take-size').textContent = size.join('')
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const target = /** @type {PageElement} */ (event.target)
    if (!this.#isInView || event.ctrlKey || event.metaKey || event.altKey || !letterKeysOn() || target.closest('input:not([type=checkbox]), textarea, select, dialog')) return
    const id = { p: 'print-sheet', c: 'copy-report' }[event.key.toLowerCase()]
    if (!id) return
    event.preventDefault()
    event.stopPropagation()
    if (!event.repeat) $(id).click()
  }

  async #copyLink() {
    await copyText($('copy-report').dataset.url ?? '', $('copy-field'))
    this.#note(this.#t.copied)
  }

  /** A part of a file that may not be on the shelf, where this server can't make it. @type {(name: string, part: string) => PageElement | null} */
  #part = (name, part) => /** @type {PageElement | null} */ ($(`shelf-${name}${part}`))

  /**
   * What stands below a file after its kind.
   *
   * @param {string} name
   * @param {string[]} words
   */
  #say(name, words) {
    const line = this.#part(name, '')?.parentElement?.querySelector('[data-kind]')
    if (line) line.textContent = [line.dataset.kind, ...words].join(', ')
  }

  /** @param {string} path */
  async #get(path) {
    const response = await fetch(`/api/rooms/${this.#code}/${path}`).catch(() => null)
    return response?.ok ? response.json() : null
  }

  /**
   * Fetch a file and let the browser save it; meanwhile its seconds are told below it.
   *
   * @param {string} name
   * @param {PageElement} link
   */
  async #fetch(name, link) {
    if (link.getAttribute('aria-busy')) return
    link.setAttribute('aria-busy', 'true')
    let seconds = 0
    const ticking = setInterval(() => {
      seconds += 1
      this.#say(name, [fill(this.#t.waits, { n: seconds })])
    }, TICK_MS)
    const made = await this.#make(name, link)
    clearInterval(ticking)
    link.removeAttribute('aria-busy')
    this.#tell(name)
    if (made) return saveFile(made.blob, made.name)
    this.#note(link.href.endsWith('.pdf') ? this.#t.failed_pdf : this.#t.failed, true)
  }
}
