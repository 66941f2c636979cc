/** Lists of cards that stay themselves when what they show changes: no card under a finger or in focus is made anew. */

import { el } from './draw.js'

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

const makeCard = ({ id }) =>
  el('li', { class: 'card', 'data-card': id },
    el('span', { class: 'grip', 'aria-hidden': 'true' }),
    el('button', { type: 'button', class: 'face', tabindex: '-1', 'aria-pressed': 'false' }))

const fillCard = (card, { text }, language) => {
  const face = card.lastElementChild
  if (face.textContent !== text) face.textContent = text
  face.lang = language
}

/** Draw *cards* (`{id, text}`) into *list*; what somebody else moves leaves its place empty while *waits* says so. */
export const drawCards = (list, cards, language, waits) =>
  keep(list, cards, { key: ({ id }) => id, make: makeCard, fill: (one, card) => fillCard(one, card, language), waits })

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
