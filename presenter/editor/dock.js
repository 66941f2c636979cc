/** The editor's dock and its keys: a new slide, a copy, moving, trying it, and the list of keys. */

import { wireKeys } from './editor_keys.js'
import { $ } from '../shared/dom.js'
import { bindLetterKeysBox } from '../shared/letter_keys.js'

/** The buttons of what keys do too. */
const BUTTONS = { new: 'form-new', copy: 'form-copy', try: 'form-see', help: 'form-help' }

/**
 * *keys* is where the keys work; `slides()` tells which slide is open, of how many; `press(data)` does what a button of the
 * form with that data does.
 *
 * @type {(of: {keys: PageElement | Document, slides: () => {open: number, of: number}, press: (data: {does: string, slide: string, by: string}) => unknown,
 *   undo: () => unknown, tryIt: (slide: number, of: number) => unknown}) => void}
 */
export const wireDock = ({ keys, slides, press, undo, tryIt }) => {
  const onOpen = (/** @type {string} */ does, by = 0) => () => {
    const { open, of } = slides()
    if (of > 0 && open + by >= 0 && open + by < of) press({ does, slide: String(open), by: String(by) })
  }
  /** @type {Record<string, () => unknown>} */
  const byName = {
    new: onOpen('add_slide'), copy: onOpen('copy_slide'), ask: onOpen('ask_here'), up: onOpen('move_slide', -1), down: onOpen('move_slide', 1), undo,
    try: () => tryIt(slides().open, slides().of), help: () => $('form-keys').showModal(),
  }
  for (const [name, id] of Object.entries(BUTTONS)) $(id).addEventListener('click', byName[name])
  bindLetterKeysBox($('form-letters'))
  $('form-keys-close').addEventListener('click', () => $('form-keys').close())
  wireKeys(keys, byName)
}
