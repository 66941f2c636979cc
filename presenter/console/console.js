/**
 * The console (the facilitator's page): shows what is on now and what comes next, and sends the actions that are pressed.
 *
 * The page is a list of parts. A part has `show(view, now)`, called with every view, and may have `tick(now)`, called
 * several times a second for clocks, also while the connection is lost; *now* is the server's time.
 */

import { Editor } from '../editor/editor.js'
import { remember } from '../new/my_meetings_store.js'
import { $ } from '../shared/dom.js'
import { Feed } from '../shared/feed.js'
import { Note } from '../shared/note.js'
import { Actions } from './actions.js'
import { Admission } from './admission.js'
import { answerActions, tracesOf } from './answers/answer_actions.js'
import { WaitingAnswers } from './answers/waiting_answers.js'
import { AnswerList } from './answers/answer_list.js'
import { Results, ThemesPicture } from './answers/results.js'
import { Pictures } from './answers/pictures.js'
import { Totals } from './answers/totals.js'
import { WhichList } from './answers/which_list.js'
import { Board } from './board/board.js'
import { Comments } from './comments.js'
import { openDialog, wireDialogs } from './dialogs.js'
import { ConnectionLost } from './connection_lost.js'
import { FollowUp } from './followup/followup.js'
import { FrozenScreen } from './frozen_screen.js'
import { Forms } from './forms.js'
import { FollowGathering, Places } from './places.js'
import { Agenda } from './now/agenda.js'
import { Controls } from './now/controls.js'
import { FilmControls } from './now/film_controls.js'
import { Now } from './now/now.js'
import { Afterwards } from './now/afterwards.js'
import { Signs } from './now/signs.js'
import { Programme } from './now/programme.js'
import { SlideNotes } from './now/slide_notes.js'
import { Preview } from './preview.js'
import { Rehearsal } from './rehearsal.js'
import { AccessLinks } from './sharing/access_links.js'
import { ChimeSwitch } from './sharing/chime_switch.js'
import { ConnectScreen } from './sharing/connect_screen.js'
import { DeckResults } from './sharing/deck_results.js'
import { HallWifi } from './sharing/hall_wifi.js'
import { NextGroup } from './sharing/next_group.js'
import { Shelf } from './sharing/shelf.js'
import { TakeHome } from './sharing/take_home.js'
import { Shortcuts } from './shortcuts.js'
import { Undo } from './undo.js'
import { Warnings } from './warnings.js'
import { WriteIn } from './write_in.js'

const TICK_MS = 200

const t = JSON.parse($('strings').textContent)
const { code = '', right = '' } = document.body.dataset
const feed = new Feed({ code, face: 'console' })

/** @returns {Promise<RoomOfApi | null>} */
async function fetchRoom() {
  const response = await fetch(`/api/rooms/${code}`).catch(() => null)
  return response?.ok ? response.json() : null
}

/** The title of the meeting: at the top, and in this browser's list of meetings. */
class Title {
  #shown = /** @type {string | null} */ (null)

  /** @param {ConsoleView} view */
  show({ title }) {
    if (this.#shown === title) return
    this.#shown = title
    remember(code, title)
    const element = document.querySelector('.what')
    if (element) element.textContent = title
  }
}

/** The parts in the order in which they are drawn, and the few that others call. */
function makeParts() {
  const note = new Note($('note')).show
  const actions = new Actions({ feed, fetchRoom, note, t })
  const { act, press } = actions
  const { ready } = feed
  let meeting = { title: '', join: '' } // for links to it: its title and address
  const meetingNow = () => meeting
  const kinds = JSON.parse($('form-kinds').textContent)
  const perform = answerActions({ t, act: actions.actWhenFresh, traces: tracesOf(code) })
  const waiting = new WaitingAnswers({ t, perform, press })
  const places = new Places()
  const preview = new Preview(code)
  if (toTry) preview.showPhone(true)
  const editor = new Editor(code, places)
  const board = new Board({ code, act: actions.send, answer: (name, id, text) => perform[name]({ id }, text) })
  const admission = new Admission({ press, note, ready: feed.ready })
  const pictures = new Pictures({ code, t, note })
  const programme = new Programme({ t, press, fetchRoom, results: (slide) => pictures.read(slide) })
  const which = new WhichList({ t, onChange: () => answers.redraw() })
  const answers = new AnswerList({ code, t, perform, act, which: () => which.name })
  const toBoard = () => {
    places.open('gather')
    board.enter()
  }
  new Forms({ t, kinds, press, note })
  wireDialogs()
  new ConnectScreen({ code, t, note })
  const shelf = new Shelf({ code, note })
  new DeckResults({ code })
  places.on('take', () => {
    pictures.draw()
    shelf.draw()
  })
  for (const name of ['run', 'follow', 'take', 'meeting', 'edit']) places.on(name, () => board.setOpen(false))
  places.on('gather', () => board.setOpen(true))
  $('edit-open').addEventListener('click', () => editor.show())
  new TakeHome({ code, t, note, meeting: meetingNow })
  /** @type {Part[]} */
  const parts = [
    actions,
    { show: ({ title, join }) => (meeting = { title, join: join.url }) },
    new Title(),
    { show: ({ workshop_version: version }) => void editor.follow(version) },
    new Now({ t }),
    new Agenda({ t, press }),
    new Controls({ t, act, press, ready }),
    new FilmControls({ t, press }),
    new SlideNotes(),
    programme,
    new Afterwards({ t }),
    new Totals({ t, presenceOf: admission.words }),
    new WriteIn({ t, press }),
    new Results({ code, t, act, press, note }),
    which,
    answers,
    pictures,
    shelf,
    board,
    new FollowGathering({ places }),
    new ThemesPicture({ code, t, note }),
    new FrozenScreen({ t }),
    new HallWifi({ code, t, note }),
    new ChimeSwitch({ press }),
    new Signs({ t, press }),
    new Warnings({ t, right, focusMeta: (key) => editor.focusMeta(key) }),
    new Rehearsal({ press, note, ready: feed.ready, places }),
    preview,
    admission,
    waiting,
    new FollowUp({ press, note, right, places, waiting, focusMeta: (key) => editor.focusMeta(key) }),
    new AccessLinks({ code, note, meeting: meetingNow, places }),
    new NextGroup({ code, note, act }),
    new Comments({ code, note, editor }),
    new Undo({ act: (action) => feed.act(action), note, places }),
    new Shortcuts({
      code, t, act, note, ready, serverNow: () => feed.serverNow(),
      local: { board: toBoard, ask: () => openDialog('ask-part'), edit: () => editor.show(), undo: () => $('undo-bar').hidden || $('undo').click() },
    }),
  ]
  return { parts, programme, editor }
}

/**
 * Call *draw*. If the button that was pressed is hidden by it, the focus goes to the next one to press.
 *
 * @param {() => void} draw
 */
function keepFocus(draw) {
  const before = document.activeElement
  draw()
  const now = document.activeElement
  if (before !== document.body && (now === document.body || now?.closest('[hidden]'))) $($('go').hidden ? 'question' : 'next').focus()
}

/** @param {ReturnType<typeof makeParts>} made */
function run({ parts, programme, editor }) {
  let shown = false
  const tick = () => {
    if (shown) for (const part of parts) part.tick?.(feed.serverNow())
  }
  const connectionLost = new ConnectionLost()
  feed.addEventListener('view', ({ detail: { view } }) => keepFocus(() => {
    shown = true
    document.body.dataset.state = view.state
    document.body.classList.toggle('blank', Boolean(view.blank))
    for (const part of parts) part.show(view, feed.serverNow())
    tick()
  }))
  feed.addEventListener('stale', () => connectionLost.set(true))
  feed.addEventListener('fresh', () => connectionLost.set(false))
  feed.addEventListener('stalled', () => ($('stalled').hidden = false))
  feed.addEventListener('resumed', () => ($('stalled').hidden = true))
  feed.addEventListener('open', () => programme.fetch())
  feed.addEventListener('rights', ({ detail }) => connectionLost.forGood(detail === 'no-room' ? t.no_room : t.no_key))
  if (toEdit) editor.show()
  feed.connect()
  setInterval(tick, TICK_MS)
}

// -- start --------------------------------------------------------------------------------------------------

const toEdit = location.hash === '#edit'
const toTry = location.hash === '#try' // a rehearsal that somebody who is new began: with a phone beside the screen
if (toEdit || toTry) history.replaceState(null, '', location.pathname + location.search)
const swapped = await feed.swapKey()
if (!('needsKey' in document.body.dataset)) run(makeParts())
else if (swapped === 'swapped') location.reload()
else $('gate').textContent = (swapped === 'none' ? $('gate').dataset.none : $('gate').dataset.refused) ?? ''
