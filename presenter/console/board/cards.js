/** Lists of cards that stay themselves when what they show changes: no card under a finger or in focus is made anew. */

import { el, fill } from '../../shared/dom.js'

/**
 * Make *list* hold one element for each of *items*, in their order; `make(item)` new ones, `fill(element, item)` all.
 * What is no more is taken out, but for elements of which `waits` says that their place is kept empty for a while.
 */
export const keep = (list, items, { key, make, fill, waits = () => false }) => {
  const names = items.map((item) => String(key(item)))
  const old = new Map([...list.children].map((one) => [one.dataset.key, one]))
  const stays = new Set(names)
  for (const [name, one] of old) { // first, so that no other need be moved
    if (!stays.has(name)) waits(one) ? one.classList.add('gone') : one.remove()
    else one.classList.remove('gone')
  }
  const next = (one) => {
    while (one?.classList.contains('gone')) one = one.nextElementSibling
    return one
  }
  let before = null
  items.forEach((item, at) => {
    const one = old.get(names[at]) ?? make(item)
    one.dataset.key = names[at]
    fill(one, item)
    const place = next(before ? before.nextElementSibling : list.firstElementChild)
    if (place !== one) list.insertBefore(one, place)
    before = one
  })
}

/** A card is an answer in one list: '' or the theme. One answer may stand in several. Pure. */
export const cardKey = (theme, id) => `${theme}/${id}`
export const homeOf = (key) => key.slice(0, key.lastIndexOf('/'))
export const idOf = (key) => key.slice(key.lastIndexOf('/') + 1)

const makeCard = ({ id }) =>
  el('li', { class: 'card', 'data-card': id },
    el('span', { class: 'grip', 'aria-hidden': 'true' }),
    el('div', {}, el('button', { type: 'button', class: 'face', tabindex: '-1', 'aria-pressed': 'false' }), el('p', { class: 'also soft', hidden: '' })))

const fillCard = (card, { text, also }, { themes, language, t }) => {
  const [face, others] = card.lastElementChild.children
  if (face.textContent !== text) face.textContent = text
  face.lang = language
  const names = themes.filter(({ id }) => also?.includes(id)).map(({ name }) => name)
  others.hidden = names.length === 0
  others.textContent = fill(t.also, { names: names.join(', ') })
}

/**
 * Draw *cards* (`{id, text}`, and `also`, the other themes each is in) of *theme* into *list*; what somebody else moves
 * leaves its place empty while *waits* says so.
 */
export const drawCards = (list, cards, { theme, waits, ...words }) =>
  keep(list, cards, { key: ({ id }) => cardKey(theme, id), make: makeCard, fill: (one, card) => fillCard(one, card, words), waits })

/** Which card has the focus next when those of *gone* leave *ids*: the one after them, or else before. Pure. */
export const nextOf = (ids, gone, current) => {
  const at = ids.indexOf(current)
  const stays = (id) => !gone.has(id)
  return ids.slice(at).find(stays) ?? ids.slice(0, Math.max(0, at)).findLast(stays) ?? null
}

/** The key that moves a card to the theme at *place*: 1 … 9, then 0; '' further down. Pure. */
export const keyOf = (place) => (place < 9 ? String(place + 1) : place === 9 ? '0' : '')

/** The place of the theme that *key* moves to, or -1. Pure. */
export const placeOf = (key) => (/^[0-9]$/.test(key) ? (Number(key) + 9) % 10 : -1)
