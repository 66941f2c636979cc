/** The page for a new meeting: from one question, or from a workshop file that is pasted, dropped, picked, or one of the examples. */

import { $, el, fill } from '../shared/dom.js'
import { convertDeck, isDeck, namesPictures, readArchive, showReport, withPictures } from './deck.js'
import { fromFile, toFile } from '../editor/editor.js'
import { postJson } from '../shared/request.js'
import { faultCount, faultRows } from '../editor/problems.js'
import { Form } from '../editor/form.js'
import { SavedState } from '../editor/saved_state.js'
import { examplePicture, threeOf } from './examples.js'
import { MyMeetings } from './my_meetings.js'
import { workshopText } from './one_question.js'

const PRETEND = 40 // pretend participants
const MOST_BYTES = 1024 * 1024
const MOST_ARCHIVE = (64 + 1024) * MOST_BYTES // pictures, and films
const DRAFT_STORAGE = 'innspill-new-text' // text that is not a meeting yet
const KEY_STORAGE = 'innspill-create-key' // for this tab only, so that a reload does not lose the key of the link

const t = JSON.parse($('strings').textContent)
/** @type {Kinds} */
const kinds = JSON.parse($('form-kinds').textContent)
const savedWords = JSON.parse($('form-strings').textContent).saved
const saved = new SavedState($('form-saved'), savedWords)

/** Take the create key of the link out of the address bar, where others in the hall could read it. */
function takeKey() {
  if (location.hash.length > 1) {
    sessionStorage.setItem(KEY_STORAGE, decodeURIComponent(location.hash.slice(1)))
    history.replaceState(null, '', location.pathname + location.search)
  }
  const key = sessionStorage.getItem(KEY_STORAGE) ?? ''
  $('key').value = key
  $('key-part').hidden = !('needsKey' in document.body.dataset) || Boolean(key)
}

/** @type {Form} */
let form
let fileFormat = { bom: false, crlf: false } // of the file that was read; restored when the text is sent
/** Those of the deck or archive that the text came with. A reload loses them, which is told then. @type {Deck['pictures']} */
let pictures = new Map()
/** Their addresses on this page. @type {Map<string, string>} */
let addresses = new Map()

/** @import { Deck } from './deck.js' */
/** @typedef {{problem: string, faults: Fault[]}} NotCreated */

/**
 * The key, also from a whole link that was pasted into its field.
 *
 * @type {(text: string) => string}
 */
const keyOf = (text) => text.trim().replace(/^.*#/, '')

/**
 * Whether a key is missing or wrong; then there is the field for it.
 *
 * @param {number | undefined} status
 */
function isLocked(status) {
  if (status !== 401 && status !== 403) return false
  sessionStorage.removeItem(KEY_STORAGE)
  $('key-part').hidden = false
  $('key').focus()
  return true
}

/**
 * Create a room from a workshop's text, or from a zip of it and its pictures. Resolves with the console's `url`, or with `problem` and `faults`.
 *
 * @param {string | Blob} text
 * @returns {Promise<NotCreated & {url?: string}>}
 */
async function createRoom(text) {
  /** @type {Record<string, string>} */
  const headers = { 'Content-Type': typeof text === 'string' ? 'text/markdown' : 'application/zip' }
  const key = keyOf($('key').value)
  if (key) headers.Authorization = `Bearer ${key}`
  const response = await fetch(`/api/rooms${location.search}`, { method: 'POST', headers, body: text }).catch(() => null)
  const body = await response?.json().catch(() => null)
  if (response?.ok) {
    if (key) sessionStorage.setItem(KEY_STORAGE, key)
    return { url: body.console_url, problem: '', faults: [] }
  }
  if (isLocked(response?.status)) return { problem: t.no_key, faults: [] }
  return { problem: body?.title ?? t.offline, faults: body?.errors ?? [] }
}

/**
 * Let a form create a room from `makeText()`. The button is disabled meanwhile, so that two presses make one meeting.
 *
 * @param {string} which
 * @param {() => string | Blob | null} makeText
 * @param {(problem: NotCreated) => void} showProblem
 */
function bindForm(which, makeText, showProblem) {
  $(`${which}-form`).addEventListener('submit', async (event) => {
    event.preventDefault()
    const button = /** @type {PageElement} */ ($(`${which}-form`).querySelector('.press[type=submit]'))
    await form.settled()
    const text = button.disabled ? null : makeText()
    if (text === null) return
    const words = /** @type {PageElement} */ (button.querySelector('span') ?? button)
    const label = words.textContent
    button.disabled = true
    words.textContent = t.starting
    const result = await createRoom(text)
    if (result.url) {
      if (which === 'workshop') localStorage.removeItem(DRAFT_STORAGE)
      return location.assign(result.url)
    }
    button.disabled = false
    words.textContent = label
    showProblem(result)
  })
}

/**
 * @param {string} id
 * @param {string} words
 */
function setText(id, words) {
  $(id).textContent = words
  $(id).hidden = !words
}

// -- the two forms ------------------------------------------------------------------------------------------

/** @param {string | undefined} way */
function chooseWay(way) {
  for (const button of document.querySelectorAll('.way')) {
    button.setAttribute('aria-pressed', String(button.dataset.way === way))
  }
  $('question-form').hidden = way !== 'question'
  $('workshop-form').hidden = way !== 'workshop'
  document.body.dataset.way = way
}

/**
 * Show *words* as the problem beside field *id*, and go there; '' when there is none. Returns whether the field is valid.
 *
 * @param {string} id
 * @param {string} words
 */
function setProblem(id, words) {
  setText(`${id}-problem`, words)
  if (words) $(id).setAttribute('aria-invalid', 'true')
  else $(id).removeAttribute('aria-invalid')
  if (words) $(id).focus()
  return !words
}

function writtenQuestion() {
  const minutes = $('talk')
  const talkIsValid = setProblem('talk', minutes.value.trim() && minutes.checkValidity() ? '' : t.no_minutes)
  const questionIsValid = setProblem('question', $('question').value.trim() ? '' : t.no_question)
  if (!talkIsValid || !questionIsValid) return null
  return workshopText({
    question: $('question').value, talkS: Number($('talk').value) * 60, many: $('many').checked,
    language: document.documentElement.lang, words: t,
  })
}

function writtenWorkshop() {
  drawFaults([])
  const text = $('text').value
  setText('workshop-problem', text.trim() ? '' : t.no_text)
  return text.trim() ? withPictures(toFile(text, fileFormat), pictures) : null
}

// -- a workshop file ----------------------------------------------------------------------------------------

/** @param {Fault[]} faults */
function drawFaults(faults, { lead = true } = {}) {
  $('faults-part').hidden = faults.length === 0
  $('workshop-form').classList.toggle('faulty', faults.length > 0)
  $('faults-title').textContent = faultCount(faults, t)
  $('faults').replaceChildren(...faultRows(faults, $('text'), t))
  if (faults.length && lead) $('faults-title').focus()
}

function saveDraft() {
  const text = $('text').value
  try {
    if (text.trim()) localStorage.setItem(DRAFT_STORAGE, text)
    else localStorage.removeItem(DRAFT_STORAGE)
    if (text.trim()) saved.saved()
    else saved.clear()
  } catch {
    saved.failed(savedWords.nowhere) // the text is still in the field
  }
}

/** @param {'typed' | 'taken' | 'stuck'} state */
function showState(state) {
  if (state === 'taken') saveDraft()
  else if (state === 'typed') saved.saving()
  else saved.failed(savedWords.not)
}

function loadDraft() {
  try { return localStorage.getItem(DRAFT_STORAGE) ?? '' } catch { return '' }
}

/** @param {object} sent */
async function sendForm(sent) {
  const key = keyOf($('key').value)
  return postJson(`/api/form${location.search}`, sent, key ? { Authorization: `Bearer ${key}` } : {})
}

/**
 * @param {string} content
 * @param {Deck['pictures']} brought
 */
function loadText(content, brought = new Map()) {
  const file = fromFile(content)
  for (const address of addresses.values()) URL.revokeObjectURL(address)
  pictures = brought
  addresses = new Map([...pictures].map(([name, { bytes }]) => [name, URL.createObjectURL(new Blob([/** @type {BlobPart} */ (bytes)]))]))
  setText('deck-status', '')
  fileFormat = file.fileFormat
  $('text').value = file.text
  saveDraft()
  form.read({ fresh: true })
  $('text').scrollTop = 0
  drawFaults([])
  setText('workshop-problem', '')
}

/**
 * A deck becomes the programme, and what could not be taken over of it is told beside.
 *
 * @param {File} file
 */
async function readDeck(file) {
  setText('workshop-problem', '')
  setText('deck-status', t.deck_reading)
  showReport('', undefined, t)
  const { text, report, problem, status, ...deck } = await convertDeck(file, keyOf($('key').value), t)
  setText('deck-status', '')
  if (problem) return setText('workshop-problem', isLocked(status) ? t.no_key : problem)
  loadText(text, deck.pictures)
  showReport(file.name, report, t)
}

/**
 * Read a file as UTF-8. The encoding is never guessed, because wrong letters would be shown on the screen in front of everybody.
 *
 * @param {File | undefined} file
 */
async function readFile(file) {
  if (!file) return
  if (await isDeck(file)) return readDeck(file)
  showReport('', undefined, t)
  if (/\.zip$/i.test(file.name)) return openArchive(file)
  if (file.size > MOST_BYTES) return setText('workshop-problem', t.too_large)
  try {
    loadText(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer()))
  } catch {
    setText('workshop-problem', t.not_text)
  }
}

/**
 * A workshop with pictures becomes the programme, and they come along when the meeting is started. An archive that can't be
 * read here is sent as it is: the server opens it, or says what is the matter.
 *
 * @param {File} file
 */
async function openArchive(file) {
  if (file.size > MOST_ARCHIVE) return setText('workshop-problem', t.too_large)
  const archive = await readArchive(await file.arrayBuffer())
  if (archive) {
    loadText(archive.text, archive.pictures)
    const unused = [...archive.pictures.keys()].filter((name) => !archive.text.includes(name))
    return setText('deck-status', unused.length ? fill(t.unused, { names: unused.join(', ') }) : '')
  }
  setText('workshop-problem', t.starting)
  const { url, problem, faults } = await createRoom(file)
  if (url) return location.assign(url)
  drawFaults(faults)
  setText('workshop-problem', faults.length ? '' : problem)
}

function wireDrop() {
  const part = $('workshop-form')
  const highlight = (/** @type {boolean} */ on) => (/** @type {DragEvent} */ event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes('Files')) return
    event.preventDefault()
    part.classList.toggle('over', on)
  }
  part.addEventListener('dragenter', highlight(true))
  part.addEventListener('dragover', highlight(true))
  part.addEventListener('dragleave', highlight(false))
  // A file that is dropped beside the field must not replace the page.
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', (event) => {
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    part.classList.remove('over')
    chooseWay('workshop')
    readFile(event.dataTransfer.files[0])
  })
  $('file').addEventListener('change', () => {
    readFile($('file').files[0])
    $('file').value = ''
  })
}

/** @import { Example } from './examples.js' */

/**
 * An example from the empty list of meetings becomes the programme.
 *
 * @param {string} text
 */
function beginWith(text) {
  chooseWay('workshop')
  loadText(text)
  $('form-title').focus()
}

async function fetchExamples() {
  const response = await fetch('/api/examples').catch(() => null)
  const pageLanguage = document.documentElement.lang
  /** @type {Example[]} */
  const all = (response?.ok ? await response.json() : []).filter((/** @type {Example} */ example) => !example.name.endsWith('.nb.md'))
  // English examples for a language that has none.
  const shown = all.some((example) => example.language === pageLanguage) ? pageLanguage : 'en'
  const examples = all.filter((example) => example.language === shown)
  $('from').hidden = examples.length === 0
  const three = threeOf(examples, kinds)
  $('example-pictures').replaceChildren(...three.map((example) => examplePicture(example, kinds, loadText)))
  $('mine-pictures').replaceChildren(...three.map((example) => examplePicture(example, kinds, beginWith)))
  $('examples').replaceChildren(...examples.filter((example) => !three.includes(example)).map(({ title, language, text }) => {
    const button = el('button', { class: 'link', type: 'button', lang: language }, title)
    button.addEventListener('click', () => loadText(text))
    return el('li', {}, button)
  }))
  return examples
}

/** Open what has been written with pretend participants in it, or an example where nothing has been. */
async function tryIt() {
  const written = document.body.dataset.way === 'workshop' && $('text').value.trim()
  if (written) await form.settled()
  const text = written ? withPictures(toFile($('text').value, fileFormat), pictures) : (await fetchExamples())[0]?.text
  const made = text ? await createRoom(text) : { problem: t.offline, url: '' }
  if (!made.url && 'faults' in made && made.faults.length) return drawFaults(made.faults)
  if (!made.url) return setText('try-problem', made.problem)
  const { pathname, hash } = new URL(made.url)
  const headers = { Authorization: `Bearer ${hash.slice(1)}` }
  await postJson(`/api/rooms/${pathname.split('/')[1]}/actions`, { do: 'rehearse', n: PRETEND }, headers)
  location.assign(made.url)
}

// -- start --------------------------------------------------------------------------------------------------

takeKey()
bindForm('question', writtenQuestion, ({ problem, faults }) =>
  setText('question-problem', [problem, ...faults.map(({ message }) => message)].join(' ')))
bindForm('workshop', writtenWorkshop, ({ problem, faults }) => {
  drawFaults(faults)
  setText('workshop-problem', faults.length ? '' : problem)
})
for (const button of document.querySelectorAll('.way')) button.addEventListener('click', () => {
  chooseWay(button.dataset.way)
  if (button.dataset.way === 'workshop') $('form-first').focus()
})
let hasText = false
form = new Form({ field: $('text'), ask: sendForm, onState: showState, keys: $('workshop-form'), own: () => addresses, onReply({ errors }) {
  if (!hasText) $('from').open = false // an example would now replace what was written
  hasText = true
  drawFaults(errors, { lead: false })
} })
for (const id of ['question', 'talk']) $(id).addEventListener('input', () => $(id).hasAttribute('aria-invalid') && setProblem(id, ''))
$('text').addEventListener('input', saveDraft)
$('text').value = loadDraft()
if ($('text').value) {
  chooseWay('workshop')
  form.read({ fresh: true })
  if (namesPictures($('text').value)) setText('deck-status', t.no_pictures)
}
wireDrop()
fetchExamples()
$('try').addEventListener('click', tryIt)
new MyMeetings({ t, showProblem: (words) => setText('mine-problem', words), createKey: () => keyOf($('key').value) })
