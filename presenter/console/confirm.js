/** The dialog that asks before something is done. */

import { $ } from '../shared/dom.js'

/** @typedef {{title: string, text: string, yes: string, quote?: string, field?: string, list?: string, long?: string, value?: string, destructive?: boolean}} Question */

/**
 * Ask the facilitator. Resolves with false when the answer is no, else with what was written in the field ('' without one).
 *
 * `quote` is the answer or name it is about. `field` is the label of a text field, `list` the id of its suggestions;
 * `long` that of one for several lines, with `value` in it.
 * `destructive` paints the button as one that loses something.
 *
 * @type {(question: Question) => Promise<string | false>}
 */
export const confirm = ({ title, text, yes, quote = '', field = '', list = 'reasons', long = '', value = '', destructive = false }) => {
  const dialog = $('sure')
  $('sure-title').textContent = title
  $('sure-text').textContent = text
  $('sure-quote').textContent = quote
  $('sure-quote').hidden = !quote
  $('sure-ask').hidden = !field
  $('sure-label').textContent = field
  $('sure-field').value = ''
  $('sure-field').setAttribute('list', list)
  if (long) {
    $('sure-long').hidden = false
    $('sure-long-label').textContent = long
    $('sure-words').value = value
  }
  $('sure-yes').textContent = yes
  $('sure-yes').classList.toggle('grave', destructive)
  dialog.returnValue = ''
  const asked = /** @type {HTMLElement | null} */ (document.activeElement)
  dialog.showModal()
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      if (long) $('sure-long').hidden = true
      // A browser that finds nothing to give it back to leaves it here.
      if (document.activeElement === document.body || dialog.contains(document.activeElement)) giveBack(asked)
      done(dialog.returnValue === 'yes' && $(long ? 'sure-words' : 'sure-field').value.trim())
    }, { once: true })
  })
}

/**
 * Give *asked* the focus again. The buttons of an answer are there only while its row has it, so the browser could not.
 *
 * @param {HTMLElement | null} asked
 */
const giveBack = (asked) => {
  asked?.closest('li')?.focus()
  asked?.focus()
}
