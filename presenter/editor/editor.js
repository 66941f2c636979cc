/**
 * The programme as text, changed while the meeting is open. What is written is kept in this browser until the server has
 * taken it; where somebody else saved meanwhile, both texts are shown and the facilitator chooses.
 */

import { $, fill } from '../shared/dom.js'
import { postJson } from '../shared/request.js'
import { counted, rows, scrollToLine } from './problems.js'
import { Form } from './form.js'
import { confirm } from '../console/confirm.js'

const KEEP_MS = 250
const CHECK_MS = 600

/** A text field knows no byte-order mark and only one sort of line end: what was in the file is put back by `pack`. */
export const unpack = (text) => {
  const bom = text.startsWith('\ufeff')
  const crlf = /\r\n/.test(text) && !/(^|[^\r])\n/.test(text)
  return { text: text.slice(Number(bom)).replace(/\r\n?/g, '\n'), shape: { bom, crlf } }
}

export const pack = (text, { bom, crlf }) => (bom ? '\ufeff' : '') + (crlf ? text.replace(/\n/g, '\r\n') : text)

/** The first line, from 1, in which two texts differ. */
export const differsAt = (one, other) => {
  const [lines, others] = [one, other].map((text) => text.split('\n'))
  const at = lines.findIndex((line, place) => line !== others[place])
  return (at < 0 ? lines.length : at) + 1
}

/** What is not saved yet, by meeting. */
class Drafts {
  constructor(code) {
    this.key = `innspill-edit-${code}`
  }

  get() {
    try { return JSON.parse(localStorage.getItem(this.key)) } catch { return null }
  }

  set(draft) {
    try {
      if (draft) localStorage.setItem(this.key, JSON.stringify(draft))
      else localStorage.removeItem(this.key)
      return true
    } catch {
      return false // a browser that keeps nothing; the text still stands in the field
    }
  }
}

/** Later, once, however often it is asked for meanwhile. */
const soon = (call, ms) => {
  let timer = 0
  return Object.assign(() => {
    clearTimeout(timer)
    timer = setTimeout(call, ms)
  }, { cancel: () => clearTimeout(timer) })
}

export class Editor {
  #code
  #t
  #field = $('edit-text')
  #drafts
  #tag = null // of the text that what stands in the field was made from
  #shape = { bom: false, crlf: false }
  #saved = '' // that text
  #newer = null // what somebody else has saved since: { tag, text, shape }
  #asking = null
  #opening = null // while the text is fetched for the first time
  #keep = soon(() => this.#remember(), KEEP_MS)
  #check = soon(() => this.#findFaults(), CHECK_MS)
  #form

  constructor(code) {
    this.#code = code
    this.#t = JSON.parse($('edit-strings').textContent)
    this.#drafts = new Drafts(code)
    this.#form = new Form({ field: this.#field, ask: (sent) => postJson(`/api/rooms/${code}/workshop/form${location.search}`, sent) })
    $('edit-part').addEventListener('toggle', () => $('edit-part').open && this.#begun())
    $('edit').addEventListener('submit', (event) => {
      event.preventDefault()
      this.#save()
    })
    this.#field.addEventListener('input', () => {
      this.#keep()
      this.#check()
      this.#say(this.#dirty ? this.#t.draft : '')
    })
    this.#field.addEventListener('keydown', (event) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      this.#save()
    })
    $('edit-undo').addEventListener('click', () => this.#throwAway())
    $('edit-take').addEventListener('click', () => this.#takeNewer())
    $('edit-mine').addEventListener('click', () => this.#keepMine())
  }

  get #dirty() {
    return this.#field.value !== this.#saved
  }

  show() {
    $('edit-part').open = true
    $('edit-part').scrollIntoView()
  }

  /** To the form's field of what the front matter says by *key*. */
  async reach(key) {
    this.show()
    await this.#begun()
    await this.#form.reach(key)
  }

  #begun() {
    if (this.#tag !== null) return
    this.#opening ??= this.#open().finally(() => { this.#opening = null })
    return this.#opening
  }

  /** The console has heard which text the meeting stands on now. */
  async follow(version) {
    if (this.#tag === null || this.#asking || [this.#tag, this.#newer?.tag].some((tag) => tag?.includes(version))) return
    const now = await this.#fetch()
    if (!now || now.tag === this.#tag) return
    if (this.#dirty) this.#meet(now)
    else this.#stand(now)
  }

  // -- what stands where ------------------------------------------------------------------------------------

  async #open() {
    const now = await this.#fetch()
    if (!now) {
      $('edit-part').open = false
      return
    }
    const draft = this.#drafts.get()
    this.#stand(now)
    if (!draft || draft.text === now.text) return this.#drafts.set(null)
    this.#field.value = draft.text
    this.#form.read({ fresh: true })
    this.#say(this.#t.draft)
    this.#draw()
    if (draft.tag !== now.tag) this.#meet(now)
    this.#findFaults()
  }

  async #fetch() {
    const said = await fetch(`/api/rooms/${this.#code}/workshop`, { cache: 'no-store' }).catch(() => null)
    if (!said?.ok) return this.#say(this.#t.offline, true)
    // A decoder of our own: `text()` would drop the byte-order mark.
    const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await said.arrayBuffer())
    return { tag: said.headers.get('ETag'), ...unpack(whole) }
  }

  /** *now* is the text in the field, and the one on the server. */
  #stand(now) {
    this.#tag = now.tag
    this.#shape = now.shape
    this.#saved = this.#field.value = now.text
    this.#form.read({ fresh: true })
    this.#newer = null
    this.#drafts.set(null)
    this.#say('')
    this.#drawFaults([], [])
    this.#draw()
  }

  /** Somebody else has saved *newer* while this one was being written. */
  #meet(newer) {
    this.#newer = newer
    const n = differsAt(newer.text, newer.text === this.#saved ? this.#field.value : this.#saved)
    $('edit-theirs').value = newer.text
    $('edit-theirs-label').textContent = fill(this.#t.newer, { n })
    this.#draw()
    scrollToLine($('edit-theirs'), n)
  }

  #remember() {
    if (this.#tag === null) return
    this.#drafts.set(this.#dirty ? { text: this.#field.value, tag: this.#tag } : null)
    this.#draw()
  }

  async #throwAway() {
    if ((await confirm({ ...this.#t.undo_sure, destructive: true })) === false) return
    this.#keep.cancel()
    const now = await this.#fetch()
    if (now) this.#stand(now)
  }

  async #takeNewer() {
    if ((await confirm({ ...this.#t.take_sure, destructive: true })) === false) return
    this.#keep.cancel()
    this.#stand(this.#newer)
    this.#field.focus()
  }

  #keepMine() {
    this.#tag = this.#newer.tag
    this.#saved = this.#newer.text
    this.#newer = null
    this.#remember()
    this.#say(this.#t.mine_kept)
    $('edit-save').focus()
  }

  // -- the server -------------------------------------------------------------------------------------------

  #send(path, method, headers = {}, signal = null) {
    return fetch(`/api/rooms/${this.#code}/workshop${path}${location.search}`, {
      method, signal, headers: { 'Content-Type': 'text/markdown', ...headers }, body: pack(this.#field.value, this.#shape),
    }).catch(() => null)
  }

  async #save() {
    await this.#form.settled()
    if (this.#tag === null || this.#newer) return
    this.#check.cancel()
    $('edit-save').disabled = true
    this.#asking = 'save'
    const text = this.#field.value
    const said = await this.#send('', 'PUT', { 'If-Match': this.#tag })
    const told = await said?.json().catch(() => null)
    this.#asking = null
    $('edit-save').disabled = false
    if (said?.ok) {
      this.#tag = said.headers.get('ETag')
      this.#saved = text
      this.#drafts.set(null)
      this.#remember() // somebody who types on while it is saved has something new already
      this.#drawFaults([], told?.warnings ?? [])
      return this.#say(this.#t.done)
    }
    if (said?.status === 412) {
      this.#say('')
      return this.#meet({ tag: said.headers.get('ETag') ?? `"${told.version}"`, ...unpack(told.text) })
    }
    this.#drawFaults(told?.errors ?? [], [])
    this.#say(told?.errors ? '' : told?.title ?? this.#t.offline, true)
    if (told?.errors) $('edit-faults-title').focus()
  }

  async #findFaults() {
    const text = this.#field.value
    const said = await this.#send('/faults', 'POST')
    const found = said?.ok ? await said.json().catch(() => null) : null
    if (found && text === this.#field.value) this.#drawFaults(found.errors, found.warnings)
  }

  // -- drawing ----------------------------------------------------------------------------------------------

  #say(words, grave = false) {
    $('edit-say').textContent = words
    $('edit-say').classList.toggle('wrong', grave)
    return null
  }

  #draw() {
    $('edit-newer').hidden = !this.#newer
    $('edit-save').hidden = Boolean(this.#newer)
    $('edit-undo').hidden = !this.#dirty || Boolean(this.#newer)
  }

  #drawFaults(errors, warnings) {
    $('edit-faults-part').hidden = errors.length + warnings.length === 0
    $('edit-faults-title').textContent = errors.length ? counted(errors, this.#t) : this.#t.warnings
    $('edit-faults-part').classList.toggle('faulty', errors.length > 0)
    $('edit-faults').replaceChildren(...rows(errors.length ? errors : warnings, this.#field, this.#t))
  }
}
