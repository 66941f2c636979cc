/** Connects a screen that shows six digits (`/screen`) with this meeting. */

import { postJson } from '../../shared/request.js'
import { $ } from '../../shared/dom.js'

export class ConnectScreen {
  /** @param {{code: string, t: Strings, note: ShowNote}} of */
  constructor({ code, t, note }) {
    $('connect')?.addEventListener('submit', async (event) => {
      event.preventDefault()
      const { ok, body } = await postJson(`/api/rooms/${code}/screens${location.search}`, { digits: $('connect-digits').value })
      note(ok ? t.connected : body?.title ?? t.failed, !ok)
      if (ok) $('connect').reset()
    })
  }
}
