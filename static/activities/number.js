/** On the phone, the kind `number`: a field for one number, as it is typed where people live. */
import { keep, kept } from '../shared/drafts.js'

/** The number that *typed* is, with a comma or a point, and spaces between thousands; NaN where it is none. @type {(typed: string) => number} */
export const numberOf = (typed) => {
  const plain = typed.replace(/\s/g, '').replace(',', '.').replace('−', '-')
  return /^-?\d{1,12}(\.\d{1,12})?$/.test(plain) ? Number(plain) : NaN
}

/** @type {(value: number, language: string) => string} */
const written = (value, language) => new Intl.NumberFormat(language, { maximumFractionDigits: 6, useGrouping: false }).format(value)

/** @type {Show<number>} */
export const show = (place, view, own) => {
  const drawn = JSON.stringify([view.activity, own?.id, own?.rev, view.says, view.unit])
  if (place.dataset.drawn === drawn) return
  const before = place.querySelector('input')?.value // in the page, before this script came
  const first = !place.dataset.drawn
  place.dataset.drawn = drawn
  const field = Object.assign(document.createElement('input'), {
    id: 'number', name: 'number', className: 'code', inputMode: 'decimal', autocomplete: 'off', maxLength: 24,
    value: kept(view.activity) ?? ((first && before) || (own ? written(own.value, view.language) : '')),
  })
  field.setAttribute('aria-describedby', 'limits')
  field.addEventListener('input', () => keep(view.activity, field.value))
  const label = Object.assign(document.createElement('label'), { htmlFor: 'number', textContent: view.says.answer + (view.unit && ` (${view.unit})`) })
  const limits = Object.assign(document.createElement('p'), { id: 'limits', className: 'soft', textContent: view.says.limits ?? '' })
  place.replaceChildren(...place.querySelectorAll(':scope > legend'), label, field, limits)
}

/** @type {Read<number>} */
export const read = (data, view, refuse) => {
  const typed = /** @type {string} */ (data.get('number') ?? '').trim()
  if (!typed) return refuse('empty')
  const value = numberOf(typed)
  const { least, most, in_steps: step } = view
  const outside = value < (least ?? -1e9) || value > (most ?? 1e9) || (step && (value - (least ?? 0)) % step)
  if (Number.isNaN(value) || outside) {
    refuse('empty')
    document.getElementById('status').textContent = (outside && view.says.limits) || view.says.wrong
    return null
  }
  keep(view.activity, null)
  return value
}

/** @type {Tell<number>} */
export const tell = (value, view) => `${written(value, view.language)} ${view.unit}`.trim()
