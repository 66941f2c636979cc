/** The key in the link is swapped for a cookie; all else on this page works without script. */

import { Feed } from '../shared/feed.js'

const { code, needsKey } = document.body.dataset
const swapped = await new Feed({ code, face: 'console' }).swapKey()
const gate = document.getElementById('gate')
if (swapped === 'swapped' && needsKey !== undefined) location.reload()
else if (swapped === 'refused' && gate) gate.textContent = gate.dataset.refused
