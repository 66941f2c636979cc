/** Follow-up after the meeting: promises, the status of each theme, and reminders of dates. */

import { $, el, fill, plural } from '../../shared/dom.js'
import { Lines } from '../lines.js'
import { Publishing } from './publishing.js'

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
  #publishing
  #changed = /** @type {number | null} */ (null) // the number of the promise that is in the form
  #dates = new Lines($('dates'))
  #places

  /**
   * `press(action)` carries it out and says whether it was done. *waiting* are the answers that stop the report;
   * `focusMeta(key)` leads to the field for a key of the front matter.
   *
   * @param {{press: Act, note: ShowNote, right: string, places: Pick<import('../places.js').Places, 'goTo'>, waiting: Pick<import('../answers/waiting_answers.js').WaitingAnswers, 'publish' | 'list'>, focusMeta: (key: string) => unknown}} of
   */
  constructor({ press, note, right, places, waiting, focusMeta }) {
    this.#places = places
    this.#press = press
    this.#note = note
    this.#publishing = new Publishing({ t: this.#t, right, press, note, publish: () => waiting.publish(), mend: (place) => {
      if ('key' in place) focusMeta(place.key)
      else if ('promise' in place) this.#changePromise(place.promise)
      else if ('theme' in place) this.#openTheme(place)
      else waiting.list()
    } })
    $('promise').addEventListener('submit', async (event) => {
      event.preventDefault()
      const changed = this.#changed === null ? {} : { n: this.#changed }
      if (!(await press({ do: 'promise', ...changed, text: $('promise-text').value, who: $('promise-who').value }))) return
      this.#changed = null
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
    const { promises, themes } = view.followup
    this.#publishing.show(view, isoDate(now))
    const dates = reminders(view, now, t)
    $('dates-part').hidden = dates.length === 0
    this.#dates.show(dates.map(({ place, title, ...line }) => ({ ...line, onPress: () => this.#places.goTo(place, title) })))
    this.#drawIfChanged('due', dueReminders(themes, now, t), (lines) => $('followup-due').replaceChildren(...lines.map((line) => el('li', {}, line))))
    if (!promises.some(({ n }) => n === this.#changed)) this.#changed = null
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
  #promiseItem = (promised) => {
    const { n, text, who } = promised
    /** @type {(words: string, onPress: () => unknown) => PageElement} */
    const button = (words, onPress) => {
      const made = el('button', { class: 'link', type: 'button', 'aria-label': `${words}: ${text}` }, words)
      made.addEventListener('click', onPress)
      return made
    }
    return el('li', {}, text, ...(who ? [' – ', who] : []), ' ',
      button(this.#t.change, () => this.#changePromise(promised)), ' ',
      button(this.#t.remove, async () => {
        if (await this.#press({ do: 'promise', n, text: '' })) this.#note(this.#t.removed)
      }))
  }

  /**
   * Put a promise in the form; what is sent then replaces it.
   *
   * @param {Promised} promised
   */
  #changePromise({ n, text, who }) {
    this.#changed = n
    $('promise-text').value = text
    $('promise-who').value = who
    $(who ? 'promise-text' : 'promise-who').focus()
  }

  /** @param {{theme: Reply, field: string}} of */
  #openTheme({ theme: { activity, theme }, field }) {
    const part = this.#partOf(activity, theme)
    if (part) part.open = true
    $(`follow-${activity}-${theme}-${field}`).focus()
  }

  /** @type {(activity: string, theme: string) => PageElement | undefined} */
  #partOf = (activity, theme) => [...$('followup-themes').children].find((found) => found.dataset.id === `${activity} ${theme}`)

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
    const part = this.#partOf(theme.activity, theme.theme)
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
