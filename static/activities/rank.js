/** On the phone, the kind `rank`: what is ticked gets the next place, and moves up and down by buttons. */
import { keep, kept } from '../shared/drafts.js'
import { joined, named, optionRow } from '../shared/options.js'
import { shuffled } from '../shared/shuffled.js'

/** *value* by the ids that *options* have now: of two that were merged the better place stands. @type {(value: string[], options: Option[]) => string[]} */
export const inOrder = (value, options) => [...new Set(value.flatMap((id) => options.find((one) => one.id === id || one.was?.includes(id))?.id ?? []))]

/** *order* with the option at *from* moved *by* places. @type {(order: string[], from: number, by: number) => string[]} */
export const moved = (order, from, by) => {
  const [one] = order.slice(from, from + 1)
  const rest = order.filter((id) => id !== one)
  return [...rest.slice(0, from + by), one, ...rest.slice(from + by)]
}

/** @type {(place: PageElement, view: PhoneView, order: string[], focus?: string) => void} */
const draw = (place, view, order, focus) => {
  /** @type {(order: string[], focus: string) => void} */
  const change = (next, on) => {
    keep(view.activity, next)
    draw(place, view, next, on)
  }
  const row = (/** @type {string} */ id, /** @type {number} */ at) => {
    const label = optionRow('checkbox', 'option', id, (at < 0 ? '' : `${at + 1}. `) + named(view.options, id), at >= 0)
    const input = /** @type {PageElement} */ (label.querySelector('input'))
    input.disabled = at < 0 && order.length >= view.pick
    input.addEventListener('change', () => change(at < 0 ? [...order, id] : order.filter((one) => one !== id), id))
    const line = document.createElement('div')
    line.style.cssText = 'display:flex;border-bottom:1px solid var(--hair)'
    label.style.cssText = 'flex:1;border:0'
    line.append(label)
    for (const [name, by, sign] of at < 0 ? [] : /** @type {[string, number, string][]} */ ([['up', -1, '↑'], ['down', 1, '↓']])) {
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: sign })
      button.style.cssText = 'min-width:2.75rem;justify-content:center;text-decoration:none'
      button.dataset.does = `${name} ${id}`
      button.setAttribute('aria-label', view.says[name].replace('{option}', `${at + 1}. ${named(view.options, id)}`))
      button.disabled = !order[at + by]
      button.style.visibility = button.disabled ? 'hidden' : ''
      button.addEventListener('click', () => change(moved(order, at, by), `${name} ${id}`))
      line.append(button)
    }
    return line
  }
  const rest = view.options.map(({ id }) => id).filter((id) => !order.includes(id))
  place.replaceChildren(...place.querySelectorAll(':scope > legend'), ...order.map(row), ...rest.map((id) => row(id, -1)))
  if (!focus) return
  const wanted = [...place.querySelectorAll('button, input')].find((one) => (one.dataset.does ?? one.value) === focus)
  const same = wanted?.disabled ? wanted.parentElement.querySelector('button:enabled') : wanted
  same?.focus()
}

/** @type {Show<string[]>} */
export const show = (place, view, own, seed) => {
  const drawn = JSON.stringify([view.activity, own?.id, own?.rev, view.options, view.pick])
  if (place.dataset.drawn === drawn) return
  const chosen = [...place.querySelectorAll('select')].map(({ value }) => value).filter(Boolean) // in the page, before this script came
  place.dataset.drawn = drawn
  const options = view.shuffle ? shuffled(view.options, seed + view.activity) : view.options
  draw(place, { ...view, options }, inOrder(kept(view.activity) ?? (chosen.length ? chosen : own?.value ?? []), view.options))
}

/** @type {Read<string[]>} */
export const read = (data, view, refuse) => {
  const value = /** @type {string[]} */ (data.getAll('option'))
  if (!value.length) return refuse('choose')
  if (value.length > view.pick) return refuse('most', view.pick)
  keep(view.activity, null)
  return value
}

/** @type {Tell<string[]>} */
export const tell = (value, view) => joined(inOrder(value, view.options).map((id, place) => `${place + 1}. ${named(view.options, id)}`))
