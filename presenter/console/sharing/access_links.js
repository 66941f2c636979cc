/** Access links for colleagues: each has a name and a right; they are listed, and can be withdrawn one by one. */

import { $, el, fill } from '../../shared/dom.js'
import { LinkHandout, strings } from './link_handout.js'
import { confirm } from '../confirm.js'

/** @import { Meeting } from './link_handout.js' */

/** @typedef {{id: string, name: string, right: string}} AccessLink */

export class AccessLinks {
  #code
  #note
  #t = strings()
  /** @type {LinkHandout} */
  #handout
  #fetchedFor = /** @type {number | null} */ (null) // the view's count of changes that the list was fetched for
  #changes = 0
  #open = false // whether anybody has looked at the list
  #handoutId = '' // id of the link that is shown to be copied

  /** @param {{code: string, note: ShowNote, meeting: () => Meeting, places: Pick<import('../places.js').Places, 'on'>}} of */
  constructor({ code, note, meeting, places }) {
    this.#code = code
    this.#note = note
    if (!$('give')) return // the page was made without this part, for a right that may not make links
    this.#handout = new LinkHandout({ box: $('given'), note, meeting })
    places.on('meeting', () => {
      this.#open = true
      this.#draw()
    })
    $('give').addEventListener('submit', (event) => {
      event.preventDefault()
      this.#makeLink($('give-name').value, $('give').elements.right.value)
    })
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#changes = view.links
    this.#draw()
  }

  /**
   * Make a link and show it, to be copied.
   *
   * @param {string} name
   * @param {string} right
   */
  async #makeLink(name, right) {
    const made = await this.#request('', 'POST', { name, right })
    if (!made) return
    $('give').reset()
    this.#handoutId = made.id
    this.#handout.show(fill(this.#t.made, { name: name.trim() }), { url: made.url, right })
  }

  /** @param {AccessLink} link */
  async #withdraw({ id, name }) {
    if ((await confirm({ ...this.#t.sure, quote: name, destructive: true })) === false) return
    if (!(await this.#request(`/${id}`, 'DELETE'))) return
    if (id === this.#handoutId) this.#handout.hide()
    this.#note(this.#t.withdrawn)
    $('links-title').focus()
  }

  async #draw() {
    if (!$('give') || !this.#open || this.#fetchedFor === this.#changes) return
    const changes = this.#changes
    this.#fetchedFor = changes
    /** @type {AccessLink[] | null} */
    const links = await this.#request('')
    if (!links || changes !== this.#fetchedFor) return
    $('links-none').hidden = links.length > 0
    $('links').replaceChildren(...links.map((link) => {
      const withdraw = el('button', { class: 'link wrong', type: 'button', 'aria-label': `${this.#t.withdraw}: ${link.name}` }, this.#t.withdraw)
      withdraw.addEventListener('click', () => this.#withdraw(link))
      return el('li', { 'data-link-id': link.id },
        el('div', {}, el('p', {}, link.name), el('p', { class: 'soft' }, this.#t.rights[link.right])), withdraw)
    }))
  }

  /**
   * Resolves with the JSON of the response, `{}` without any, null when the request failed.
   *
   * @param {string} path
   * @param {object | null} body
   * @returns {Promise<any>}
   */
  async #request(path, method = 'GET', body = null) {
    const response = await fetch(`/api/rooms/${this.#code}/links${path}${location.search}`, {
      method, headers: body ? { 'Content-Type': 'application/json' } : {}, body: body && JSON.stringify(body),
    }).catch(() => null)
    const content = await response?.json().catch(() => ({}))
    if (response?.ok) return content
    this.#note(content?.title ?? this.#t.failed, true)
    return null
  }
}
