/** Themes as columns, by page: each with its name, how many stand behind it, and as many of its answers as fit. */

import { el, fill, fit, plural, phrase } from '../shared/dom.js'

/** How many answers there are, and how many of them are in no theme. */
export const told = ({ answers, ungrouped }, t) => [
  phrase(plural(t.n_answers, answers), { n: answers }),
  ...(ungrouped ? [phrase(t.ungrouped, { n: ungrouped })] : []),
]

/** How many columns go side by side; a page of fewer is as wide. */
export const columnsFor = (width, height) => (width / height > 5 / 3 ? 3 : 2)

/** How many columns of *n* go on each page, so that the last is not left alone: 4 in threes are 2 and 2. Pure. */
export const paged = (n, most) => {
  const pages = Math.max(1, Math.ceil(n / most))
  const each = Math.ceil(n / pages)
  return Array.from({ length: pages }, (_, page) => ({ from: page * each, to: Math.min(n, (page + 1) * each) }))
}

export class Groups {
  #t
  #columns = el('ol', { class: 'groups' })
  #told = el('p', { class: 'step' })
  #themes = []
  #pages = [{ from: 0, to: 0 }]
  #page = 0
  root = el('div', { class: 'scene grouped' }, this.#columns, this.#told)

  constructor(t) {
    this.#t = t
  }

  get pages() {
    return { at: this.#page, of: this.#pages.length }
  }

  turn(to) {
    if (to < 0 || to >= this.#pages.length) return false
    this.#page = to
    this.#draw()
    return true
  }

  show({ groups, language, instruction }) {
    this.#themes = groups.themes
    this.#columns.lang = this.#told.lang = language
    this.#columns.hidden = !groups.themes.length
    this.#told.hidden = groups.themes.length > 0
    this.#told.textContent = instruction || this.#t.kinds.group
    this.#pages = paged(groups.themes.length, columnsFor(innerWidth, innerHeight))
    this.#page = Math.min(this.#page, this.#pages.length - 1)
    this.#draw()
  }

  #draw() {
    const { from, to } = this.#pages[this.#page]
    const shown = this.#themes.slice(from, to)
    this.root.style.setProperty('--columns', columnsFor(innerWidth, innerHeight))
    this.#columns.replaceChildren(...shown.map((theme) => this.#column(theme)))
    for (const [place, column] of [...this.#columns.children].entries()) this.#fill(column, shown[place])
  }

  #column(theme) {
    const t = this.#t
    const count = phrase(plural(t.n_answers, theme.answers), { n: theme.answers })
    const people = phrase(plural(t.n_people, theme.people), { n: theme.people })
    return el('li', { 'data-theme': theme.id, 'data-count': theme.answers },
      el('h2', { dir: 'auto' }, theme.name),
      el('p', { class: 'behind', lang: document.documentElement.lang }, el('span', {}, ...count), ' ', el('span', {}, ...people)),
      el('ul', {}, ...theme.cards.map((card) => el('li', { 'data-card': card.id, dir: 'auto' }, card.text))),
      el('p', { class: 'more', lang: document.documentElement.lang, hidden: '' }))
  }

  /** Take away from the end of *column* what stands below its foot, and say how many are not seen. */
  #fill(column, theme) {
    const [heading, , list, more] = column.children
    fit(heading, [5.6, 5, 4.4], () => heading.scrollWidth <= heading.clientWidth + 1)
    const over = () => column.scrollHeight > column.clientHeight + 1
    const tell = () => {
      const rest = theme.answers - list.children.length
      more.hidden = rest <= 0 || !theme.cards.length
      more.textContent = fill(this.#t.and_more, { n: rest })
    }
    tell()
    while (over() && list.children.length) {
      list.lastElementChild.remove()
      tell()
    }
  }
}
