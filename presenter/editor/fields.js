/** Draws the form's fields from a workshop's outline: the front matter, the list of slides, and the fields of the open slide. */

import { sketchOf } from '../activities/drawing.js'
import { el, fill } from '../shared/dom.js'
import { filledLines } from '../shared/list_lines.js'
import { withLetters } from './option_letters.js'
import { slideList } from './slide_list.js'

/** The messages of faults by part, as `faultsByPart` gives them. @typedef {Map<string, string[]>} FaultsByPart */

const META_KEYS = ['title', 'organisation', 'purpose', 'owner', 'report-by', 'ladder', 'contact']
const EXPECTED_KEYS = META_KEYS.slice(2)
const LADDER_STEPS = ['', 'styrt', 'ansvarliggjørende', 'likeverdig', 'fasiliterende']
const UNUSED_WORDS = ['after-own'] // accepted in a file, but without effect so far

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
  return text || (type === 'text' ? '' : null)
}

/**
 * The words at the two ends of a scale as one value; null when both are empty.
 *
 * @type {(low: string, high: string) => string | null}
 */
export const scaleLabels = (low, high) => (low.trim() || high.trim() ? [low, high].map((words) => words.replaceAll('|', ' ').trim()).join('|') : null)

/**
 * Make each line touched by the selection a list item with *mark*, or plain again if all are: `{ from, to, words }` to replace.
 *
 * @type {(text: string, from: number, to: number, mark: string) => TextChange}
 */
export const toggleListMark = (text, from, to, mark) => {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const end = text.indexOf('\n', to) < 0 ? text.length : text.indexOf('\n', to)
  const lines = text.slice(start, end).split('\n')
  const allMarked = lines.every((line) => !line.trim() || line.startsWith(`${mark} `)) && lines.some((line) => line.trim())
  const bare = lines.map((line) => line.replace(/^[-+*] /, ''))
  const changed = bare.map((line) => (allMarked || (!line.trim() && lines.length > 1) ? line : `${mark} ${line}`))
  return { from: start, to: end, words: changed.join('\n') }
}

/**
 * What Enter does in a list item: a new item, or the end of the list if the item is empty: `{ from, to, words }`. Null outside a list.
 *
 * @type {(text: string, cursor: number) => TextChange | null}
 */
export const continueList = (text, cursor) => {
  const start = text.lastIndexOf('\n', cursor - 1) + 1
  const item = /^([-+*] )(.*)/.exec(text.slice(start))
  if (!item || cursor < start + 2) return null
  return item[2].trim() ? { from: cursor, to: cursor, words: `\n${item[1]}` } : { from: start, to: cursor, words: '' }
}

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

  /**
   * @param {Strings} t
   * @param {Kinds} kinds
   */
  constructor(t, kinds) {
    this.#t = t
    this.#kinds = kinds
  }

  /**
   * The whole form: *open* is the index of the open slide, *faults* as of `faultsByPart`.
   *
   * @param {Outline} outline
   * @param {number} open
   * @param {FaultsByPart} faults
   */
  all(outline, open, faults) {
    const t = this.#t
    const about = el('details', { class: 'about', id: 'f-about' }, el('summary', { id: 'f-about-title' }, t.about),
      ...META_KEYS.map((key) => this.#field({ does: 'meta', key, label: t.meta[key], value: outline.meta[key] ?? '', type: 'text', words: key === 'ladder' ? LADDER_STEPS : [] })))
    if (faults.has('meta')) about.open = true
    const missing = EXPECTED_KEYS.filter((key) => !outline.meta[key])
    const missingPart = missing.length ? [el('div', { class: 'lacks' }, el('p', { class: 'soft', id: 'f-lacks' }, t.lacks),
      el('ul', { class: 'row', 'aria-labelledby': 'f-lacks' }, ...missing.map((key) => el('li', {}, this.#button(t.meta[key], { does: 'reach', key })))))] : []
    const slide = outline.slides[open]
    const last = outline.slides.length - 1
    const list = slideList(outline, open, faults, t, this.#kinds,
      this.#button(t.new_slide, { does: 'add_slide', slide: Math.min(open, last) }, { look: 'press quiet' }),
      ...(slide ? [this.#moves('slide', { slide: open }, [open > 0, open < last], fill(t.slide_n, { n: open + 1 }), { only: last === 0, hidden: slide.hidden })] : []),
      ...(last > 0 ? [el('p', { class: 'soft order-help' }, t.order_help)] : []))
    return [about, ...missingPart, ...this.#faults(faults.get('meta')),
      el('div', { class: 'columns' }, list, ...(slide ? [this.#slide(slide, open, outline, faults), this.#side(open)] : []))]
  }

  #faults(messages = /** @type {string[]} */ ([])) {
    return messages.map((message) => el('p', { class: 'problem' }, message.replaceAll('`', '')))
  }

  /**
   * The slide that is written on, and the notes below it.
   *
   * @param {OutlineSlide} slide
   * @param {number} s
   * @param {Outline} outline
   * @param {FaultsByPart} faults
   */
  #slide(slide, s, outline, faults) {
    const t = this.#t
    return el('div', { class: 'canvas-part', role: 'group', 'aria-labelledby': 'f-place' },
      el('p', { class: 'part-title' }, el('span', { id: 'f-place' }, fill(t.place, { n: s + 1, of: outline.slides.length })),
        el('span', { class: 'soft' }, slide.hidden ? t.is_hidden : t.type_here)),
      el('div', { class: slide.big ? 'canvas big' : 'canvas' },
        this.#field({ does: 'title', slide: s, label: t.title, value: slide.title, type: 'text', rows: 2 }), ...this.#faults(faults.get(`${s}`)),
        this.#body(slide, s),
        ...slide.activities.map((activity, a) => this.#activity(activity, s, a, outline, faults.get(`${s}-${a}`)))),
      this.#field({ does: 'big', slide: s, label: t.big, value: slide.big, type: 'flag' }),
      ...[...slide.notes, ...(slide.notes.length ? [] : [''])].map((note, n) => this.#field({
        does: 'note', slide: s, activity: n, label: t.note, value: note, type: 'markdown', rows: rowCount(note, 2) })))
  }

  /**
   * The kinds that can be put on slide *s*. What the slide will look like is drawn below them.
   *
   * @param {number} s
   */
  #side(s) {
    const t = this.#t
    return el('div', { class: 'kinds-part' }, el('p', { class: 'part-title', id: 'f-add' }, t.add),
      el('div', { class: 'kinds', role: 'group', 'aria-labelledby': 'f-add' },
        ...this.#kindsInOrder().map((kind) => this.#kindButton(kind, { does: 'add_activity', slide: s, kind }))))
  }

  /**
   * A slide's own text, with buttons that write the Markdown for lists.
   *
   * @param {OutlineSlide} slide
   * @param {number} s
   */
  #body(slide, s) {
    const t = this.#t
    const field = this.#field({ does: 'body', slide: s, label: t.body, value: slide.body, type: 'markdown', rows: rowCount(slide.body, 3) })
    const markButton = (/** @type {string} */ words, /** @type {string} */ mark) => this.#button(words, { does: 'mark', slide: s, mark })
    const help = el('span', { class: 'soft', id: `f-body-help-${s}` }, t.body_help)
    field.lastChild.setAttribute('aria-describedby', help.id)
    field.append(help, el('span', { class: 'row' }, markButton(t.points, '-'), markButton(t.one_by_one, '+')))
    return field
  }

  /**
   * @param {OutlineActivity} activity
   * @param {number} s
   * @param {number} a
   * @param {Outline} outline
   * @param {string[] | undefined} messages
   */
  #activity(activity, s, a, outline, messages) {
    const t = this.#t
    const place = { slide: s, activity: a }
    const name = t.kinds[activity.kind] ?? activity.kind
    const schema = this.#kinds[activity.kind]
    const last = outline.slides[s].activities.length - 1
    const fieldsFor = (/** @type {string[]} */ keys = []) => el('div', { class: 'pairs' }, ...keys.flatMap((key) => this.#attribute(activity, key, s, a, outline)))
    const hasOptions = schema?.options && (schema.own_options || activity.options.length || !activity.attributes.from) // otherwise they come from another activity
    const others = this.#kindsInOrder().filter((kind) => kind !== activity.kind)
    return el('fieldset', {}, el('legend', {}, name),
      ...(schema ? [this.#folded(t.other_kind, 'swap', s, a, el('div', { class: 'kinds', role: 'group', 'aria-label': t.other_kind },
        ...others.map((kind) => this.#kindButton(kind, { does: 'kind', ...place, kind }, fill(t.change_to, { kind: t.kinds[kind] ?? kind })))))] : []),
      ...this.#faults(messages),
      this.#field({ does: 'instruction', ...place, label: t.instruction, value: activity.instruction, type: 'text', rows: 2 }),
      ...(hasOptions ? [this.#options(activity, place)] : []),
      fieldsFor(schema?.first),
      this.#folded(t.more, 'more', s, a, fieldsFor(schema?.more)),
      this.#moves('activity', place, [a > 0 || s > 0, a < last || s < outline.slides.length - 1], name,
        { up: a > 0 || s === 0 ? t.up : t.over_up, down: a < last || s === outline.slides.length - 1 ? t.down : t.over_down }))
  }

  /**
   * The options, one on each line; with their letters where people choose among them.
   *
   * @param {OutlineActivity} activity
   * @param {{slide: number, activity: number}} place
   */
  #options({ kind, options }, place) {
    const t = this.#t
    const field = this.#field({ does: 'options', ...place, label: t.options[kind] ?? t.options.any, value: options.join('\n'), type: 'options', rows: Math.max(2, options.length) })
    if (this.#kinds[kind]?.writes === 'choices') field.append(withLetters(field.lastChild))
    return field
  }

  /**
   * @param {string} words
   * @param {string} which
   * @param {number} s
   * @param {number} a
   * @param {PageElement} inside
   */
  #folded(words, which, s, a, inside) {
    return el('details', { class: `fold ${which}`, id: `f-${which}-${s}-${a}` }, el('summary', { id: `f-${which}-${s}-${a}-title` }, words), inside)
  }

  /**
   * A kind by its name and a drawing of its result.
   *
   * @param {string} kind
   * @param {Record<string, any>} data
   * @param {string | null} label
   */
  #kindButton(kind, data, label = null) {
    const button = this.#button(this.#t.kinds[kind] ?? kind, data, { look: 'kind', label })
    button.insertBefore(sketchOf(kind, this.#kinds[kind]?.writes), button.firstChild)
    return button
  }

  #kindsInOrder() {
    return Object.keys(this.#kinds).sort((one, other) => this.#kinds[one].order - this.#kinds[other].order)
  }

  /**
   * @param {OutlineActivity} activity
   * @param {string} key
   * @param {number} s
   * @param {number} a
   * @param {Outline} outline
   */
  #attribute(activity, key, s, a, outline) {
    const t = this.#t
    const schema = this.#kinds[activity.kind]
    const attribute = /** @type {KindSchema['attributes'][0]} */ (schema.attributes.find((each) => each.key === key))
    const value = activity.attributes[key] ?? attribute.default ?? ''
    const place = { does: 'attribute', slide: s, activity: a, key }
    const ends = String(value).split('|')
    if (key === schema.ends && ends.length < 3) {
      return [t.low_end, t.high_end].map((words, end) => this.#field({ ...place, end, label: words, type: 'text', value: ends[end] ?? '' }))
    }
    const names = key === 'from' ? { '': t.no_from[activity.kind] ?? '', ...earlierActivities(outline, s, a, t) } : Object.fromEntries(attribute.words.filter((word) => !UNUSED_WORDS.includes(word)).map((word) => [word, t.values[word] ?? word]))
    const label = t.attributes[`${activity.kind}.${key}`] ?? t.attributes[key] ?? key
    return [this.#field({ ...place, label, type: attribute.type, value, words: Object.keys(names), names })]
  }

  /**
   * @param {string} what
   * @param {object} place
   * @param {boolean[]} ends
   * @param {string} name
   */
  #moves(what, place, [above, below], name, { up = this.#t.up, down = this.#t.down, only = false, hidden = false } = {}) {
    const t = this.#t
    /** @type {(words: string, does: string, more: object, off?: boolean) => PageElement} */
    const button = (words, does, more, off = false) => this.#button(words, { does: `${does}_${what}`, ...place, ...more }, { off, label: `${words}: ${name}` })
    return el('div', { class: 'row moves', role: 'group', 'aria-label': name }, button(up, 'move', { by: -1 }, !above), button(down, 'move', { by: 1 }, !below),
      button(t.copy, 'copy', {}), ...(what === 'slide' ? [this.#button(hidden ? t.unhide : t.hide, { does: 'hidden', ...place }, { label: `${hidden ? t.unhide : t.hide}: ${name}` })] : []),
      button(t.drop, 'drop', {}, only))
  }

  /**
   * @param {string} words
   * @param {Record<string, any>} data
   * @param {{look?: string, off?: boolean, label?: string | null}} of
   */
  #button(words, data, { look = 'link', off = false, label = null } = {}) {
    const button = el('button', { type: 'button', class: look, id: `f-${Object.values(data).join('-')}`, 'aria-label': label }, words)
    Object.assign(button.dataset, data)
    button.disabled = off
    return button
  }

  /**
   * @param {{does: string, slide?: number, activity?: number, key?: string, end?: number | '', label: string, value: any,
   *   type: string, rows?: number, words?: string[], names?: Record<string, string>}} of
   */
  #field({ does, slide = 0, activity = 0, key = '', end = '', label, value, type, rows = 0, words = [], names = this.#t.values }) {
    const id = `f-${does}-${slide}-${activity}-${key}${end}`
    const flag = type === 'flag'
    let field
    if (words.length) {
      const known = words.includes(value) ? words : [value, ...words]
      field = el('select', { class: 'field' }, ...known.map((word) => el('option', { value: word }, names[word] ?? this.#t.values[word] ?? word)))
      field.value = value
    } else if (rows) {
      field = el('textarea', { class: 'field', rows })
      field.value = value
    } else {
      field = el('input', { class: flag ? 'tick' : 'field', type: flag ? 'checkbox' : 'text', autocomplete: 'off', inputmode: type === 'number' ? 'numeric' : null, placeholder: type === 'duration' ? '2:00' : null })
      if (flag) field.checked = value === true
      else field.value = String(value)
    }
    field.id = id
    Object.assign(field.dataset, { does, slide, activity, key, end, type, was: flag ? String(field.checked) : field.value })
    return el('p', { class: flag ? 'f flag' : 'f' }, el('label', { for: id }, label), field)
  }
}

/**
 * Earlier activities with an id, whose answers another activity can take: id -> the words people know it by.
 *
 * @type {(outline: Outline, s: number, a: number, t: Strings) => Record<string, string>}
 */
const earlierActivities = (outline, s, a, t) => Object.fromEntries(
  outline.slides.flatMap((slide, n) => slide.activities.filter((_, index) => n < s || (n === s && index < a)).map((activity) => ({ ...activity, title: slide.title })))
    .filter(({ attributes }) => attributes.id)
    .map(({ kind, attributes, instruction, title }) => [attributes.id, `${t.kinds[kind] ?? kind}: ${attributes.question || title || instruction}`]))

/** @type {(text: string, least: number) => number} */
const rowCount = (text, least) => Math.min(12, Math.max(least, text.split('\n').length))
