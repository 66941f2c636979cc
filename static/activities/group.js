/** On the phone, the kind `group`: a table of the themes and the number of answers in each. */

/** @type {(name: string, n: string | number, ...classes: string[]) => HTMLElement} */
const row = (name, n, ...classes) => {
  const tr = document.createElement('tr')
  const head = document.createElement('th')
  head.scope = 'row'
  head.textContent = name
  head.className = classes.join(' ')
  const cell = document.createElement('td')
  cell.className = 'num'
  cell.textContent = /** @type {string} */ (n)
  tr.append(head, cell)
  return tr
}

/** Draw *view* into the table body *body*, whose data attributes hold the texts. @type {Show} */
export const show = (body, view) => {
  const { ungrouped, more } = /** @type {{ ungrouped: string, more: string }} */ (body.dataset)
  const rows = view.themes.map((theme) => row(theme.name, theme.answers))
  if (view.themes_more) rows.push(row(more.replace('{n}', `${view.themes_more}`), '', 'soft'))
  rows.push(row(ungrouped, view.ungrouped, 'soft'))
  rows.slice(view.themes.length).forEach((tr) => { tr.lang = document.documentElement.lang })
  body.replaceChildren(...rows)
  document.getElementById('sort').hidden = !view.sort
}
