/** What colleagues have said of the slides, until each comment is kept as a note or put away. */

import { $, el, fill } from '../shared/dom.js'
import { goToLine } from '../editor/problems.js'
import { postJson } from '../shared/request.js'

const WAIT_MS = 5000
const LOOK_MS = 50

export class Comments {
  #code
  #note
  #editor
  #t
  #known = -1
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
    if (changes !== this.#known) this.#draw(changes)
  }

  async #draw(changes) {
    this.#known = changes
    const said = await fetch(`/api/rooms/${this.#code}/comments`).catch(() => null)
    const list = said?.ok ? await said.json() : null
    if (list === null) return void (this.#known = -1)
    if (changes !== this.#known) return
    $('comments').replaceChildren(...list.map((one) => this.#row(one)))
  }

  #row(one) {
    const t = this.#t
    const at = one.n ? fill(t.at, one) : t.gone
    const does = (words, then, name) => {
      const button = el('button', { class: 'link', type: 'button', 'data-does': name }, words)
      button.addEventListener('click', then)
      return button
    }
    return el('li', { 'data-comment': one.id },
      el('p', { class: 'soft', lang: this.#view.language }, at),
      el('p', { class: 'comment' }, ...(one.author ? [el('b', {}, fill(t.by, one)), ' '] : []), one.text),
      el('div', { class: 'row' },
        ...(one.n ? [does(t.accept, () => this.#settle(one, 'accept'), 'accept'), does(t.show, () => this.#lead(one), 'show')] : []),
        does(t.dismiss, () => this.#settle(one, 'dismiss'), 'dismiss')))
  }

  async #settle({ id }, how) {
    const { ok, body } = await postJson(`/api/rooms/${this.#code}/comments/${id}${location.search}`, { do: how })
    this.#note(ok ? this.#t[how === 'accept' ? 'accepted' : 'dismissed'] : body?.title ?? this.#t.failed, !ok)
    if (ok) $('comments-title').focus()
  }

  /** To the slide in the programme's text, which may have to be fetched first. */
  async #lead({ line }) {
    this.#editor.show()
    for (let waited = 0; !$('edit-text').value && waited < WAIT_MS; waited += LOOK_MS) await new Promise((done) => setTimeout(done, LOOK_MS))
    goToLine($('edit-text'), line)
  }
}
