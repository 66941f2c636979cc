/** The editor's keys, outside its fields. In the list of slides they act on the slide with the focus (slides/slide_order.js). */

import { letterKeysOn } from '../shared/letter_keys.js'

/**
 * What a key does in the editor: `new`, `copy`, `ask`, `try`, `undo`, `help`, `up`, `down`; null for all others, and in a field. Pure.
 *
 * @type {(event: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'> & {target: any}, letters?: boolean) => string | null}
 */
export const editorKey = ({ key, altKey, ctrlKey, metaKey, target }, letters = true) => {
  if (ctrlKey || metaKey || target?.closest?.('input:not([type=checkbox]), textarea, select, dialog')) return null
  if (altKey) return { ArrowUp: 'up', ArrowDown: 'down' }[key] ?? null
  if (!letters) return null
  return { n: 'new', d: 'copy', q: 'ask', p: 'try', z: 'undo', '?': 'help' }[key.toLowerCase()] ?? null
}

/**
 * Call what a key in *area* does, by its name.
 *
 * @type {(area: PageElement | Document, does: Record<string, () => unknown>) => void}
 */
export const wireKeys = (area, does) => area.addEventListener('keydown', (/** @type {any} */ event) => {
  const name = event.defaultPrevented || event.repeat || document.querySelector('dialog[open]') ? null : editorKey(event, letterKeysOn())
  if (!name || !does[name]) return
  event.preventDefault()
  event.stopPropagation() // the console has letters of its own
  does[name]()
})
