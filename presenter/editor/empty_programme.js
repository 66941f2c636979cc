/** The empty slide that a programme begins on: its name is written there, or it begins with one question. */

import { emptyWorkshop, titledWorkshop } from './form_changes.js'
import { goTo } from './form_focus.js'
import { $ } from '../shared/dom.js'

/**
 * `isEmpty()` tells whether there is no programme yet; `start(text)` makes one, and resolves when it is drawn.
 *
 * @type {(t: Strings, isEmpty: () => boolean, start: (text: string) => Promise<unknown>) => void}
 */
export const wireEmptyProgramme = (t, isEmpty, start) => {
  const first = $('form-first')
  const language = document.documentElement.lang
  const nameMeeting = () => {
    const title = first.value
    if (!title.trim() || !isEmpty()) return
    first.value = ''
    return start(titledWorkshop(title, language))
  }
  first.addEventListener('change', nameMeeting)
  first.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    nameMeeting()?.then(() => goTo({ id: 'f-body-0-0-', selected: false }))
  })
  $('form-begin').addEventListener('click', () => start(emptyWorkshop(t.begin, language)).then(() => goTo({ id: 'f-title-0-0-', selected: true })))
}
