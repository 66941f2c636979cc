/** The scene for two rounds of a question: before and after beside each other, who moved from where to where, and what is said about it. */

import { el } from '../../shared/dom.js'
import { decimal } from '../../shared/figures.js'
import { PagedRows } from './paged_rows.js'
import { seriesClass } from './bars.js'

/** @type {(group: ComparedGroup) => string} */
const headOf = ({ text, means }) => [text, ...(means ? [means.map((mean) => decimal(mean)).join(' → ')] : [])].filter(Boolean).join(' · ')

/**
 * The rows of a group, each with a bar for before and one for after; the longest takes all of the width. Pure.
 *
 * @type {(rows: ComparedRow[]) => {before: number, after: number}[]}
 */
export const pairLengths = (rows) => {
  const most = Math.max(1, ...rows.flatMap(({ before, after }) => [before, after]))
  return rows.map(({ before, after }) => ({ before: before / most, after: after / most }))
}

/** @type {(group: ComparedGroup, t: Strings) => Element} */
const pairList = ({ rows }, t) => {
  const lengths = pairLengths(rows)
  return el('ul', { class: 'pairs' }, ...rows.map(({ letter, text, before, after, right }, n) => {
    const bar = (/** @type {'before' | 'after'} */ when) => {
      const drawn = el('span', { class: `bar ${when}`, 'aria-hidden': 'true' })
      drawn.style.setProperty('--part', String(lengths[n][when]))
      return drawn
    }
    return el('li', { class: seriesClass(n) }, el('b', { class: 'letter' }, letter),
      el('span', { class: 'text', dir: 'auto' }, text, ...(right ? [' ', el('b', { class: 'right' }, `✓ ${t.right}`)] : [])),
      el('span', { class: 'both' }, bar('before'), bar('after')),
      el('span', { class: 'num' }, el('span', { class: 'unseen' }, `${t.before}: `), `${before} → `, el('span', { class: 'unseen' }, `${t.after}: `), el('b', {}, String(after))))
  }))
}

/**
 * Who moved, as a table: a row for where they were, a column for where they went. Those who stayed stand on the diagonal.
 *
 * @type {(group: ComparedGroup, t: Strings) => Element[]}
 */
export const flowTable = ({ rows, flow }, t) => {
  if (!flow) return []
  const most = Math.max(1, ...flow.flat().map((n) => n ?? 0))
  const cell = (/** @type {number | null} */ n, /** @type {number} */ from, /** @type {number} */ to) => {
    const made = el('td', { class: from === to ? 'stayed num' : 'num' }, n === null ? t.few : n ? String(n) : '–')
    made.style.setProperty('--part', String((n ?? 0) / most))
    return made
  }
  return [el('table', { class: 'flow' }, el('caption', {}, t.flow),
    el('thead', {}, el('tr', {}, el('td', {}), ...rows.map(({ letter, text }) => el('th', { scope: 'col' }, letter, el('span', { class: 'unseen' }, ` ${text}`))))),
    el('tbody', {}, ...rows.map(({ letter, text }, from) => el('tr', {},
      el('th', { scope: 'row' }, letter, el('span', { class: 'unseen' }, ` ${text}`)), ...flow[from].map((n, to) => cell(n, from, to))))))]
}

/** *alone*: what is said below tells all that a heading would. @type {(group: ComparedGroup, t: Strings, alone: boolean) => Element} */
const groupItem = (group, t, alone) => {
  const item = el('li', { class: group.flow ? 'round moved' : 'round' },
    ...(headOf(group) && !alone ? [el('p', { class: 'about' }, headOf(group))] : []), pairList(group, t), ...flowTable(group, t))
  item.style.setProperty('--rows', String(group.rows.length))
  return item
}

/** For the console: the same, small. @type {(compared: Comparison, language: string, t: Strings) => Element[]} */
export const smallChange = ({ groups, notes }, language, t) => [
  el('h3', {}, t.change),
  el('ul', { class: 'rounds', lang: language }, ...groups.map((group) => groupItem(group, t, groups.length === 1))),
  ...notes.map((note) => el('p', { class: 'soft', lang: language }, note))]

/** The table of a comparison, for key A. @type {(compared: Comparison, t: Strings) => TableContent} */
export const changeTable = ({ groups }, t) => ({
  look: 'counts', names: [t.option, t.before, t.after],
  rows: groups.flatMap(({ text: about, rows }) => rows.map(({ letter, text, before, after }) => [{ letter, text: about ? `${about} ${text}` : text }, before, after])),
})

export class Change extends PagedRows {
  #t
  #key = el('p', { class: 'key' })
  #list = el('ul', { class: 'rounds' })
  #notes = el('p', { class: 'notes' })
  root = el('div', { class: 'scene change' }, this.#key, this.#list, this.#notes)

  /** @param {Strings} t */
  constructor(t) {
    super()
    this.#t = t
    this.#key.append(el('span', { class: 'bar before', 'aria-hidden': 'true' }), ` ${t.before} `, el('span', { class: 'bar after', 'aria-hidden': 'true' }), ` ${t.after}`)
  }

  /** @param {ResultsView} view */
  show({ results: { compare }, language }) {
    const groups = compare?.groups ?? []
    this.#key.hidden = !groups.some(({ rows }) => rows.length)
    this.#list.replaceChildren(...groups.map((group) => groupItem(group, this.#t, groups.length === 1)))
    this.#notes.textContent = compare?.notes.join(' ') ?? ''
    this.#list.lang = this.#notes.lang = language
    this.paginate([...this.#list.children], this.#list.clientHeight)
  }
}
