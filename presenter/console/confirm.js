/** The one dialog that asks before something is done. */

import { $ } from '../shared/dom.js'

/**
 * Ask the facilitator. Returns false when the answer is no, and otherwise what was written in the field ('' without).
 *
 * `quote` is what it is about; `field` is the label of a line to write in, `list` the words it offers; `grave` paints the answer as one that loses something.
 */
export const sure = ({ title, text, yes, quote = '', field = '', list = 'reasons', grave = false }) => {
  const dialog = $('sure')
  $('sure-title').textContent = title
  $('sure-text').textContent = text
  $('sure-quote').textContent = quote
  $('sure-quote').hidden = !quote
  $('sure-ask').hidden = !field
  $('sure-label').textContent = field
  $('sure-field').value = ''
  $('sure-field').setAttribute('list', list)
  $('sure-yes').textContent = yes
  $('sure-yes').classList.toggle('grave', grave)
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise((done) => {
    dialog.addEventListener('close', () => done(dialog.returnValue === 'yes' && $('sure-field').value.trim()), { once: true })
  })
}
