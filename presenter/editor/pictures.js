/**
 * Adds pictures to the workshop that is edited: picked, dropped or pasted. Each is sent at once, and its name put into the
 * text. A film or its captions keep their names, which whoever added them writes where the film is to be.
 */

import { $, fill } from '../shared/dom.js'
import { showAs } from './modes.js'

const MOST_BYTES = 16 * 1024 * 1024
const MOST_FILM = 500 * 1024 * 1024
const FILM = /\.(mp4|m4v|webm|mov|mkv|avi|wmv|vtt|srt)$/i

/**
 * A name for a picture that the text can hold without quotes, and that it does not name yet. Pure.
 *
 * @type {(name: string, text: string) => string}
 */
export const freeName = (name, text) => {
  const [, stem, ending] = /** @type {RegExpMatchArray} */ (name.normalize('NFC').match(/^(.*?)(\.\w{1,5})?$/s))
  const clean = stem.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'picture'
  const end = (ending ?? '.png').toLowerCase()
  let found = clean + end
  for (let n = 2; text.includes(`(${found}`); n += 1) found = `${clean}-${n}${end}`
  return found
}

/**
 * *text* with a paragraph *added* after the line of place *at*, and where the words for the picture are to be written in
 * it: between its brackets. Pure.
 *
 * @type {(text: string, at: number, added: string) => {text: string, caret: number}}
 */
export const withPicture = (text, at, added) => {
  const front = text.match(/^---\n.*?\n---(\n|$)/s)?.[0].length ?? 0 // no slide: then it goes to the last one
  const lineEnd = at < front ? -1 : text.indexOf('\n', at)
  const end = lineEnd < 0 ? text.length : lineEnd
  const before = text.slice(0, end).replace(/\n+$/, '')
  const gap = before ? '\n\n' : ''
  return { text: `${before}${gap}${added}\n${text.slice(end)}`, caret: before.length + gap.length + 2 }
}

export class PicturePicker {
  #code
  #field
  #t
  #say

  /**
   * *say* shows a sentence, as a problem or not.
   *
   * @param {{code: string, part: PageElement, field: PageElement, t: Strings, say: (words: string, isProblem?: boolean) => unknown}} of
   */
  constructor({ code, part, field, t, say }) {
    this.#code = code
    this.#field = field
    this.#t = t
    this.#say = say
    $('edit-picture').addEventListener('change', () => {
      this.#add([...$('edit-picture').files])
      $('edit-picture').value = ''
    })
    part.addEventListener('paste', (event) => this.#take(event, event.clipboardData))
    part.addEventListener('drop', (event) => this.#take(event, event.dataTransfer))
    part.addEventListener('dragover', (event) => {
      if ([...(event.dataTransfer?.types ?? [])].includes('Files')) event.preventDefault()
    })
  }

  /**
   * @param {Event} event
   * @param {DataTransfer | null} data
   */
  #take(event, data) {
    const files = [...(data?.files ?? [])]
    if (!files.length) return
    event.preventDefault()
    this.#add(files)
  }

  /** @param {File[]} files */
  async #add(files) {
    for (const file of files) {
      if (FILM.test(file.name)) {
        if (!(await this.#addFilm(file))) return
        continue
      }
      const name = freeName(file.name, this.#field.value)
      if (file.size > MOST_BYTES) return this.#say(fill(this.#t.picture_large, { name: file.name }), true)
      this.#say(fill(this.#t.picture_sending, { name: file.name }))
      if (!(await this.#sent('pictures', name, file))) return
      this.#insert(name)
    }
  }

  /** @param {File} file */
  async #addFilm(file) {
    const { name } = file
    if (file.size > MOST_FILM) return this.#say(fill(this.#t.film_large, { name }), true)
    this.#say(fill(this.#t.picture_sending, { name }))
    if (!(await this.#sent('films', name, file))) return false
    this.#say(fill(this.#t.film_added, { name }))
    return true
  }

  /**
   * Whether the server has taken *file*; else it is said why not.
   *
   * @param {'pictures' | 'films'} where
   * @param {string} name
   * @param {File} file
   */
  async #sent(where, name, file) {
    const path = `/api/rooms/${this.#code}/${where}/${encodeURIComponent(name)}${location.search}`
    const response = await fetch(path, { method: 'PUT', body: file }).catch(() => null)
    if (!response?.ok) this.#say((await response?.json().catch(() => null))?.title ?? this.#t.offline, true)
    return Boolean(response?.ok)
  }

  /** @param {string} name */
  #insert(name) {
    const { text, caret } = withPicture(this.#field.value, this.#field.selectionStart ?? 0, `![](${name})`)
    this.#field.value = text
    this.#field.dispatchEvent(new Event('input', { bubbles: true }))
    showAs('text', this.#field) // its words are written there
    this.#field.focus()
    this.#field.setSelectionRange(caret, caret)
    this.#say(this.#t.picture_added)
  }
}
