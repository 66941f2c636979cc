/** Draws cards, and lists in general, by updating elements instead of replacing them: a card under a finger or with the focus stays the same element. */

import { el, fill } from '../../shared/dom.js'

/**
 * @template Item
 * @typedef {object} ListHandlers
 * @property {(item: Item) => string} key
 * @property {(item: Item) => PageElement} make
 * @property {(element: PageElement, item: Item) => unknown} fill
 * @property {(element: PageElement) => boolean} [keepsPlace]
 */

/**
 * Make *list* hold one element for each of *items*, in their order: `make(item)` makes a new one, `fill(element, item)`
 * updates each. Elements without an item are removed; one for which `keepsPlace(element)` is true leaves its place empty
 * for now (class `gone`).
 *
 * @template {{}} Item
 * @param {PageElement} list
 * @param {Item[]} items
 * @param {ListHandlers<Item>} handlers
 */
export const updateList = (list, items, { key, make, fill: update, keepsPlace = () => false }) => {
  const keys = items.map((item) => String(key(item)))
  const elements = new Map([...list.children].map((element) => [String(element.dataset.key), element]))
  const wanted = new Set(keys)
  for (const [itemKey, element] of elements) { // before the others, which then need not be moved
    if (wanted.has(itemKey)) element.classList.remove('gone')
    else if (keepsPlace(element)) element.classList.add('gone')
    else element.remove()
  }
  /** @param {PageElement} element */
  const next = (element) => {
    while (element?.classList.contains('gone')) element = element.nextElementSibling
    return element
  }
  let last = /** @type {PageElement | null} */ (null)
  items.forEach((item, index) => {
    const element = elements.get(keys[index]) ?? make(item)
    element.dataset.key = keys[index]
    update(element, item)
    const place = next(last ? last.nextElementSibling : list.firstElementChild)
    if (place !== element) list.insertBefore(element, place)
    last = element
  })
}

/**
 * The key of a card: an answer in one list, which is a theme's id or ''. An answer may have cards in several themes. Pure.
 *
 * @type {(theme: string, id: string) => string}
 */
export const cardKey = (theme, id) => `${theme}/${id}`
/**
 * The theme's id in a card's key, '' for none. Pure.
 *
 * @type {(key: string) => string}
 */
export const themeOf = (key) => key.slice(0, key.lastIndexOf('/'))
/** The answer's id in a card's key. Pure. @type {(key: string) => string} */
export const answerIdOf = (key) => key.slice(key.lastIndexOf('/') + 1)

/** @typedef {{themes: Theme[], language: string, t: Strings}} CardWords */

const makeCard = (/** @type {Card} */ { id }) =>
  el('li', { class: 'card', 'data-card': id },
    el('span', { class: 'grip', 'aria-hidden': 'true' }),
    el('div', {}, el('button', { type: 'button', class: 'face', tabindex: '-1', 'aria-pressed': 'false' }), el('p', { class: 'also soft', hidden: '' })))

/** @type {(card: PageElement, of: Card, words: CardWords) => void} */
const fillCard = (card, { text, also }, { themes, language, t }) => {
  const [face, alsoLine] = card.lastElementChild.children
  if (face.textContent !== text) face.textContent = text
  face.lang = language
  const names = themes.filter(({ id }) => also?.includes(id)).map(({ name }) => name)
  alsoLine.hidden = names.length === 0
  alsoLine.textContent = fill(t.also, { names: names.join(', ') })
}

/**
 * Draw *cards* of *theme* into *list*. A card is `{id, text}`, with the other themes it is in as `also`. For `keepsPlace`
 * see `updateList`.
 *
 * @type {(list: PageElement, cards: Card[], words: CardWords & {theme: string, keepsPlace?: (element: PageElement) => boolean}) => void}
 */
export const drawCards = (list, cards, { theme, keepsPlace, ...words }) =>
  updateList(list, cards, { key: ({ id }) => cardKey(theme, id), make: makeCard, fill: (element, card) => fillCard(element, card, words), keepsPlace })

/**
 * The card that gets the focus when those in *gone* leave the list *ids*: the next one, or else the one before. Pure.
 *
 * @type {(ids: string[], gone: Set<string>, current: string | null) => string | null}
 */
export const nextCard = (ids, gone, current) => {
  const index = ids.indexOf(current ?? '')
  const stays = (/** @type {string} */ id) => !gone.has(id)
  return ids.slice(index).find(stays) ?? ids.slice(0, Math.max(0, index)).findLast(stays) ?? null
}

/**
 * The digit key that moves a card to the theme at *index*: 1 … 9, then 0; '' for all after. Pure.
 *
 * @type {(index: number) => string}
 */
export const digitFor = (index) => (index < 9 ? String(index + 1) : index === 9 ? '0' : '')

/**
 * The index of the theme that *key* moves a card to, or -1. Pure.
 *
 * @type {(key: string) => number}
 */
export const indexFor = (key) => (/^[0-9]$/.test(key) ? (Number(key) + 9) % 10 : -1)
