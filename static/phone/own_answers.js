/** Own answers: a deletion waits ten seconds for a thought, and what is here can be copied. The page works without it too. */

const UNDO_MS = 10_000

const status = document.getElementById('status')
const said = status.dataset

const link = (words, then) => {
  const made = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: words })
  made.addEventListener('click', then)
  return made
}

/** What is hidden here and not yet deleted: each item with the form that does it. */
const waiting = new Map()

const put = (item, form) => {
  const section = item.closest('section')
  item.remove()
  if (!section.querySelector('li')) section.remove()
  return fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
}

const settle = async (item) => {
  const { form, timer } = waiting.get(item)
  clearTimeout(timer)
  waiting.delete(item)
  const hadFocus = status.contains(document.activeElement)
  const done = await put(item, form).then((answer) => answer.ok, () => false)
  if (waiting.size) return
  status.textContent = done ? said.deleted : said.failed
  if (hadFocus) document.querySelector('h1').focus()
}

const remove = (item, form) => {
  for (const other of [...waiting.keys()]) settle(other)
  waiting.set(item, { form, timer: setTimeout(settle, UNDO_MS, item) })
  item.hidden = true
  const undo = link(said.undo, () => {
    clearTimeout(waiting.get(item)?.timer)
    waiting.delete(item)
    item.hidden = false
    status.textContent = ''
    item.querySelector('a').focus()
  })
  status.replaceChildren(`${said.deleted} `, undo)
  undo.focus()
}

document.querySelector('h1').tabIndex = -1
for (const item of document.querySelectorAll('.given li')) {
  const form = item.querySelector('form')
  item.querySelector('.row > a')?.addEventListener('click', (event) => {
    event.preventDefault()
    remove(item, form)
  })
}

// Whoever leaves in the meantime has thought. By «Done» what lets them in is gone before the page is.
const hurry = () => {
  for (const { form, timer } of waiting.values()) {
    clearTimeout(timer)
    navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form)))
  }
  waiting.clear()
}
addEventListener('submit', hurry)
addEventListener('pagehide', hurry)

const copy = document.getElementById('copy')
if (copy && navigator.clipboard) {
  copy.hidden = false
  copy.addEventListener('click', async () => {
    const texts = [...document.querySelectorAll('.given')].map((section) => [
      section.querySelector('h2').textContent,
      ...[...section.querySelectorAll('li:not([hidden]) .told')].map((one) => `– ${one.textContent}`),
    ].join('\n'))
    await navigator.clipboard.writeText(texts.join('\n\n')).then(() => { status.textContent = said.copied }, () => {})
  })
}
