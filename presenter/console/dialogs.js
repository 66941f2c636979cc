/** The dialogs that are opened by a button or a key: a new question, an answer written in for somebody, and the way in. */

import { $ } from '../shared/dom.js'

/** The button that opens each dialog, by the dialog's id. */
const OPENED_BY = { 'ask-part': ['ask-open'], 'write-part': ['write-open'], join: ['join-open'] }

/** @param {string} id */
export const openDialog = (id) => {
  if (document.querySelector('dialog[open]')) return
  const said = $(id).querySelector('[data-says]')
  if (said) said.textContent = '' // of the last time
  $(id).showModal()
}

export const wireDialogs = () => {
  for (const [id, buttons] of Object.entries(OPENED_BY)) {
    for (const button of buttons) $(button).addEventListener('click', () => openDialog(id))
    $(id).addEventListener('click', ({ target }) => {
      if (target === $(id) || target.closest('[data-close]')) $(id).close()
    })
  }
}
