/** The phone's page: shows what is on now, and sends answers through an outbox that loses none. The page works without this script too. */
import { Outbox } from '../shared/outbox.js'
import { clockText, graphemes, newId, passedTime, secondsLeft } from '../shared/text_and_time.js'
import { stayLit } from './lit.js'
import { drawOwn, link } from './own_list.js'
import { Sender } from './sender.js'
import { due, isOlder, isOpen, merge, resultOf, sectionOf, standing } from './state.js'

const body = document.body
/** @type {(name: string) => PageElement} */
const $ = (name) => document.getElementById(name)
/** @type {(name: string) => unknown} */
const json = (name) => JSON.parse($(name).textContent)
const t = /** @type {Strings} */ (json('strings'))
const code = /** @type {string} */ (body.dataset.code)
/** @type {(key: string, n?: number | string) => string} */
const text = (key, n) => t[key].replace('{n}', n)
const DOUBLE_MS = 1000 // a second tap this soon after sending is an accident
const TYPING_MS = 15_000
const UNDO_MS = 10_000
const AGAIN_MS = 2000
/** Parts of a view that have a script of their own. @type {('pictures' | 'signs' | 'film' | 'questions')[]} */
const PARTS = ['pictures', 'signs', 'film', 'questions']
const MOST_UNITS = 5000 // a longer message is more than the connection carries, however few characters it has

/** What is kept over a reload besides the outbox; only in memory where the browser stores nothing. */
const KEY = `innspill:${code}`
const load = () => {
  try { return JSON.parse(localStorage.getItem(KEY)) } catch { return null }
}
/** @type {{ drafts: Record<string, string>, seed: string, heads?: number }} */
const stored = { drafts: {}, seed: newId(), ...load() }
/** Of the activity on show. Its id may be any word, also `next` or one that objects have of their own. */
const draftKey = () => `:${view.activity}`
const store = () => {
  try { localStorage.setItem(KEY, JSON.stringify(stored)) } catch { outbox.persistent = false }
}

let frame = /** @type {PhoneFrame} */ (json('view'))
let view = frame.view
let seen = frame // the most that the server has shown in its epoch; the page itself has no position
/** Answers to the activity on show, by id. @type {Map<string, OwnAnswer>} */
let mine = new Map()
/** How many more own answers the server has, older than these. */
let unlisted = 0
/** @type {OwnAnswer | null | undefined} */
let editing = null
let sentAt = -1e9
let typedAt = -1e9
let lastLeft = 99999
let sectionKey = ''
/** What the script of the kind on show exports. @type {KindScript} */
let kind = {}
let tries = 0
/** What this phone is to weigh, as the server last said. @type {Card[] | undefined} */
let deal

/** How many answers this phone has given; those that were refused do not count. */
const given = () => unlisted + [...mine.values()].filter((answer) => answer.status !== 'refused').length

/** @type {(words: string) => void} */
const status = (words) => { $('status').textContent = words }
const outbox = new Outbox(code, (id, entry) => {
  const shown = mine.get(id)
  if (entry && entry.activity === view.activity && entry.type === 'answer') mine.set(id, { ...entry, status: entry.acked ? 'saved' : 'sending' })
  else if (entry || (shown && shown.status !== 'saved')) mine.delete(id)
  drawMine()
  drawBar()
})
store()
const waitingStatus = () => (connection.online ? 'sending' : 'kept')

// -- drawing ----------------------------------------------------------------------------------------------

/** Show the section for the view's state; a field somebody types in stays as it is. */
const show = () => {
  const field = $('text')
  // An unsent change of an answer is dropped at the close.
  const section = sectionOf(view, connection.now(), editing ? '' : stored.drafts[draftKey()] ?? '')
  const key = `${section}:${view.activity}:${view.slide?.id}`
  body.dataset.state = view.state
  document.title = view.question || view.title
  if (key !== sectionKey && !(section === 'grace' && sectionKey.startsWith('text'))) {
    const typing = document.activeElement === field && field
    const first = !sectionKey
    // The page was there before this script: what was written or ticked in it meanwhile is kept.
    if (first && field && field.value !== field.defaultValue) stored.drafts[draftKey()] = field.value
    if (!first || section !== 'write') $('stage').replaceChildren($(`s-${section === 'grace' ? 'text' : section}`).content.cloneNode(true))
    editing = null
    sectionKey = key
    prepare()
    // Who was typing gets the field again, if there is one; otherwise a screen reader reads the new heading.
    if (!first || typing) ((typing && $('text')) || $('stage').querySelector('h1'))?.focus()
  }
  const parts = { ...view, slide: view.slide?.title }
  for (const part of document.querySelectorAll('[data-t]')) {
    const written = parts[/** @type {'expect' | 'instruction' | 'next_instruction' | 'organisation' | 'purpose' | 'question' | 'slide' | 'title'} */ (part.dataset.t)] ?? ''
    const own = t.own[written], words = own ?? written
    part.lang = own ? document.documentElement.lang : view.language
    if (part.textContent !== words) part.textContent = words
    if (part.dataset.t === 'question') part.classList.toggle('long', words.length > 70)
  }
  const press = $('form')?.querySelector('.press')
  if (press) press.textContent = section === 'grace' ? t.unsent : editing ? t.save : t.send
  if ($('read') && view.slide) $('read').href = `/${code}/slides/${view.slide.n}`
  if ($('sent')) $('sent').textContent = text('sent', given())
  $('heads').hidden = !['lobby', 'slide', 'idle', 'talk'].includes(view.state)
  if ($('results')) scriptOf('./results.js')?.show($('results'), view, [...mine.values()], $('reorder'), $('rest'))
  drawKind()
  for (const part of PARTS) if (view[part]) scriptOf(`./parts/${part}.js`)?.show(view, sender)
  drawMine()
  tick()
  light()
}

/** A phone that locked itself would miss what comes. */
const light = () => stayLit(isOpen(view) || view.state === 'talk')

/** Scripts that were loaded, by their path; null while one comes. @type {Record<string, any>} */
const scripts = {}

/**
 * The script *path*, or null until it has come; then all is shown anew. One that does not come is asked for again, later
 * each time, and at another address, because a browser may remember that the first one failed.
 *
 * @param {string} path
 */
const scriptOf = (path) => {
  if (path in scripts) return scripts[path]
  scripts[path] = null
  import(`${path}${tries ? `?${tries}` : ''}`).then((script) => {
    scripts[path] = script
    show()
  }, () => setTimeout(() => {
    tries += 1
    delete scripts[path]
    show()
  }, AGAIN_MS * (1 + tries) * (0.5 + Math.random())))
  return null
}

/** Asked for only where there is something to draw or to tell: results alone need none. @returns {KindScript} */
const kindScript = () => scriptOf(`../activities/${view.script ?? view.kind}.js`) ?? {}

/** What the kind's own script draws, where the section has a place for it. */
const drawKind = () => {
  const place = $('stage').querySelector('[data-script]')
  kind = place ? kindScript() : {}
  if (!place) return
  place.dataset.script = view.kind // for its colours
  const isNew = !place.dataset.drawn
  kind.show?.(place, view, standing(mine, view.version), stored.seed, text, deal)
  const inputs = [...place.querySelectorAll('input')]
  const half = stored.drafts[draftKey()]?.split('&')
  if (!isNew || !half || !kind.read || inputs.some((one) => one.checked !== one.defaultChecked)) return
  for (const one of inputs) one.checked = half.includes(tickOf(one))
}

/** @type {(input: Pick<PageElement, 'name' | 'value'>) => string} */
const tickOf = ({ name, value }) => `${name}=${value}`

/** What is ticked but not sent is a draft too: it is there when the question comes back, or the page. */
const onTick = () => {
  if (!kind.read) return
  const ticked = [.../** @type {NodeListOf<PageElement>} */ ($('stage').querySelectorAll('input:checked'))]
  stored.drafts[draftKey()] = ticked.map(tickOf).join('&')
  store()
  if (view.picks) status(view.picks.replace('{n}', `${Math.max(0, view.pick - ticked.length)}`))
}

/** Fill in a new section, and listen to its form and fields. */
const prepare = () => {
  $('form')?.addEventListener('submit', (event) => {
    const ready = $('text') || kind.read
    if (!ready && event.target.elements.activity) return // as without script: the form came with the page, and its kind's script has not
    event.preventDefault()
    if (ready) send()
  })
  if ($('text')) {
    $('text').value = stored.drafts[draftKey()] ?? $('text').value
    $('text').addEventListener('input', onTyping)
    onTyping()
  }
  if ($('draft')) {
    $('draft').hidden = false
    $('draft').firstElementChild.addEventListener('click', addDraft)
  }
}

const onTyping = () => {
  const field = $('text')
  const target = field.dataset.for || draftKey()
  if (!editing) { // a change of a sent answer is no draft
    if (field.value) stored.drafts[target] = field.value
    else delete stored.drafts[target]
    store()
  }
  if (field.value && isOpen(view) && performance.now() - typedAt > TYPING_MS) {
    typedAt = performance.now()
    sender.send({ type: 'typing' })
  }
  const rest = (view.max ?? 200) - graphemes(field.value)
  if ($('left')) $('left').textContent = rest < 0 ? text('over', -rest) : rest < view.max / 4 ? text('left', rest) : ''
}

/** A field for a draft while people talk; it is stored, and put into the answer's field when writing opens. */
const addDraft = () => {
  const field = document.createElement('textarea')
  Object.assign(field, { id: 'text', className: 'field', rows: 3, value: stored.drafts.next ?? '' })
  field.dataset.for = 'next'
  field.setAttribute('aria-label', t.draft)
  const note = document.createElement('p')
  note.className = 'soft'
  note.textContent = t.draft
  $('draft').replaceChildren(field, note)
  field.addEventListener('input', onTyping)
  field.focus()
}

const drawMine = () => {
  $('mine').hidden = !mine.size
  $('count').textContent = given()
  $('all').hidden = !unlisted
  drawOwn($('own'), [...mine.values()], {
    t,
    language: view.language,
    tell: (answer) => (answer.value === undefined ? answer.text : kindScript().tell?.(answer.value, view, answer)) ?? '',
    actions: (answer) => answer.status === 'refused' ? {} : {
      ...(isOpen(view) && $('text') && { edit: () => edit(answer) }),
      delete: () => remove(answer),
    },
  })
}

const tick = () => {
  const clock = $('clock')
  if (!clock) return
  const ms = view.paused_ms ?? (view.deadline === null ? null : view.deadline - connection.now())
  clock.textContent = ms === null ? '' : clockText(ms, view.state === 'talk' || view.state === 'grouping')
  if (ms === null || view.paused_ms !== null) return
  const left = secondsLeft(ms)
  if (passedTime(left, lastLeft) !== undefined) status(left <= 0 ? t.up : text('time', clockText(ms)))
  lastLeft = left
}

const drawBar = () => {
  const { online, refused, stalled } = connection
  const n = outbox.waiting().length
  $('line').hidden = online && outbox.persistent && !refused && !stalled
  $('line').textContent = refused ? t.gone : !online ? (n ? text('offline', n) : t.offline0) : stalled ? t.stalled : t.memory
}

// -- sending ----------------------------------------------------------------------------------------------

/** @type {(answer: Sent) => void} */
const submit = (answer) => {
  mine.set(answer.id, { ...answer, status: waitingStatus() })
  sender.send(answer)
  outbox.put(answer).then(() => { drawMine(); drawBar() }) // only shown as kept once it is on disk
}

/** @type {Refuse} */
const refuse = (key, n) => { status(text(key, n)); return null }

const send = () => {
  const field = $('text')
  /** @type {Sent} */
  const answer = { type: 'answer', id: newId(), activity: view.activity, rev: 1 }
  if (field) {
    if (!field.value.trim()) {
      if (performance.now() - sentAt > DOUBLE_MS) status(t.empty)
      return field.focus()
    }
    const over = Math.max(graphemes(field.value) - view.max, field.value.length - MOST_UNITS)
    if (over > 0) { status(text('over', over)); return field.focus() }
    answer.text = field.value.trim().replace(/\p{Surrogate}/gu, '\ufffd') // half a character can't be sent
  } else {
    answer.value = /** @type {Value | undefined} */ (kind.read?.(new FormData(/** @type {HTMLFormElement & PageElement} */ ($('form'))), view, refuse, answer))
    if ((answer.value ?? null) === null) return
    delete stored.drafts[draftKey()]
    store()
    editing = kind.each ? null : standing(mine, view.version)
  }
  if (editing) Object.assign(answer, { id: editing.id, rev: editing.rev + 1 })
  else if (given() >= view.many) return status(t.limit)
  if (field) {
    field.value = editing ? stored.drafts[draftKey()] ?? '' : ''
    editing = null
    onTyping()
    field.focus()
  }
  editing = null
  typedAt = -1e9
  sentAt = performance.now()
  submit(answer)
  show()
}

/** @type {(answer: OwnAnswer) => void} */
const edit = (answer) => {
  editing = mine.get(answer.id)
  $('text').value = answer.text
  onTyping()
  $('text').focus()
  show()
}

/** @type {(answer: OwnAnswer) => void} */
const remove = (answer) => {
  mine.delete(answer.id)
  const after = isOpen(view) ? 0 : Date.now() + UNDO_MS // after the close no other answer can be sent, so the deletion itself waits
  /** @type {Sent} */
  const withdrawal = { type: 'withdraw', id: answer.id, activity: view.activity, rev: answer.rev + 1, after }
  const before = outbox.get(answer.id)
  outbox.put(withdrawal)
  if (!after) sender.send(withdrawal)
  show()
  status(`${t.deleted} `)
  const undo = link(t.undo, () => {
    status('')
    if (after) {
      if (before) outbox.put(before)
      else outbox.drop(answer.id)
      mine.set(answer.id, answer)
    } else submit({ ...answer, type: 'answer', id: newId(), activity: view.activity, rev: 1 })
    show()
    $('own').querySelector('button')?.focus()
  })
  $('status').append(undo)
  undo.focus({ preventScroll: true }) // the pressed button is gone
  setTimeout(() => {
    if (after && outbox.get(answer.id) === withdrawal) sender.send(withdrawal)
    if (undo.isConnected && (after || undo !== document.activeElement)) status(after ? t.deleted : '')
  }, UNDO_MS)
}

/** The server's ack or error for something sent. @type {(message: Ack | Refusal) => void} */
const onResult = (message) => {
  if (!message.id) { // of how many share the phone
    delete stored.heads
    return store()
  }
  const entry = outbox.get(message.id)
  if (!entry || entry.acked || /** @type {number} */ (message.rev) < entry.rev) return
  const { keep, status: now, say, ask } = resultOf(message, entry, view)
  if (keep === 'acked') outbox.ack({ ...entry, position: /** @type {Ack} */ (message).position, status: now }, frame.epoch, message.seal)
  else if (keep === 'parked') outbox.put({ ...entry, parked: true })
  else outbox.drop(entry.id)
  if (ask || view.deal) sender.send({ type: 'mine' })
  const shown = mine.get(message.id)
  if (shown && now) shown.status = now
  if (typeof say === 'string') status(say === 'changed' ? `${t.saved}. ${t.changed}` : say === 'saved' ? `${t.saved}.` : t[say] ?? '')
  drawMine()
  drawBar()
}

/**
 * Own answers as the server had them at *position*, the newest of all. What it has acked after that is here already:
 * a welcome may come after the ack of an answer that was posted meanwhile. Without answers, all that it has acked is.
 *
 * @param {Partial<Pick<PhoneFrame, 'mine' | 'mine_count' | 'position' | 'deal'>>} message
 */
const takeMine = ({ mine: answers = [], mine_count: all = 0, position = -1, deal: dealt }) => {
  deal = dealt
  mine = merge(answers, [...outbox.ackedAfter(frame.epoch, position), ...outbox.waiting()], view.activity, waitingStatus())
  unlisted = Math.max(0, all - answers.length)
}

/** @type {(fresh: PhoneFrame, own?: OwnAnswer[]) => void} */
const onFrame = (fresh, own) => {
  if (fresh.epoch === seen.epoch && fresh.position < seen.position) sender.send({ type: 'mine' }) // the store may have lost what was seen; what is posted says what that was
  else seen = fresh
  if (!own && isOlder(fresh, frame)) return
  const moved = fresh.view.activity !== view.activity
  // «Skriv det neste» must not stay when nobody can write.
  if (moved || (fresh.view.state !== view.state && fresh.view.state !== 'closing')) status('')
  const asked = !moved && fresh.view.ask > view.ask
  const before = view.state
  const older = fresh.epoch !== frame.epoch // another server or backup: ask again for the own answers
  if (moved && !older) outbox.tidy(fresh.view.activity, view.activity)
  frame = fresh
  view = fresh.view
  if (stored.drafts.next && view.state === 'write' && view.writes === 'text' && !stored.drafts[draftKey()]) {
    stored.drafts[draftKey()] = stored.drafts.next
    delete stored.drafts.next
    store()
  }
  outbox.checkEpoch(fresh.epoch)
  if (own) takeMine(fresh)
  else if (moved || older || (before === 'ended') !== (view.state === 'ended')) {
    takeMine({})
    sender.send({ type: 'mine' })
  } else if (asked) setTimeout(() => sender.send({ type: 'mine' }), 1500 * Math.random()) // not the whole hall at once
  if (fresh.heads) showHeads(stored.heads ?? fresh.heads)
  show()
  if (view.state !== before && view.state === 'closing' && view.deadline) status(text('closing', secondsLeft(view.deadline - connection.now())))
  if (view.state !== before && view.state === 'closed' && $('text')) status(text('sent', given())) // the field stays, so no new heading says so
  drawBar()
}

const sender = new Sender(code, {
  frame: onFrame,
  mine(message) { takeMine(message); show() },
  result: onResult,
  token: (token) => outbox.setToken(token),
  seen: () => ({ epoch: seen.epoch, position: seen.position, seal: seen.seal, ...outbox.newestAcked(seen.epoch) }),
  unsent: (all) => [...heads(), ...(outbox.leads() || all ? due(outbox.waiting(), view, Date.now()) : [])],
  change() {
    if (connection.refused) {
      for (const { id } of outbox.waiting()) {
        outbox.drop(id)
        if (mine.has(id)) /** @type {OwnAnswer} */ (mine.get(id)).status = 'refused'
      }
    }
    drawBar()
    drawMine()
  },
})
const { connection } = sender

/** @type {() => PhoneMessage[]} */
const heads = () => (stored.heads ? [{ type: 'heads', n: stored.heads }] : [])

/** @type {(n: number) => void} */
const showHeads = (n) => {
  for (const button of $('heads').querySelectorAll('button')) button.setAttribute('aria-pressed', String(Number(button.value) === n))
}
$('heads').addEventListener('submit', (event) => {
  event.preventDefault()
  const n = Number(event.submitter.value)
  stored.heads = n // until the server has acked it
  store()
  showHeads(n)
  status(t.together[n - 2] ?? '')
  sender.send(heads()[0])
})

$('stage').addEventListener('change', onTick)
$('beside').remove()
document.addEventListener('visibilitychange', light)
setInterval(tick, 250)
takeMine({})
show()
outbox.ready.then(() => sender.open(outbox.token))
