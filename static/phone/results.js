/** The results on a phone: rows that stay where they are while their figures change. A new order comes only on a press. */

/** The rows on show, by id. @type {Map<string, HTMLTableRowElement>} */
const drawn = new Map()

/** @type {(document: Document, row: ResultRow, own: string) => HTMLTableRowElement} */
const made = (document, { text, own: right }, own) => {
  const line = document.createElement('tr')
  const name = document.createElement('th')
  name.scope = 'row'
  name.textContent = text
  const mark = document.createElement('b')
  mark.className = 'own'
  mark.lang = document.documentElement.lang
  mark.textContent = ` ${right ?? own}`
  const figure = document.createElement('td')
  figure.className = 'num'
  name.append(mark)
  line.append(name, figure)
  return line
}

/** Ids in the results of what a phone has answered: its options and items, or its words. @type {(mine: OwnAnswer[]) => Set<unknown>} */
const chosenIn = (mine) => new Set(mine.filter(({ status }) => status !== 'refused').flatMap(({ text: words = '', value }) => value === undefined
  ? [...words.toLowerCase().split(/[^\p{L}\p{M}\p{N}-]+/u), words.toLowerCase()]
  : [...(Array.isArray(value) ? value : [value, ...Object.keys(value)]), words && '+']))

/**
 * Draw the figures of *view* into the table body *body*; *mine* is what this phone has answered. *reorder* is
 * the button for the order of now, which is there while the rows stand in another; *rest* tells how many have no row.
 *
 * @type {(body: PageElement, view: Pick<PhoneView, 'figures' | 'figures_more'>, mine: OwnAnswer[], reorder: PageElement, rest: PageElement) => void}
 */
export const show = (body, { figures: rows = [], figures_more: more }, mine, reorder, rest) => {
  const chosen = chosenIn(mine)
  rest.hidden = !more
  rest.textContent = (rest.dataset.more ?? '').replace('{n}', String(more))
  if (!body.dataset.drawn) { // another activity's, or those that came with the page
    drawn.clear()
    body.replaceChildren()
    body.dataset.drawn = 'yes'
  }
  const gone = new Set(drawn.keys())
  for (const row of rows) {
    gone.delete(row.id)
    const line = drawn.get(row.id) ?? made(body.ownerDocument, row, body.dataset.own ?? '')
    if (!drawn.has(row.id)) body.append(line)
    drawn.set(row.id, line)
    const [name, figure] = line.children
    if (figure.textContent !== row.told) figure.textContent = row.told
    const mark = /** @type {PageElement} */ (name.lastElementChild)
    mark.hidden = !chosen.has(row.id) && !chosen.has(row.id.toLowerCase())
  }
  for (const id of gone) {
    drawn.get(id)?.remove()
    drawn.delete(id)
  }
  body.parentElement.hidden = !rows.length
  /** @returns {Element[]} */
  const inOrder = () => rows.map(({ id }) => /** @type {Element} */ (drawn.get(id)))
  reorder.hidden = inOrder().every((line, place) => line === body.children[place])
  reorder.onclick = () => {
    body.append(...inOrder())
    reorder.hidden = true
  }
}
