/** Follow-up after the meeting: promises, the status of each theme, and reminders of dates. */

import { $, el, fill, plural } from '../shared/dom.js'
import { Lines } from './lines.js'

const REMIND_DAYS = 14
const NEAR_DAYS = 3
const DAY_MS = 86_400_000

/** @type {(ms: number) => string} */
const isoDate = (ms) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(ms)

/**
 * Days from *now* (ms) until an ISO date, by Norwegian time; negative when it has passed. Pure.
 *
 * @type {(date: string, now: number) => number}
 */
export const daysUntil = (date, now) => {
  return Math.round((Date.parse(date) - Date.parse(isoDate(now))) / DAY_MS)
}

/**
 * Themes that must be answered soon or should have been: texts, the most urgent first. Pure.
 *
 * @type {(themes: Reply[], now: number, t: Strings) => string[]}
 */
export const dueReminders = (themes, now, t) =>
  themes
    .filter(({ date, status }) => date && status !== 'not')
    .map(({ name, date }) => ({ name, n: daysUntil(date, now) }))
    .filter(({ n }) => n <= REMIND_DAYS)
    .sort((one, other) => one.n - other.n)
    .map(({ name, n }) => fill(n < 0 ? t.overdue : n === 0 ? t.today : plural(t.due, n), { name, n }))

/**
 * The report that was promised and is due soon or late: a text, or null. *by*: the promised ISO date, or empty. Pure.
 *
 * @type {(promised: {by: string, published: boolean}, now: number, t: Strings) => string | null}
 */
export const reportReminder = ({ by, published }, now, t) => {
  const n = by && !published ? daysUntil(by, now) : Infinity
  if (n > REMIND_DAYS) return null
  return n < 0 ? t.answer_late : n === 0 ? t.answer_today : fill(plural(t.answer_in, n), { n })
}

/**
 * That all answers are deleted soon: `{ words, near }`, `near` in the last NEAR_DAYS days; null before that. *at* and *now* in ms. Pure.
 *
 * @type {(at: number, now: number, t: Strings) => {words: string, near: boolean} | null}
 */
export const deletionReminder = (at, now, t) => {
  const n = daysUntil(isoDate(at), now)
  if (!at || n > REMIND_DAYS) return null
  return { words: n > 0 ? fill(plural(t.deleted_in, n), { n }) : t.deleted_today, near: n <= NEAR_DAYS }
}

/**
 * Reminders of dates that are near: texts, each with the place it leads to, the heading there, and the words of the button. Pure.
 *
 * @type {(view: Pick<ConsoleView, 'delete_at' | 'followup'>, now: number, t: Strings) => {words: string, place: string, title: string, button: string}[]}
 */
export const reminders = (view, now, t) => {
  const soon = deletionReminder(view.delete_at, now, t)
  const lines = [reportReminder(view.followup, now, t) ?? [], dueReminders(view.followup.themes, now, t)].flat()
  const dates = lines.map((words) => ({ words, place: 'follow', title: 'followup-title', button: t.reply }))
  const last = soon ? [{ words: soon.words, place: 'take', title: 'take-title', button: t.export }] : []
  return soon?.near ? [...last, ...dates] : [...dates, ...last]
}

export class FollowUp {
  #t = JSON.parse($('followup-strings').textContent)
  #press
  #note
  #drawn = /** @type {Map<string, string>} */ (new Map())
  #published = false
  #dates = new Lines($('dates'))
  #places

  /**
   * `press(action)` carries it out and says whether it was done; `publish()` publishes the report.
   *
   * @param {{press: Act, note: ShowNote, places: Pick<import('./places.js').Places, 'goTo'>, publish: () => unknown}} of
   */
  constructor({ press, note, places, publish }) {
    this.#places = places
    this.#press = press
    this.#note = note
    $('publish').addEventListener('click', () => (this.#published ? press({ do: 'unpublish' }) : publish()))
    $('promise').addEventListener('submit', async (event) => {
      event.preventDefault()
      if (!(await press({ do: 'promise', text: $('promise-text').value, who: $('promise-who').value }))) return
      $('promise').reset()
      note(this.#t.promised)
    })
  }

  /**
   * @param {ConsoleView} view
   * @param {number} now
   */
  show(view, now) {
    const t = this.#t
    const { published, promises, themes } = view.followup
    this.#published = published
    const dates = reminders(view, now, t)
    $('dates-part').hidden = dates.length === 0
    this.#dates.show(dates.map(({ place, title, ...line }) => ({ ...line, onPress: () => this.#places.goTo(place, title) })))
    const text = published ? t.said_public : t.said_private
    if ($('followup-say').textContent !== text) $('followup-say').textContent = text
    $('publish').textContent = published ? t.unpublish : t.publish
    this.#drawIfChanged('due', dueReminders(themes, now, t), (lines) => $('followup-due').replaceChildren(...lines.map((line) => el('li', {}, line))))
    this.#drawIfChanged('promises', promises, () => $('promises').replaceChildren(...promises.map(this.#promiseItem)))
    this.#drawIfChanged('order', themes.map(({ activity, theme }) => [activity, theme]), () => this.#layOut(themes))
    for (const theme of themes) this.#drawIfChanged(`${theme.activity} ${theme.theme}`, theme, () => this.#fillPart(theme))
  }

  /**
   * Call *draw* only when *what* has changed, so that somebody who writes in a form is not disturbed.
   *
   * @template What
   * @param {string} name
   * @param {What} what
   * @param {(what: What) => void} draw
   */
  #drawIfChanged(name, what, draw) {
    const stamp = JSON.stringify(what)
    if (this.#drawn.get(name) === stamp) return
    this.#drawn.set(name, stamp)
    draw(what)
  }

  /** @param {Promised} promised */
  #promiseItem = ({ n, text, who }) => {
    const out = el('button', { class: 'link', type: 'button', 'aria-label': `${this.#t.remove}: ${text}` }, this.#t.remove)
    out.addEventListener('click', async () => {
      if (await this.#press({ do: 'promise', n, text: '' })) this.#note(this.#t.removed)
    })
    return el('li', {}, text, ...(who ? [' – ', who] : []), ' ', out)
  }

  /** @param {Reply[]} themes */
  #layOut(themes) {
    const container = $('followup-themes')
    const kept = new Map([...container.children].map((part) => [part.dataset.id, part]))
    const parts = themes.map((theme) => kept.get(`${theme.activity} ${theme.theme}`) ?? this.#themePart(theme))
    if (parts.length === container.children.length && parts.every((part, index) => part === container.children[index])) return
    for (const part of [...container.children]) if (!parts.includes(part)) part.remove()
    parts.forEach((part, index) => {
      if (container.children[index] !== part) container.insertBefore(part, container.children[index] ?? null)
    })
  }

  /** @param {Reply} theme */
  #themePart({ activity, theme }) {
    const t = this.#t
    const id = `follow-${activity}-${theme}`
    const statuses = Object.entries(t.statuses).map(([value, words]) => el('option', { value }, words))
    const fields = {
      status: el('select', { id: `${id}-status`, class: 'field' }, statuses),
      reason: el('textarea', { id: `${id}-reason`, class: 'field', rows: 2, maxlength: 500 }),
      unit: el('input', { id: `${id}-unit`, class: 'field', maxlength: 120, autocomplete: 'off' }),
      date: el('input', { id: `${id}-date`, class: 'field', type: 'date' }),
    }
    const rows = Object.entries(fields).map(([name, field]) => [el('label', { for: field.id }, t[name]), field])
    const form = el('form', { class: 'form' }, ...rows, el('button', { class: 'press quiet', type: 'submit' }, t.save))
    const setRequired = () => { fields.reason.required = fields.status.value === 'not' }
    fields.status.addEventListener('change', setRequired)
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value]))
      if (await this.#press({ do: 'follow', activity, theme, ...values })) this.#note(t.saved)
    })
    const part = el('details', { 'data-id': `${activity} ${theme}` }, el('summary', {}, el('h3', {})), form)
    this.#drawn.delete(`${activity} ${theme}`)
    return part
  }

  /** @param {Reply} theme */
  #fillPart(theme) {
    const part = [...$('followup-themes').children].find((found) => found.dataset.id === `${theme.activity} ${theme.theme}`)
    if (!part) return
    const heading = part.querySelector('h3')
    if (heading) heading.textContent = `${theme.name} – ${this.#t.statuses[theme.status]}`
    const id = `follow-${theme.activity}-${theme.theme}`
    for (const name of /** @type {const} */ (['status', 'reason', 'unit', 'date'])) {
      const field = $(`${id}-${name}`)
      if (part.contains(document.activeElement) && field.value !== field.dataset.was) continue
      field.value = field.dataset.was = theme[name]
    }
    $(`${id}-reason`).required = theme.status === 'not'
  }
}
