/** On the phone, the kind `statements`: one statement after the other, with agree, disagree or pass. */
import { make, prepare, pressed } from '../shared/adding.js'
import { joined, named } from '../shared/options.js'

/** What this phone has said. @type {Record<string, number>} */
let said = {}

/** Without a *deal*, as before the server has said anything, what came with the page stays. @type {Show<Record<string, number>>} */
export const show = (place, view, own, _seed, _say, deal) => {
  prepare(place, view)
  if (own?.value) said = own.value
  if (!deal) return
  const card = deal.find(({ id }) => !(id in said))
  const drawn = JSON.stringify([view.activity, card, deal.length])
  if (place.dataset.drawn === drawn) return
  place.dataset.drawn = drawn
  const focused = place.contains(document.activeElement)
  const mark = make('input', { type: 'hidden', name: 'mark' })
  const text = make('p', { className: 'lead rule', textContent: card?.text ?? (deal.length ? '' : view.says.none), dir: 'auto' })
  const marks = ['1', '-1', '0'].map((id) => ({ id, text: view.says[id], quiet: id === '0' }))
  place.replaceChildren(...place.querySelectorAll(':scope > legend'), text, mark, make('input', { type: 'hidden', name: 'about', value: card?.id ?? '' }),
    ...(card ? pressed(marks, { disabled: false, choose: (id) => { mark.value = id } }) : []))
  if (!focused) return
  place.tabIndex = -1
  place.focus() // the next statement stands where the last one was
}

/** @type {Read<Record<string, number>>} */
export const read = (data, _view, refuse) => {
  const about = String(data.get('about') ?? ''), mark = String(data.get('mark') ?? '')
  if (!about || !mark) return refuse('choose')
  said = { ...said, [about]: Number(mark) }
  return said
}

/** Newest first. @type {Tell<Record<string, number>>} */
export const tell = (value, view) => joined(Object.entries(value).map(([id, mark]) => `${named(view.options, id).replace(/\.$/, '')}: ${view.says[mark]}`).reverse())
