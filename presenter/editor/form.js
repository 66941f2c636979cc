/**
 * The form for a workshop's text. The text decides: each change in the form is sent to the server together with the
 * text, and the reply has the changed text, in which nothing else is different, and the outline that the form shows.
 */

import { Fields, attributeValue, continueList, faultsByPart, scaleLabels, toggleListMark } from './fields.js'
import { CHANGES_PLACES, changeNotice, changeOfButton, emptyWorkshop, madeField, movedButtonId, otherDirectionId, slideAfter, titledWorkshop } from './form_changes.js'
import { SlideOrder } from './slide_order.js'
import { $, fill } from '../shared/dom.js'
import { History } from './history.js'
import { showAs, wireModes } from './modes.js'
import { keepOpenInView } from './slide_list.js'
import { slidePreviews } from './slide_previews.js'
import { scrollToLine, showFieldProblem } from './problems.js'

const WAIT_MS = 400
const TRIES = 5
const PREVIEWED = ['title', 'body', 'note', 'instruction', 'options'] // fields whose text is shown in the preview while it is typed

/**
 * Replace the text from *from* to *to* with *words* as if it were typed, so that the browser's own undo works.
 *
 * @param {PageElement} field
 * @param {TextChange} change
 */
function replaceText(field, { from, to, words }) {
  field.setSelectionRange(from, to)
  if (!document.execCommand(words ? 'insertText' : 'delete', false, words)) field.setRangeText(words, from, to, 'end')
}

/** Returns a function whose result resolves when neither a pointer nor the space bar is down. */
function releases() {
  let released = /** @type {Promise<unknown>} */ (Promise.resolve())
  const waitFor = (/** @type {string[]} */ ...ends) => {
    released = new Promise((done) => {
      for (const end of ends) addEventListener(end, () => setTimeout(done), { once: true })
    })
  }
  addEventListener('pointerdown', () => waitFor('pointerup', 'pointercancel'))
  addEventListener('keydown', ({ key, repeat }) => key === ' ' && !repeat && waitFor('keyup', 'blur'))
  return () => released
}

/** @param {{id: string, selected: boolean}} to */
function goTo({ id, selected }) {
  $(id)?.focus()
  if (selected) $(id)?.select()
}

/**
 * The field that has the focus: what is written in it, what was when it was drawn, and the selection.
 *
 * @typedef {{id: string, value: any, was: string | undefined, from: number | null, to: number}} Focused
 */

export class Form {
  #field
  #ask
  #onReply
  #t = JSON.parse($('form-strings').textContent)
  #kinds = JSON.parse($('form-kinds').textContent)
  #fields = new Fields(this.#t, this.#kinds)
  #history = new History()
  #reply = /** @type {FormReply | null} */ (null)
  #slide = 0
  #preview = $('form-preview') // moved along when the form is drawn anew
  #textBefore = ''
  #isWriting = false
  #isDrawing = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  #queue = /** @type {Promise<unknown>} */ (Promise.resolve())
  #released = releases() // what is redrawn between down and up gets no click
  #problem = /** @type {{id: string, words: string} | null} */ (null) // { id, words } of the change that was refused

  /**
   * `ask` sends `{text, change?, slide}` and resolves with `{ok, body}`; `onReply(body)` gets errors and warnings.
   *
   * @param {{field: PageElement, ask: (sent: {text: string, slide: number, change?: Change}) => Promise<JsonReply>, onReply?: (reply: FormReply) => void}} of
   */
  constructor({ field, ask, onReply = () => {} }) {
    this.#field = field
    this.#ask = ask
    this.#onReply = onReply
    field.addEventListener('input', () => this.#onTyping())
    for (const element of [field, $('form')]) element.addEventListener('keydown', (event) => this.#onKey(event))
    $('form').addEventListener('change', (event) => this.#isDrawing || this.#onChange(event.target))
    $('form').addEventListener('input', (event) => this.#previewSoon(event.target))
    // A field that was redrawn while somebody typed in it fires no `change`, so `focusout` counts too.
    $('form').addEventListener('focusout', (event) => this.#isDrawing || this.#onChange(event.target))
    $('form').addEventListener('click', (event) => this.#onPress(event.target.closest('button')))
    wireModes(field)
    new SlideOrder($('form-body'), (data) => this.#press(data))
    $('form-first').addEventListener('change', () => this.#nameMeeting())
    $('form-first').addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return
      event.preventDefault()
      this.#nameMeeting()?.then(() => goTo({ id: 'f-body-0-0-', selected: false }))
    })
    $('form-undo').addEventListener('click', () => this.#stepHistory('undo'))
    $('form-redo').addEventListener('click', () => this.#stepHistory('redo'))
    this.#draw()
  }

  /** Read the text anew, after something else than the form has put it into the field. */
  read({ fresh = false } = {}) {
    if (fresh) {
      this.#history.clear()
      this.#slide = 0
    }
    this.#textBefore = this.#field.value
    clearTimeout(this.#timer)
    return this.#send(null)
  }

  /**
   * Go to the form's field for *key* of the front matter, once it is drawn.
   *
   * @param {string} key
   */
  async focusMeta(key) {
    await this.#queue
    showAs('slides', this.#field)
    const about = document.querySelector('#form-body .about')
    if (!about) return
    about.open = true
    $(`f-meta-0-0-${key}`)?.focus()
  }

  /** Resolves when everything filled in is in the text. */
  settled() {
    return this.#queue
  }

  // -- changes ----------------------------------------------------------------------------------------------

  #onTyping() {
    if (this.#isWriting) return
    this.#history.recordTyping(this.#textBefore, performance.now())
    this.#textBefore = this.#field.value
    this.#drawHistoryButtons()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#send(null), WAIT_MS)
  }

  /** @param {PageEvent<'keydown'>} event */
  #onKey(event) {
    const letter = event.key.toLowerCase()
    const field = event.target
    if (event.key === 'Enter' && field.matches('#form input:not([type=checkbox]), #form [data-does=title]')) {
      event.preventDefault()
      this.#onChange(field)
    }
    const change = event.key === 'Enter' && field.dataset.does === 'body' && !event.shiftKey && !event.isComposing && field.selectionStart === field.selectionEnd
      ? continueList(field.value, field.selectionStart) : null
    if (change) {
      event.preventDefault()
      replaceText(field, change)
    }
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !['z', 'y'].includes(letter)) return
    if (field !== this.#field && 'was' in field.dataset && field.value !== field.dataset.was) return // undone in the field itself
    event.preventDefault()
    this.#stepHistory(letter === 'y' || event.shiftKey ? 'redo' : 'undo')
  }

  /** @param {'undo' | 'redo'} which */
  #stepHistory(which) {
    const text = this.#history[which](this.#field.value)
    if (text === null) return
    this.#write(text)
    this.#send(null)
  }

  /** @param {string} text */
  #write(text) {
    this.#isWriting = true
    this.#field.value = this.#textBefore = text
    this.#field.dispatchEvent(new Event('input', { bubbles: true }))
    this.#isWriting = false
    this.#drawHistoryButtons()
  }

  /** @param {PageElement} field */
  #onChange(field) {
    const { was, type } = field.dataset
    const written = field.type === 'checkbox' ? field.checked : field.value
    if (was === undefined || String(written) === was) return // a button is left, or a field as it was
    field.dataset.was = String(written)
    clearTimeout(this.#previewTimer)
    this.#send(this.#changeOf(field, attributeValue(type, written)), field.id)
  }

  /**
   * @param {PageElement} field
   * @param {Change['value']} value
   */
  #changeOf({ dataset }, value) {
    const { does = '', slide, activity, key, end } = dataset
    const endOf = (/** @type {number} */ n) => $(`f-${does}-${slide}-${activity}-${key}${n}`).value
    if (end) value = scaleLabels(endOf(0), endOf(1))
    return { do: does, slide: Number(slide), activity: Number(activity), key, value }
  }

  /**
   * Show in the preview what is being typed; the text gets it when the field is left.
   *
   * @param {PageElement} field
   */
  #previewSoon(field) {
    clearTimeout(this.#previewTimer)
    if (!PREVIEWED.includes(String(field.dataset.does))) return
    this.#previewTimer = setTimeout(async () => {
      await this.#queue
      const text = this.#field.value
      const { ok, body } = await this.#ask({ text, slide: this.#slide, change: this.#changeOf(field, attributeValue(field.dataset.type, field.value)) })
      if (ok && field.isConnected && text === this.#field.value && body.preview) this.#drawPreview(body.preview)
    }, WAIT_MS)
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #previewTimer

  /** @param {PageElement | null} button */
  #onPress(button) {
    if (!button) return
    if (button.id === 'form-begin') return this.#begin()
    return this.#press(button.dataset, button.id)
  }

  /**
   * @param {DOMStringMap} data
   * @param {string} id
   */
  #press(data, id = '') {
    const { does, slide, key, mark } = data
    if (!does || !this.#reply) return
    if (does === 'reach') return this.focusMeta(String(key))
    if (does === 'mark') return this.#markLines($(`f-body-${slide}-0-`), String(mark))
    if (does === 'open_slide') return this.#open(Number(slide))
    const change = changeOfButton(data, this.#reply.outline, this.#t)
    return this.#send(change, id, slideAfter(change, this.#reply.outline))
  }

  #begin() {
    return this.#start(emptyWorkshop(this.#t.begin, document.documentElement.lang)).then(() => goTo({ id: 'f-title-0-0-', selected: true }))
  }

  /** The name that was written on the empty slide begins a programme. */
  #nameMeeting() {
    const title = $('form-first').value
    if (!title.trim() || this.#field.value.trim()) return
    $('form-first').value = ''
    return this.#start(titledWorkshop(title, document.documentElement.lang))
  }

  /** @param {string} text */
  #start(text) {
    this.#history.record(this.#field.value)
    this.#write(text)
    return this.#send(null)
  }

  /** @param {number} slide */
  #open(slide) {
    this.#slide = slide
    return this.#send(null).then(() => scrollToLine(this.#field, this.#reply?.outline.slides[slide]?.line ?? 1))
  }

  /**
   * @param {PageElement} field
   * @param {string} mark
   */
  #markLines(field, mark) {
    const change = toggleListMark(field.value, field.selectionStart, field.selectionEnd, mark)
    field.focus()
    replaceText(field, change)
    field.setSelectionRange(change.from, change.from + change.words.length)
    this.#onChange(field)
  }

  /** @param {Change | null} change */
  #send(change, id = '', to = this.#slide) {
    const next = this.#queue.then(() => this.#sendChange(change, id, to))
    this.#queue = next.catch(() => {})
    return next
  }

  /**
   * @param {Change | null} change
   * @param {string} id
   * @param {number} to
   */
  async #sendChange(change, id, to) {
    for (let tries = 0; tries < TRIES; tries++) {
      const text = this.#field.value
      if (!text.trim()) {
        this.#reply = null
        return this.#draw()
      }
      const { ok, body } = await this.#ask({ text, slide: to, ...(change ? { change } : {}) })
      await this.#released()
      if (text !== this.#field.value) continue // somebody wrote in the text meanwhile: make the change in the new text
      if (!ok) {
        this.#problem = { id, words: body?.title ?? this.#t.offline }
        return this.#draw()
      }
      if (body.text !== undefined) {
        this.#history.record(text)
        this.#write(body.text)
      }
      this.#reply = body
      this.#problem = null
      this.#slide = Math.min(to, Math.max(0, body.outline.slides.length - 1))
      this.#onReply(body)
      return this.#draw(change, id)
    }
  }

  // -- drawing ----------------------------------------------------------------------------------------------

  #drawHistoryButtons() {
    $('form-undo').disabled = !this.#history.can.undo
    $('form-redo').disabled = !this.#history.can.redo
  }

  #draw(change = /** @type {Change | null} */ (null), id = '') {
    this.#isDrawing = true
    try { this.#redraw(change, id) } finally { this.#isDrawing = false }
  }

  /**
   * @param {Change | null} change
   * @param {string} id
   */
  #redraw(change, id) {
    const active = /** @type {PageElement} */ (document.activeElement)
    const focused = $('form').contains(active) && active.id ? { id: active.id, value: active.value, was: active.dataset.was, from: active.selectionStart, to: active.selectionEnd } : null
    const { outline = null, errors = [], preview = null } = this.#reply ?? {}
    const broken = outline?.broken[0]
    const whole = outline && !broken
    const unfolded = [...$('form-body').querySelectorAll('details[open]')].map((element) => element.id)
    // A selection in a text stays while its buttons are reached by keyboard.
    const ranges = focused ? [...$('form-body').querySelectorAll('[data-does=body]')].map(({ id: at, selectionStart: from, selectionEnd: to }) => ({ at, from, to })) : []
    const scrolled = $('form-body').querySelector('.steps-list')?.scrollTop ?? 0
    $('form-empty').hidden = Boolean(outline)
    this.#field.closest('.beside')?.classList.toggle('broken', Boolean(broken))
    $('form-say').textContent = broken ? fill(this.#t.broken, { n: broken.line }) : this.#problem && !this.#problem.id ? this.#problem.words : ''
    $('form-done').textContent = this.#problem ? '' : changeNotice(change, this.#slide, this.#t)
    $('form-body').replaceChildren(...(whole ? this.#fields.all(outline, this.#slide, faultsByPart(outline, errors)) : []))
    $('form-body').querySelector('.kinds-part')?.append(this.#preview)
    keepOpenInView($('form-body'), scrolled)
    for (const each of unfolded) if ($(each) && (each === 'f-about' || !change || !CHANGES_PLACES.includes(change.do))) $(each).open = true
    for (const { at, from, to } of ranges) $(at)?.setSelectionRange(from, to)
    this.#drawPreview(whole ? preview : null)
    if (outline && change?.do === 'attribute') showFieldProblem(id, faultsByPart(outline, errors).get(`${change.slide}-${change.activity}`)?.[0])
    if (this.#problem?.id) showFieldProblem(this.#problem.id, this.#problem.words)
    this.#drawHistoryButtons()
    this.#restoreFocus(focused, change)
  }

  /** @param {PreviewSlide | null} slide */
  #drawPreview(slide) {
    this.#preview.replaceChildren(...(slide ? slidePreviews(slide, this.#t, this.#kinds) : []))
  }

  /**
   * Give the focus to what was made or moved, or back to where it was; a field somebody types in keeps its text.
   *
   * @param {Focused | null} focused
   * @param {Change | null} change
   */
  #restoreFocus(focused, change) {
    const s = this.#slide
    const outline = this.#problem === null ? this.#reply?.outline : undefined
    const made = outline && madeField(change, s, outline)
    if (made) return goTo(made)
    if (!focused) return
    const id = (outline && movedButtonId(change, s, outline, focused.id)) || focused.id
    const target = [$(id), $(otherDirectionId(id))].find((element) => element && !element.disabled) ?? $(`f-open-${s}`) ?? $('form-title')
    if (target !== document.activeElement) target.focus()
    if (focused.id !== target.id || focused.was === undefined) return
    if (focused.value !== focused.was) target.value = focused.value
    if (focused.from !== null) target.setSelectionRange?.(focused.from, focused.to)
  }
}
