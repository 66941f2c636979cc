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

/** Whether *field* is what is shown. @type {(field: PageElement) => boolean} */
export const isText = (field) => Boolean(field.closest('.beside')?.classList.contains('as-text'))

/**
 * Let the two buttons of the form choose; `onMode` is told.
 *
 * @type {(field: PageElement, onMode: (mode: 'slides' | 'text') => void) => void}
 */
export const wireModes = (field, onMode) => {
  $(BUTTONS.slides)?.addEventListener('click', () => {
    showAs('slides', field)
    onMode('slides')
  })
  $(BUTTONS.text)?.addEventListener('click', () => {
    showAs('text', field)
    field.focus()
    onMode('text')
  })
}
