/** The two dialogs of the board: choosing a theme for cards, and changing a theme. */

import { digitFor, indexFor } from './cards.js'
import { $, el, fill, plural } from '../../shared/dom.js'

/**
 * Show *dialog*; resolves with its return value when it closes.
 *
 * @type {(dialog: PageElement) => Promise<string>}
 */
const showDialog = (dialog) => {
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise((done) => dialog.addEventListener('close', () => done(dialog.returnValue), { once: true }))
}

/**
 * Ask which of *themes* *n* cards go to. Resolves with its id, '' for none, `new` for a new one, null when cancelled.
 *
 * @type {(themes: Theme[], n: number, t: Strings) => Promise<string | null>}
 */
export const chooseTheme = async (themes, n, t) => {
  const dialog = $('move')
  $('move-title').textContent = fill(plural(t.move_title, n), { n })
  $('move-list').replaceChildren(...themes.map(({ id, name, answers }, index) => el('li', {},
    el('button', { class: 'to', value: `to ${id}` }, el('kbd', { class: 'num' }, digitFor(index)), el('b', {}, name), el('span', { class: 'num' }, String(answers))))))
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const theme = themes[indexFor(event.key)]
    if (!theme) return
    event.preventDefault()
    dialog.close(`to ${theme.id}`)
  }
  dialog.addEventListener('keydown', onKey)
  const returnValue = await showDialog(dialog)
  dialog.removeEventListener('keydown', onKey)
  return returnValue === 'new' ? 'new' : returnValue === 'out' ? '' : returnValue.startsWith('to ') ? returnValue.slice(3) : null
}

/**
 * Ask what to do with a theme. Resolves with an action; null when cancelled.
 *
 * @type {(themes: Theme[], id: string) => Promise<Action | null>}
 */
export const editTheme = async (themes, id) => {
  const theme = /** @type {Theme} */ (themes.find((other) => other.id === id))
  const others = themes.filter((other) => other.id !== id)
  $('theme-edit-title').textContent = theme.name
  $('theme-name').value = theme.name
  $('theme-merge').hidden = !others.length
  $('theme-into').replaceChildren(...others.map((other) => el('option', { value: other.id }, other.name)))
  switch (await showDialog($('theme-edit'))) {
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
