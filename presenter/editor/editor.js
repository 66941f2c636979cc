/**
 * The editor for the workshop's text in the console. What is written is kept in this browser until the server has saved
 * it. If somebody else has saved meanwhile, both texts are shown and the facilitator chooses.
 */

import { $, fill } from '../shared/dom.js'
import { postJson } from '../shared/request.js'
import { faultCount, faultRows, scrollToLine } from './problems.js'
import { Form } from './form.js'
import { PicturePicker } from './pictures.js'
import { SavedState } from './saved_state.js'
import { confirm } from '../console/confirm.js'

const KEEP_MS = 250
const CHECK_MS = 600

/**
 * A file's text as a text field holds it, without byte-order mark and with one kind of line end; `toFile` restores both.
 *
 * @type {(text: string) => {text: string, fileFormat: FileFormat}}
 */
export const fromFile = (text) => {
  const bom = text.startsWith('\ufeff')
  const crlf = /\r\n/.test(text) && !/(^|[^\r])\n/.test(text)
  return { text: text.slice(Number(bom)).replace(/\r\n?/g, '\n'), fileFormat: { bom, crlf } }
}

/** @type {(text: string, format: FileFormat) => string} */
export const toFile = (text, { bom, crlf }) => (bom ? '\ufeff' : '') + (crlf ? text.replace(/\n/g, '\r\n') : text)

/**
 * The first line, from 1, in which two texts differ.
 *
 * @type {(one: string, other: string) => number}
 */
export const firstDifference = (one, other) => {
  const [lines, others] = [one, other].map((text) => text.split('\n'))
  const index = lines.findIndex((line, n) => line !== others[n])
  return (index < 0 ? lines.length : index) + 1
}

/** @typedef {{text: string, tag: string | null}} Draft */
/** A text of the server's, with its ETag. @typedef {Draft & {fileFormat: FileFormat}} Saved */

/** Texts that are not saved yet, one for each room. */
class Drafts {
  /** @param {string} code */
  constructor(code) {
    this.key = `innspill-edit-${code}`
  }

  /** @returns {Draft | null} */
  get() {
    try { return JSON.parse(localStorage.getItem(this.key) ?? 'null') } catch { return null }
  }

  /** @param {Draft | null} draft */
  set(draft) {
    try {
      if (draft) localStorage.setItem(this.key, JSON.stringify(draft))
      else localStorage.removeItem(this.key)
      return true
    } catch {
      return false // a browser that stores nothing; the text is still in the field
    }
  }
}

/**
 * Calls of the returned function are collected into one call, *ms* after the last.
 *
 * @type {(call: () => unknown, ms: number) => (() => void) & {cancel: () => void}}
 */
const debounce = (call, ms) => {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  return Object.assign(() => {
    clearTimeout(timer)
    timer = setTimeout(call, ms)
  }, { cancel: () => clearTimeout(timer) })
}

export class Editor {
  #code
  #places
  #t
  #field = $('edit-text')
  #drafts
  #etag = /** @type {string | null} */ (null) // of the server's text that the text in the field is based on
  #fileFormat = { bom: false, crlf: false }
  #saved = '' // the server's text itself
  #newer = /** @type {Saved | null} */ (null) // the text somebody else has saved since: { tag, text, fileFormat }
  #saving = false
  #opening = /** @type {Promise<unknown> | null} */ (null) // while the text is fetched for the first time
  #saveDraftSoon = debounce(() => this.#saveDraft(), KEEP_MS)
  #findFaultsSoon = debounce(() => this.#findFaults(), CHECK_MS)
  #form
  #state

  /**
   * *places* has the place `edit`, in which this stands.
   *
   * @param {string} code
   * @param {Pick<import('../console/places.js').Places, 'open' | 'on'>} places
   */
  constructor(code, places) {
    this.#code = code
    this.#places = places
    this.#t = JSON.parse($('edit-strings').textContent)
    this.#drafts = new Drafts(code)
    const words = JSON.parse($('form-strings').textContent).saved
    this.#state = new SavedState($('form-saved'), words)
    this.#form = new Form({
      field: this.#field, keys: $('place-edit'), ask: (sent) => postJson(`/api/rooms/${code}/workshop/form${location.search}`, sent),
      onState: (state) => {
        // Why it could not be saved stands until something is written: that the form is not answered either says less.
        if (state === 'taken' || (state === 'stuck' && $('edit-say').classList.contains('wrong'))) return
        this.#showStatus(state === 'stuck' ? words.not : this.#t.draft)
      },
    })
    new PicturePicker({ code, part: $('edit'), field: this.#field, t: this.#t, say: (told, isProblem) => this.#showStatus(told, isProblem) })
    places.on('edit', () => this.#ensureOpened())
    $('edit').addEventListener('submit', (event) => {
      event.preventDefault()
      this.#save()
    })
    this.#field.addEventListener('input', () => {
      this.#saveDraftSoon()
      this.#findFaultsSoon()
      this.#showStatus(this.#dirty ? this.#t.draft : '')
    })
    $('edit').addEventListener('keydown', (event) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      this.#save()
    })
    $('edit-undo').addEventListener('click', () => this.#discard())
    $('edit-take').addEventListener('click', () => this.#takeNewer())
    $('edit-mine').addEventListener('click', () => this.#keepMine())
  }

  get #dirty() {
    return this.#field.value !== this.#saved
  }

  show() {
    this.#places.open('edit')
  }

  /**
   * Go to the form's field for *key* of the front matter.
   *
   * @param {string} key
   */
  async focusMeta(key) {
    this.show()
    await this.#ensureOpened()
    await this.#form.focusMeta(key)
  }

  #ensureOpened() {
    if (this.#etag !== null) return
    this.#opening ??= this.#open().finally(() => { this.#opening = null })
    return this.#opening
  }

  /**
   * The console reports the version of the room's text.
   *
   * @param {string} version
   */
  async follow(version) {
    if (this.#etag === null || this.#saving || [this.#etag, this.#newer?.tag].some((tag) => tag?.includes(version))) return
    const current = await this.#fetch()
    if (!current || current.tag === this.#etag) return
    if (this.#dirty) this.#showConflict(current)
    else this.#load(current)
  }

  // -- loading and conflicts --------------------------------------------------------------------------------

  async #open() {
    const current = await this.#fetch()
    if (!current) return
    const draft = this.#drafts.get()
    this.#load(current)
    if (!draft || draft.text === current.text) return this.#drafts.set(null)
    this.#field.value = draft.text
    this.#form.read({ fresh: true })
    this.#showStatus(this.#t.draft)
    this.#draw()
    if (draft.tag !== current.tag) this.#showConflict(current)
    this.#findFaults()
  }

  /** @returns {Promise<Saved | null>} */
  async #fetch() {
    const response = await fetch(`/api/rooms/${this.#code}/workshop`, { cache: 'no-store' }).catch(() => null)
    if (!response?.ok) return this.#showStatus(this.#t.offline, true)
    // A decoder of our own: `text()` would drop the byte-order mark.
    const content = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
    return { tag: response.headers.get('ETag'), ...fromFile(content) }
  }

  /**
   * Put *current*, the server's text, into the field.
   *
   * @param {Saved} current
   */
  #load(current) {
    this.#etag = current.tag
    this.#fileFormat = current.fileFormat
    this.#saved = this.#field.value = current.text
    this.#form.read({ fresh: true })
    this.#newer = null
    this.#drafts.set(null)
    this.#showStatus('')
    this.#drawFaults([], [])
    this.#draw()
  }

  /**
   * Somebody else has saved *newer* while this text was being written: show both.
   *
   * @param {Saved} newer
   */
  #showConflict(newer) {
    this.#newer = newer
    const n = firstDifference(newer.text, newer.text === this.#saved ? this.#field.value : this.#saved)
    $('edit-theirs').value = newer.text
    $('edit-theirs-label').textContent = fill(this.#t.newer, { n })
    this.#draw()
    scrollToLine($('edit-theirs'), n)
  }

  #saveDraft() {
    if (this.#etag === null) return
    this.#drafts.set(this.#dirty ? { text: this.#field.value, tag: this.#etag } : null)
    this.#draw()
  }

  async #discard() {
    if ((await confirm({ ...this.#t.undo_sure, destructive: true })) === false) return
    this.#saveDraftSoon.cancel()
    const current = await this.#fetch()
    if (current) this.#load(current)
  }

  async #takeNewer() {
    if ((await confirm({ ...this.#t.take_sure, destructive: true })) === false) return
    this.#saveDraftSoon.cancel()
    if (this.#newer) this.#load(this.#newer)
    this.#field.focus()
  }

  #keepMine() {
    if (!this.#newer) return
    this.#etag = this.#newer.tag
    this.#saved = this.#newer.text
    this.#newer = null
    this.#saveDraft()
    this.#showStatus(this.#t.mine_kept)
    $('edit-save').focus()
  }

  // -- the server -------------------------------------------------------------------------------------------

  /**
   * @param {string} path
   * @param {string} method
   * @param {Record<string, string>} headers
   */
  #send(path, method, headers = {}) {
    return fetch(`/api/rooms/${this.#code}/workshop${path}${location.search}`, {
      method, headers: { 'Content-Type': 'text/markdown', ...headers }, body: toFile(this.#field.value, this.#fileFormat),
    }).catch(() => null)
  }

  async #save() {
    await this.#form.settled()
    if (this.#etag === null || this.#newer) return
    this.#findFaultsSoon.cancel()
    $('edit-save').disabled = true
    this.#saving = true
    const text = this.#field.value
    const response = await this.#send('', 'PUT', { 'If-Match': this.#etag })
    const body = await response?.json().catch(() => null)
    this.#saving = false
    $('edit-save').disabled = false
    if (response?.ok) {
      this.#etag = response.headers.get('ETag')
      this.#saved = text
      this.#drafts.set(null)
      this.#saveDraft() // if somebody typed on while it was being saved
      this.#drawFaults([], body?.warnings ?? [])
      this.#showStatus(this.#dirty ? this.#t.draft : this.#t.done)
      if (!this.#dirty) this.#state.saved()
      return null
    }
    if (response?.status === 412) {
      this.#showStatus('')
      return this.#showConflict({ tag: response.headers.get('ETag') ?? `"${body.version}"`, ...fromFile(body.text) })
    }
    this.#drawFaults(body?.errors ?? [], [])
    this.#showStatus(body?.errors ? '' : body?.title ?? this.#t.offline, true)
    if (body?.errors) $('edit-faults-title').focus()
  }

  async #findFaults() {
    const text = this.#field.value
    const response = await this.#send('/faults', 'POST')
    const found = response?.ok ? await response.json().catch(() => null) : null
    if (found && text === this.#field.value) this.#drawFaults(found.errors, found.warnings)
  }

  // -- drawing ----------------------------------------------------------------------------------------------

  /** @param {string} words */
  #showStatus(words, isProblem = false) {
    $('edit-say').textContent = words
    $('edit-say').classList.toggle('wrong', isProblem)
    if (words !== this.#t.done) this.#state.clear() // "saved" stands only as long as it is true
    return null
  }

  #draw() {
    $('edit-newer').hidden = !this.#newer
    $('edit-save').hidden = Boolean(this.#newer)
    $('edit-undo').hidden = !this.#dirty || Boolean(this.#newer)
  }

  /**
   * @param {Fault[]} errors
   * @param {Fault[]} warnings
   */
  #drawFaults(errors, warnings) {
    $('edit-faults-part').hidden = errors.length + warnings.length === 0
    $('edit-faults-title').textContent = errors.length ? faultCount(errors, this.#t) : this.#t.warnings
    $('edit-faults-part').classList.toggle('faulty', errors.length > 0)
    $('edit-faults').replaceChildren(...faultRows(errors.length ? errors : warnings, this.#field, this.#t))
  }
}
