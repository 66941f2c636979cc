/** A fresh link, to be copied, shared, or put in a letter. It can't be shown again: only its hash is stored. */

import { el, fill } from '../../shared/dom.js'

export const strings = () => JSON.parse(document.getElementById('share-strings').textContent)

/** The letter that goes with a link. `right` says what it opens; `meeting` is {title, join}. Pure. */
export const letter = ({ right, url }, meeting, t) =>
  fill(t.text, { title: meeting.title, may: t.may[right], url, join: meeting.join })

export class HandOut {
  #t = strings()
  #box
  #say
  #url
  #open
  #made = null

  /** Fills *box*; ids in it begin with the box's own. `note` tells what was done, `meeting()` what the link is to. */
  constructor({ box, note, meeting }) {
    this.#box = box
    const t = this.#t
    const id = (name) => `${box.id}-${name}`
    const button = (name, words, then) => {
      const one = el('button', { id: id(name), class: 'link', type: 'button' }, words)
      one.addEventListener('click', then)
      return one
    }
    this.#say = el('label', { id: id('say'), for: id('url') })
    this.#url = el('input', { id: id('url'), class: 'field', readonly: '' })
    this.#open = el('a', { id: id('open'), class: 'link', href: '/', target: '_blank', rel: 'noopener' }, t.open)
    const copy = async (text) => {
      await put(text, this.#url)
      note(t.copied)
    }
    box.replaceChildren(this.#say, this.#url, el('p', { class: 'row' },
      button('copy', t.copy, () => copy(this.#made.url)),
      button('letter', t.letter, () => copy(letter(this.#made, this.#made.meeting ?? meeting(), t))),
      // Only where the page came by https, and the machine has something to share with.
      ...(navigator.share && isSecureContext ? [button('share', t.share, () => this.#share(meeting))] : []),
      this.#open))
  }

  /** *made* is {url, right}, with `meeting` where it is to another one than this. */
  show(words, made) {
    this.#made = made
    this.#box.hidden = false
    this.#say.textContent = words
    this.#url.value = this.#open.href = made.url
    this.#url.focus()
    this.#url.select()
  }

  hide() {
    this.#box.hidden = true
    this.#url.value = ''
  }

  #share(meeting) {
    const { title } = this.#made.meeting ?? meeting()
    navigator.share({ title, text: this.#t.may[this.#made.right], url: this.#made.url }).catch(() => {}) // they thought better of it
  }
}

/** Onto the clipboard; without https there is none, and an old way through a field is left. */
async function put(text, field) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const area = el('textarea', { class: 'field' }, text)
    field.after(area)
    area.select()
    document.execCommand('copy')
    area.remove()
    field.select()
  }
}
