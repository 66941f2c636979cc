/** What the keys do on a card of the board. Pure. */

import { indexFor } from './cards.js'

/** @type {Record<string, string>} */
const NAMES = {
  ArrowDown: 'next', ArrowUp: 'previous', Home: 'first', End: 'last', ArrowLeft: 'side', ArrowRight: 'side',
  n: 'newTheme', m: 'choose', u: 'undo', Delete: 'out', Backspace: 'out', Escape: 'unselect',
}

/**
 * What a key press means on a card: `{ name }`, with the `index` of a theme for `place`; null for a key of the page. While a
 * key is held down, only moving along is repeated. `nothing`: the page must not take it for one of its keys either.
 *
 * @type {(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>) => {name: string, index?: number} | null}
 */
export const boardKey = ({ key, ctrlKey, metaKey, altKey, repeat }) => {
  const letter = key.length === 1 ? key.toLowerCase() : key
  if (ctrlKey || metaKey) return letter === 'z' ? { name: repeat ? 'nothing' : 'undo' } : null
  if (altKey) return null
  const index = indexFor(key)
  const name = index >= 0 ? 'place' : NAMES[letter] ?? (letter === 'z' ? 'nothing' : null)
  if (!name) return null
  if (repeat && !key.startsWith('Arrow')) return { name: 'nothing' }
  return name === 'place' ? { name, index } : { name }
}
