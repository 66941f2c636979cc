/** The screen (the projector's page): draws the room's view, and handles the keys that concern this page alone. */

import { drawingOf, sceneOf } from '../activities/drawing.js'
import { consoleChannel } from '../shared/console_channel.js'
import { readClock } from '../shared/clock.js'
import { $, el, fill, fit, hostAddress, lineCount, phrase, plural, roomCode, toggleFullscreen } from '../shared/dom.js'
import { Feed } from '../shared/feed.js'
import { Groups, answerCounts } from './groups.js'
import { HELP, Keyboard, actionsFor } from '../shared/keys.js'
import { bindLetterKeysBox } from '../shared/letter_keys.js'
import { Closed, Ended, Lobby, Spotlight, Talk, Write, clockLabel, joinInstructions, joinQr, presenceLines, sceneName } from './scenes.js'
import { Slide } from './slide.js'
import { QuietVoices } from './quiet_voices.js'
import { Table } from './table.js'
import { CardLoader } from './wall.js'

const TICK_MS = 200
const NOTE_MS = 4000
const HEADINGS = { question: [[6, 2], [5, 3], [4.4, 99]], slide: [[8, 1], [6.4, 2], [5, 3], [4.4, 99]], big: [[10, 2], [8, 3], [6, 4], [4.4, 99]] }

const t = JSON.parse($('strings').textContent)
const room = location.pathname.match(/\d{8}/)[0]
const feed = new Feed({ code: room, face: 'screen' })
const cardLoader = new CardLoader((offset, limit) => fetchCards(offset, limit, { shape: view.shape }), () => draw(true))
const wordCardLoader = new CardLoader((offset, limit) => fetchCards(offset, limit, { word: pickedWord }), () => draw(true))
const tools = { t, cards: cardLoader, pickWord }
/** How the scenes of the states are made, by name; 'said' shows the answers that contain a picked word. All others are shapes of results. */
const makeScene = {
  lobby: () => new Lobby(t), slide: () => new Slide(t), talk: () => new Talk(t), write: () => new Write(t),
  closed: () => new Closed(t), ended: () => new Ended(t), spot: () => new Spotlight(), groups: () => new Groups(t),
  said: () => new QuietVoices(t, wordCardLoader, () => fill(t.said, { word: pickedWord }), [t.words_back, () => pickWord('')]),
}

let scene = null
let sceneKey = '' // the name of the scene on show, and its activity
let view = null
let page = null // the page the server last asked for
let showsTable = false
let pickedWord = '' // the word whose answers are shown on this page alone
let pickedAt = '' // the picture in which it was picked; with any other the pick ends
let maySteer = true // until the server refuses an action

async function fetchCards(offset, limit, which) {
  const response = await fetch(`/${room}/cards?${new URLSearchParams({ offset, limit, ...which })}`).catch(() => null)
  return response?.ok ? response.json() : null
}

function draw(resized = false) {
  if (!view) return
  const { activity, slide, state } = view
  document.body.dataset.state = view.blank ? 'blank' : state
  if (pickedWord && pickedAt !== pictureKey(view)) pickedWord = ''
  const name = sceneName(view, showsTable, pickedWord)
  const key = [name, name === 'slide' ? '' : activity].join(' ')
  if (key !== sceneKey) {
    scene?.stop?.()
    scene = makeScene[name]?.() ?? resultScene(name)
    // Another scene for the same answers begins on its first page; after a reload, on the page that was on show.
    page = sceneKey.split(' ')[1] === String(activity) ? view.page : null
    sceneKey = key
    $('stage').replaceChildren(scene.root)
  }
  document.body.dataset.scene = name
  document.body.classList.toggle('big', name === 'slide' && state === 'slide' && Boolean(slide?.big))
  drawStrip(name)
  drawJoin()
  $('page').classList.toggle('kept', Boolean(view.results ?? view.groups))
  drawHeading(name)
  scene.show(viewFor(name), feed.frame, resized)
  if ($('page').hidden && (scene.pages?.of ?? 1) > 1) {
    // The page number takes room from the heading, and the heading from the scene.
    drawPage()
    drawHeading(name)
    scene.show(viewFor(name), feed.frame, true)
  }
  if (view.page !== page) {
    if (page !== null || view.page > 0) scene.turn?.(Math.min(view.page, (scene.pages?.of ?? 1) - 1))
    page = view.page
  }
  drawPage()
  tick()
}

function resultScene(shape) {
  const drawing = drawingOf(view.kind, view.results)
  return shape === 'list' ? new Table(tools, drawing.table) : sceneOf(drawing, shape, tools)
}

/** The view for a scene. For the answers that contain a word, all cards are fetched, until there are no more. */
const viewFor = (name) => (name === 'said' ? { ...view, shape: `said ${pickedWord}`, results: { ...view.results, cards: [], cards_total: Infinity } } : view)

const pictureKey = ({ activity, shape, state }) => `${activity} ${shape} ${state} ${showsTable}`

/** Show the answers that contain *word*, on this page alone; '' goes back. */
function pickWord(word) {
  const wordBefore = pickedWord
  pickedWord = word
  pickedAt = pictureKey(view)
  draw()
  const buttons = [...$('stage').querySelectorAll('button.word')]
  ;(word ? buttons.at(-1) : buttons.find((button) => button.firstChild.textContent === wordBefore))?.focus()
}

function drawHeading(name) {
  const heading = $('heading')
  heading.hidden = name === 'lobby' || name === 'ended'
  if (heading.hidden) return
  const text = view.state === 'slide' ? view.slide.title : view.question || view.slide?.title || view.title
  const sizes = document.body.classList.contains('big') ? HEADINGS.big : view.state === 'slide' ? HEADINGS.slide : HEADINGS.question
  heading.lang = view.language
  heading.textContent = text
  const mostLines = Object.fromEntries(sizes)
  fit(heading, sizes.map(([size]) => size), (size) => lineCount(heading) <= mostLines[size])
}

function drawStrip(name) {
  const strip = $('strip')
  const { join, counts, results } = view
  strip.hidden = name === 'lobby' || name === 'ended'
  strip.classList.toggle('thin', view.state === 'slide')
  const qr = joinQr(join, t)
  $('corner').replaceChildren(...(qr && view.state !== 'slide' ? [qr] : []))
  $('where').replaceChildren(
    ...(join.open_to_phones ? [hostAddress(join.host)] : [el('span', { class: 'host' }, t.only_here)]), ' ', roomCode(join.code))
  const lines = view.groups ? answerCounts(view.groups, t) : results && view.state === 'results' ? totalLines(counts, results) : view.state === 'write' && results ? progressLines(counts) : presenceLines(counts, t)
  $('counts').replaceChildren(...lines.map((line) => el('span', {}, ...line)))
}

const totalLines = (counts, results) => {
  if (results.options || results.items) {
    const forms = results.counted === 'people' ? t.from_people : t.from_phones
    return [phrase(plural(t.n_answers, counts.answers), { n: counts.answers }), phrase(plural(forms, results.n), { n: results.n })]
  }
  const people = counts.answered_people
  return [phrase(plural(t.n_answers, counts.answers), { n: counts.answers }), phrase(plural(t.from_people, people), { n: people })]
}
const progressLines = (counts) => [phrase(plural(t.n_answers, counts.answers), { n: counts.answers }), ...presenceLines(counts, t).slice(-1)]

function drawJoin() {
  const drawn = JSON.stringify([view.join, view.title])
  if ($('join').dataset.drawn === drawn) return
  $('join').dataset.drawn = drawn
  const qr = joinQr(view.join, t)
  $('join').replaceChildren(...(qr ? [qr] : []), el('div', { class: 'how' }, ...joinInstructions(view.join, t)))
}

function drawPage() {
  const { at, of } = scene?.pages ?? { at: 0, of: 1 }
  $('page').hidden = of < 2 && !$('page').classList.contains('kept')
  $('page').classList.toggle('idle', of < 2)
  $('page').textContent = fill(sceneKey.startsWith('slide') ? t.part : t.page, { n: at + 1, of })
}

/** Clocks are drawn from here at fixed intervals, also while the connection is lost. */
function tick() {
  if (!view) return
  const now = feed.serverNow()
  scene?.tick?.(view, now)
  const clock = scene?.hasClock ? null : readClock(view, now)
  $('clock').hidden = !clock
  if (!clock) return
  $('clock').lastElementChild.textContent = clock.text
  $('clock').setAttribute('aria-label', clockLabel(clock, t))
}

// -- keys ---------------------------------------------------------------------------------------------------

const LOCAL_KEYS = {
  up: () => turn(-1),
  down: () => turn(1),
  join: () => toggleJoin(),
  dark: () => setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'),
  table: () => {
    showsTable = !showsTable
    draw()
  },
  fullscreen: toggleFullscreen,
  start: toggleFullscreen,
  help: () => ($('help').open ? $('help').close() : $('help').showModal()),
  escape: () => ($('join').hidden ? pickedWord && pickWord('') : toggleJoin(false)),
}

async function press(name, n) {
  if (!view) await feed.ready
  if (!view || ($('help').open && name !== 'help')) return
  if (LOCAL_KEYS[name]) LOCAL_KEYS[name]()
  else sendActions(name, n)
}

function turn(by) {
  if (scene?.turn?.((scene.pages?.at ?? 0) + by)) {
    drawPage()
    // Tell the server, so that the console and a second screen show the same page. Without the right, nothing happens.
    if (maySteer && (view.results ?? view.groups)) {
      page = scene.pages.at
      feed.act({ do: 'page', n: page }).then(checkRights)
    }
  } else if ((scene?.pages?.of ?? 1) < 2) sendActions(by > 0 ? 'next' : 'back')
}

async function sendActions(name, n = null) {
  const actions = actionsFor(name, view, n, feed.serverNow())
  if (!actions.length) return
  for (const action of actions) {
    const response = await feed.act(action)
    checkRights(response)
    if (response.status === 401 || response.status === 403) note(t.from_console)
    else if (response.status === 0) note(t.offline)
    if (!response.ok) return
  }
}

const checkRights = ({ status }) => {
  if (status === 401 || status === 403) maySteer = false
  else if (status) maySteer = true
}

function toggleJoin(on = $('join').hidden) {
  $('join').hidden = !on
  $('main').inert = on
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem('theme', theme)
  } catch {
    // Storage is switched off: the screen is light again next time.
  }
}

let noteTimer = null
function note(text) {
  $('note').textContent = text
  $('note').hidden = !text
  clearTimeout(noteTimer)
  noteTimer = setTimeout(() => ($('note').hidden = true), NOTE_MS)
}

// -- start --------------------------------------------------------------------------------------------------

function begin() {
  try {
    if (localStorage.getItem('theme') === 'dark') setTheme('dark')
  } catch {
    // See setTheme.
  }
  document.querySelector('#help tbody').replaceChildren(
    ...HELP.filter(([, what]) => t.keys[what]).map(([keys, what]) => el('tr', {}, el('th', { scope: 'row' }, keys), el('td', {}, t.keys[what]))))
  bindLetterKeysBox($('letters'))
  new Keyboard(document, { press, digits: (digits) => note(digits && `→ ${digits}`) })
  consoleChannel(room, (message) => {
    if (view && message.turn) turn(message.turn)
    if (view && LOCAL_KEYS[message.press]) LOCAL_KEYS[message.press]()
  })
  feed.addEventListener('view', ({ detail }) => {
    const changed = JSON.stringify(detail.view) !== JSON.stringify(view)
    view = detail.view
    if (changed) draw()
  })
  feed.addEventListener('stale', () => ($('badge').hidden = false))
  feed.addEventListener('fresh', () => ($('badge').hidden = true))
  feed.addEventListener('rights', ({ detail }) => showLost(detail === 'no-room' ? t.no_room : t.no_key))
  setInterval(tick, TICK_MS)
  let resizeTimer = null
  addEventListener('resize', () => {
    clearTimeout(resizeTimer)
    resizeTimer = setTimeout(() => draw(true), 100)
  })
  document.fonts?.addEventListener('loadingdone', () => draw(true))
  stayAwake()
}

function showLost(why) {
  view = null
  scene?.stop?.()
  scene = null
  sceneKey = ''
  document.body.dataset.state = 'offline'
  document.body.dataset.scene = 'lost'
  $('strip').hidden = $('heading').hidden = $('page').hidden = true
  $('stage').replaceChildren(el('div', { class: 'scene lost' }, el('h1', { class: 'step' }, why)))
}

/** Keep the projector from going to sleep, where the browser allows it (on https). */
async function stayAwake() {
  const requestLock = () => document.visibilityState === 'visible' && navigator.wakeLock?.request('screen').catch(() => {})
  document.addEventListener('visibilitychange', requestLock)
  requestLock()
}

begin()
if ($('still')) feed.showStill(JSON.parse($('still').textContent))
else if ((await feed.swapKey()) === 'refused') showLost(t.no_key)
else feed.connect()
