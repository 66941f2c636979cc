/** The two dialogs of the board: where cards go, and what becomes of a theme. */

import { keyOf, placeOf } from './cards.js'
import { $, el, fill, plural } from '../../shared/dom.js'

const closed = (dialog) => {
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise((done) => dialog.addEventListener('close', () => done(dialog.returnValue), { once: true }))
}

/** Which of *themes* *n* cards go to: its id, '' for none, `new` for one to be made; null when it was given up. */
export const chooseTheme = async (themes, n, t) => {
  const dialog = $('move')
  $('move-title').textContent = fill(plural(t.move_title, n), { n })
  $('move-list').replaceChildren(...themes.map(({ id, name, answers }, place) => el('li', {},
    el('button', { class: 'to', value: `to ${id}` }, el('kbd', { class: 'num' }, keyOf(place)), el('b', {}, name), el('span', { class: 'num' }, String(answers))))))
  const press = (event) => {
    const theme = themes[placeOf(event.key)]
    if (!theme) return
    event.preventDefault()
    dialog.close(`to ${theme.id}`)
  }
  dialog.addEventListener('keydown', press)
  const said = await closed(dialog)
  dialog.removeEventListener('keydown', press)
  return said === 'new' ? 'new' : said === 'out' ? '' : said.startsWith('to ') ? said.slice(3) : null
}

/** What to do with a theme, as an action; null when nothing. */
export const editTheme = async (themes, id) => {
  const theme = themes.find((one) => one.id === id)
  const others = themes.filter((one) => one.id !== id)
  $('theme-edit-title').textContent = theme.name
  $('theme-name').value = theme.name
  $('theme-merge').hidden = !others.length
  $('theme-into').replaceChildren(...others.map((one) => el('option', { value: one.id }, one.name)))
  switch (await closed($('theme-edit'))) {
    case 'rename':
      return { do: 'rename_theme', theme: id, name: $('theme-name').value }
    case 'merge':
      return { do: 'merge_themes', theme: id, into: $('theme-into').value }
    case 'remove':
      return { do: 'remove_theme', theme: id }
    default:
      return null
  }
}
