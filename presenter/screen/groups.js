/**
 * The scene with themes. On its first page each answer is a drop, in its theme or in none. On the pages after, themes stand
 * in columns, a few on each: name, counts and as many of the answers as fit.
 */

import { el, fill, fit, phrase, plural, zoomFactor } from '../shared/dom.js'
import { unbrokenNumbers } from '../shared/figures.js'
import { ThemedDrops } from './drops/themed.js'

/**
 * How many of all answers are in a theme, and how many in none: phrases for the strip.
 *
 * @type {(groups: GroupsView, t: Strings) => (Node | string)[][]}
 */
export const answerCounts = ({ answers, ungrouped }, t) => [
  phrase(t.in_theme, { n: answers - ungrouped, of: answers }),
  ...(ungrouped ? [phrase(t.ungrouped, { n: ungrouped })] : []),
]

/**
 * *themes* with those of most answers first; equal ones in their own order. Pure.
 *
 * @type {<One extends {answers: number}>(themes: One[]) => One[]}
 */
export const largestFirst = (themes) => [...themes].sort((a, b) => b.answers - a.answers)

/**
 * How many columns stand side by side on a screen of that size; texts that are enlarged count as a screen that is higher.
 *
 * @type {(width: number, height: number) => number}
 */
export const columnsFor = (width, height) => (width / height > 5 / 3 ? 3 : width / height > 1 ? 2 : 1)

/**
 * *n* columns divided evenly over pages, so that none stands alone on the last: 4 columns, 3 at most, are 2 and 2. Pure.
 *
 * @type {(n: number, mostColumns: number) => {from: number, to: number}[]}
 */
export const columnPages = (n, mostColumns) => {
  const pages = Math.max(1, Math.ceil(n / mostColumns))
  const perPage = Math.ceil(n / pages)
  return Array.from({ length: pages }, (_, page) => ({ from: page * perPage, to: Math.min(n, (page + 1) * perPage) }))
}

export class Groups {
  #t
  #columns = el('ol', { class: 'groups' })
  #drops
  #view = /** @type {(View & {groups: GroupsView}) | null} */ (null)
  #themes = /** @type {Theme[]} */ ([])
  #pages = /** @type {{from: number, to: number}[]} */ ([])
  #page = 0
  root = el('div', { class: 'scene grouped' })

  /** @param {Strings} t */
  constructor(t) {
    this.#t = t
    this.#drops = new ThemedDrops(t)
  }

  get pages() {
    return { at: this.#page, of: 1 + this.#pages.length }
  }

  /** @param {number} to */
  turn(to) {
    if (to < 0 || to > this.#pages.length) return false
    this.#page = to
    this.#draw()
    return true
  }

  stop() {
    this.#drops.stop()
  }

  /** @param {View} view */
  show(view) {
    const { groups, language } = view
    if (!groups) return
    this.#view = { ...view, groups }
    this.#themes = largestFirst(groups.themes)
    this.#columns.lang = language
    const { length } = this.#themes
    this.#pages = length ? columnPages(length, columnsFor(innerWidth, innerHeight * zoomFactor())) : []
    this.#page = Math.min(this.#page, this.#pages.length)
    this.#draw()
  }

  #draw() {
    if (!this.#view) return
    const { groups, instruction, kind, language } = this.#view
    const part = this.#page ? this.#columns : this.#drops.root
    if (this.root.firstChild !== part) this.root.replaceChildren(part)
    if (this.#page) return this.#drawColumns()
    this.#drops.show({ themes: this.#themes, ungrouped: groups.ungrouped, step: instruction || this.#t.kinds[kind], language })
  }

  #drawColumns() {
    const { from, to } = this.#pages[this.#page - 1]
    const shown = this.#themes.slice(from, to)
    this.root.style.setProperty('--columns', String(columnsFor(innerWidth, innerHeight * zoomFactor())))
    this.#columns.replaceChildren(...shown.map((theme) => this.#column(theme)))
    for (const [index, column] of [...this.#columns.children].entries()) this.#fill(column, shown[index])
  }

  /** @param {Theme} theme */
  #column(theme) {
    const t = this.#t
    const count = phrase(plural(t.n_answers, theme.answers), { n: theme.answers })
    const people = phrase(plural(t.n_people, theme.people), { n: theme.people })
    return el('li', { 'data-theme': theme.id, 'data-count': theme.answers },
      el('h2', { dir: 'auto' }, theme.name),
      el('p', { class: 'behind', lang: document.documentElement.lang }, el('span', {}, ...count), ' ', el('span', {}, ...people),
        ...(theme.support ? [' ', el('span', {}, fill(t.supported, { n: theme.support.count, of: theme.support.seen }))] : [])),
      el('ul', {}, ...theme.cards.map((card) => el('li', { 'data-card': card.id, dir: 'auto' }, unbrokenNumbers(card.text)))),
      el('p', { class: 'more', lang: document.documentElement.lang, hidden: '' }))
  }

  /**
   * Remove answers from the end of *column* until it fits, and say how many are not shown.
   *
   * @param {PageElement} column
   * @param {Theme} theme
   */
  #fill(column, theme) {
    const [heading, , list, more] = column.children
    fit(heading, [5.6, 5, 4.4], () => heading.scrollWidth <= heading.clientWidth + 1)
    const overflows = () => column.scrollHeight > column.clientHeight + 1
    const showRest = () => {
      const rest = theme.answers - list.children.length
      more.hidden = rest <= 0 || !theme.cards.length
      more.textContent = fill(this.#t.and_more, { n: rest })
    }
    showRest()
    while (overflows() && list.children.length) {
      list.lastElementChild.remove()
      showRest()
    }
  }
}
