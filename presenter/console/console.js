/** The console (the facilitator's page): shows what is on now and what comes next, and sends the actions that are pressed. */

import { Board } from './board/board.js'
import { Agenda } from './now/agenda.js'
import { readClock } from '../shared/clock.js'
import { Comments } from './comments.js'
import { Admission } from './admission.js'
import { $, el, fill, longDate, plural, toggleFullscreen } from '../shared/dom.js'
import { Editor } from '../editor/editor.js'
import { Feed } from '../shared/feed.js'
import { HELP, Keyboard, actionsFor } from '../shared/keys.js'
import { bindLetterKeysBox } from '../shared/letter_keys.js'
import { remember } from '../new/my_meetings_store.js'
import { ResultPicture } from './answers/result_picture.js'
import { Handheld } from './handheld.js'
import { Preview } from './preview.js'
import { FollowUp } from './followup.js'
import { Rehearsal } from './rehearsal.js'
import { drawShapes } from './answers/shapes.js'
import { AccessLinks } from './sharing/access_links.js'
import { Programme, drawActivities, nextText } from './now/programme.js'
import { AnswerList } from './answers/answer_list.js'
import { confirm } from './confirm.js'
import { TakeHome } from './sharing/take_home.js'
import { drawResults, participationText } from './answers/results.js'
import { Undo } from './undo.js'
import { WordGroups } from './answers/word_groups.js'

const TICK_MS = 200
const NOTE_MS = 5000
const GUARD_MS = 300 // two presses within this are one
const TRIES = 5 // others may move cards again while a press is being sent
const CLOSING_S = 20
const MORE_S = 30
const FIELDS = 'button, input, textarea, select'

const t = JSON.parse($('strings').textContent)
const kinds = JSON.parse($('form-kinds')?.textContent ?? '{}') // not on the page that asks for a key
const room = document.body.dataset.code
const feed = new Feed({ code: room, face: 'console' })

let view = null
let answerList = null
let board = null
let wordGroups = null
let resultPicture = null
let themesPicture = null
let programme = null
let editor = null
let rehearsal = null
let preview = null
let handheld = null
let agenda = null
let admission = null
let followUp = null
let accessLinks = null
let comments = null
let undo = null
let noteTimer = 0
let pressedAt = {}

// -- sending actions ----------------------------------------------------------------------------------------

const note = (text, isProblem = false) => {
  clearTimeout(noteTimer)
  $('note').textContent = text
  $('note').classList.toggle('grave', isProblem)
  $('note').hidden = !text
  noteTimer = setTimeout(() => ($('note').hidden = true), NOTE_MS)
}

const positionKey = ({ state, slide, activity }) => JSON.stringify([state, slide?.n, slide?.shown, activity])

/** The room's step, if only cards have moved since *positionBefore*; null when the meeting has moved on. */
async function currentStep(positionBefore) {
  const response = await fetch(`/api/rooms/${room}`).catch(() => null)
  const now = response?.ok ? await response.json() : null
  return now && positionKey(now) === positionBefore ? now.step : null
}

/** Send *action*, and show the reason if it is refused. Resolves with the result of `feed.act`. */
async function sendAction(action) {
  if (!view) await feed.ready
  if (feed.stale) return { ok: false }
  const moves = action.do === 'next' || action.do === 'back'
  const positionBefore = positionKey(view)
  let result = await feed.act(moves ? { ...action, if_step: view.step } : action)
  for (let tries = 0; result.status === 409 && tries < TRIES; tries += 1) {
    const step = await currentStep(positionBefore)
    if (step === null) break
    result = await feed.act({ ...action, if_step: step })
  }
  if (result.status === 409) note(t.conflict, true)
  else if (!result.ok) note(result.title ?? t.failed, true)
  return result
}

/** The same; resolves with whether it was done. */
const act = async (action) => (await sendAction(action)).ok

/** Send the action of a button; a second press within GUARD_MS is ignored. */
function press(action) {
  const now = performance.now()
  if (now - (pressedAt[action.do] ?? -Infinity) < GUARD_MS) return Promise.resolve(false)
  pressedAt[action.do] = now
  return act(action)
}

// -- drawing ------------------------------------------------------------------------------------------------

function draw() {
  const focusedBefore = document.activeElement
  document.body.dataset.state = view.state
  document.body.classList.toggle('blank', Boolean(view.blank))
  drawNow()
  drawControls()
  drawNotes()
  $('tasks-part').hidden = !drawActivities($('tasks'), view, t, press)
  programme.show(view.slide?.n ?? null)
  drawTotals()
  answerList.show(view)
  board.show(view)
  themesPicture.show({ question: view.question || view.title, groups: view.board?.themes ?? [], foot: footText(view.board?.answers ?? 0), lang: view.language })
  drawJoin()
  rehearsal.show(view, feed.serverNow())
  preview.show(view)
  admission.show(view)
  followUp.show(view, feed.serverNow())
  accessLinks.show(view)
  comments.show(view)
  undo.show(view, feed.serverNow())
  handheld.show(view)
  tick()
  const focusedNow = document.activeElement
  // The button that was pressed may be hidden in the new state: then the focus goes to the next one to press.
  if (focusedBefore !== document.body && (focusedNow === document.body || focusedNow.closest('[hidden]'))) $($('go').hidden ? 'question' : 'next').focus()
}

function drawNow() {
  const { state, slide } = view
  const open = (state === 'write' || state === 'closing') && view.revealed
  $('state').textContent = view.blank ? t.black : open && state === 'write' ? t.write_shown : t.states[`${state}.${view.kind}`] ?? t.states[state]
  $('where').textContent = slide && state !== 'lobby' ? fill(t.slide_of, { n: slide.n, of: slide.of }) : ''
  const atSlide = state === 'slide' || state === 'idle'
  $('question').lang = view.language
  $('question').textContent = (atSlide ? slide?.title : view.question || slide?.title) || view.title
  const words = state === 'lobby' || state === 'ended' || state === 'slide' ? '' : view.instruction
  $('instruction').textContent = words ? fill(t.instruction, { text: words }) : ''
}

function drawControls() {
  const { state } = view
  const running = state === 'talk' || state === 'grouping' || state === 'write' || state === 'closing'
  const asks = ['write', 'closing', 'closed', 'results', 'grouping'].includes(state)
  const timed = running && view.length_ms
  $('go').hidden = state === 'ended'
  $('over').hidden = state !== 'ended'
  $('next-what').textContent = nextText(view, t)
  $('next-what').lang = document.documentElement.lang
  $('blank').textContent = view.blank ? t.unblank : t.blank
  $('blank').setAttribute('aria-pressed', String(Boolean(view.blank)))
  $('reveal').hidden = !asks
  $('reveal').textContent = view.revealed ? t.hide : t.reveal
  $('close').hidden = !(state === 'write' || state === 'closing')
  $('close-in').hidden = state !== 'write'
  $('hold-each').hidden = !asks || view.writes !== 'text'
  $('hold-each').setAttribute('aria-pressed', String(view.hold))
  $('reopen').hidden = !['closing', 'closed', 'results'].includes(state)
  $('reopen').textContent = state === 'closing' ? t.take_back : t.reopen
  $('pause').hidden = !timed
  $('pause').textContent = view.paused_ms === null ? t.pause : t.resume
  $('add').hidden = !timed
  $('end').hidden = state === 'ended'
  $('ask-part').closest('section').hidden = state === 'ended'
}

function drawNotes() {
  const notes = view.slide?.notes ?? ''
  $('notes-part').hidden = !notes
  if ($('notes').dataset.drawn === notes) return
  $('notes').dataset.drawn = notes
  $('notes').lang = view.language
  $('notes').replaceChildren(...notes.split(/\n\s*\n/).map((part) => el('p', {}, part)))
}

const footText = (n) => `${document.querySelector('.what').textContent} · ${fill(plural(t.n_answers, n), { n })}`

function drawTotals() {
  const { counts } = view
  const hall = counts.hall ? [fill(t.n_hall, { n: counts.hall })] : []
  $('here').textContent = [fill(plural(t.n_phones, counts.phones), { n: counts.phones }), ...hall, ...admission.words(view)].join(', ')
  const asked = view.kind && !['lobby', 'slide', 'idle', 'talk', 'grouping', 'ended'].includes(view.state)
  $('answers-part').hidden = view.state === 'grouping' || view.state === 'ended'
  const words = participationText(counts, t)
  if (view.flagged && view.state !== 'results') words.push(fill(plural(t.n_look, view.flagged), { n: view.flagged }))
  if (view.held) words.push(`${fill(plural(t.n_held, view.held), { n: view.held })}.`)
  $('share').textContent = words.join(' ')
  $('more').textContent = asked ? t.no_answers : t.no_question
  $('more').hidden = view.answers_total > 0
  $('answers-title').textContent = $('answers-title').dataset.words ?? ($('answers-title').dataset.words = $('answers-title').textContent)
  if (counts.answers) $('answers-title').textContent = fill(plural(t.n_answers, counts.answers), { n: counts.answers })
  $('write-part').hidden = !asked || view.writes !== 'text'
  const results = view.results ?? view.hidden_results
  $('results-part').hidden = !results || counts.answers === 0
  if ($('results-part').hidden) return
  $('results-say').textContent = view.results ? t.results_shown : t.results_hidden
  drawResults($('results'), view, results, t)
  wordGroups.show(view, results)
  resultPicture.show({
    kind: view.kind, question: view.question || view.title, results, shape: view.shape, lang: view.language, high: view.high,
    foot: footText(counts.answers),
  })
  drawShapes($('shapes'), results.shapes, view.shape, t, (shape) => press({ do: 'show_as', shape }))
  $('pages').hidden = !view.results
}

function drawJoin() {
  $('delete-at').textContent = fill(t.deleted, { date: longDate(view.delete_at) })
  $('join-url').textContent = view.join.url.replace(/^https?:\/\//, '')
  const steers = ['facilitator', 'run'].includes(document.body.dataset.right)
  const warnings = view.warnings.map((name) => ({ words: t.warnings[name] ?? name, key: steers && t.expected.includes(name) && name.slice(3) }))
  if (view.older) warnings.unshift({ words: fill(t.warnings.older, { n: view.older.collected }) })
  const driftMinutes = Math.round(Math.abs(Date.now() - feed.serverNow()) / 60_000)
  if (driftMinutes) warnings.push({ words: fill(plural(t.drift, driftMinutes), { n: driftMinutes }) })
  $('warnings-part').hidden = warnings.length === 0
  const minutes = view.started_at ? Math.floor((feed.serverNow() - view.started_at) / 60_000) : 0
  $('since').textContent = minutes > 0 && view.state !== 'ended' ? fill(t.since, { n: minutes }) : ''
  drawList('warnings', warnings.map(({ words, key }) => (key ? { press: { words, then: () => editor.focusMeta(key) } } : { words })))
  const dates = followUp.reminders(view, feed.serverNow())
  $('dates-part').hidden = dates.length === 0
  drawList('dates', dates.map(({ words, part, to }) => ({ words, press: { words: to, then: () => openPart($(part)) } })))
}

/** Draw *lines* as a list, each with its button; only when they have changed. */
function drawList(id, lines) {
  const stamp = JSON.stringify(lines)
  if ($(id).dataset.told === stamp) return
  $(id).dataset.told = stamp
  $(id).replaceChildren(...lines.map(({ words, press }) => {
    if (!press) return el('li', {}, words)
    const button = el('button', { class: 'link', type: 'button' }, press.words)
    button.addEventListener('click', press.then)
    return el('li', {}, ...(words ? [words, ' '] : []), button)
  }))
}

/** Open a part of the page and go there. */
function openPart(part) {
  part.open = true
  part.querySelector('summary').focus()
  part.scrollIntoView({ block: 'start' })
}

/** Clocks are drawn from here at fixed intervals, also while the connection is lost. */
function tick() {
  if (!view) return
  agenda.tick(view, feed.serverNow())
  rehearsal.tick(feed.serverNow())
  preview.tick(feed.serverNow())
  undo.tick(feed.serverNow())
  const clock = readClock(view, feed.serverNow())
  const closing = view.state === 'closing' && !clock
  $('clock').hidden = !clock || closing
  if (!clock) return handheld.tick()
  $('clock').classList.toggle('over', clock.timeUp)
  const words = clock.paused ? t.paused : clock.timeUp ? t.time_out : ''
  const text = words ? `${clock.text} ${words}` : clock.text
  if ($('clock').textContent !== text) $('clock').replaceChildren(clock.text, ...(words ? [el('small', {}, ` ${words}`)] : []))
  handheld.tick()
}

let focusedWhenLost = null // what had the focus before everything was disabled
function setOffline(isOffline) {
  if (isOffline && document.activeElement !== document.body) focusedWhenLost = document.activeElement
  $('offline').hidden = !isOffline
  document.body.classList.toggle('offline', isOffline)
  for (const field of document.querySelectorAll(FIELDS)) if (!field.closest('dialog, #edit')) field.disabled = isOffline
  if (!isOffline && document.activeElement === document.body) focusedWhenLost?.focus()
}

// -- buttons and keys ---------------------------------------------------------------------------------------

const ANSWER_ACTIONS = {
  async hold(answer, words) {
    const reason = await confirm({ title: t.hold_title, text: t.hold_text, yes: t.hold, quote: words, field: t.hold_field })
    if (reason !== false) act({ do: 'hide_answer', id: answer.id, reason })
  },
  restore: (answer) => act({ do: 'restore_answer', id: answer.id }),
  async redact(answer, words) {
    const confirmed = await confirm({ title: t.redact_title, text: t.redact_text, yes: t.redact, quote: words, destructive: true })
    if (confirmed !== false) act({ do: 'redact_answer', id: answer.id })
  },
  mute: (answer) => act({ do: 'mute_phone', id: answer.id }),
  unmute: (answer) => act({ do: 'unmute_phone', id: answer.id }),
  lift: (answer) => act({ do: 'spotlight', id: answer.id }),
  unlift: () => act({ do: 'spotlight', id: '' }),
}

const LOCAL_KEYS = {
  up: () => view.results && act({ do: 'page', n: Math.max(0, view.page - 1) }),
  down: () => view.results && act({ do: 'page', n: view.page + 1 }),
  join() {
    $('join').querySelector('details').open = true
    $('join').scrollIntoView({ block: 'center' })
  },
  dark() {
    const root = document.documentElement
    root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark'
  },
  fullscreen: toggleFullscreen,
  start: () => view.state === 'lobby' && act({ do: 'next' }),
  board: () => board.enter(),
  help: () => $('help').showModal(),
}

async function pressKey(name, n) {
  if (!view) await feed.ready
  if (document.querySelector('dialog[open]')) return
  if (LOCAL_KEYS[name]) return LOCAL_KEYS[name]()
  for (const action of actionsFor(name, view, n, feed.serverNow())) if (!(await act(action))) return
}

function wire() {
  const on = (id, makeAction) => $(id).addEventListener('click', async () => {
    if (!view) await feed.ready
    press(makeAction())
  })
  for (const button of document.querySelectorAll('[data-do]')) {
    button.addEventListener('click', () => press({ do: button.dataset.do }))
  }
  on('blank', () => ({ do: view.blank ? 'unblank' : 'blank' }))
  on('reveal', () => ({ do: view.revealed ? 'hide' : 'reveal' }))
  on('hold-each', () => ({ do: 'set_hold', hold: !view.hold }))
  on('close-in', () => ({ do: 'close_in', seconds: CLOSING_S }))
  on('pause', () => ({ do: view.paused_ms === null ? 'pause' : 'resume' }))
  on('add', () => ({ do: 'add_time', seconds: MORE_S }))
  $('page-back').addEventListener('click', LOCAL_KEYS.up)
  $('page-on').addEventListener('click', LOCAL_KEYS.down)
  $('help-open').addEventListener('click', LOCAL_KEYS.help)
  $('end').addEventListener('click', async () => {
    const confirmed = await confirm({ title: t.end_title, text: t.end_text, yes: t.ways.ended, destructive: true })
    if (confirmed !== false) act({ do: 'end' })
  })
  wireForms()
  const names = HELP.filter(([, name]) => t.help[name])
  $('help-keys').replaceChildren(...names.flatMap(([keys, name]) => [el('dt', {}, keys), el('dd', {}, t.help[name])]))
  bindLetterKeysBox($('letters'))
  new Keyboard(document, { press: pressKey, digits: (n) => note(n ? fill(t.typed, { n }) : '') })
}

/** Each form keeps what was written until the server has accepted it. */
function wireForms() {
  const on = (id, makeAction, doneText) => $(id).addEventListener('submit', async (event) => {
    event.preventDefault()
    if (!(await press(makeAction()))) return
    if (id !== 'hall') $(id).reset()
    $('ask-choices').hidden = !kinds[$('ask-kind').value]?.options
    note(doneText)
  })
  on('write', () => ({
    do: 'add_answer', text: $('write-text').value, heads: Number($('write-heads').value), via: $('write-via').value,
  }), t.written)
  on('ask', () => ({
    do: 'ask', kind: $('ask-kind').value, question: $('ask-question').value,
    options: $('ask-options').value.split('\n').filter((line) => line.trim()),
  }), '')
  on('hall', () => ({ do: 'set_people', n: Number($('hall-n').value) }), t.saved)
  $('ask-kind').addEventListener('change', () => ($('ask-choices').hidden = !kinds[$('ask-kind').value]?.options))
}

function showTitle() {
  remember(room, view.title)
  document.querySelector('.what').textContent = view.title
}

async function fetchSlides() {
  const response = await fetch(`/api/rooms/${room}`).catch(() => null)
  if (!response?.ok) return
  const about = await response.json()
  programme.setSlides(about.slides, about.language)
}

// -- start --------------------------------------------------------------------------------------------------

async function begin() {
  const toEdit = location.hash === '#edit'
  if (toEdit) history.replaceState(null, '', location.pathname + location.search)
  const swapped = await feed.swapKey()
  if ('needsKey' in document.body.dataset) {
    if (swapped === 'swapped') location.reload()
    else $('gate').textContent = swapped === 'none' ? $('gate').dataset.none : $('gate').dataset.refused
    return
  }
  answerList = new AnswerList({
    list: $('answers'), fresh: $('fresh'), toggle: $('all'), t, code: room,
    press: (name, answer, words) => ANSWER_ACTIONS[name](answer, words),
  })
  board = new Board({ code: room, act: sendAction, answer: (name, id, text) => ANSWER_ACTIONS[name]({ id }, text) })
  wordGroups = new WordGroups({ code: room, act, lift: (id) => act({ do: 'spotlight', id }) })
  programme = new Programme({ list: $('slides'), t, press })
  editor = new Editor(room)
  rehearsal = new Rehearsal({ press, note })
  preview = new Preview(room)
  handheld = new Handheld({ t })
  agenda = new Agenda({ t, press })
  admission = new Admission({ press, note })
  followUp = new FollowUp({ press, note })
  if (toEdit) editor.show()
  const meeting = () => ({ title: view.title, join: view.join.url })
  undo = new Undo({ act: (action) => feed.act(action), note })
  comments = new Comments({ code: room, note, editor })
  accessLinks = new AccessLinks({ code: room, note, meeting })
  new TakeHome({ code: room, t, note, meeting })
  resultPicture = new ResultPicture({ code: room, note, t })
  themesPicture = new ResultPicture({ code: room, note, t, part: 'themes-picture' })
  wire()
  feed.addEventListener('view', ({ detail }) => {
    const viewBefore = view
    view = detail.view
    if (viewBefore?.title !== view.title) showTitle()
    if (viewBefore && viewBefore.workshop_version !== view.workshop_version) fetchSlides()
    editor.follow(view.workshop_version)
    draw()
  })
  feed.addEventListener('stale', () => setOffline(true))
  feed.addEventListener('fresh', () => setOffline(false))
  feed.addEventListener('open', fetchSlides)
  feed.addEventListener('rights', ({ detail }) => {
    setOffline(true)
    $('offline').textContent = detail === 'no-room' ? t.no_room : t.no_key
  })
  feed.connect()
  setInterval(tick, TICK_MS)
}

begin()
