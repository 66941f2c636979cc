/** A new meeting: from one question, or from a workshop that is pasted, dropped, picked or chosen. */

import { $, el } from '../shared/dom.js'
import { pack, unpack } from '../editor/editor.js'
import { postJson } from '../shared/request.js'
import { counted, rows } from '../editor/problems.js'
import { Form } from '../editor/form.js'
import { Meetings } from './my_meetings.js'
import { workshopOf } from './one_question.js'

const MOST_BYTES = 1024 * 1024
const DRAFT = 'innspill-new-text' // what is not a meeting yet, kept in this browser
const KEPT = 'innspill-create-key' // for this tab only, so that a reload does not lose what stood in the link

const t = JSON.parse($('strings').textContent)

/** The key that IT's link carries goes out of the address bar, where others in the hall could read it. */
function takeKey() {
  if (location.hash.length > 1) {
    sessionStorage.setItem(KEPT, decodeURIComponent(location.hash.slice(1)))
    history.replaceState(null, '', location.pathname + location.search)
  }
  const key = sessionStorage.getItem(KEPT) ?? ''
  $('key').value = key
  $('key-part').hidden = !('needsKey' in document.body.dataset) || Boolean(key)
}

let form = null
let shape = { bom: false, crlf: false } // of the file that was taken, put back when it is sent

/** Whoever pastes the whole link has pasted the key. */
const keyOf = (text) => text.trim().replace(/^.*#/, '')

async function open(text) {
  const headers = { 'Content-Type': 'text/markdown' }
  const key = keyOf($('key').value)
  if (key) headers.Authorization = `Bearer ${key}`
  const said = await fetch(`/api/rooms${location.search}`, { method: 'POST', headers, body: text }).catch(() => null)
  const told = await said?.json().catch(() => null)
  if (said?.ok) {
    if (key) sessionStorage.setItem(KEPT, key)
    return { url: told.console_url }
  }
  if (said?.status === 401 || said?.status === 403) {
    sessionStorage.removeItem(KEPT)
    $('key-part').hidden = false
    $('key').focus()
    return { problem: t.no_key, faults: [] }
  }
  return { problem: told?.title ?? t.offline, faults: told?.errors ?? [] }
}

/** Sends what *make* gives; `tell` shows what is wrong. The button is off meanwhile: two presses are one meeting. */
function wire(which, make, tell) {
  $(`${which}-form`).addEventListener('submit', async (event) => {
    event.preventDefault()
    const button = $(`${which}-form`).querySelector('.press[type=submit]')
    await form.settled()
    const text = button.disabled ? null : make()
    if (text === null) return
    const words = button.textContent
    button.disabled = true
    button.textContent = t.starting
    const said = await open(text)
    if (said.url) {
      if (which === 'workshop') localStorage.removeItem(DRAFT)
      return location.assign(said.url)
    }
    button.disabled = false
    button.textContent = words
    tell(said)
  })
}

function say(id, words) {
  $(id).textContent = words
  $(id).hidden = !words
}

// -- the two ways -------------------------------------------------------------------------------------------

function choose(way) {
  for (const button of document.querySelectorAll('.way')) {
    button.setAttribute('aria-pressed', String(button.dataset.way === way))
  }
  $('question-form').hidden = way !== 'question'
  $('workshop-form').hidden = way !== 'workshop'
}

/** What is wrong stands beside its field, which is then written in. Returns whether it is well. */
function well(id, words) {
  say(`${id}-problem`, words)
  if (words) $(id).setAttribute('aria-invalid', 'true')
  else $(id).removeAttribute('aria-invalid')
  if (words) $(id).focus()
  return !words
}

function writtenQuestion() {
  const minutes = $('talk')
  const timed = well('talk', minutes.value.trim() && minutes.checkValidity() ? '' : t.no_minutes)
  const asked = well('question', $('question').value.trim() ? '' : t.no_question)
  if (!timed || !asked) return null
  return workshopOf({
    question: $('question').value, talkS: Number($('talk').value) * 60, many: $('many').checked,
    language: document.documentElement.lang, words: t,
  })
}

function writtenWorkshop() {
  drawFaults([])
  const text = $('text').value
  say('workshop-problem', text.trim() ? '' : t.no_text)
  return text.trim() ? pack(text, shape) : null
}

// -- a whole workshop ---------------------------------------------------------------------------------------

function drawFaults(faults, { lead = true } = {}) {
  $('faults-part').hidden = faults.length === 0
  $('workshop-form').classList.toggle('faulty', faults.length > 0)
  $('faults-title').textContent = counted(faults, t)
  $('faults').replaceChildren(...rows(faults, $('text'), t))
  if (faults.length && lead) $('faults-title').focus()
}

function keepDraft() {
  try {
    if ($('text').value.trim()) localStorage.setItem(DRAFT, $('text').value)
    else localStorage.removeItem(DRAFT)
  } catch { /* a browser that keeps nothing; the text still stands in the field */ }
}

function keptDraft() {
  try { return localStorage.getItem(DRAFT) ?? '' } catch { return '' }
}

async function ask(sent) {
  const key = keyOf($('key').value)
  return postJson(`/api/form${location.search}`, sent, key ? { Authorization: `Bearer ${key}` } : {})
}

function take(whole) {
  const taken = unpack(whole)
  shape = taken.shape
  $('text').value = taken.text
  keepDraft()
  form.read({ fresh: true })
  $('text').scrollTop = 0
  drawFaults([])
  say('workshop-problem', '')
}

/** Never guess at the encoding: half-read letters would stand on the screen in front of everybody. */
async function read(file) {
  if (!file) return
  if (file.size > MOST_BYTES) return say('workshop-problem', t.too_large)
  try {
    take(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer()))
  } catch {
    say('workshop-problem', t.not_text)
  }
}

function wireDrop() {
  const part = $('workshop-form')
  const over = (on) => (event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes('Files')) return
    event.preventDefault()
    part.classList.toggle('over', on)
  }
  part.addEventListener('dragenter', over(true))
  part.addEventListener('dragover', over(true))
  part.addEventListener('dragleave', over(false))
  // A file that misses the field must not take the page away.
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', (event) => {
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    part.classList.remove('over')
    choose('workshop')
    read(event.dataTransfer.files[0])
  })
  $('file').addEventListener('change', () => {
    read($('file').files[0])
    $('file').value = ''
  })
}

async function fetchExamples() {
  const said = await fetch('/api/examples').catch(() => null)
  const own = document.documentElement.lang
  const every = (said?.ok ? await said.json() : []).filter((one) => !one.name.endsWith('.nb.md'))
  // In English where a language has none of its own.
  const shown = every.some((one) => one.language === own) ? own : 'en'
  const examples = every.filter((one) => one.language === shown)
  $('from').hidden = examples.length === 0
  $('examples').replaceChildren(...examples.map(({ title, language, text }) => {
    const button = el('button', { class: 'link', type: 'button', lang: language }, title)
    button.addEventListener('click', () => take(text))
    return el('li', {}, button)
  }))
}

// -- begin --------------------------------------------------------------------------------------------------

takeKey()
wire('question', writtenQuestion, ({ problem, faults }) =>
  say('question-problem', [problem, ...faults.map((one) => one.message)].join(' ')))
wire('workshop', writtenWorkshop, ({ problem, faults }) => {
  drawFaults(faults)
  say('workshop-problem', faults.length ? '' : problem)
})
for (const button of document.querySelectorAll('.way')) button.addEventListener('click', () => choose(button.dataset.way))
let begun = false
form = new Form({ field: $('text'), ask, tell({ errors }) {
  if (!begun) $('from').open = false // to begin with another would replace what is there
  begun = true
  drawFaults(errors, { lead: false })
} })
for (const id of ['question', 'talk']) $(id).addEventListener('input', () => $(id).hasAttribute('aria-invalid') && well(id, ''))
$('text').addEventListener('input', keepDraft)
$('text').value = keptDraft()
if ($('text').value) {
  choose('workshop')
  form.read({ fresh: true })
}
wireDrop()
fetchExamples()
new Meetings({ t, say: (words) => say('mine-problem', words) })
