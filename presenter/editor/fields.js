/** Draws the form from a workshop's outline: its name and the front matter, the list of slides, the open slide, and beside it what belongs to it (settings.js). */

import { el, fill } from '../shared/dom.js'
import { filledLines } from '../shared/list_lines.js'
import { Elements } from './elements.js'
import { withLetters } from './option_letters.js'
import { Settings } from './settings.js'
import { slideList } from './slides/slide_list.js'
import { pictureFields } from './slides/slide_pictures.js'

/** @import { Addresses } from './slides/slide_pictures.js' */

/** The messages of faults by part, as `faultsByPart` gives them. @typedef {Map<string, string[]>} FaultsByPart */

const META_KEYS = ['title', 'organisation', 'purpose', 'owner', 'report-by', 'ladder', 'contact']
const EXPECTED_KEYS = META_KEYS.slice(2)
/** Keys that take one of some words. @type {Record<string, string[]>} */
const WORDS = { ladder: ['', 'styrt', 'ansvarliggjørende', 'likeverdig', 'fasiliterende'], identity: ['', 'optional', 'named'] }
const DATE_KEY = 'report-by'
const DATE = /^\d{4}-\d\d-\d\d$/

/**
 * The value to put into the text for what is *written* in a field; null removes the attribute.
 *
 * @type {(type: string | undefined, written: string | boolean) => string | boolean | string[] | null}
 */
export const attributeValue = (type, written) => {
  if (typeof written === 'boolean') return written
  const text = written.trim()
  if (type === 'markdown') return written
  if (type === 'options') return filledLines(text)
  if (type === 'duration' && /^\d{1,3}$/.test(text)) return `${text}:00`
  return text || (type === 'text' || type === 'date' ? '' : null)
}

/**
 * The words at the two ends of a scale as one value; null when both are empty.
 *
 * @type {(low: string, high: string) => string | null}
 */
export const scaleLabels = (low, high) => (low.trim() || high.trim() ? [low, high].map((words) => words.replaceAll('|', ' ').trim()).join('|') : null)

/**
 * The faults' messages by part: `meta` (above the slides), "slide" or "slide-activity", both counted from 0.
 *
 * @type {(outline: Outline, faults: Fault[]) => FaultsByPart}
 */
export const faultsByPart = (outline, faults) => {
  const faultsOf = /** @type {FaultsByPart} */ (new Map())
  for (const { line, message } of faults) {
    let part = 'meta'
    outline.slides.forEach((slide, s) => {
      if (line < slide.line) return
      part = `${s}`
      slide.activities.forEach((activity, a) => { if (line >= activity.line && line <= activity.last) part = `${s}-${a}` })
    })
    faultsOf.set(part, [...(faultsOf.get(part) ?? []), message])
  }
  return faultsOf
}

/** *t* are the strings, *kinds* the schemas of the kinds (live/web/api/form_schema.py), both from the server. */
export class Fields {
  #t
  #kinds
  #make
  #settings

  #today

  /**
   * @param {Strings} t
   * @param {Kinds} kinds
   * @param {() => string} [today] the ISO date, by Norwegian time
   */
  constructor(t, kinds, today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(Date.now())) {
    this.#t = t
    this.#kinds = kinds
    this.#make = new Elements(t)
    this.#settings = new Settings(t, kinds, this.#make)
    this.#today = today
  }

  /**
   * The whole form: *open* is the index of the open slide, *faults* as of `faultsByPart`.
   *
   * @param {Outline} outline
   * @param {number} open
   * @param {FaultsByPart} faults
   * @param {Addresses} pictures
   */
  all(outline, open, faults, pictures) {
    const t = this.#t
    const name = this.#meta('title', outline.meta.title ?? '')
    name.classList.add('name')
    name.lastChild.setAttribute('placeholder', outline.slides[0]?.title ?? '')
    const about = el('details', { class: 'about', id: 'f-about' }, el('summary', { id: 'f-about-title' }, t.about),
      ...[...META_KEYS.slice(1), 'identity'].map((key) => this.#meta(key, outline.meta[key] ?? '')))
    if (faults.has('meta')) about.open = true
    const missing = EXPECTED_KEYS.filter((key) => !outline.meta[key])
    const missingPart = missing.length ? [el('div', { class: 'lacks' }, el('p', { class: 'soft', id: 'f-lacks' }, t.lacks),
      el('ul', { class: 'row', 'aria-labelledby': 'f-lacks' }, ...missing.map((key) => el('li', {}, this.#make.button(t.meta[key], { does: 'reach', key })))))] : []
    const slide = outline.slides[open]
    const last = outline.slides.length - 1
    const hide = () => this.#make.button(slide.hidden ? t.unhide : t.hide, { does: 'hidden', slide: open }, { label: `${slide.hidden ? t.unhide : t.hide}: ${fill(t.slide_n, { n: open + 1 })}` })
    const list = slideList(outline, open, faults, t, this.#kinds, pictures,
      ...(slide ? [this.#make.moves('slide', { slide: open }, [open > 0, open < last], fill(t.slide_n, { n: open + 1 }), { only: last === 0, more: [hide()] })] : []))
    return [el('div', { class: 'naming' }, name, about), ...this.#make.faults(faults.get('meta')),
      el('div', { class: 'columns' }, list, ...(slide ? [this.#slide(slide, open, outline, faults, pictures), this.#settings.beside(slide, open, outline)] : [])), ...missingPart]
  }

  /**
   * A field of the front matter. A day is chosen in a calendar, and told when it has passed; what is no day stays a text.
   *
   * @param {string} key
   * @param {string} value
   */
  #meta(key, value) {
    const isDate = key === DATE_KEY && (!value || DATE.test(value))
    const field = this.#make.field({ does: 'meta', key, label: this.#t.meta[key], value, type: isDate ? 'date' : 'text', words: WORDS[key] ?? [] })
    if (isDate && value && value < this.#today()) {
      const passed = el('span', { class: 'problem', id: 'f-passed' }, this.#t.passed)
      field.lastChild.setAttribute('aria-describedby', passed.id)
      field.append(passed)
    }
    return field
  }

  /**
   * The slide that is written on; below it how it goes, and the notes.
   *
   * @param {OutlineSlide} slide
   * @param {number} s
   * @param {Outline} outline
   * @param {FaultsByPart} faults
   * @param {Addresses} pictures
   */
  #slide(slide, s, outline, faults, pictures) {
    const t = this.#t
    return el('div', { class: 'canvas-part', role: 'group', 'aria-labelledby': 'f-place' },
      el('p', { class: 'part-title' }, el('span', { id: 'f-place' }, fill(t.place, { n: s + 1, of: outline.slides.length })),
        el('span', { class: 'soft' }, slide.hidden ? t.is_hidden : t.type_here)),
      el('div', { class: slide.big ? 'canvas big' : 'canvas' },
        this.#make.field({ does: 'title', slide: s, label: t.title, value: slide.title, type: 'text', rows: 2 }), ...this.#make.faults(faults.get(`${s}`)),
        this.#body(slide, s), ...pictureFields(slide, s, pictures, this.#make, t),
        ...slide.activities.map((activity, a) => this.#activity(activity, s, a, faults.get(`${s}-${a}`)))),
      el('div', { class: 'below' }, ...this.#steps(slide, s),
        ...[...slide.notes, ...(slide.notes.length ? [] : [''])].map((note, n) => this.#make.field({
          does: 'note', slide: s, activity: n, label: t.note, value: note, type: 'markdown', rows: rowCount(note, 2) }))))
  }

  /**
   * A slide's own text, with buttons that write the Markdown for lists.
   *
   * @param {OutlineSlide} slide
   * @param {number} s
   */
  #body(slide, s) {
    const t = this.#t
    const field = this.#make.field({ does: 'body', slide: s, label: t.body, value: slide.body, type: 'markdown', rows: rowCount(slide.body, 1) })
    const markButton = (/** @type {string} */ words, /** @type {string} */ mark) => this.#make.button(words, { does: 'mark', slide: s, mark })
    const help = el('span', { class: 'soft', id: `f-body-help-${s}` }, t.body_help)
    field.lastChild.setAttribute('aria-describedby', help.id)
    field.append(el('span', { class: 'row' }, markButton(t.points, '-'), markButton(t.one_by_one, '+'), help))
    return field
  }

  /**
   * What people do on the slide; its settings stand beside the slide.
   *
   * @param {OutlineActivity} activity
   * @param {number} s
   * @param {number} a
   * @param {string[] | undefined} messages
   */
  #activity(activity, s, a, messages) {
    const t = this.#t
    const schema = this.#kinds[activity.kind]
    const hasOptions = schema?.options && (schema.own_options || activity.options.length || !activity.attributes.from) // otherwise they come from another activity
    return el('fieldset', { class: 'task', 'data-task': a }, el('legend', {}, t.kinds[activity.kind] ?? activity.kind),
      ...this.#make.faults(messages),
      ...(schema?.beside ? [el('p', { class: 'soft', id: `f-instruction-${s}-${a}-`, tabindex: -1 }, t.help[activity.kind])] : [this.#make.field({ does: 'instruction', slide: s, activity: a, label: t.instruction, value: activity.instruction, type: 'text', rows: 1 })]),
      ...(hasOptions ? [this.#options(activity, { slide: s, activity: a })] : []))
  }

  /**
   * The options, one on each line; with their letters where people choose among them.
   *
   * @param {OutlineActivity} activity
   * @param {{slide: number, activity: number}} place
   */
  #options({ kind, options }, place) {
    const t = this.#t
    const field = this.#make.field({ does: 'options', ...place, label: t.options[kind] ?? t.options.any, value: options.join('\n'), type: 'options', rows: Math.max(2, options.length) })
    if (this.#kinds[kind]?.writes === 'choices') field.append(withLetters(field.lastChild))
    if (this.#kinds[kind]?.marked) {
      const help = el('span', { class: 'soft', id: `f-mark-help-${place.slide}-${place.activity}` }, fill(t.mark_help, { mark: `{${t.right}}` }))
      field.querySelector('textarea')?.setAttribute('aria-describedby', help.id)
      field.append(help)
    }
    return field
  }

  /**
   * What happens on the slide, in order, with the times; a press leads to it.
   *
   * @param {OutlineSlide} slide
   * @param {number} s
   */
  #steps({ activities }, s) {
    const t = this.#t
    if (!activities.some(({ kind }) => !this.#kinds[kind]?.beside)) return []
    const step = (/** @type {OutlineActivity} */ { kind, attributes }, /** @type {number} */ a) => el('li', {},
      this.#make.button(t.kinds[kind] ?? kind, { does: 'choose', slide: s, activity: a }),
      el('span', { class: 'soft num' }, attributes.optional === true ? t.optional : String(attributes.time ?? '')))
    return [el('div', { class: 'goes' }, el('p', { class: 'part-title', id: 'f-goes' }, t.goes), el('ol', { class: 'list', 'aria-labelledby': 'f-goes' }, ...activities.flatMap((one, a) => (this.#kinds[one.kind]?.beside ? [] : [step(one, a)]))))]
  }
}

/** @type {(text: string, least: number) => number} */
const rowCount = (text, least) => Math.min(12, Math.max(least, text.split('\n').length))
