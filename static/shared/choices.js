/** What the scripts of choices share on a phone: the options, and which of them are ticked. */
import { joined, optionRow, redraw } from './options.js'
import { shuffled } from './shuffled.js'

/**
 * The options in *value* as they are now: of two that were merged into one there is one, what was removed is left out.
 *
 * @type {(value: string[], options: Option[]) => Option[]}
 */
export const chosen = (value, options) => options.filter(({ id, was = [] }) => value.includes(id) || was.some((one) => value.includes(one)))

/** @type {Show<string[]>} */
export const showOptions = (place, view, own, seed, say) => redraw(place, own, view, () => {
  const ticked = chosen(own?.value ?? [], view.options)
  const freed = own ? own.value.length - ticked.length + (own.freed ?? 0) : 0
  const rows = (view.shuffle ? shuffled(view.options, seed + view.activity) : view.options).map((option) =>
    optionRow(view.pick === 1 ? 'radio' : 'checkbox', 'option', option.id, option.text, ticked.some(({ id }) => id === option.id)))
  return freed ? [...rows, Object.assign(document.createElement('p'), { className: 'rule', textContent: say('freed', freed) })] : rows
})

/** @type {Tell<string[]>} */
export const tellOptions = (value, view) => joined(chosen(value, view.options).map(({ text }) => text))
