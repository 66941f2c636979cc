/** «My meetings»: to open, to run again as a copy, to archive, and to take off the list. */

import { $, el } from '../shared/dom.js'
import { postJson } from '../shared/request.js'
import { archive, forget, meetings } from './my_meetings_store.js'

export class Meetings {
  #t
  #say
  #day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long' })

  /** `say(words)` tells why a meeting could not be run again. */
  constructor({ t, say }) {
    this.#t = t
    this.#say = say
    this.draw()
  }

  draw() {
    const known = meetings()
    const put = (list, some, make) => list.replaceChildren(...some.map(make))
    const { again, archive: away, back, forget: off } = this.#t
    $('mine').hidden = known.length === 0
    put($('meetings'), known.filter((one) => !one.archived), (one) =>
      this.#row(one, [again, () => this.#again(one.code)], [away, () => this.#change(() => archive(one.code, true))]))
    put($('archived'), known.filter((one) => one.archived), (one) =>
      this.#row(one, [back, () => this.#change(() => archive(one.code, false))], [off, () => this.#change(() => forget(one.code))]))
    $('archived-part').hidden = $('archived').children.length === 0
  }

  #row({ code, title, at }, ...deeds) {
    const buttons = deeds.map(([words, then]) => {
      const button = el('button', { class: 'link', type: 'button', 'aria-label': `${words}: ${title}` }, words)
      button.addEventListener('click', then)
      return button
    })
    return el('li', {},
      el('a', { href: `/${code}/console` }, title),
      el('span', { class: 'soft num' }, ` ${code.slice(0, 4)} ${code.slice(4)} · ${this.#day.format(at)}`),
      el('div', { class: 'row' }, ...buttons))
  }

  #change(done) {
    done()
    this.draw()
    if (!$('mine').hidden) $('mine-title').focus()
  }

  async #again(code) {
    const { ok, body } = await postJson(`/api/rooms/${code}/again${location.search}`, {})
    if (ok) return location.assign(body.console_url)
    this.#say(body?.title ?? this.#t.offline)
  }
}
