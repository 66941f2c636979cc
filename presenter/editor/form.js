/**
 * The form beside a programme's text. The text is the truth: each change is sent with it, and what comes back is a text in
 * which nothing else is changed, with what the form then shows.
 */

import { Boxes, continued, endsOf, marked, placed, valueOf } from './fields.js'
import { $, el, fill } from '../shared/dom.js'
import { History } from './history.js'
import { faces } from './slide_previews.js'
import { scrollToLine } from './problems.js'

const WAIT_MS = 400
const TRIES = 5
const PLACES = ['move_slide', 'copy_slide', 'drop_slide', 'add_slide', 'move_activity', 'copy_activity', 'drop_activity', 'add_activity', 'kind'] // after these a place holds something else
const SEEN = ['title', 'body', 'note', 'instruction', 'options'] // what is seen in the preview while it is written

/** Writes *words* over *from* to *to* as if by hand: the browser's own undo takes it back. */
function type(box, { from, to, words }) {
  box.setSelectionRange(from, to)
  if (!document.execCommand(words ? 'insertText' : 'delete', false, words)) box.setRangeText(words, from, to, 'end')
}

export class Form {
  #field
  #ask
  #tell
  #t = JSON.parse($('form-strings').textContent)
  #boxes = new Boxes(this.#t, JSON.parse($('form-kinds').textContent))
  #history = new History()
  #told = null
  #slide = 0
  #before = ''
  #own = false
  #drawing = false
  #timer = 0
  #queue = Promise.resolve()
  #pressing = Promise.resolve() // what is drawn anew under a finger that is down is never pressed
  #problem = null // { id, words } of the change that was refused

  /** *ask* sends `{text, change?, slide}` and resolves with `{ok, told}`; *tell* hears of errors and warnings. */
  constructor({ field, ask, tell = () => {} }) {
    this.#field = field
    this.#ask = ask
    this.#tell = tell
    field.addEventListener('input', () => this.#typed())
    for (const one of [field, $('form')]) one.addEventListener('keydown', (event) => this.#key(event))
    $('form').addEventListener('change', (event) => this.#drawing || this.#changed(event.target))
    $('form').addEventListener('input', (event) => this.#glimpse(event.target))
    // A field that was drawn anew while it was written in has no change of its own to tell of.
    $('form').addEventListener('focusout', (event) => this.#drawing || this.#changed(event.target))
    addEventListener('pointerdown', () => {
      this.#pressing = new Promise((done) => {
        for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => setTimeout(done), { once: true })
      })
    })
    $('form').addEventListener('click', (event) => this.#pressed(event.target.closest('button')))
    $('form-undo').addEventListener('click', () => this.#go('undo'))
    $('form-redo').addEventListener('click', () => this.#go('redo'))
    this.#draw()
  }

  /** Another text stands in the field, put there by somebody else than the form. */
  read({ fresh = false } = {}) {
    if (fresh) {
      this.#history.forget()
      this.#slide = 0
    }
    this.#before = this.#field.value
    clearTimeout(this.#timer)
    return this.#send(null)
  }

  /** To the field of what the front matter says by *key*, once it stands there. */
  async reach(key) {
    await this.#queue
    const about = document.querySelector('#form-body .about')
    if (!about) return
    about.open = true
    $(`f-meta-0-0-${key}`)?.focus()
  }

  /** When all that was filled in stands in the text. */
  settled() {
    return this.#queue
  }

  // -- what is done -----------------------------------------------------------------------------------------

  #typed() {
    if (this.#own) return
    this.#history.type(this.#before, performance.now())
    this.#before = this.#field.value
    this.#buttons()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#send(null), WAIT_MS)
  }

  #key(event) {
    const letter = event.key.toLowerCase()
    const box = event.target
    if (event.key === 'Enter' && box.matches('#form input:not([type=checkbox]), #form [data-does=title]')) {
      event.preventDefault()
      this.#changed(box)
    }
    const point = event.key === 'Enter' && box.dataset.does === 'body' && !event.shiftKey && !event.isComposing && box.selectionStart === box.selectionEnd
      ? continued(box.value, box.selectionStart) : null
    if (point) {
      event.preventDefault()
      type(box, point)
    }
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !['z', 'y'].includes(letter)) return
    if (box !== this.#field && 'was' in box.dataset && box.value !== box.dataset.was) return // undone in the field itself
    event.preventDefault()
    this.#go(letter === 'y' || event.shiftKey ? 'redo' : 'undo')
  }

  #go(which) {
    const text = this.#history[which](this.#field.value)
    if (text === null) return
    this.#write(text)
    this.#send(null)
  }

  #write(text) {
    this.#own = true
    this.#field.value = this.#before = text
    this.#field.dispatchEvent(new Event('input', { bubbles: true }))
    this.#own = false
    this.#buttons()
  }

  #changed(box) {
    const { was, type } = box.dataset
    const written = box.type === 'checkbox' ? box.checked : box.value
    if (was === undefined || String(written) === was) return // a button is left, or a field as it was
    box.dataset.was = String(written)
    clearTimeout(this.#glimpsing)
    this.#send(this.#wish(box, valueOf(type, written)), box.id)
  }

  #wish({ dataset }, value) {
    const { does, slide, activity, key, end } = dataset
    if (end) value = endsOf(...['0', '1'].map((each) => $(`f-${does}-${slide}-${activity}-${key}${each}`).value))
    return { do: does, slide: Number(slide), activity: Number(activity), key, value }
  }

  /** The pictures show what is being written; the text gets it when the field is left. */
  #glimpse(box) {
    clearTimeout(this.#glimpsing)
    if (!SEEN.includes(box.dataset.does)) return
    this.#glimpsing = setTimeout(async () => {
      await this.#queue
      const text = this.#field.value
      const { ok, body } = await this.#ask({ text, slide: this.#slide, change: this.#wish(box, valueOf(box.dataset.type, box.value)) })
      if (ok && box.isConnected && text === this.#field.value && body.preview) this.#show(body.preview)
    }, WAIT_MS)
  }

  #glimpsing = 0

  #pressed(button) {
    if (!button) return
    const { does, slide, activity, by, kind } = button.dataset
    if (button.id === 'form-begin') {
      this.#history.keep(this.#field.value)
      this.#write(['---', 'format: workshop/1', `title: ${this.#t.begin.title}`, `language: ${document.documentElement.lang}`,
        '---', '', `## ${this.#t.begin.slide}`, ''].join('\n'))
      return this.#send(null).then(() => this.#select('f-title-0-0-'))
    }
    if (!does) return
    if (does === 'reach') return this.reach(button.dataset.key)
    const [s, a] = [Number(slide), Number(activity ?? 0)]
    if (does === 'mark') return this.#markLines($(`f-body-${s}-0-`), button.dataset.mark)
    if (does === 'open') {
      this.#slide = s
      return this.#send(null).then(() => scrollToLine(this.#field, this.#told?.outline.slides[s]?.line ?? 1))
    }
    const by_ = Number(by ?? 1)
    const over = does === 'move_activity' && !this.#told.outline.slides[s].activities[a + by_]
    const to = { add_slide: s + 1, copy_slide: s + 1, move_slide: s + by_, drop_slide: Math.max(0, s - 1) }[does] ?? (over ? s + by_ : s)
    const value = does === 'add_slide' ? this.#t.begin.slide : does === 'add_activity' ? this.#t.instructions[kind] ?? ''
      : does === 'kind' ? this.#newWords(s, a, kind) : null
    this.#send({ do: does, slide: s, activity: a, by: by_, kind: kind ?? '', value }, button.id, to)
  }

  /** What people are to do in an activity of another *kind*; null when somebody has written it in words of their own. */
  #newWords(s, a, kind) {
    const { kind: old, instruction } = this.#told.outline.slides[s].activities[a]
    return instruction === (this.#t.instructions[old] ?? '') ? this.#t.instructions[kind] ?? '' : null
  }

  #markLines(box, mark) {
    const made = marked(box.value, box.selectionStart, box.selectionEnd, mark)
    box.focus()
    type(box, made)
    box.setSelectionRange(made.from, made.from + made.words.length)
    this.#changed(box)
  }

  #send(change, id = '', to = this.#slide) {
    const next = this.#queue.then(() => this.#try(change, id, to))
    this.#queue = next.catch(() => {})
    return next
  }

  async #try(change, id, to) {
    for (let n = 0; n < TRIES; n++) {
      const text = this.#field.value
      if (!text.trim()) {
        this.#told = null
        return this.#draw()
      }
      const { ok, body } = await this.#ask({ text, slide: to, ...(change ? { change } : {}) })
      await this.#pressing
      if (text !== this.#field.value) continue // somebody wrote in the text meanwhile: the change is made in that
      if (!ok) {
        this.#problem = { id, words: body?.title ?? this.#t.offline }
        return this.#draw()
      }
      if (body.text !== undefined) {
        this.#history.keep(text)
        this.#write(body.text)
      }
      this.#told = body
      this.#problem = null
      this.#slide = Math.min(to, Math.max(0, body.outline.slides.length - 1))
      this.#tell(body)
      return this.#draw(change, id)
    }
  }

  // -- drawing ----------------------------------------------------------------------------------------------

  #buttons() {
    $('form-undo').disabled = !this.#history.can.undo
    $('form-redo').disabled = !this.#history.can.redo
  }

  #draw(change = null, id = '') {
    this.#drawing = true
    try { this.#redraw(change, id) } finally { this.#drawing = false }
  }

  #redraw(change, id) {
    const at = document.activeElement
    const held = $('form').contains(at) && at.id ? { id: at.id, value: at.value, was: at.dataset.was, from: at.selectionStart, to: at.selectionEnd } : null
    const { outline = null, errors = [], preview: seen = null } = this.#told ?? {}
    const broken = outline?.broken[0]
    const whole = outline && !broken
    const unfolded = [...$('form-body').querySelectorAll('details[open]')].map((one) => one.id)
    // What is marked in a text stays marked while its buttons are reached by keyboard.
    const ranges = held ? [...$('form-body').querySelectorAll('[data-does=body]')].map((one) => [one.id, one.selectionStart, one.selectionEnd]) : []
    $('form-begin').hidden = Boolean(outline)
    $('form-say').textContent = broken ? fill(this.#t.broken, { n: broken.line }) : this.#problem && !this.#problem.id ? this.#problem.words : ''
    $('form-body').replaceChildren(...(whole ? this.#boxes.all(outline, this.#slide, placed(outline, errors)) : []))
    for (const id of unfolded) if ($(id) && (id === 'f-about' || !PLACES.includes(change?.do))) $(id).open = true
    for (const [id, from, to] of ranges) $(id)?.setSelectionRange(from, to)
    this.#show(whole ? seen : null)
    if (change?.do === 'attribute') this.#mark(id, placed(outline, errors).get(`${change.slide}-${change.activity}`)?.[0])
    if (this.#problem?.id) this.#mark(this.#problem.id, this.#problem.words)
    this.#buttons()
    this.#focus(held, change)
  }

  #show(seen) {
    $('form-preview').replaceChildren(...(seen ? faces(seen, this.#t) : []))
  }

  /** Where the reader was, or where what was made or moved stands now; a field that is written in keeps what is in it. */
  #focus(held, change) {
    const s = this.#slide
    if (this.#problem === null && ['add_slide', 'copy_slide'].includes(change?.do)) return this.#select(`f-title-${s}-0-`)
    if (this.#problem === null && ['add_activity', 'kind'].includes(change?.do)) {
      const last = this.#told.outline.slides[change.slide].activities.length - 1
      return $(`f-instruction-${change.slide}-${change.do === 'kind' ? change.activity : last}-`)?.focus()
    }
    if (!held) return
    const id = this.#problem === null ? this.#movedTo(change) ?? held.id : held.id
    const again = [$(id), $(id.replace(/--?1$/, (by) => (by === '-1' ? '--1' : '-1')))].find((one) => one && !one.disabled) ?? $(`f-open-${s}`) ?? $('form-title')
    if (again !== document.activeElement) again.focus()
    if (held.id !== again.id || held.was === undefined) return
    if (held.value !== held.was) again.value = held.value
    if (held.from !== null) again.setSelectionRange?.(held.from, held.to)
  }

  /** The button that moves on what *change* has moved. */
  #movedTo(change) {
    if (change?.do === 'move_slide') return `f-move_slide-${this.#slide}-${change.by}`
    if (change?.do !== 'move_activity') return null
    const over = this.#slide !== change.slide
    const last = this.#told.outline.slides[this.#slide].activities.length - 1
    return `f-move_activity-${this.#slide}-${over ? (change.by === 1 ? 0 : last) : change.activity + change.by}-${change.by}`
  }

  #select(id) {
    $(id)?.focus()
    $(id)?.select()
  }

  #mark(id, words) {
    const box = $(id)
    if (!box || !words) return
    const note = el('p', { class: 'problem', id: `${id}-problem`, role: 'alert' }, words.replaceAll('`', ''))
    if (box.matches('button')) return box.parentElement.after(note)
    box.setAttribute('aria-invalid', 'true')
    box.setAttribute('aria-describedby', [note.id, box.getAttribute('aria-describedby')].filter(Boolean).join(' '))
    box.closest('.f')?.append(note)
  }
}
