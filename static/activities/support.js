/** On the phone, the kind `support`: the answers that it was dealt, each with support, not for me, or skip. */
import { joined, optionRow } from '../shared/options.js'

/** What cards say, as far as this page was told. @type {Record<string, string>} */
const texts = {}
/** What this phone has weighed. @type {Record<string, number>} */
let weighed = {}
const MARKS = [1, -1, 0]

/** @type {(view: PhoneView) => (card: Card) => HTMLElement} */
const drawCard = (view) => ({ id, text }) => {
  const set = Object.assign(document.createElement('fieldset'), { className: 'scale' })
  const legend = Object.assign(document.createElement('legend'), { textContent: text, dir: 'auto' })
  legend.style.cssText = 'padding:.75rem 0 .5rem;overflow-wrap:anywhere'
  set.append(legend, ...MARKS.map((mark) => {
    const row = optionRow('radio', `card-${id}`, mark, view.says[mark])
    row.style.flex = '1 0 auto' // as wide as its words, so that all stand in one line
    return row
  }))
  return set
}

/** Without a *deal*, as before the server has said anything, what came with the page stays. @type {Show<Record<string, number>>} */
export const show = (place, view, own, _seed, _say, deal) => {
  weighed = own?.value ?? {}
  Object.assign(texts, own?.told)
  for (const { id, text } of deal ?? []) texts[id] = text
  if (!deal) return
  const cards = deal.filter(({ id }) => !(id in weighed))
  const drawn = JSON.stringify([view.activity, cards, deal.length])
  if (place.dataset.drawn === drawn) return
  place.dataset.drawn = drawn
  const ticked = [...place.querySelectorAll('input:checked')].map(({ name, value }) => name + value)
  const press = /** @type {PageElement} */ (place.form.querySelector('.press'))
  const sent = press === document.activeElement
  const none = Object.assign(document.createElement('p'), { className: 'lead rule', textContent: view.says.none })
  // Between sending and the next cards there is nothing to say.
  place.replaceChildren(...place.querySelectorAll(':scope > legend'), ...(deal.length ? cards.map(drawCard(view)) : [none]))
  for (const input of place.querySelectorAll('input')) input.checked = ticked.includes(input.name + input.value)
  press.hidden = !deal.length
  if (!sent || (deal.length && !cards.length)) return
  place.tabIndex = -1
  place.focus() // the next cards stand above the button
}

/** @type {Read<Record<string, number>>} */
export const read = (data, _view, refuse) => {
  const said = [...data].filter(([name]) => name.startsWith('card-')).map(([name, mark]) => [name.slice(5), Number(mark)])
  return said.length ? { ...weighed, ...Object.fromEntries(said) } : refuse('choose')
}

/** Newest first. @type {Tell<Record<string, number>>} */
export const tell = (value, view) => joined(Object.entries(value).filter(([id]) => texts[id]).map(([id, mark]) => `${texts[id]}: ${view.says[mark]}`).reverse())
