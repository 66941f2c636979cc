/** A new meeting: from one question, or from a workshop that is pasted, dropped, picked or chosen. */

import { el } from './draw.js'
import { counted, rows } from './faults.js'
import { forget, meetings } from './mine.js'
import { workshopOf } from './question.js'

const KEPT = 'innspill-create-key' // for this tab only, so that a reload does not lose what stood in the link

const $ = (id) => document.getElementById(id)
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
    const text = make()
    if (text === null) return
    const button = $(`${which}-form`).querySelector('.press')
    const words = button.textContent
    button.disabled = true
    button.textContent = t.starting
    const said = await open(text)
    if (said.url) return location.assign(said.url)
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

function writtenQuestion() {
  say('question-problem', '')
  return workshopOf({
    question: $('question').value, talkS: Number($('talk').value) * 60, many: $('many').checked,
    language: document.documentElement.lang, words: t,
  })
}

function writtenWorkshop() {
  drawFaults([])
  const text = $('text').value
  say('workshop-problem', text.trim() ? '' : t.no_text)
  return text.trim() ? text : null
}

// -- a whole workshop ---------------------------------------------------------------------------------------

function drawFaults(faults) {
  $('faults-part').hidden = faults.length === 0
  $('workshop-form').classList.toggle('faulty', faults.length > 0)
  $('faults-title').textContent = counted(faults, t)
  $('faults').replaceChildren(...rows(faults, $('text'), t))
  if (faults.length) $('faults-title').focus()
}

function take(text) {
  $('text').value = text
  $('text').scrollTop = 0
  drawFaults([])
  say('workshop-problem', '')
}

/** Never guess at the encoding: half-read letters would stand on the screen in front of everybody. */
async function read(file) {
  if (!file) return
  try {
    take(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()))
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
  const lang = document.documentElement.lang
  const own = lang === 'en' ? 'en' : 'nb' // those in nynorsk read bokmål
  const examples = (said?.ok ? await said.json() : []).filter((one) => one.language === own && !one.name.endsWith('.nb.md'))
  $('workshop-form').querySelector('.from').hidden = examples.length === 0
  $('examples').replaceChildren(...examples.map(({ title, language, text }) => {
    const button = el('button', { class: 'link', type: 'button', lang: language }, title)
    button.addEventListener('click', () => take(text))
    return el('li', {}, button)
  }))
}

/** Meetings that this browser has run: to open, to run again, or to take off the list. */
function drawMeetings() {
  const known = meetings()
  $('mine').hidden = known.length === 0
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long' })
  $('meetings').replaceChildren(...known.map(({ code, title, at }) => {
    const does = (words, then) => {
      const button = el('button', { class: 'link', type: 'button', 'aria-label': `${words}: ${title}` }, words)
      button.addEventListener('click', then)
      return button
    }
    return el('li', {},
      el('a', { href: `/${code}/console` }, title),
      el('span', { class: 'soft num' }, ` ${code.slice(0, 4)} ${code.slice(4)} · ${day.format(at)}`),
      el('div', { class: 'row' }, does(t.again, () => again(code)), does(t.forget, () => {
        forget(code)
        drawMeetings()
        $('mine').hidden || $('mine-title').focus()
      })))
  }))
}

async function again(code) {
  const said = await fetch(`/api/rooms/${code}/again`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }).catch(() => null)
  const told = await said?.json().catch(() => null)
  if (said?.ok) return location.assign(told.console_url)
  say('mine-problem', told?.title ?? t.offline)
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
wireDrop()
fetchExamples()
drawMeetings()
