/** From what people do with cards to the actions that are sent. Pure. */

import { answerIdOf, themeOf } from './cards.js'

const MOST_AT_ONCE = 400 // cards in one action

/** @type {(keys: string[]) => string[]} */
const idsOf = (keys) => [...new Set(keys.map(answerIdOf))]

/**
 * The actions that put cards into *theme*, or, without a theme, take each out of the one it is in.
 *
 * @type {(keys: string[], theme: string, several: boolean) => Action[]}
 */
const placing = (keys, theme, several) => {
  if (theme || !several) return [{ do: 'place', ids: idsOf(keys), theme }]
  return [...new Set(keys.map(themeOf))].map((from) => ({ do: 'take_out', theme: from, ids: idsOf(keys.filter((key) => themeOf(key) === from)) }))
}

/**
 * How the cards *keys* are moved to *theme* ('': to none), where an answer may be in *several* themes or not.
 *
 * `moving`: the cards that are not there yet. `leaving`: those that leave their place; where an answer may be in several
 * themes, a card that is put into another one also stays where it is. `steps`: each an `action` with the cards `leaving` by it.
 *
 * @type {(keys: string[], theme: string, several: boolean) => {moving: string[], leaving: string[], steps: {action: Action, leaving: string[]}[]}}
 */
export const moveCards = (keys, theme, several) => {
  const moving = keys.filter((key) => themeOf(key) !== theme)
  const leaving = moving.filter((key) => !several || !theme || !themeOf(key))
  const steps = []
  for (let at = 0; at < moving.length; at += MOST_AT_ONCE) {
    const batch = moving.slice(at, at + MOST_AT_ONCE)
    for (const action of placing(batch, theme, several)) {
      const ids = new Set(action.ids)
      steps.push({ action, leaving: batch.filter((key) => leaving.includes(key) && ids.has(answerIdOf(key))) })
    }
  }
  return { moving, leaving, steps }
}

/**
 * The theme that all cards *keys* are in; '' where they are in none or in several.
 *
 * @type {(keys: string[]) => string}
 */
export const themeOfAll = (keys) => {
  const themes = new Set(keys.map(themeOf))
  return themes.size === 1 ? [...themes][0] : ''
}

/**
 * The cards that leave their place when a new theme is made of *keys*: out of one theme all of them do, which splits it.
 *
 * @type {(keys: string[], several: boolean) => string[]}
 */
export const leavingForNew = (keys, several) => keys.filter((key) => !several || themeOfAll(keys) || !themeOf(key))

/**
 * The action that makes a theme *name* of the cards *keys*.
 *
 * @type {(keys: string[], name: string) => Action}
 */
export const themeAction = (keys, name) => {
  const from = themeOfAll(keys)
  return { ...(from ? { do: 'split', theme: from } : { do: 'make_theme' }), name, ids: idsOf(keys) }
}

/**
 * The number of cards on the button that shows more of a list, 0 where there are no more; *page* at most, of a theme all.
 *
 * @type {(of: {theme: string, total: number, shown: number, page: number}) => number}
 */
export const moreCards = ({ theme, total, shown, page }) => {
  const rest = Math.max(0, total - shown)
  return rest && (theme ? total : Math.min(page, rest))
}
