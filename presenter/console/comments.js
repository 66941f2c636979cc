/** Comments of colleagues on the slides, until each is kept as a note in the programme or dismissed. */

import { $, el, fill } from '../shared/dom.js'
import { goToLine } from '../editor/problems.js'
import { postJson } from '../shared/request.js'

const WAIT_MS = 5000
const CHECK_MS = 50

export class Comments {
  #code
  #note
  #editor
  #t
  #fetchedFor = -1
  #view = null

  constructor({ code, note, editor }) {
    this.#code = code
    this.#note = note
    this.#editor = editor
    if ($('comments-part')) this.#t = JSON.parse($('comments-strings').textContent)
  }

  show(view) {
    if (!this.#t) return
    this.#view = view
    const { waiting, changes } = view.comments
    $('comments-part').hidden = waiting === 0
    if (changes !== this.#fetchedFor) this.#draw(changes)
  }

  async #draw(changes) {
    this.#fetchedFor = changes
    const response = await fetch(`/api/rooms/${this.#code}/comments`).catch(() => null)
    const list = response?.ok ? await response.json() : null
    if (list === null) return void (this.#fetchedFor = -1)
    if (changes !== this.#fetchedFor) return
    $('comments').replaceChildren(...list.map((comment) => this.#row(comment)))
  }

  #row(comment) {
    const t = this.#t
    const place = comment.n ? fill(t.at, comment) : t.gone
    const actionButton = (words, then, name) => {
      const button = el('button', { class: 'link', type: 'button', 'data-does': name }, words)
      button.addEventListener('click', then)
      return button
    }
    return el('li', { 'data-comment': comment.id },
      el('p', { class: 'soft', lang: this.#view.language }, place),
      el('p', { class: 'comment' }, ...(comment.author ? [el('b', {}, fill(t.by, comment)), ' '] : []), comment.text),
      el('div', { class: 'row' },
        ...(comment.n ? [actionButton(t.accept, () => this.#settle(comment, 'accept'), 'accept'), actionButton(t.show, () => this.#goToSlide(comment), 'show')] : []),
        actionButton(t.dismiss, () => this.#settle(comment, 'dismiss'), 'dismiss')))
  }

  async #settle({ id }, decision) {
    const { ok, body } = await postJson(`/api/rooms/${this.#code}/comments/${id}${location.search}`, { do: decision })
    this.#note(ok ? this.#t[decision === 'accept' ? 'accepted' : 'dismissed'] : body?.title ?? this.#t.failed, !ok)
    if (ok) $('comments-title').focus()
  }

  /** Go to the slide in the programme's text, which may have to be fetched first. */
  async #goToSlide({ line }) {
    this.#editor.show()
    for (let waited = 0; !$('edit-text').value && waited < WAIT_MS; waited += CHECK_MS) await new Promise((done) => setTimeout(done, CHECK_MS))
    goToLine($('edit-text'), line)
  }
}
