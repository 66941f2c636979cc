/** Comments of colleagues on the slides, until each is kept as a note in the programme or dismissed. */

import { $, el, fill, plural } from '../shared/dom.js'
import { goToLine } from '../editor/problems.js'
import { postJson } from '../shared/request.js'

const WAIT_MS = 5000
const CHECK_MS = 50

/** @typedef {{id: string, n: number | null, line: number, author: string, text: string}} SlideComment */

export class Comments {
  #code
  #note
  #editor
  /** Undefined on a page without this part. @type {Strings | undefined} */
  #t
  #fetchedFor = -1
  /** @type {ConsoleView} */
  #view

  /** @param {{code: string, note: ShowNote, editor: Pick<import('../editor/editor.js').Editor, 'show'>}} of */
  constructor({ code, note, editor }) {
    this.#code = code
    this.#note = note
    this.#editor = editor
    if ($('comments-part')) this.#t = JSON.parse($('comments-strings').textContent)
  }

  /** @param {ConsoleView} view */
  show(view) {
    if (!this.#t) return
    this.#view = view
    const { waiting, changes } = view.comments
    $('comments-part').hidden = waiting === 0
    $('comments-n').textContent = waiting ? fill(plural(this.#t.n_comments, waiting), { n: waiting }) : ''
    if (changes !== this.#fetchedFor) this.#draw(changes, this.#t)
  }

  /**
   * @param {number} changes
   * @param {Strings} t
   */
  async #draw(changes, t) {
    this.#fetchedFor = changes
    const response = await fetch(`/api/rooms/${this.#code}/comments`).catch(() => null)
    /** @type {SlideComment[] | null} */
    const list = response?.ok ? await response.json() : null
    if (list === null) {
      this.#fetchedFor = -1
      return
    }
    if (changes !== this.#fetchedFor) return
    $('comments').replaceChildren(...list.map((comment) => this.#row(comment, t)))
  }

  /**
   * @param {SlideComment} comment
   * @param {Strings} t
   */
  #row(comment, t) {
    const place = comment.n ? fill(t.at, comment) : t.gone
    /** @type {(words: string, onPress: () => unknown, name: string) => PageElement} */
    const actionButton = (words, onPress, name) => {
      const button = el('button', { class: 'link', type: 'button', 'data-does': name }, words)
      button.addEventListener('click', onPress)
      return button
    }
    return el('li', { 'data-comment': comment.id },
      el('p', { class: 'soft', lang: this.#view.language }, place),
      el('p', { class: 'comment' }, ...(comment.author ? [el('b', {}, fill(t.by, comment)), ' '] : []), comment.text),
      el('div', { class: 'row' },
        ...(comment.n ? [actionButton(t.accept, () => this.#settle(comment, 'accept', t), 'accept'), actionButton(t.show, () => this.#goToSlide(comment), 'show')] : []),
        actionButton(t.dismiss, () => this.#settle(comment, 'dismiss', t), 'dismiss')))
  }

  /**
   * @param {SlideComment} comment
   * @param {'accept' | 'dismiss'} decision
   * @param {Strings} t
   */
  async #settle({ id }, decision, t) {
    const { ok, body } = await postJson(`/api/rooms/${this.#code}/comments/${id}${location.search}`, { do: decision })
    this.#note(ok ? t[decision === 'accept' ? 'accepted' : 'dismissed'] : body?.title ?? t.failed, !ok)
    if (ok) $('comments-title').focus()
  }

  /**
   * Go to the slide in the programme's text, which may have to be fetched first.
   *
   * @param {SlideComment} comment
   */
  async #goToSlide({ line }) {
    this.#editor.show()
    for (let waited = 0; !$('edit-text').value && waited < WAIT_MS; waited += CHECK_MS) await new Promise((done) => setTimeout(done, CHECK_MS))
    goToLine($('edit-text'), line)
  }
}
