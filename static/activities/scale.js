/** On the phone, the kind `scale`: a row of steps for each item. */
import { joined, named, optionRow, redraw } from '../shared/options.js'

/** @type {(tag: string, className: string, ...inside: (Node | string)[]) => HTMLElement} */
const element = (tag, className, ...inside) => {
  const made = document.createElement(tag)
  made.className = className
  made.append(...inside)
  return made
}

/** @type {Show<Record<string, number>>} */
export const show = (place, view, own) => redraw(place, own, view, () => view.items.map(({ id, text }) => {
  const set = element('fieldset', 'scale', element('legend', '', text))
  for (let n = view.low; n <= view.high; n += 1) set.append(optionRow('radio', `item-${id}`, n, n, own?.value[id] === n))
  if (view.labels.length > 1) set.append(element('p', 'ends soft', ...[view.labels[0], view.labels.at(-1)].map((words) => element('span', '', /** @type {string} */ (words)))))
  return set
}))

/** The value of an answer from the form's *data*, or what *refuse* gives for the name of a sentence. @type {Read<Record<string, number>>} */
export const read = (data, _view, refuse) => {
  const value = Object.fromEntries([...data].filter(([name]) => name.startsWith('item-')).map(([name, n]) => [name.slice(5), Number(n)]))
  return Object.keys(value).length ? value : refuse('choose')
}

/** @type {Tell<Record<string, number>>} */
export const tell = (value, view) => joined(Object.entries(value).map(([id, n]) => `${named(view.items, id)}: ${n}`))
