/** Lists in a slide's own text: lines become items by a press, and Enter begins the next. */

import { replaceText } from './form_focus.js'

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

export class ListMarks {
  /** What a press has made a list of, as long as nothing is typed. */
  #marked = { value: '', from: 0, to: -1 }

  /**
   * The caret comes after the list: a selection would be gone with the next key. A second press is about the same lines.
   * `changed(field)` is called when it is done.
   *
   * @param {PageElement} field
   * @param {string} mark
   * @param {(field: PageElement) => void} changed
   */
  toggle(field, mark, changed) {
    const again = this.#marked.value === field.value && this.#marked.to === field.selectionStart
    const [from, to] = again ? [this.#marked.from, this.#marked.to] : [field.selectionStart ?? 0, field.selectionEnd]
    const change = toggleListMark(field.value, from, to, mark)
    field.focus()
    replaceText(field, change)
    const end = change.from + change.words.length
    field.setSelectionRange(end, end)
    this.#marked = { value: field.value, from: change.from, to: end }
    changed(field)
  }
}
