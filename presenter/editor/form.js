/**
 * The form for a workshop's text. The text decides: each change in the form is sent to the server together with the
 * text, and the reply has the changed text, in which nothing else is different, and the outline that the form shows.
 */

import { Fields, attributeValue, faultsByPart, scaleLabels } from './fields.js'
import { ListMarks, continueList } from './list_marks.js'
import { CHANGES_PLACES, changeNotice, changeOfButton, sameParts, slideAfter } from './form_changes.js'
import { focusedField, goTo, releases, replaceText, restoreFocus } from './form_focus.js'
import { SlideOrder } from './slides/slide_order.js'
import { $, fill, plural } from '../shared/dom.js'
import { History } from './history.js'
import { wireDock } from './dock.js'
import { wireEmptyProgramme } from './empty_programme.js'
import { isText, showAs, wireModes } from './modes.js'
import { showSettings } from './settings.js'
import { AskHere, askButton } from './slides/ask_here.js'
import { keepOpenInView, redrawSlide } from './slides/slide_list.js'
import { addressesOf, withOwnPictures } from './slides/slide_pictures.js'
import { slidePreviews } from './slides/slide_previews.js'
import { goToLine, scrollToLine, showFieldProblem } from './problems.js'
import { TextMode, putCaret, slideAtLine } from './text_mode.js'
import { TryDialog } from './try_dialog.js'

const WAIT_MS = 400
const TRIES = 5
const TYPED = ['title', 'body', 'note', 'instruction', 'options', 'alt'] // fields whose text is taken over while it is typed
const RETRY_MS = 3000

export class Form {
  #field
  #ask
  #onReply
  #onState
  #t = JSON.parse($('form-strings').textContent)
  #kinds = JSON.parse($('form-kinds').textContent)
  #fields = new Fields(this.#t, this.#kinds)
  #history = new History()
  #reply = /** @type {FormReply | null} */ (null)
  #slide = 0
  #chosen = 0 // the activity whose settings are shown
  #marks = new ListMarks()
  #text
  #try
  #askHere
  #own
  #preview = $('form-preview') // moved along when the form is drawn anew
  #textBefore = ''
  #isWriting = false
  #isDrawing = false
  #dateWritten = /** @type {PageElement | null} */ (null) // the date field in which somebody writes
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  #queue = /** @type {Promise<unknown>} */ (Promise.resolve())
  #released = releases() // what is redrawn between down and up gets no click
  #problem = /** @type {{id: string, words: string} | null} */ (null) // { id, words } of the change that was refused

  /**
   * `ask` sends `{text, change?, slide}` and resolves with `{ok, body}`; `onReply(body)` gets errors and warnings; `onState`
   * is told when a field is `typed` in, when that is `taken` over into the text, and when it could not be (`stuck`). *keys*
   * is where the editor's keys work; `own()` gives the addresses of pictures that only the page holds, by name.
   *
   * @param {{field: PageElement, ask: (sent: {text: string, slide: number, change?: Change, pictures?: string[]}) => Promise<JsonReply>, onReply?: (reply: FormReply) => void,
   *   onState?: (state: 'typed' | 'taken' | 'stuck') => void, keys?: PageElement | Document, own?: () => Map<string, string>}} of
   */
  constructor({ field, ask, onReply = () => {}, onState = () => {}, keys = $('form'), own = () => new Map() }) {
    this.#field = field
    this.#own = own
    this.#ask = (/** @type {Parameters<typeof ask>[0]} */ sent) => ask(own().size ? { ...sent, pictures: [...own().keys()] } : sent)
    this.#onReply = onReply
    this.#onState = onState
    this.#text = new TextMode(field, this.#t, () => this.#reply?.outline, (slide) => {
      if (slide === this.#slide) return
      this.#slide = slide
      this.#draw()
    })
    this.#try = new TryDialog({ preview: (slide) => this.#previewOf(slide), t: this.#t, kinds: this.#kinds, pictures: () => this.#pictures, ask: (slide) => this.#press({ does: 'ask_here', slide: String(slide) }) })
    this.#askHere = new AskHere({ t: this.#t, kinds: this.#kinds, press: (data) => this.#press(data) })
    field.addEventListener('input', () => this.#onTyping())
    for (const element of [field, $('form')]) element.addEventListener('keydown', (event) => this.#onKey(event))
    // A date changes with each digit that is written, so a written one is taken when its field is left.
    $('form').addEventListener('change', (event) => this.#isDrawing || event.target === this.#dateWritten || this.#onChange(event.target))
    $('form').addEventListener('input', (event) => this.#takeSoon(event.target))
    $('form').addEventListener('focusin', (event) => this.#choose(event.target))
    // A field that was redrawn while somebody typed in it fires no `change`, so `focusout` counts too.
    $('form').addEventListener('focusout', (event) => {
      this.#dateWritten = null
      if (!this.#isDrawing) this.#onChange(event.target)
    })
    $('form').addEventListener('click', (event) => this.#onPress(event.target.closest('button')))
    wireModes(field, (mode) => (mode === 'slides' ? this.#reply && this.#send(null) : this.#text.show(this.#slide)))
    new SlideOrder($('form-body'), (data) => this.#press(data))
    wireDock({ keys, slides: () => this.#slides, press: (data) => this.#press(data), undo: () => this.#stepHistory('undo'), tryIt: (slide, of) => this.#try.open(slide, of) })
    wireEmptyProgramme(this.#t, () => !field.value.trim(), (text) => this.#start(text))
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
    const active = /** @type {PageElement} */ (document.activeElement)
    if ($('form').contains(active)) this.#onChange(active)
    return this.#queue
  }

  /** Which slide is open, of how many. */
  get #slides() {
    const of = this.#reply?.outline.slides.length ?? 0
    return { open: Math.min(this.#slide, of - 1), of }
  }

  /** @param {number} slide */
  async #previewOf(slide) {
    await this.settled()
    const { ok, body } = await this.#ask({ text: this.#field.value, slide })
    if (!ok) $('form-say').textContent = body?.title ?? this.#t.offline
    return ok && body.preview ? { ...body.preview, html: withOwnPictures(body.preview.html, this.#own()) } : null
  }

  get #pictures() {
    return addressesOf(this.#reply?.pictures ?? {}, this.#own())
  }

  // -- what is chosen ---------------------------------------------------------------------------------------

  /** The settings of the activity that has the focus are shown. @param {PageElement} element */
  #choose(element) {
    const task = /** @type {PageElement | null} */ (element.closest('.task, .settings'))?.dataset.task
    if (task === undefined || Number(task) === this.#chosen) return
    this.#chosen = Number(task)
    showSettings($('form-body'), this.#chosen)
  }

  // -- changes ----------------------------------------------------------------------------------------------

  #onTyping() {
    if (this.#isWriting) return
    this.#onState('taken')
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
    if (field.type === 'date' && event.key.length === 1) this.#dateWritten = field
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
    if (was === undefined) return // a button is left
    if (field.type === 'date' && !field.validity.valid) return // half a date
    if (String(written) === was) {
      // As it was; what was taken over while it was typed is shown as it stands in the text now.
      if (!field.dataset.taken || document.activeElement === field) return
      delete field.dataset.taken
      return void this.#send(null, field.id)
    }
    field.dataset.was = String(written)
    clearTimeout(this.#typingTimer)
    this.#send(this.#changeOf(field, attributeValue(type, written)), field.id)
  }

  /**
   * @param {PageElement} field
   * @param {Change['value']} value
   */
  #changeOf({ dataset }, value) {
    const { does = '', slide, activity, key, end, type } = dataset
    if (end && type === 'flag') { // one of several words that are chosen together
      const ticks = [.../** @type {NodeListOf<PageElement>} */ ($('form-body').querySelectorAll(`[data-key="${key}"][data-slide="${slide}"][data-activity="${activity}"]:checked`))]
      return { do: does, slide: Number(slide), activity: Number(activity), key, value: ticks.map((tick) => tick.dataset.end).join('|') || null }
    }
    const endOf = (/** @type {number} */ n) => $(`f-${does}-${slide}-${activity}-${key}${n}`).value
    if (end) value = scaleLabels(endOf(0), endOf(1))
    return { do: does, slide: Number(slide), activity: Number(activity), key, value }
  }

  /**
   * Take over what is being typed at the next pause, without drawing its field anew.
   *
   * @param {PageElement} field
   */
  #takeSoon(field) {
    clearTimeout(this.#typingTimer)
    if (field.dataset.was === undefined) return
    this.#onState('typed')
    if (field.type !== 'date' && TYPED.includes(String(field.dataset.does))) this.#typingTimer = setTimeout(() => this.#take(field), WAIT_MS)
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typingTimer

  /** @param {PageElement} field */
  #take(field) {
    this.#queue = this.#queue.then(() => this.#takeTyped(field)).catch(() => {})
  }

  /**
   * What was refused is told when the field is left.
   *
   * @param {PageElement} field
   */
  async #takeTyped(field) {
    const [text, written] = [this.#field.value, field.value]
    if (!field.isConnected || !this.#reply || written === field.dataset.was) return
    const { ok, status, body } = await this.#ask({ text, slide: this.#slide, change: this.#changeOf(field, attributeValue(field.dataset.type, written)) })
    if (!ok) {
      this.#onState('stuck')
      if (!status) this.#typingTimer = setTimeout(() => this.#take(field), RETRY_MS)
      return
    }
    if (text !== this.#field.value || !field.isConnected || !sameParts(this.#reply.outline, body.outline)) return
    if (body.text !== undefined) {
      this.#history.recordTyping(text, performance.now())
      this.#write(body.text)
    }
    field.dataset.was = written
    field.dataset.taken = 'true'
    this.#reply = body
    this.#onReply(body)
    redrawSlide($('form-body'), body.outline, this.#slide, faultsByPart(body.outline, body.errors), this.#t, this.#kinds, this.#pictures)
    this.#drawPreview(body.preview)
    if (field.value === written) this.#onState('taken')
  }

  /** @param {PageElement | null} button */
  #onPress(button) {
    if (!button) return
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
    if (does === 'reach_fault') return this.#reachFault(Number(slide))
    if (does === 'choose') return goTo({ id: `f-instruction-${slide}-${data.activity}-`, selected: false })
    if (does === 'mark') return this.#marks.toggle($(`f-body-${slide}-0-`), String(mark), (field) => this.#onChange(field))
    if (does === 'open_slide') return this.#open(Number(slide))
    if (does === 'ask_here') return this.#askHere.open(Number(slide), this.#reply.outline.slides[Number(slide)]?.title ?? '')
    const change = changeOfButton(data, this.#reply.outline, this.#t)
    return this.#send(change, id, slideAfter(change, this.#reply.outline))
  }

  /** @param {string} text */
  #start(text) {
    this.#history.record(this.#field.value)
    this.#write(text)
    return this.#send(null)
  }

  /** @param {number} slide */
  #open(slide) {
    if (slide !== this.#slide) this.#chosen = 0
    this.#slide = slide
    return this.#send(null).then(() => {
      const line = this.#reply?.outline.slides[slide]?.line ?? 1
      if (isText(this.#field)) putCaret(this.#field, line)
      else scrollToLine(this.#field, line)
    })
  }

  /** To the first fault of *slide*: its line in the text, or where it stands on the slide. @param {number} slide */
  async #reachFault(slide) {
    const { outline, errors } = /** @type {FormReply} */ (this.#reply)
    const fault = errors.find(({ line }) => slideAtLine(outline.slides, line) === slide)
    if (!fault) return
    if (isText(this.#field)) return goToLine(this.#field, fault.line)
    await this.#open(slide)
    const problem = /** @type {PageElement | null} */ ($('form-body').querySelector('.canvas .problem'))
    if (!problem) return
    this.#choose(problem)
    problem.focus()
    problem.scrollIntoView({ block: 'nearest' })
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
        this.#onState('stuck')
        return this.#draw()
      }
      if (body.text !== undefined) {
        this.#history.record(text)
        this.#write(body.text)
      }
      this.#reply = body
      this.#problem = null
      const slide = Math.min(to, Math.max(0, body.outline.slides.length - 1))
      if (CHANGES_PLACES.includes(change?.do ?? '')) this.#chosen = 0
      this.#slide = slide
      this.#onReply(body)
      this.#onState('taken')
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
    const focused = focusedField()
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
    $('form-body').replaceChildren(...(whole ? this.#fields.all(outline, this.#slide, faultsByPart(outline, errors), this.#pictures) : []))
    $('form-body').querySelector('.kinds-part')?.append(this.#preview)
    if (!outline?.slides[this.#slide]?.activities[this.#chosen]) this.#chosen = 0
    showSettings($('form-body'), this.#chosen)
    $('form-left').textContent = errors.length ? fill(plural(this.#t.left, errors.length), { n: errors.length }) : ''
    keepOpenInView($('form-body'), scrolled)
    for (const each of unfolded) if ($(each) && (each === 'f-about' || !change || !CHANGES_PLACES.includes(change.do))) $(each).open = true
    for (const { at, from, to } of ranges) $(at)?.setSelectionRange(from, to)
    this.#drawPreview(whole ? preview : null)
    if (outline && change?.do === 'attribute') showFieldProblem(id, faultsByPart(outline, errors).get(`${change.slide}-${change.activity}`)?.[0])
    if (this.#problem?.id) showFieldProblem(this.#problem.id, this.#problem.words)
    this.#drawHistoryButtons()
    restoreFocus(focused, change, this.#slide, this.#problem === null ? outline : null, (element) => this.#choose(element))
    if (isText(this.#field)) this.#text.changed(change, this.#slide)
  }

  /** @param {PreviewSlide | null} slide */
  #drawPreview(slide) {
    const shown = slide && { ...slide, html: withOwnPictures(slide.html, this.#own()) }
    this.#preview.replaceChildren(...(shown ? [...slidePreviews(shown, this.#t, this.#kinds, this.#pictures), askButton(this.#slide, 'f-ask-preview', this.#t)] : []))
  }
}
