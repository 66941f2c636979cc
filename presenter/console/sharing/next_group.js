/** Clears the meeting for the next group: what was answered moves to an archive, and the archives are listed. */

import { remember } from '../../new/my_meetings_store.js'
import { $, el, fill, plural } from '../../shared/dom.js'
import { postJson } from '../../shared/request.js'
import { confirm } from '../confirm.js'

/** @typedef {Pick<ConsoleView, 'state' | 'clearing' | 'followup'>} Shown */

/**
 * What is asked before the meeting is cleared: how many answers go where, and what else changes. Pure.
 *
 * @type {(view: Shown, t: Strings) => string}
 */
export const clearQuestion = ({ clearing: { answers }, followup: { published } }, t) =>
  [fill(plural(t.text, answers), { n: answers }), t.stays, ...(published ? [t.published] : [])].join(' ')

/** Whether the meeting must be ended before it can be cleared. Pure. @type {(view: Pick<Shown, 'state'>) => boolean} */
export const goesOn = ({ state }) => state !== 'ended' && state !== 'lobby'

export class NextGroup {
  #code
  #note
  #act
  #t
  /** @type {Shown} */
  #view
  #drawn = ''

  /** @param {{code: string, note: ShowNote, act: Act}} of */
  constructor({ code, note, act }) {
    this.#code = code
    this.#note = note
    this.#act = act
    this.#t = $('clear-part') ? JSON.parse($('clear-strings').textContent) : {}
    $('clear')?.addEventListener('click', () => this.#clear())
  }

  /** @param {ConsoleView} view */
  show(view) {
    this.#view = view
    if (!$('clear-part')) return // only who leads the meeting may clear it
    const { answers, archive, archives } = view.clearing
    $('clear-part').hidden = archive
    $('clear').disabled = !answers
    $('clear-none').hidden = answers > 0
    const drawn = JSON.stringify(archives)
    if (this.#drawn === drawn) return
    this.#drawn = drawn
    $('archives-part').hidden = !archives.length
    $('archives').replaceChildren(...archives.map(({ code, when, answers: n }) => {
      const open = el('button', { class: 'link', type: 'button', 'aria-label': `${this.#t.open}: ${when}` }, this.#t.open)
      open.addEventListener('click', () => this.#open(code))
      return el('li', {}, `${when} · ${fill(plural(this.#t.n_answers, n), { n })} `, open)
    }))
  }

  async #clear() {
    const t = this.#t
    if (goesOn(this.#view)) {
      if ((await confirm({ title: t.end_title, text: t.end_text, yes: t.end_yes })) === false) return
      if (!(await this.#act({ do: 'end' }))) return
    }
    if ((await confirm({ title: t.title, text: clearQuestion(this.#view, t), yes: t.yes, destructive: true })) === false) return
    $('clear').disabled = true
    const { ok, body } = await postJson(`/api/rooms/${this.#code}/clear${location.search}`, {})
    $('clear').disabled = false
    if (!ok) return this.#note(body?.title ?? t.failed, true)
    remember(body.code, body.title)
    this.#note(fill(t.done, { title: body.title }))
  }

  /** @param {string} archive */
  async #open(archive) {
    const { ok, body } = await postJson(`/api/rooms/${this.#code}/archives/${archive}${location.search}`, {})
    if (ok) location.assign(body.console_url)
    else this.#note(body?.code === 'no-room' ? this.#t.gone : body?.title ?? this.#t.failed, true)
  }
}
