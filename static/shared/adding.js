/** Kinds in which an option is pressed, and in which people add options of their own. */
import { newId } from './text_and_time.js'

/** @type {(tag: string, properties: object) => PageElement} */
export const make = (tag, properties) => /** @type {PageElement} */ (/** @type {unknown} */ (Object.assign(document.createElement(tag), properties)))

/** A form of its own for an option that is missing, as without script. @type {(form: PageElement, view: PhoneView) => void} */
const drawAdding = (form, view) => {
  if (!view.says.add || document.getElementById('adding')) return
  const more = make('form', { id: 'adding', method: 'post', action: form.getAttribute('action') })
  const hidden = [['activity', view.activity], ['id', newId()], ['rev', '1']].map(([name, value]) => make('input', { type: 'hidden', name, value }))
  const field = make('input', { id: 'idea', name: 'text', className: 'field', maxLength: view.max, required: true, autocomplete: 'off' })
  more.append(...hidden, make('label', { htmlFor: 'idea', textContent: view.says.add }), field, make('button', { className: 'press quiet', textContent: view.says.send }))
  form.after(more)
}

/**
 * What a phone presses, each in a row of its own: *choose* is told which.
 *
 * @type {(choices: { id: string, text: string, quiet?: boolean }[], of: { disabled: boolean, choose: (id: string) => void }) => PageElement[]}
 */
export const pressed = (choices, { disabled, choose }) => choices.map(({ id, text, quiet }) => {
  const button = make('button', { className: quiet ? 'press quiet' : 'press', textContent: text, dir: 'auto', disabled })
  button.addEventListener('click', () => choose(id))
  const row = make('p', {})
  row.style.marginBlockStart = '.5rem'
  row.append(button)
  return row
})

/**
 * The form's own button is not needed, and there is a form for what is missing. A hidden button stands first, which the page may
 * name as it does that of other forms.
 *
 * @type {(place: PageElement, view: PhoneView) => void}
 */
export const prepare = (place, view) => {
  const { form } = place
  drawAdding(form, view)
  if (form.dataset.pressed) return
  form.dataset.pressed = 'yes'
  form.prepend(make('button', { type: 'button', className: 'press' }))
  for (const one of form.querySelectorAll(':scope > .press')) one.hidden = true
}
