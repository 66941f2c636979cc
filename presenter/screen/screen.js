/**
 * The screen (the projector's page): draws the room's view, and handles the keys that concern this page alone.
 *
 * The page is a list of parts, as the console: each has `show(view, now)`, and may have `tick(now)` for clocks, called at
 * fixed intervals, also while the connection is lost; *now* is the server's time.
 */

import { PulseOnScreen } from '../activities/pulse.js'
import { Awake } from '../shared/awake.js'
import { $ } from '../shared/dom.js'
import { Feed } from '../shared/feed.js'
import { Note } from '../shared/note.js'
import { Chime } from './chime.js'
import { CurrentScene } from './current_scene.js'
import { Enlarged } from './enlarged.js'
import { JoinPanel } from './join_panel.js'
import { KeptCloud } from './results/kept_cloud.js'
import { Shortcuts } from './shortcuts.js'
import { Steering } from './steering.js'
import { Strip } from './strip.js'
import { restoreTheme } from './theme.js'

const TICK_MS = 200
const NOTE_MS = 4000
const RESIZED_MS = 100

const t = JSON.parse($('strings').textContent)
const [code] = location.pathname.match(/\d{8}/) ?? ['']
const feed = new Feed({ code, face: 'screen', watched: parent === window })

/**
 * @param {number} offset
 * @param {number} limit
 * @param {Record<string, string>} which
 */
async function fetchCards(offset, limit, which) {
  const response = await fetch(`/${code}/cards?${new URLSearchParams({ offset: String(offset), limit: String(limit), ...which })}`).catch(() => null)
  return response?.ok ? response.json() : null
}

const note = new Note($('note'), NOTE_MS).show
// The preview in the console is no picture that the hall has seen.
const kept = self === top ? new KeptCloud((cloud) => feed.act({ do: 'keep_cloud', ...cloud })) : null
const scene = new CurrentScene({ t, fetchCards, frame: () => /** @type {Frame} */ (feed.frame), cloudDrawn: kept?.drawn, soundless: self === top ? feed.tellSoundless : undefined })
const joinPanel = new JoinPanel({ t })
const steering = new Steering({ feed, note, t })
const enlarged = new Enlarged(() => scene.redraw())
const shortcuts = new Shortcuts({
  code, t, scene, joinPanel, enlarged, steering, note, ready: feed.ready, serverNow: () => feed.serverNow(),
})
// The strip before the scene, which gets the room that the strip leaves.
/** @type {Part[]} */
const parts = [new Strip({ t, sceneHasClock: () => scene.hasClock }), joinPanel, scene, enlarged, shortcuts, new PulseOnScreen(), new Awake()]
// In the console's preview it would be a second sound, from another machine than the hall's.
if (parent === window) parts.push(new Chime())

let view = /** @type {ConsoleView | null} */ (null)

/** @param {ConsoleView} newest */
function show(newest) {
  if (JSON.stringify(newest) === JSON.stringify(view)) return
  view = newest
  document.body.dataset.state = newest.blank ? 'blank' : newest.state
  for (const part of parts) part.show(newest, feed.serverNow())
  tick()
}

function tick() {
  if (view) for (const part of parts) part.tick?.(feed.serverNow())
}

/**
 * Show *why* there is no meeting to show any more.
 *
 * @param {string} why
 */
function close(why) {
  view = null
  document.body.dataset.state = 'offline'
  $('strip').hidden = true
  scene.close(why)
  shortcuts.close()
}

// -- start --------------------------------------------------------------------------------------------------

restoreTheme()
feed.addEventListener('view', ({ detail }) => show(detail.view))
const badge = { stale: '', stalled: '' }
/** @param {Partial<typeof badge>} words */
const setBadge = (words) => {
  Object.assign(badge, words)
  $('badge').textContent = badge.stale || badge.stalled
  $('badge').hidden = !$('badge').textContent
}
feed.addEventListener('stale', () => setBadge({ stale: t.offline }))
feed.addEventListener('fresh', () => setBadge({ stale: '' }))
feed.addEventListener('stalled', () => setBadge({ stalled: t.stalled }))
feed.addEventListener('resumed', () => setBadge({ stalled: '' }))
feed.addEventListener('rights', ({ detail }) => close(detail === 'no-room' ? t.no_room : t.no_key))
setInterval(tick, TICK_MS)
/** @type {ReturnType<typeof setTimeout> | undefined} */
let resizeTimer
addEventListener('resize', () => {
  clearTimeout(resizeTimer)
  resizeTimer = setTimeout(() => {
    scene.redraw()
    if (view) enlarged.show(view)
  }, RESIZED_MS)
})
document.fonts?.addEventListener('loadingdone', () => {
  scene.redraw()
  enlarged.fit()
})
if ($('still')) feed.showStill(JSON.parse($('still').textContent))
else if ((await feed.swapKey()) === 'refused') close(t.no_key)
else feed.connect()
