/** Hands out a new link: to be copied, shared, or put in a letter. It can't be shown again, because only its hash is stored. */

import { $, el, fill } from '../../shared/dom.js'

/** @typedef {{title: string, join: string}} Meeting */

/** @typedef {{url: string, right: string, meeting?: Meeting}} Link */

/** @type {() => Strings} */
export const strings = () => JSON.parse($('share-strings').textContent)

/**
 * The text of a letter with a link. `right` is what it opens; `meeting` is {title, join}. Pure.
 *
 * @type {(link: Link, meeting: Meeting, t: Strings) => string}
 */
export const letter = ({ right, url }, meeting, t) =>
  fill(t.text, { title: meeting.title, may: t.may[right], url, join: meeting.join })

export class LinkHandout {
  #t = strings()
  #box
  #label
  #url
  #open
  /** @type {Link} */
  #link

  /**
   * Fills *box*; the ids in it begin with the box's own. `note` shows what was done, `meeting()` gives the meeting the link is for.
   *
   * @param {{box: PageElement, note: ShowNote, meeting: () => Meeting}} of
   */
  constructor({ box, note, meeting }) {
    this.#box = box
    const t = this.#t
    const id = (/** @type {string} */ name) => `${box.id}-${name}`
    /** @type {(name: string, words: string, onClick: () => unknown) => PageElement} */
    const button = (name, words, onClick) => {
      const element = el('button', { id: id(name), class: 'link', type: 'button' }, words)
      element.addEventListener('click', onClick)
      return element
    }
    this.#label = el('label', { id: id('say'), for: id('url') })
    this.#url = el('input', { id: id('url'), class: 'field', readonly: '' })
    this.#open = el('a', { id: id('open'), class: 'link', href: '/', target: '_blank', rel: 'noopener' }, t.open)
    const copy = async (/** @type {string} */ text) => {
      await copyText(text, this.#url)
      note(t.copied)
    }
    box.replaceChildren(this.#label, this.#url, el('p', { class: 'row' },
      button('copy', t.copy, () => copy(this.#link.url)),
      button('letter', t.letter, () => copy(letter(this.#link, this.#link.meeting ?? meeting(), t))),
      // Only on https, and where the browser can share.
      ...('share' in navigator && isSecureContext ? [button('share', t.share, () => this.#share(meeting))] : []),
      this.#open))
  }

  /**
   * *link* is {url, right}, with `meeting` where it is for another meeting than this one.
   *
   * @param {string} label
   * @param {Link} link
   */
  show(label, link) {
    this.#link = link
    this.#box.hidden = false
    this.#label.textContent = label
    this.#url.value = this.#open.href = link.url
    this.#url.focus()
    this.#url.select()
  }

  hide() {
    this.#box.hidden = true
    this.#url.value = ''
  }

  /** @param {() => Meeting} meeting */
  #share(meeting) {
    const { title } = this.#link.meeting ?? meeting()
    navigator.share({ title, text: this.#t.may[this.#link.right], url: this.#link.url }).catch(() => {}) // sharing was cancelled
  }
}

/**
 * Copy *text* to the clipboard. Without https there is none; then the old way through a selected field is used.
 *
 * @param {string} text
 * @param {PageElement} field
 */
export async function copyText(text, field) {
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
