/** Switches the chime of the big screen on and off. */

import { $ } from '../../shared/dom.js'

export class ChimeSwitch {
  /** @param {{press: Act}} of */
  constructor({ press }) {
    $('chime')?.addEventListener('change', async () => {
      const on = $('chime').checked
      if (!(await press({ do: 'set_chime', on }))) $('chime').checked = !on
    })
  }

  /** @param {ConsoleView} view */
  show({ chime }) {
    if ($('chime')) $('chime').checked = chime
  }
}
