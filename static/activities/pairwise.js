/** On the phone, the kind `pairwise`: two options, of which one is pressed; then come the next two. */
import { make, prepare, pressed } from '../shared/adding.js'
import { named } from '../shared/options.js'

/** Each answer stands by itself. */
export const each = true

/** @type {(value: Value) => string[]} */
const about = (value) => (Array.isArray(value) ? value.map(String) : Object.keys(value))

/** Without a *deal*, as before the server has said anything, what came with the page stays. @type {Show<any>} */
export const show = (place, view, own, _seed, _say, deal) => {
  prepare(place, view)
  if (!deal) return
  const pair = deal.map(({ id }) => id)
  const answered = !!(pair.length && own?.value) && pair.every((id) => about(own.value).includes(id))
  const drawn = JSON.stringify([view.activity, deal, answered])
  if (place.dataset.drawn === drawn) return
  place.dataset.drawn = drawn
  const focused = place.contains(document.activeElement)
  const won = make('input', { type: 'hidden', name: 'won' })
  const choices = pressed([...deal, { id: '0', text: view.says.neither, quiet: true }], { disabled: answered, choose: (id) => { won.value = id } })
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
