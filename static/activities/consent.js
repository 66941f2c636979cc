/** On the phone, the kind `consent`: consent, or an objection with its reason, to the version of the proposal on show. */
import { keep, kept } from '../shared/drafts.js'
import { optionRow } from '../shared/options.js'
import { graphemes } from '../shared/text_and_time.js'

/** @type {Show<string>} */
export const show = (place, view, own) => {
  const drawn = JSON.stringify([view.activity, view.version, view.says, own?.id, own?.rev])
  if (place.dataset.drawn === drawn) return
  const before = place.querySelector('textarea') // in the page before this script came, or of another version
  const typing = before && before === document.activeElement
  // What was chosen about other words is not chosen about these.
  const same = (place.dataset.version ?? String(view.version)) === String(view.version)
  const ticked = same && [...place.querySelectorAll('input')].find(({ checked }) => checked)?.value
  Object.assign(place.dataset, { drawn, version: String(view.version) })
  const chosen = ticked || own?.value
  const line = (/** @type {string} */ words) => Object.assign(document.createElement('p'), { className: 'rule', textContent: words })
  const field = /** @type {PageElement} */ (/** @type {unknown} */ (Object.assign(document.createElement('textarea'), {
    id: 'reason', name: 'text', className: 'field', rows: 3, value: kept(view.activity) ?? ((before?.value || own?.text) ?? ''),
  })))
  const reason = document.createElement('div')
  reason.style.paddingTop = '.75rem'
  reason.append(Object.assign(document.createElement('label'), { htmlFor: 'reason', textContent: view.says.reason }), field)
  const rows = ['consent', 'object'].map((one) => optionRow('radio', 'consent', one, view.says[one], chosen === one))
  const [, object] = rows
  const change = () => { reason.hidden = !object.querySelector('input')?.checked }
  for (const row of rows) row.addEventListener('change', change)
  field.addEventListener('input', () => keep(view.activity, field.value))
  place.replaceChildren(...place.querySelectorAll(':scope > legend'), ...(view.says.version ? [line(own ? view.says.version : view.says.again)] : []), ...rows, reason)
  change()
  if (typing && !reason.hidden) field.focus()
}

/** @type {Read<string>} */
export const read = (data, view, refuse, answer = {}) => {
  const value = /** @type {string | null} */ (data.get('consent'))
  if (!value) return refuse('choose')
  if (value === 'object') {
    const reason = /** @type {string} */ (data.get('text')).trim()
    const over = graphemes(reason) - view.max
    if (!reason || over > 0) {
      refuse('over', over)
      if (!reason) document.getElementById('status').textContent = view.says.wrong
      document.getElementById('reason').focus()
      return null
    }
    answer.text = reason
  }
  answer.version = view.version
  keep(view.activity, null)
  return value
}

/** @type {Tell<string>} */
export const tell = (value, view, { text = '', version } = {}) => {
  const words = value === 'object' ? view.says.reasoned.replace('{reason}', () => text) : view.says.consented
  return view.many > 1 && version ? `${words} (${view.says.about.replace('{n}', String(version))})` : words
}
