/** The editor shows a workshop as slides, or the same as text. */

import { $ } from '../shared/dom.js'

/** What shows each of the two, by mode. */
const BUTTONS = { slides: 'form-as-slides', text: 'form-as-text' }

/**
 * Show the slides, or the text that is in *field*.
 *
 * @type {(mode: 'slides' | 'text', field: PageElement) => void}
 */
export const showAs = (mode, field) => {
  field.closest('.beside')?.classList.toggle('as-text', mode === 'text')
  for (const [name, id] of Object.entries(BUTTONS)) $(id)?.setAttribute('aria-pressed', String(name === mode))
}

/**
 * Let the two buttons of the form choose.
 *
 * @type {(field: PageElement) => void}
 */
export const wireModes = (field) => {
  $(BUTTONS.slides)?.addEventListener('click', () => showAs('slides', field))
  $(BUTTONS.text)?.addEventListener('click', () => {
    showAs('text', field)
    field.focus()
  })
}
