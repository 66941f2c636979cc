/** What becomes of the themes: promises, where each theme stands, and the dates that are to be kept. */

import { $, el, fill, plural } from '../shared/dom.js'

const REMIND_DAYS = 14
const NEAR_DAYS = 3
const DAY_MS = 86_400_000

const iso = (ms) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(ms)

/** Days from *now* (ms) until an ISO date, by Norwegian time; negative when it has passed. Pure. */
export const daysUntil = (date, now) => {
  return Math.round((Date.parse(date) - Date.parse(iso(now))) / DAY_MS)
}

/** What is to be answered soon or should have been, the most pressing first. Pure. */
export const due = (themes, now, t) =>
  themes
    .filter(({ date, status }) => date && status !== 'not')
    .map(({ name, date }) => ({ name, n: daysUntil(date, now) }))
    .filter(({ n }) => n <= REMIND_DAYS)
    .sort((one, other) => one.n - other.n)
    .map(({ name, n }) => fill(n < 0 ? t.overdue : n === 0 ? t.today : plural(t.due, n), { name, n }))

/** That people wait for an answer, or soon will: words, or null. *by*: the ISO date they were told, or empty. Pure. */
export const promised = ({ by, published }, now, t) => {
  const n = by && !published ? daysUntil(by, now) : Infinity
  if (n > REMIND_DAYS) return null
  return n < 0 ? t.answer_late : n === 0 ? t.answer_today : fill(plural(t.answer_in, n), { n })
}

/** That all answers are deleted soon: `{ words, near }`, `near` when hardly any days are left; null before that. *at* and *now* in ms. Pure. */
export const deleting = (at, now, t) => {
  const n = daysUntil(iso(at), now)
  if (!at || n > REMIND_DAYS) return null
  return { words: n > 0 ? fill(plural(t.deleted_in, n), { n }) : t.deleted_today, near: n <= NEAR_DAYS }
}

export class FollowUp {
  #t = JSON.parse($('followup-strings').textContent)
  #press
  #note
  #drawn = new Map()
  #published = false

  /** `press(action)` carries it out and says whether it was done. */
  constructor({ press, note }) {
    this.#press = press
    this.#note = note
    $('publish').addEventListener('click', () => press({ do: this.#published ? 'unpublish' : 'publish' }))
    $('promise').addEventListener('submit', async (event) => {
      event.preventDefault()
      if (!(await press({ do: 'promise', text: $('promise-text').value, who: $('promise-who').value }))) return
      $('promise').reset()
      note(this.#t.promised)
    })
  }

  show(view, now) {
    const t = this.#t
    const { published, promises, themes } = view.followup
    this.#published = published
    const said = published ? t.said_public : t.said_private
    if ($('followup-say').textContent !== said) $('followup-say').textContent = said
    $('publish').textContent = published ? t.unpublish : t.publish
    this.#once('due', due(themes, now, t), (lines) => $('followup-due').replaceChildren(...lines.map((line) => el('li', {}, line))))
    this.#once('promises', promises, () => $('promises').replaceChildren(...promises.map(this.#promise)))
    this.#once('order', themes.map(({ activity, theme }) => [activity, theme]), () => this.#lay(themes))
    for (const one of themes) this.#once(`${one.activity} ${one.theme}`, one, () => this.#write(one))
  }

  /** Lines about dates that are near, each with the part of the page it leads to. */
  reminders(view, now) {
    const t = this.#t
    const soon = deleting(view.delete_at, now, t)
    const told = [promised(view.followup, now, t) ?? [], due(view.followup.themes, now, t)].flat()
    const dates = told.map((words) => ({ words, part: 'followup-part', to: t.reply }))
    const last = soon ? [{ ...soon, part: 'take-part', to: t.export }] : []
    return soon?.near ? [...last, ...dates] : [...dates, ...last]
  }

  /** Draw only what is new: whoever writes in a form keeps what is written and where they are. */
  #once(name, what, draw) {
    const stamp = JSON.stringify(what)
    if (this.#drawn.get(name) === stamp) return
    this.#drawn.set(name, stamp)
    draw(what)
  }

  #promise = ({ n, text, who }) => {
    const out = el('button', { class: 'link', type: 'button', 'aria-label': `${this.#t.remove}: ${text}` }, this.#t.remove)
    out.addEventListener('click', async () => {
      if (await this.#press({ do: 'promise', n, text: '' })) this.#note(this.#t.removed)
    })
    return el('li', {}, text, ...(who ? [' – ', who] : []), ' ', out)
  }

  #lay(themes) {
    const box = $('followup-themes')
    const kept = new Map([...box.children].map((part) => [part.dataset.id, part]))
    const parts = themes.map((one) => kept.get(`${one.activity} ${one.theme}`) ?? this.#form(one))
    if (parts.length === box.children.length && parts.every((part, place) => part === box.children[place])) return
    for (const part of [...box.children]) if (!parts.includes(part)) part.remove()
    parts.forEach((part, place) => box.children[place] === part || box.insertBefore(part, box.children[place] ?? null))
  }

  #form({ activity, theme }) {
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
    const made = el('form', { class: 'form' }, ...rows, el('button', { class: 'press quiet', type: 'submit' }, t.save))
    const need = () => { fields.reason.required = fields.status.value === 'not' }
    fields.status.addEventListener('change', need)
    made.addEventListener('submit', async (event) => {
      event.preventDefault()
      const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value]))
      if (await this.#press({ do: 'follow', activity, theme, ...values })) this.#note(t.saved)
    })
    const part = el('details', { 'data-id': `${activity} ${theme}` }, el('summary', {}, el('h3', {})), made)
    this.#drawn.delete(`${activity} ${theme}`)
    return part
  }

  #write(one) {
    const part = [...$('followup-themes').children].find((found) => found.dataset.id === `${one.activity} ${one.theme}`)
    part.querySelector('h3').textContent = `${one.name} – ${this.#t.statuses[one.status]}`
    const id = `follow-${one.activity}-${one.theme}`
    for (const name of ['status', 'reason', 'unit', 'date']) {
      const field = $(`${id}-${name}`)
      if (part.contains(document.activeElement) && field.value !== field.dataset.was) continue
      field.value = field.dataset.was = one[name]
    }
    $(`${id}-reason`).required = one.status === 'not'
  }
}
