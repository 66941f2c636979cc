/** On the phone, the kind `points`: a field for each option, buttons for less and more, and how many points are left; at most `per` on one. With a `cap`: options to buy. */
import { keep, kept } from '../shared/drafts.js'
import { joined, named, optionRow, redraw } from '../shared/options.js'
import { shuffled } from '../shared/shuffled.js'

/** *value* by the ids that *options* have now: points of those that were merged are added up. @type {(value: Record<string, number>, options: Option[]) => Record<string, number>} */
export const given = (value, options) => Object.fromEntries(options.map(({ id, was = [] }) =>
  [id, [id, ...was].reduce((sum, one) => sum + (value[one] ?? 0), 0)]).filter(([, points]) => points))

/** @type {(place: PageElement) => Record<string, number>} */
const filled = (place) => Object.fromEntries([...place.querySelectorAll('input')].map(({ name, value }) => [name.slice(7), Number(value) || 0]))

/** *n* as it is written where people live. @type {(n: number, view: PhoneView) => string} */
const amount = (n, view) => new Intl.NumberFormat(view.language).format(n)

/** What is left stays in view while people scroll. */
const leftLine = () => {
  const line = Object.assign(document.createElement('p'), { className: 'rule num' })
  line.setAttribute('role', 'status')
  line.style.cssText = 'position:sticky;top:0;z-index:1;background:var(--ground);padding:.5rem 0'
  return line
}

/** Options to be bought, and what is left; one that is too dear now can't be ticked. @type {Show<string[]>} */
const showCosts = (place, view, own) => redraw(place, own, view, () => {
  const left = leftLine()
  const rows = view.options.map(({ id, text }) => optionRow('checkbox', 'option', id, `${text} (${amount(view.costs[id], view)})`, own?.value.includes(id)))
  const count = () => {
    const inputs = /** @type {PageElement[]} */ (rows.map((row) => row.querySelector('input')))
    const rest = inputs.reduce((sum, { checked, value }) => sum - (checked ? view.costs[value] : 0), view.cap ?? 0)
    left.textContent = (rest < 0 ? view.says.over : view.says.left).replace('{n}', amount(Math.abs(rest), view))
    for (const one of inputs) one.disabled = !one.checked && view.costs[one.value] > rest
  }
  for (const row of rows) row.addEventListener('change', count)
  queueMicrotask(count) // what was ticked and not sent is ticked again once this is drawn
  return [left, ...rows]
})

/** @type {Show<any>} */
export const show = (place, view, own, seed, say) => {
  if (view.cap) return showCosts(place, view, own, seed, say)
  const drawn = JSON.stringify([view.activity, own?.id, own?.rev, view.options, view.total])
  if (place.dataset.drawn === drawn) return
  const before = place.dataset.drawn ? {} : filled(place) // in the page, before this script came
  place.dataset.drawn = drawn
  const start = given(kept(view.activity) ?? (Object.values(before).some(Boolean) ? before : own?.value ?? {}), view.options)
  const left = leftLine()
  const most = view.per ?? view.total
  const step = view.in_steps ?? (view.per ? 1 : Math.max(1, Math.round(view.total / 20)))
  const each = view.per ? ` (${view.says.each})` : ''
  const count = () => {
    const rest = view.total - Object.values(filled(place)).reduce((sum, one) => sum + one, 0)
    left.textContent = (rest < 0 ? view.says.over : view.says.left).replace('{n}', `${Math.abs(rest)}`) + each
    return rest
  }
  const changed = () => { keep(view.activity, filled(place)); count() }
  place.replaceChildren(...place.querySelectorAll(':scope > legend'), left, ...(view.shuffle ? shuffled(view.options, seed + view.activity) : view.options).map(({ id, text }) => {
    const row = document.createElement('div')
    row.style.cssText = 'display:flex;align-items:center;gap:.25rem;border-bottom:1px solid var(--hair);padding:.25rem 0'
    const label = Object.assign(document.createElement('label'), { htmlFor: `points-${id}`, textContent: text })
    label.style.cssText = 'flex:1'
    const field = /** @type {PageElement} */ (/** @type {unknown} */ (Object.assign(document.createElement('input'), {
      id: `points-${id}`, name: `points-${id}`, className: 'code', inputMode: 'decimal', autocomplete: 'off', maxLength: 7, value: String(start[id] ?? ''),
    })))
    field.style.cssText = 'width:4.75rem;font-size:1.25rem;padding:.5rem;text-align:center'
    field.addEventListener('input', changed)
    const button = (/** @type {string} */ name, /** @type {string} */ sign, /** @type {number} */ by) => {
      const made = Object.assign(document.createElement('button'), { type: 'button', className: 'pick', textContent: sign })
      made.style.cssText = 'flex:none;width:3rem'
      made.setAttribute('aria-label', view.says[name].replace('{option}', text))
      made.addEventListener('click', () => {
        const now = Number(field.value) || 0
        field.value = String(Math.max(0, now + (by > 0 ? Math.min(by, Math.max(0, count()), Math.max(0, most - now)) : by)) || '')
        changed()
      })
      return made
    }
    row.append(label, button('less', '−', -step), field, button('more', '+', step))
    return row
  }))
  count()
  if (own?.freed && view.per) place.append(Object.assign(document.createElement('p'), { className: 'rule', textContent: say('freed', own.freed) }))
}

/** @type {Read} */
export const read = (data, view, refuse) => {
  if (view.cap) {
    const bought = /** @type {string[]} */ (data.getAll('option'))
    return bought.length ? bought : refuse('choose')
  }
  const value = /** @type {Record<string, number>} */ ({})
  for (const [name, typed] of data) if (name.startsWith('points-') && typed) value[name.slice(7)] = Number(typed)
  const all = Object.values(value)
  const sum = all.reduce((one, other) => one + other, 0)
  if (sum === 0) return refuse('choose')
  const wrong = all.some((points) => !Number.isInteger(points) || points < 0 || points % (view.in_steps ?? 1) || points > (view.per ?? points))
  if (wrong || sum > view.total) {
    refuse('choose')
    document.getElementById('status').textContent = wrong ? view.says.wrong : view.says.over.replace('{n}', `${sum - view.total}`)
    return null
  }
  keep(view.activity, null)
  return value
}

/** @type {Tell<any>} */
export const tell = (value, view) => joined(view.cap ? view.options.flatMap(({ id, text }) => (value.includes(id) ? text : [])) : Object.entries(given(value, view.options)).map(([id, points]) => `${named(view.options, id)}: ${points}`))
