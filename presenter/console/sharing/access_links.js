/** Links for colleagues: made under a name, listed, and withdrawn one by one. */

import { $, el, fill } from '../../shared/dom.js'
import { HandOut, strings } from './link_handout.js'
import { sure } from '../confirm.js'

export class Share {
  #code
  #note
  #t = strings()
  #given
  #known = null // the view's count of changes that the list was fetched for
  #changes = 0
  #shown = '' // id of the link whose key stands in the box

  constructor({ code, note, meeting }) {
    this.#code = code
    this.#note = note
    if (!$('give')) return // not for this right
    this.#given = new HandOut({ box: $('given'), note, meeting })
    $('share-part').addEventListener('toggle', () => this.#draw())
    $('give').addEventListener('submit', (event) => {
      event.preventDefault()
      this.#give($('give-name').value, $('give').elements.right.value)
    })
  }

  show(view) {
    this.#changes = view.links
    this.#draw()
  }

  /** A link by that name and right; it stands in *handout*, or in the box here. Returns whether it was made. */
  async #give(name, right) {
    const made = await this.#ask('', 'POST', { name, right })
    if (!made) return
    $('give').reset()
    this.#shown = made.id
    this.#given.show(fill(this.#t.made, { name: name.trim() }), { url: made.url, right })
  }

  async #withdraw({ id, name }) {
    if ((await sure({ ...this.#t.sure, quote: name, grave: true })) === false) return
    if (!(await this.#ask(`/${id}`, 'DELETE'))) return
    if (id === this.#shown) this.#given.hide()
    this.#note(this.#t.withdrawn)
    $('links-title').focus()
  }

  async #draw() {
    if (!$('give') || !$('share-part').open || this.#known === this.#changes) return
    const changes = (this.#known = this.#changes)
    const links = await this.#ask('')
    if (!links || changes !== this.#known) return
    $('links-none').hidden = links.length > 0
    $('links').replaceChildren(...links.map((link) => {
      const withdraw = el('button', { class: 'link wrong', type: 'button', 'aria-label': `${this.#t.withdraw}: ${link.name}` }, this.#t.withdraw)
      withdraw.addEventListener('click', () => this.#withdraw(link))
      return el('li', { 'data-link-id': link.id },
        el('div', {}, el('p', {}, link.name), el('p', { class: 'soft' }, this.#t.rights[link.right])), withdraw)
    }))
  }

  /** What the server said, `{}` where it said nothing, null when it did not work. */
  async #ask(path, method = 'GET', body = null) {
    const said = await fetch(`/api/rooms/${this.#code}/links${path}${location.search}`, {
      method, headers: body ? { 'Content-Type': 'application/json' } : {}, body: body && JSON.stringify(body),
    }).catch(() => null)
    const told = await said?.json().catch(() => ({}))
    if (said?.ok) return told
    this.#note(told?.title ?? this.#t.failed, true)
    return null
  }
}
