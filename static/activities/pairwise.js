/** On the phone, the kind `pairwise`: two options, of which one is pressed; then come the next two. */
import { named } from '../shared/options.js'
import { newId } from '../shared/text_and_time.js'

/** Each answer stands by itself. */
export const each = true

/** @type {(value: Value) => string[]} */
const about = (value) => (Array.isArray(value) ? value.map(String) : Object.keys(value))

/** @type {(tag: string, properties: object) => PageElement} */
const make = (tag, properties) => /** @type {PageElement} */ (/** @type {unknown} */ (Object.assign(document.createElement(tag), properties)))

/** A form of its own for an option that is missing, as without script. @type {(form: PageElement, view: PhoneView) => void} */
const drawAdding = (form, view) => {
  if (!view.says.add || document.getElementById('adding')) return
  const more = make('form', { id: 'adding', method: 'post', action: form.getAttribute('action') })
  const hidden = [['activity', view.activity], ['id', newId()], ['rev', '1']].map(([name, value]) => make('input', { type: 'hidden', name, value }))
  const field = make('input', { id: 'idea', name: 'text', className: 'field', maxLength: view.max, required: true, autocomplete: 'off' })
  more.append(...hidden, make('label', { htmlFor: 'idea', textContent: view.says.add }), field, make('button', { className: 'press quiet', textContent: view.says.send }))
  form.after(more)
}

/** Without a *deal*, as before the server has said anything, what came with the page stays. @type {Show<any>} */
export const show = (place, view, own, _seed, _say, deal) => {
  drawAdding(place.form, view)
  const press = place.form.querySelector(':scope > .press')
  if (press) press.hidden = true // an option is pressed
  if (!deal) return
  const pair = deal.map(({ id }) => id)
  const answered = pair.length && own?.value && pair.every((id) => about(own.value).includes(id))
  const drawn = JSON.stringify([view.activity, deal, answered])
  if (place.dataset.drawn === drawn) return
  place.dataset.drawn = drawn
  const focused = place.contains(document.activeElement)
  const won = make('input', { type: 'hidden', name: 'won' })
  const choices = [...deal, ...(deal.length ? [{ id: '0', text: view.says.neither }] : [])].map(({ id, text }) => {
    const button = make('button', { className: id === '0' ? 'press quiet' : 'press', textContent: text, dir: 'auto', disabled: answered })
    button.addEventListener('click', () => { won.value = id })
    const row = make('p', {})
    row.append(button)
    return row
  })
  const none = make('p', { className: 'lead rule', textContent: view.says.none })
  place.replaceChildren(...place.querySelectorAll(':scope > legend'), won, make('input', { type: 'hidden', name: 'pair', value: pair.join(' ') }),
    ...(deal.length ? choices : [none]))
  if (!focused || answered) return
  place.tabIndex = -1
  place.focus() // the next two stand where the last were
}

/** @type {Read<any>} */
export const read = (data, _view, refuse) => {
  const [won, pair] = [String(data.get('won') ?? ''), String(data.get('pair') ?? '').split(' ')]
  if (won === '0') return Object.fromEntries(pair.map((id) => [id, 0]))
  return pair.includes(won) ? [won, ...pair.filter((id) => id !== won)] : refuse('choose')
}

/** @type {Tell<any>} */
export const tell = (value, view) => {
  const [won, lost] = about(value).map((id) => named(view.options, id))
  return (Array.isArray(value) ? view.says.better : view.says.undecided).replace('{won}', won).replace('{lost}', lost)
}
