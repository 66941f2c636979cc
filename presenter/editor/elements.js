/** The elements that the form is made of: a labelled field, a button, a fold, the buttons that move a part. */

import { el } from '../shared/dom.js'

const EARLIEST = '1900-01-01' // while a year is being written, it is an earlier one

export class Elements {
  #t

  /** @param {Strings} t */
  constructor(t) {
    this.#t = t
  }

  /** @param {string[] | undefined} messages */
  faults(messages = []) {
    return messages.map((message) => el('p', { class: 'problem', tabindex: -1 }, message.replaceAll('`', '')))
  }

  /**
   * @param {string} words
   * @param {string} which
   * @param {number} s
   * @param {number} a
   * @param {PageElement} inside
   */
  folded(words, which, s, a, inside) {
    return el('details', { class: `fold ${which}`, id: `f-${which}-${s}-${a}` }, el('summary', { id: `f-${which}-${s}-${a}-title` }, words), inside)
  }

  /**
   * Buttons that move, copy or delete a part; *more* stand before the one that deletes. What may be there *once* is not copied.
   *
   * @param {string} what
   * @param {object} place
   * @param {boolean[]} ends
   * @param {string} name
   */
  moves(what, place, [above, below], name, { up = this.#t.up, down = this.#t.down, only = false, once = false, more = /** @type {PageElement[]} */ ([]) } = {}) {
    const t = this.#t
    /** @type {(words: string, does: string, by: object, off?: boolean) => PageElement} */
    const button = (words, does, by, off = false) => this.button(words, { does: `${does}_${what}`, ...place, ...by }, { off, label: `${words}: ${name}` })
    return el('div', { class: 'row moves', role: 'group', 'aria-label': name }, button(up, 'move', { by: -1 }, !above), button(down, 'move', { by: 1 }, !below),
      ...(once ? [] : [button(t.copy, 'copy', {})]), ...more, button(t.drop, 'drop', {}, only))
  }

  /**
   * @param {string} words
   * @param {Record<string, any>} data
   * @param {{look?: string, off?: boolean, label?: string | null}} of
   */
  button(words, data, { look = 'link', off = false, label = null } = {}) {
    const button = el('button', { type: 'button', class: look, id: `f-${Object.values(data).join('-')}`, 'aria-label': label }, words)
    Object.assign(button.dataset, data)
    button.disabled = off
    return button
  }

  /**
   * @param {{does: string, slide?: number, activity?: number, key?: string, end?: number | string, label: string, value: any,
   *   type: string, rows?: number, words?: string[], names?: Record<string, string>}} of
   */
  field({ does, slide = 0, activity = 0, key = '', end = '', label, value, type, rows = 0, words = [], names = this.#t.values }) {
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
      field = el('input', { class: flag ? 'tick' : 'field', type: flag ? 'checkbox' : type === 'date' ? 'date' : 'text', min: type === 'date' ? EARLIEST : null, autocomplete: 'off', inputmode: type === 'whole' ? 'numeric' : null, placeholder: type === 'duration' ? '2:00' : null })
      if (flag) field.checked = value === true
      else field.value = String(value)
    }
    field.id = id
    Object.assign(field.dataset, { does, slide, activity, key, end, type, was: flag ? String(field.checked) : field.value })
    return el('p', { class: flag ? 'f flag' : 'f' }, el('label', { for: id }, label), field)
  }
}
