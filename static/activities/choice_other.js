/** On the phone, the kind `choice` where people may write something else: the options, and below them a field for words of one's own. */
import { keep, kept } from '../shared/drafts.js'
import { showOptions, tellOptions } from '../shared/choices.js'
import { optionRow } from '../shared/options.js'

const OTHER = '+' // its box, as the form without script sends it
const MARK = 'data-other'

/** The box and the field. @type {(view: PhoneView, sent: string, before: string | undefined) => HTMLElement[]} */
const rowsOf = ({ activity, says, max, pick }, sent, before) => {
  const row = optionRow(pick === 1 ? 'radio' : 'checkbox', 'option', OTHER, says.other, Boolean(sent))
  const box = /** @type {HTMLInputElement} */ (row.firstChild)
  const field = Object.assign(document.createElement('input'), { className: 'code', name: 'text', maxLength: max, autocomplete: 'off', value: kept(activity) ?? before ?? sent })
  field.style.fontSize = '1.25rem' // phone.css has no room for it
  field.setAttribute('aria-label', says.other)
  for (const one of [row, field]) one.setAttribute(MARK, activity)
  field.addEventListener('input', () => {
    keep(activity, field.value)
    box.checked = Boolean(field.value.trim())
    box.dispatchEvent(new Event('change', { bubbles: true }))
  })
  return [row, field]
}

/** What was typed stays in its field when the options above are drawn anew. @type {Show<string[]>} */
export const show = (place, view, own, seed, say) => {
  const before = place.querySelector('[name=text]') // in the page, before this script came, or drawn here
  const rows = [...place.querySelectorAll(`[${MARK}]`)].filter((one) => one.getAttribute(MARK) === view.activity)
  const focused = document.activeElement
  const sent = own?.text ?? ''
  showOptions(place, view, own, seed, say)
  if (rows[0]?.isConnected) return
  const drawn = rows.length && place.dataset.sent === sent ? rows : rowsOf(view, sent, before && !before.hasAttribute(MARK) ? before.value : undefined)
  place.dataset.sent = sent
  place.append(...drawn)
  if (rows.some((one) => one === focused)) drawn[1].focus()
}

/** What is written counts where its box is ticked. @type {Read<string[]>} */
export const read = (data, view, refuse, answer = {}) => {
  const ticked = /** @type {string[]} */ (data.getAll('option'))
  const value = ticked.filter((id) => id !== OTHER)
  const words = value.length < ticked.length && String(data.get('text')).trim()
  const n = value.length + Number(Boolean(words))
  if (!n) return refuse('choose')
  if (n > view.pick) return refuse('most', view.pick)
  if (words) answer.text = words
  keep(view.activity, null)
  return value
}

/** @type {Tell<string[]>} */
export const tell = (value, view, { text: words } = {}) => {
  const options = tellOptions(value, view)
  return options && words ? `${options}, ${words}` : words || options
}
