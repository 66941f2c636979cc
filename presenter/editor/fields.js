/** What the form shows of an outline: the meeting, its slides, and the fields of the one that is open. */

import { el, fill } from '../shared/dom.js'

/** What is shown of each kind: at once, and behind "More choices". All else a file may say is left to the text. */
const SHOWN = {
  think: [['time'], ['optional']], discuss: [['time'], ['optional']], pair: [['time'], ['optional']],
  open: [['many'], ['max', 'time', 'reveal', 'hold', 'optional']], words: [['many'], ['time', 'reveal', 'hold', 'optional']],
  choice: [['pick'], ['time', 'reveal', 'background', 'optional']],
  scale: [['min', 'max', 'labels'], ['time', 'reveal', 'optional']],
  dots: [['from', 'dots'], ['time', 'reveal', 'optional']], group: [['from'], ['time', 'optional']],
}
const OTHERS = [['from'], ['time', 'reveal', 'optional']]
const FIRST = ['pair', 'open', 'words', 'choice', 'scale', 'dots', 'group']
const META = ['title', 'organisation', 'purpose', 'owner', 'report-by', 'ladder', 'contact']
const EXPECTED = META.slice(2)
const LADDER = ['', 'styrt', 'ansvarliggjørende', 'likeverdig', 'fasiliterende']
const NOT_YET = ['after-own'] // a word that a file may say, and that has no effect in a meeting

/** The value that goes into the text for what stands in a field; null takes the attribute out. */
export const valueOf = (type, written) => {
  if (typeof written === 'boolean') return written
  const text = written.trim()
  if (type === 'markdown') return written
  if (type === 'options') return text.split('\n').map((line) => line.trim()).filter(Boolean)
  if (type === 'duration' && /^\d{1,3}$/.test(text)) return `${text}:00`
  return text || (type === 'text' ? '' : null)
}

/** The words at the two ends of a scale as one value; null when neither says anything. */
export const endsOf = (low, high) => (low.trim() || high.trim() ? [low, high].map((one) => one.replaceAll('|', ' ').trim()).join('|') : null)

/** Puts *mark* before each line that *from* to *to* touches, or takes it away where all have it: `{ from, to, words }`. */
export const marked = (text, from, to, mark) => {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const end = text.indexOf('\n', to) < 0 ? text.length : text.indexOf('\n', to)
  const lines = text.slice(start, end).split('\n')
  const all = lines.every((line) => !line.trim() || line.startsWith(`${mark} `)) && lines.some((line) => line.trim())
  const bare = lines.map((line) => line.replace(/^[-+*] /, ''))
  const made = bare.map((line) => (all || (!line.trim() && lines.length > 1) ? line : `${mark} ${line}`))
  return { from: start, to: end, words: made.join('\n') }
}

/** What Enter at *at* does in a line that is a point: one more point, or none where the point is empty. Null elsewhere. */
export const continued = (text, at) => {
  const start = text.lastIndexOf('\n', at - 1) + 1
  const found = /^([-+*] )(.*)/.exec(text.slice(start))
  if (!found || at < start + 2) return null
  return found[2].trim() ? { from: at, to: at, words: `\n${found[1]}` } : { from: start, to: at, words: '' }
}

/** Which fault belongs to which part: those of each activity and slide, and those above the slides. */
export const placed = (outline, faults) => {
  const found = new Map()
  for (const { line, message } of faults) {
    let at = 'meta'
    outline.slides.forEach((slide, s) => {
      if (line < slide.line) return
      at = `${s}`
      slide.activities.forEach((one, a) => { if (line >= one.line && line <= one.last) at = `${s}-${a}` })
    })
    found.set(at, [...(found.get(at) ?? []), message])
  }
  return found
}

/** Draws with the strings *t* and what *kinds* there are, as the server tells them. */
export class Boxes {
  #t
  #kinds

  constructor(t, kinds) {
    this.#t = t
    this.#kinds = kinds
  }

  /** Everything: *open* is the slide that is unfolded, *faults* as `placed` gives them. */
  all(outline, open, faults) {
    const t = this.#t
    const list = el('ol', { class: 'list steps-list' }, ...outline.slides.map((slide, s) => this.#slide(slide, s, s === open, outline, faults)))
    const about = el('details', { class: 'about', id: 'f-about' }, el('summary', { id: 'f-about-title' }, t.about),
      ...META.map((key) => this.#box({ does: 'meta', key, label: t.meta[key], value: outline.meta[key] ?? '', type: 'text', words: key === 'ladder' ? LADDER : [] })))
    if (faults.has('meta')) about.open = true
    const missing = EXPECTED.filter((key) => !outline.meta[key])
    const lacks = missing.length ? [el('div', { class: 'lacks' }, el('p', { class: 'soft', id: 'f-lacks' }, t.lacks),
      el('ul', { class: 'row', 'aria-labelledby': 'f-lacks' }, ...missing.map((key) => el('li', {}, this.#button(t.meta[key], { does: 'reach', key })))))] : []
    return [about, ...lacks, ...this.#faults(faults.get('meta')), list,
      this.#button(t.new_slide, { does: 'add_slide', slide: Math.min(open, outline.slides.length - 1) }, { look: 'press quiet' })]
  }

  #faults(messages = []) {
    return messages.map((message) => el('p', { class: 'problem' }, message.replaceAll('`', '')))
  }

  #slide(slide, s, open, outline, faults) {
    const t = this.#t
    const head = el('button', { type: 'button', class: 'link step', id: `f-open-${s}`, 'data-does': 'open', 'data-slide': s, 'aria-expanded': open },
      el('span', { class: 'num' }, `${s + 1}`), el('span', {}, slide.title || t.untitled))
    if (!open) return el('li', {}, head, ...this.#faults(faults.get(`${s}`)))
    return el('li', { class: 'open' }, head,
      this.#box({ does: 'title', slide: s, label: t.title, value: slide.title, type: 'text', rows: 2 }), ...this.#faults(faults.get(`${s}`)),
      this.#box({ does: 'big', slide: s, label: t.big, value: slide.big, type: 'flag' }),
      this.#body(slide, s),
      ...slide.activities.map((one, a) => this.#activity(one, s, a, outline, faults.get(`${s}-${a}`))),
      el('div', { class: 'kinds', role: 'group', 'aria-label': t.add }, el('span', { class: 'soft' }, t.add),
        ...this.#order().map((kind) => this.#button(t.kinds[kind] ?? kind, { does: 'add_activity', slide: s, kind }, { look: 'link chip' }))),
      ...[...slide.notes, ...(slide.notes.length ? [] : [''])].map((note, n) => this.#box({
        does: 'note', slide: s, activity: n, label: t.note, value: note, type: 'markdown', rows: rowsFor(note, 2) })),
      this.#moves('slide', { slide: s }, [s > 0, s < outline.slides.length - 1], fill(t.slide_n, { n: s + 1 }), { only: outline.slides.length === 1 }))
  }

  /** A slide's own text, with buttons that write the marks nobody needs to know. */
  #body(slide, s) {
    const t = this.#t
    const made = this.#box({ does: 'body', slide: s, label: t.body, value: slide.body, type: 'markdown', rows: rowsFor(slide.body, 3) })
    const tool = (words, mark) => this.#button(words, { does: 'mark', slide: s, mark })
    const help = el('span', { class: 'soft', id: `f-body-help-${s}` }, t.body_help)
    made.lastChild.setAttribute('aria-describedby', help.id)
    made.append(help, el('span', { class: 'row' }, tool(t.points, '-'), tool(t.one_by_one, '+')))
    return made
  }

  #activity(one, s, a, outline, messages) {
    const t = this.#t
    const place = { slide: s, activity: a }
    const name = t.kinds[one.kind] ?? one.kind
    const told = this.#kinds[one.kind]
    const last = outline.slides[s].activities.length - 1
    const [first, more] = SHOWN[one.kind] ?? OTHERS
    const known = new Set(told?.attributes.map((attr) => attr.key))
    const boxes = (keys) => el('div', { class: 'pairs' }, ...keys.filter((key) => known.has(key)).flatMap((key) => this.#attribute(one, key, s, a, outline)))
    const listed = told?.options && (one.kind === 'group' || one.options.length || !one.attributes.from) // else they come from others
    const others = this.#order().filter((kind) => kind !== one.kind).map((kind) => [kind, t.kinds[kind] ?? kind])
    return el('fieldset', {}, el('legend', {}, name),
      ...(told ? [this.#folded(t.other_kind, 'swap', s, a, el('div', { class: 'kinds', role: 'group', 'aria-label': t.other_kind },
        ...others.map(([kind, words]) => this.#button(words, { does: 'kind', ...place, kind }, { look: 'link chip', label: fill(t.change_to, { kind: words }) }))))] : []),
      ...this.#faults(messages),
      this.#box({ does: 'instruction', ...place, label: t.instruction, value: one.instruction, type: 'text', rows: 2 }),
      ...(listed ? [this.#box({ does: 'options', ...place, label: t.options[one.kind] ?? t.options.choice, value: one.options.join('\n'), type: 'options', rows: Math.max(2, one.options.length) })] : []),
      boxes(first),
      this.#folded(t.more, 'more', s, a, boxes(more)),
      this.#moves('activity', place, [a > 0 || s > 0, a < last || s < outline.slides.length - 1], name,
        { up: a > 0 || s === 0 ? t.up : t.over_up, down: a < last || s === outline.slides.length - 1 ? t.down : t.over_down }))
  }

  #folded(words, which, s, a, inside) {
    return el('details', { class: `fold ${which}`, id: `f-${which}-${s}-${a}` }, el('summary', { id: `f-${which}-${s}-${a}-title` }, words), inside)
  }

  #order() {
    return [...FIRST, ...Object.keys(this.#kinds).filter((kind) => !FIRST.includes(kind))]
  }

  #attribute(one, key, s, a, outline) {
    const t = this.#t
    const attr = this.#kinds[one.kind].attributes.find((each) => each.key === key)
    const value = one.attributes[key] ?? attr.default ?? ''
    const place = { does: 'attribute', slide: s, activity: a, key }
    const ends = String(value).split('|')
    if (attr.type === 'labels' && one.kind === 'scale' && ends.length < 3) {
      return [t.low_end, t.high_end].map((label, end) => this.#box({ ...place, end, label, type: 'text', value: ends[end] ?? '' }))
    }
    const names = key === 'from' ? { '': t.no_from[one.kind] ?? '', ...earlier(outline, s, a, t) } : Object.fromEntries(attr.words.filter((word) => !NOT_YET.includes(word)).map((word) => [word, t.values[word] ?? word]))
    const label = t.attributes[`${one.kind}.${key}`] ?? t.attributes[key] ?? key
    return [this.#box({ ...place, label, type: attr.type, value, words: Object.keys(names), names })]
  }

  #moves(what, place, [above, below], name, { up = this.#t.up, down = this.#t.down, only = false } = {}) {
    const t = this.#t
    const one = (words, does, more, off = false) => this.#button(words, { does: `${does}_${what}`, ...place, ...more }, { off, label: `${words}: ${name}` })
    return el('div', { class: 'row moves', role: 'group', 'aria-label': name }, ...(what === 'slide' ? [el('span', { class: 'soft' }, name)] : []), one(up, 'move', { by: -1 }, !above), one(down, 'move', { by: 1 }, !below),
      one(t.copy, 'copy', {}), one(t.drop, 'drop', {}, only))
  }

  #button(words, data, { look = 'link', off = false, label = null } = {}) {
    const made = el('button', { type: 'button', class: look, id: `f-${Object.values(data).join('-')}`, 'aria-label': label }, words)
    Object.assign(made.dataset, data)
    made.disabled = off
    return made
  }

  #box({ does, slide = 0, activity = 0, key = '', end = '', label, value, type, rows = 0, words = [], names = this.#t.values }) {
    const id = `f-${does}-${slide}-${activity}-${key}${end}`
    const flag = type === 'flag'
    let box
    if (words.length) {
      const known = words.includes(value) ? words : [value, ...words]
      box = el('select', { class: 'field' }, ...known.map((word) => el('option', { value: word }, names[word] ?? this.#t.values[word] ?? word)))
      box.value = value
    } else if (rows) {
      box = el('textarea', { class: 'field', rows })
      box.value = value
    } else {
      box = el('input', { class: flag ? 'tick' : 'field', type: flag ? 'checkbox' : 'text', autocomplete: 'off', inputmode: type === 'number' ? 'numeric' : null, placeholder: type === 'duration' ? '2:00' : null })
      if (flag) box.checked = value === true
      else box.value = String(value)
    }
    box.id = id
    Object.assign(box.dataset, { does, slide, activity, key, end, type, was: flag ? String(box.checked) : box.value })
    return el('p', { class: flag ? 'f flag' : 'f' }, el('label', { for: id }, label), box)
  }
}

/** Those that come before and have a name, for what takes the answers of another, each by the words people know it by. */
const earlier = (outline, s, a, t) => Object.fromEntries(
  outline.slides.flatMap((slide, n) => slide.activities.filter((one, at) => n < s || (n === s && at < a)).map((one) => [one, slide]))
    .filter(([one]) => one.attributes.id)
    .map(([one, slide]) => [one.attributes.id, `${t.kinds[one.kind] ?? one.kind}: ${one.attributes.question || slide.title || one.instruction}`]))

const rowsFor = (text, least) => Math.min(12, Math.max(least, text.split('\n').length))
