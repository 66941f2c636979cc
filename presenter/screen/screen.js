/** The screen: shows what the room's view says, and turns what only this picture turns. */

import { Bars, Scale, Table } from './bars.js'
import { consoleChannel } from '../shared/console_channel.js'
import { readClock } from '../shared/clock.js'
import { Cloud } from './cloud.js'
import { $, el, fill, fit, hostAddress, lineCount, phrase, plural, roomCode, toggleFullscreen } from '../shared/dom.js'
import { Feed } from '../shared/feed.js'
import { Groups, told } from './groups.js'
import { HELP, Keyboard, actionsFor } from '../shared/keys.js'
import { bindLetterKeysBox } from '../shared/letter_keys.js'
import { Closed, Ended, Lobby, Spotlight, Talk, Write, present, qrOf, sceneOf, spoken, wayIn } from './scenes.js'
import { Slide } from './slide.js'
import { Voices } from './quiet_voices.js'
import { Cards, Wall } from './wall.js'

const TICK_MS = 200
const NOTE_MS = 4000
const HEADINGS = { question: [[6, 2], [5, 3], [4.4, 99]], slide: [[8, 1], [6.4, 2], [5, 3], [4.4, 99]], big: [[10, 2], [8, 3], [6, 4], [4.4, 99]] }

const t = JSON.parse($('strings').textContent)
const room = location.pathname.match(/\d{8}/)[0]
const feed = new Feed({ code: room, face: 'screen' })
const cards = new Cards((offset, limit) => fetchCards(offset, limit, { shape: view.shape }), () => draw(true))
const saidCards = new Cards((offset, limit) => fetchCards(offset, limit, { word }), () => draw(true))
const SCENES = {
  lobby: () => new Lobby(t), slide: () => new Slide(t), talk: () => new Talk(t), write: () => new Write(t),
  closed: () => new Closed(t), ended: () => new Ended(t), spot: () => new Spotlight(), wall: () => new Wall(t, cards),
  cloud: () => new Cloud(t, pick), bars: () => new Bars(), scale: () => new Scale(t), list: () => new Table(t, cards, pick),
  groups: () => new Groups(t), quiet: () => new Voices(t, cards, quietWords),
  said: () => new Voices(t, saidCards, () => fill(t.said, { word }), [t.words_back, () => pick('')]),
}

let scene = null
let shownAs = '' // the scene on show, and of what
let view = null
let page = null // the page the server last asked for
let asTable = false
let word = '' // whose answers are shown, here alone
let wordOn = '' // where it was picked; anywhere else it is forgotten
let steers = true // until the server says that this page may not

async function fetchCards(offset, limit, which) {
  const said = await fetch(`/${room}/cards?${new URLSearchParams({ offset, limit, ...which })}`).catch(() => null)
  return said?.ok ? said.json() : null
}

function draw(resized = false) {
  if (!view) return
  const { activity, slide, state } = view
  document.body.dataset.state = view.blank ? 'blank' : state
  if (word && wordOn !== placeOf(view)) word = ''
  const name = sceneOf(view, asTable, word)
  const as = [name, name === 'slide' ? '' : activity].join(' ')
  if (as !== shownAs) {
    scene?.stop?.()
    scene = SCENES[name]()
    // Another picture of the same answers begins on its first page; after a reload, on the page that was turned to.
    page = shownAs.split(' ')[1] === String(activity) ? view.page : null
    shownAs = as
    $('stage').replaceChildren(scene.root)
  }
  document.body.dataset.scene = name
  document.body.classList.toggle('big', name === 'slide' && state === 'slide' && Boolean(slide?.big))
  drawStrip(name)
  drawJoin()
  $('page').classList.toggle('kept', Boolean(view.results ?? view.groups))
  drawHeading(name)
  scene.show(shownView(name), feed.frame, resized)
  if ($('page').hidden && (scene.pages?.of ?? 1) > 1) {
    // The page number takes room from the heading, and the heading from the scene.
    drawPage()
    drawHeading(name)
    scene.show(shownView(name), feed.frame, true)
  }
  if (view.page !== page) {
    if (page !== null || view.page > 0) scene.turn?.(Math.min(view.page, (scene.pages?.of ?? 1) - 1))
    page = view.page
  }
  drawPage()
  tick()
}

/** What of the results a scene is told: of a word, cards that are fetched until there are no more. */
const shownView = (name) => (name === 'said' ? { ...view, shape: `said ${word}`, results: { ...view.results, cards: [], cards_total: Infinity } } : view)

const quietWords = ({ results }) => (results.cards_total ? t.quiet : t.no_quiet)

const placeOf = ({ activity, shape, state }) => `${activity} ${shape} ${state} ${asTable}`

/** From a word to its answers; *word* is '' to come back. It concerns this picture alone. */
function pick(picked) {
  const from = word
  word = picked
  wordOn = placeOf(view)
  draw()
  const there = [...$('stage').querySelectorAll('button.word')]
  ;(picked ? there.at(-1) : there.find((one) => one.firstChild.textContent === from))?.focus()
}

function drawHeading(name) {
  const heading = $('heading')
  heading.hidden = name === 'lobby' || name === 'ended'
  if (heading.hidden) return
  const text = view.state === 'slide' ? view.slide.title : view.question || view.slide?.title || view.title
  const sizes = document.body.classList.contains('big') ? HEADINGS.big : view.state === 'slide' ? HEADINGS.slide : HEADINGS.question
  heading.lang = view.language
  heading.textContent = text
  const most = Object.fromEntries(sizes)
  fit(heading, sizes.map(([size]) => size), (size) => lineCount(heading) <= most[size])
}

function drawStrip(name) {
  const strip = $('strip')
  const { join, counts, results } = view
  strip.hidden = name === 'lobby' || name === 'ended'
  strip.classList.toggle('thin', view.state === 'slide')
  const picture = qrOf(join, t)
  $('corner').replaceChildren(...(picture && view.state !== 'slide' ? [picture] : []))
  $('where').replaceChildren(
    ...(join.open_to_phones ? [hostAddress(join.host)] : [el('span', { class: 'host' }, t.only_here)]), ' ', roomCode(join.code))
  const lines = view.groups ? told(view.groups, t) : results && view.state === 'results' ? total(counts, results) : view.state === 'write' && results ? progress(counts) : present(counts, t)
  $('counts').replaceChildren(...lines.map((line) => el('span', {}, ...line)))
}

const total = (counts, results) => {
  if (results.options || results.items) {
    const forms = results.counted === 'people' ? t.from_people : t.from_phones
    return [phrase(plural(t.n_answers, counts.answers), { n: counts.answers }), phrase(plural(forms, results.n), { n: results.n })]
  }
  const people = counts.answered_people
  return [phrase(plural(t.n_answers, counts.answers), { n: counts.answers }), phrase(plural(t.from_people, people), { n: people })]
}
const progress = (counts) => [phrase(plural(t.n_answers, counts.answers), { n: counts.answers }), ...present(counts, t).slice(-1)]

function drawJoin() {
  const drawn = JSON.stringify([view.join, view.title])
  if ($('join').dataset.drawn === drawn) return
  $('join').dataset.drawn = drawn
  const picture = qrOf(view.join, t)
  $('join').replaceChildren(...(picture ? [picture] : []), el('div', { class: 'how' }, ...wayIn(view.join, t)))
}

function drawPage() {
  const { at, of } = scene?.pages ?? { at: 0, of: 1 }
  $('page').hidden = of < 2 && !$('page').classList.contains('kept')
  $('page').classList.toggle('idle', of < 2)
  $('page').textContent = fill(shownAs.startsWith('slide') ? t.part : t.page, { n: at + 1, of })
}

/** The clocks go on by themselves, also while the connection is gone. */
function tick() {
  if (!view) return
  const now = feed.serverNow()
  scene?.tick?.(view, now)
  const clock = scene?.hasClock ? null : readClock(view, now)
  $('clock').hidden = !clock
  if (!clock) return
  $('clock').lastElementChild.textContent = clock.text
  $('clock').setAttribute('aria-label', spoken(clock, t))
}

// -- keys ---------------------------------------------------------------------------------------------------

const LOCAL = {
  up: () => turn(-1),
  down: () => turn(1),
  join: () => toggleJoin(),
  dark: () => setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'),
  table: () => {
    asTable = !asTable
    draw()
  },
  fullscreen: toggleFullscreen,
  start: toggleFullscreen,
  help: () => ($('help').open ? $('help').close() : $('help').showModal()),
  escape: () => ($('join').hidden ? word && pick('') : toggleJoin(false)),
}

async function press(name, n) {
  if (!view) await feed.ready
  if (!view || ($('help').open && name !== 'help')) return
  if (LOCAL[name]) LOCAL[name]()
  else steer(name, n)
}

function turn(by) {
  if (scene?.turn?.((scene.pages?.at ?? 0) + by)) {
    drawPage()
    // Tell the others, so that the console and a second screen show the same page; not having the right is no matter.
    if (steers && (view.results ?? view.groups)) {
      page = scene.pages.at
      feed.act({ do: 'page', n: page }).then(heed)
    }
  } else if ((scene?.pages?.of ?? 1) < 2) steer(by > 0 ? 'next' : 'back')
}

async function steer(name, n = null) {
  const wanted = actionsFor(name, view, n, feed.serverNow())
  if (!wanted.length) return
  for (const wish of wanted) {
    const said = await feed.act(wish)
    heed(said)
    if (said.status === 401 || said.status === 403) note(t.from_console)
    else if (said.status === 0) note(t.offline)
    if (!said.ok) return
  }
}

const heed = ({ status }) => {
  if (status === 401 || status === 403) steers = false
  else if (status) steers = true
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

let quiet = null
function note(text) {
  $('note').textContent = text
  $('note').hidden = !text
  clearTimeout(quiet)
  quiet = setTimeout(() => ($('note').hidden = true), NOTE_MS)
}

// -- beginning ----------------------------------------------------------------------------------------------

function begin() {
  try {
    if (localStorage.getItem('theme') === 'dark') setTheme('dark')
  } catch {
    // See setTheme.
  }
  document.querySelector('#help tbody').replaceChildren(
    ...HELP.filter(([, what]) => t.keys[what]).map(([keys, what]) => el('tr', {}, el('th', { scope: 'row' }, keys), el('td', {}, t.keys[what]))))
  bindLetterKeysBox($('letters'))
  new Keyboard(document, { press, digits: (typed) => note(typed && `→ ${typed}`) })
  consoleChannel(room, (what) => {
    if (view && what.turn) turn(what.turn)
    if (view && LOCAL[what.press]) LOCAL[what.press]()
  })
  feed.addEventListener('view', ({ detail }) => {
    const fresh = JSON.stringify(detail.view) !== JSON.stringify(view)
    view = detail.view
    if (fresh) draw()
  })
  feed.addEventListener('stale', () => ($('badge').hidden = false))
  feed.addEventListener('fresh', () => ($('badge').hidden = true))
  feed.addEventListener('rights', ({ detail }) => lost(detail === 'no-room' ? t.no_room : t.no_key))
  setInterval(tick, TICK_MS)
  let resting = null
  addEventListener('resize', () => {
    clearTimeout(resting)
    resting = setTimeout(() => draw(true), 100)
  })
  document.fonts?.addEventListener('loadingdone', () => draw(true))
  stayAwake()
}

function lost(why) {
  view = null
  scene?.stop?.()
  scene = null
  shownAs = ''
  document.body.dataset.state = 'offline'
  document.body.dataset.scene = 'lost'
  $('strip').hidden = $('heading').hidden = $('page').hidden = true
  $('stage').replaceChildren(el('div', { class: 'scene lost' }, el('h1', { class: 'step' }, why)))
}

/** Where the page is secure, keep the projector from going to sleep. */
async function stayAwake() {
  const hold = () => document.visibilityState === 'visible' && navigator.wakeLock?.request('screen').catch(() => {})
  document.addEventListener('visibilitychange', hold)
  hold()
}

begin()
if ($('still')) feed.showStill(JSON.parse($('still').textContent))
else if ((await feed.swapKey()) === 'refused') lost(t.no_key)
else feed.connect()
