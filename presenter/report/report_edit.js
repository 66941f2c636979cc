/** Exchanges the key in the link for a cookie. All else on the page where the report is edited works without script. */

import { $ } from '../shared/dom.js'
import { Feed } from '../shared/feed.js'

const { code = '', needsKey } = document.body.dataset
const result = await new Feed({ code, face: 'console' }).swapKey()
const gate = /** @type {PageElement | null} */ ($('gate')) // only on a page that asks for a key
if (result === 'swapped' && needsKey !== undefined) location.reload()
else if (result === 'refused' && gate) gate.textContent = gate.dataset.refused ?? ''
