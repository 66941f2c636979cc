/** The themes that answers are gathered into, and how many each has, as they grow. */

const row = (name, n, ...soft) => {
  const made = document.createElement('tr')
  const head = document.createElement('th')
  head.scope = 'row'
  head.textContent = name
  head.className = soft.join(' ')
  const cell = document.createElement('td')
  cell.className = 'num'
  cell.textContent = n
  made.append(head, cell)
  return made
}

/** Draw *view* into *body*, which carries the words in its data. */
export const show = (body, view) => {
  const { ungrouped, more } = body.dataset
  const rows = view.themes.map((theme) => row(theme.name, theme.answers))
  if (view.themes_more) rows.push(row(more.replace('{n}', view.themes_more), '', 'soft'))
  rows.push(row(ungrouped, view.ungrouped, 'soft'))
  rows.slice(view.themes.length).forEach((one) => { one.lang = document.documentElement.lang })
  body.replaceChildren(...rows)
  document.getElementById('sort').hidden = !view.sort
}
