/** The meeting was cleared for another group: shows what this device had not sent to the one before, and then forgets all of it. */
import { Outbox } from '../shared/outbox.js'
import { forget } from './forget.js'

/** What is ticked, as a draft: no text that anybody wrote. */
const TICKS = /^[\w-]+=[^&=\s]*(&[\w-]+=[^&=\s]*)*$/

/**
 * The texts that were written and never received: of *waiting* entries, and of *drafts*, by activity. Pure.
 *
 * @type {(waiting: Entry[], drafts: Record<string, string>) => string[]}
 */
export const unsentTexts = (waiting, drafts) => [
  ...waiting.flatMap(({ type, text, again }) => (type === 'answer' && text && !again ? [text] : [])),
  ...Object.values(drafts).filter((text) => text.trim() && !TICKS.test(text)),
]

/** @type {(name: string) => PageElement} */
const $ = (name) => document.getElementById(name)

/** @param {PageElement} form */
const begin = async (form) => {
  const code = String(document.body.dataset.code)
  const outbox = new Outbox(code, () => {})
  let drafts = {}
  try { drafts = JSON.parse(localStorage.getItem(`innspill:${code}`) ?? '{}').drafts ?? {} } catch { /* this browser stores nothing */ }
  await outbox.ready
  for (const text of unsentTexts(outbox.waiting(), drafts)) {
    const item = document.createElement('li')
    item.className = 'told'
    item.textContent = text
    $('unsent-list').append(item)
  }
  $('unsent').hidden = !$('unsent-list').children.length
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    $('go').disabled = true
    await forget(code)
    HTMLFormElement.prototype.submit.call(form)
  })
  $('go').hidden = false
}

const found = globalThis.document?.getElementById('anew')
if (found) begin(found)
