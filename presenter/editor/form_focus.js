/** Where the focus is in the form, and where it goes when the form is drawn anew. */

import { madeField, movedButtonId, otherDirectionId } from './form_changes.js'
import { $ } from '../shared/dom.js'

/**
 * Replace the text from *from* to *to* with *words* as if it were typed, so that the browser's own undo works.
 *
 * @param {PageElement} field
 * @param {TextChange} change
 */
export function replaceText(field, { from, to, words }) {
  field.setSelectionRange(from, to)
  if (!document.execCommand(words ? 'insertText' : 'delete', false, words)) field.setRangeText(words, from, to, 'end')
}

/** Returns a function whose result resolves when neither a pointer nor the space bar is down. */
export function releases() {
  let released = /** @type {Promise<unknown>} */ (Promise.resolve())
  const waitFor = (/** @type {string[]} */ ...ends) => {
    released = new Promise((done) => {
      for (const end of ends) addEventListener(end, () => setTimeout(done), { once: true })
    })
  }
  addEventListener('pointerdown', () => waitFor('pointerup', 'pointercancel'))
  addEventListener('keydown', ({ key, repeat }) => key === ' ' && !repeat && waitFor('keyup', 'blur'))
  return () => released
}

/** The caret comes last, where somebody writes on; what only stands for words to come is selected. @param {{id: string, selected: boolean}} to */
export function goTo({ id, selected }) {
  const field = $(id)
  field?.focus()
  if (selected) field?.select()
  else field?.setSelectionRange?.(field.value.length, field.value.length)
}

/**
 * The field that has the focus: what is written in it, what was when it was drawn, and the selection.
 *
 * @typedef {{id: string, value: any, was: string | undefined, from: number | null, to: number}} Focused
 */

/** The field of the form with the focus, if it is there. @returns {Focused | null} */
export const focusedField = () => {
  const active = /** @type {PageElement} */ (document.activeElement)
  return $('form').contains(active) && active.id ? { id: active.id, value: active.value, was: active.dataset.was, from: active.selectionStart, to: active.selectionEnd } : null
}

/**
 * Give the focus to what was made or moved, or back to where it was; a field somebody types in keeps its text. *slide* is
 * the open one; *outline* is null when the change was refused. `reveal(element)` brings it forward where it is hidden.
 *
 * @type {(focused: Focused | null, change: Change | null, slide: number, outline: Outline | null, reveal: (element: PageElement) => void) => void}
 */
export const restoreFocus = (focused, change, slide, outline, reveal) => {
  const made = outline && madeField(change, slide, outline)
  if (made) return goTo(made)
  if (!focused) return
  const id = (outline && movedButtonId(change, slide, outline, focused.id)) || focused.id
  const target = [$(id), $(otherDirectionId(id))].find((element) => element && !element.disabled) ?? $(`f-open-${slide}`) ?? $('form-title')
  reveal(target)
  if (target !== document.activeElement) target.focus()
  if (focused.id !== target.id || focused.was === undefined) return
  if (focused.value !== focused.was) target.value = focused.value
  if (focused.from !== null) target.setSelectionRange?.(focused.from, focused.to)
}
