/** The list «My meetings»: open a meeting, hold it again as a copy, archive it, or take it off the list. */

import { $, el } from '../shared/dom.js'
import { postJson } from '../shared/request.js'
import { archive, forget, meetings } from './my_meetings_store.js'

/** @import { Meeting } from './my_meetings_store.js' */

export class MyMeetings {
  #t
  #showProblem
  #createKey
  #day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long' })

  /**
   * `showProblem(text)` shows why a meeting could not be held again; `createKey()` is the key for new meetings, if there is one.
   *
   * @param {{t: Strings, showProblem: (text: string) => void, createKey: () => string}} of
   */
  constructor({ t, showProblem, createKey }) {
    this.#t = t
    this.#showProblem = showProblem
    this.#createKey = createKey
    this.draw()
  }

  draw() {
    const all = meetings()
    const fillList = (/** @type {PageElement} */ list, /** @type {Meeting[]} */ items, /** @type {(meeting: Meeting) => PageElement} */ make) => list.replaceChildren(...items.map(make))
    const { again, archive: away, back, forget: off } = this.#t
    $('mine').classList.toggle('none', all.length === 0)
    $('mine-empty').hidden = all.length > 0
    $('mine-about').hidden = all.length === 0
    fillList($('meetings'), all.filter((meeting) => !meeting.archived), (meeting) =>
      this.#row(meeting, [again, () => this.#again(meeting.code)], [away, () => this.#change(() => archive(meeting.code, true))]))
    fillList($('archived'), all.filter((meeting) => meeting.archived), (meeting) =>
      this.#row(meeting, [back, () => this.#change(() => archive(meeting.code, false))], [off, () => this.#change(() => forget(meeting.code))]))
    $('archived-part').hidden = $('archived').children.length === 0
  }

  /**
   * @param {Meeting} meeting
   * @param {[words: string, onClick: () => void][]} actions
   */
  #row({ code, title, at }, ...actions) {
    const buttons = actions.map(([words, onClick]) => {
      const button = el('button', { class: 'link', type: 'button', 'aria-label': `${words}: ${title}` }, words)
      button.addEventListener('click', onClick)
      return button
    })
    return el('li', {},
      el('a', { href: `/${code}/console` }, title),
      el('span', { class: 'soft num' }, ` ${code.slice(0, 4)} ${code.slice(4)} · ${this.#day.format(at)}`),
      el('div', { class: 'row' }, ...buttons))
  }

  /** @param {() => void} change */
  #change(change) {
    change()
    this.draw()
    $('mine-title').focus()
  }

  /** @param {string} code */
  async #again(code) {
    const key = this.#createKey()
    const { ok, body } = await postJson(`/api/rooms/${code}/again${location.search}`, {}, key ? { Authorization: `Bearer ${key}` } : {})
    if (ok) return location.assign(body.console_url)
    this.#showProblem(body?.title ?? this.#t.offline)
  }
}
