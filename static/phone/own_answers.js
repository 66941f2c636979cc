/** The page with a person's own answers: a deletion can be undone for ten seconds, and the answers can be copied. The page works without this script too. */

const UNDO_MS = 10_000

const status = document.getElementById('status')
const heading = /** @type {PageElement} */ (document.querySelector('h1'))
/** @type {Strings} */
const strings = status.dataset

/** @type {(words: string, onClick: () => void) => HTMLElement} */
const linkButton = (words, onClick) => {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: words })
  button.addEventListener('click', onClick)
  return button
}

/** @typedef {{ form: HTMLFormElement, timer: number }} Waiting */

/** Items that are hidden but not yet deleted, each with its form and timer. @type {Map<PageElement, Waiting>} */
const waiting = new Map()

/** @type {(form: HTMLFormElement) => URLSearchParams} */
const fields = (form) => new URLSearchParams(/** @type {string[][]} */ (/** @type {unknown} */ (new FormData(form))))

/** @type {(item: PageElement, form: HTMLFormElement) => Promise<Response>} */
const postForm = (item, form) => {
  const section = /** @type {PageElement} */ (item.closest('section'))
  item.remove()
  if (!section.querySelector('li')) section.remove()
  return fetch(form.action, { method: 'POST', body: fields(form) })
}

/** @type {(item: PageElement) => Promise<void>} */
const deleteNow = async (item) => {
  const { form, timer } = /** @type {Waiting} */ (waiting.get(item))
  clearTimeout(timer)
  waiting.delete(item)
  const hadFocus = status.contains(document.activeElement)
  const done = await postForm(item, form).then((answer) => answer.ok, () => false)
  if (waiting.size) return
  status.textContent = done ? strings.deleted : strings.failed
  if (hadFocus) heading.focus()
}

/** @type {(item: PageElement, form: HTMLFormElement) => void} */
const remove = (item, form) => {
  for (const other of [...waiting.keys()]) deleteNow(other)
  waiting.set(item, { form, timer: setTimeout(deleteNow, UNDO_MS, item) })
  item.hidden = true
  const undo = linkButton(strings.undo, () => {
    clearTimeout(waiting.get(item)?.timer)
    waiting.delete(item)
    item.hidden = false
    status.textContent = ''
    item.querySelector('a')?.focus()
  })
  status.replaceChildren(`${strings.deleted} `, undo)
  undo.focus()
}

heading.tabIndex = -1
for (const item of document.querySelectorAll('.given li')) {
  const form = /** @type {HTMLFormElement & PageElement} */ (item.querySelector('form'))
  item.querySelector('.row > a')?.addEventListener('click', (event) => {
    event.preventDefault()
    remove(item, form)
  })
}

// Who leaves the page gets the deletions done at once. After «Done» the cookie is gone, so it must happen before that is sent.
const deleteAll = () => {
  for (const { form, timer } of waiting.values()) {
    clearTimeout(timer)
    navigator.sendBeacon(form.action, fields(form))
  }
  waiting.clear()
}
addEventListener('submit', deleteAll)
addEventListener('pagehide', deleteAll)

const copy = document.getElementById('copy')
if (copy && navigator.clipboard) {
  copy.hidden = false
  copy.addEventListener('click', async () => {
    const texts = [...document.querySelectorAll('.given')].map((section) => [
      section.querySelector('h2')?.textContent,
      ...[...section.querySelectorAll('li:not([hidden]) .told')].map((answer) => `– ${answer.textContent}`),
    ].join('\n'))
    await navigator.clipboard.writeText(texts.join('\n\n')).then(() => { status.textContent = strings.copied }, () => {})
  })
}
