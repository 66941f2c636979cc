/** The page of a screen that waits for its meeting: shows six digits, and goes to the meeting once they were typed. */

import { $, el } from '../shared/dom.js'
import { postJson } from '../shared/request.js'

const ASK_MS = 2000
const GROUP = 3

/**
 * The digits in two groups, which are easier to read out and to type. Pure.
 *
 * @type {(digits: string) => string[]}
 */
export const groups = (digits) => [digits.slice(0, GROUP), digits.slice(GROUP)]

/** @param {{code?: string, digits?: string} | null} body @param {number} status */
function show(body, status) {
  if (body?.code) return location.replace(`/${body.code}/screen${location.search}`)
  const { offline = '', full = '' } = $('digits').dataset
  if (body?.digits && $('digits').dataset.shown !== body.digits) {
    $('digits').dataset.shown = body.digits
    $('digits').replaceChildren(...groups(body.digits).map((part) => el('span', {}, part)))
  }
  const words = body?.digits ? '' : status ? full : offline
  if ($('say').textContent !== words) $('say').textContent = words
}

async function ask() {
  const { body, status } = await postJson('/screen/waiting', {})
  show(body, status)
  setTimeout(ask, ASK_MS)
}

if (globalThis.document?.getElementById('digits')) ask()
