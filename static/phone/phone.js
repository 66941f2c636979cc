/** The phone: what is on now, a field, and an outbox that gives up no answer. The page works without it too. */
import { Line } from '../shared/connection.js'
import { Outbox } from '../shared/outbox.js'
import { clockText, count, id, left, shuffled } from '../shared/text_and_time.js'

const body = document.body
const $ = (name) => document.getElementById(name)
const read = (name) => JSON.parse($(name).textContent)
const say = read('strings')
const code = body.dataset.code
const text = (key, n) => say[key].replace('{n}', n)
const MARKS_S = [60, 30, 10, 0]
const DOUBLE_MS = 1000 // a second tap so soon is no second thought
const TYPING_MS = 15_000
const UNDO_MS = 10_000
const MOST_UNITS = 5000 // a longer message would break the line, whatever it counts as

/** What outlives a reload, beside the outbox; in memory where the browser keeps nothing. */
const KEY = `innspill:${code}`
const load = () => {
  try { return JSON.parse(localStorage.getItem(KEY)) } catch { return null }
}
const kept = { drafts: {}, seed: id(), ...load() }
const keep = () => {
  try { localStorage.setItem(KEY, JSON.stringify(kept)) } catch { box.keeps = false }
}

let frame = read('view')
let view = frame.view
const open = () => view.state === 'write' || view.state === 'closing'
let mine = new Map() // answers to the activity on show, by id
let editing = null
let sentAt = -1e9
let typedAt = -1e9
let said = 99999
let mark = ''
let ticked = ''

const status = (words) => { $('status').textContent = words }
const box = new Outbox(code, (it, one) => {
  const shown = mine.get(it)
  if (one && one.activity === view.activity && one.type === 'answer') mine.set(it, { ...one, status: one.acked ? 'saved' : 'sending' })
  else if (one || (shown && shown.status !== 'saved')) mine.delete(it)
  list()
  bar()
})
keep()
const line = new Line(code, { seen: () => ({ epoch: frame.epoch, position: frame.position, ...box.held(frame.epoch) }) })

// -- drawing ----------------------------------------------------------------------------------------------

/** Put the section of this state on the stage; a field somebody types in stays as it is. */
const show = () => {
  const state = view.state === 'closing' ? 'write' : view.state
  const field = $('text')
  const unsent = editing ? '' : kept.drafts[view.activity] ?? '' // changes end when it closes
  const grace = view.grace_until > line.now() && unsent.trim()
  const texts = view.kind === 'open' || view.kind === 'words'
  const want = state === 'write' && texts ? 'text' : (state === 'closed' || state === 'results') && grace ? 'grace' : state
  const now = `${want}:${view.activity}:${view.slide?.id}`
  body.dataset.state = view.state
  document.title = view.question || view.title
  if (now !== mark && !(want === 'grace' && mark.startsWith('text'))) {
    const typing = document.activeElement === field && field
    $('stage').replaceChildren($(`s-${want === 'grace' ? 'text' : want}`).content.cloneNode(true))
    const first = !mark
    editing = null
    mark = now
    settle(want)
    // Whoever types goes on where there is a field; to all others the heading tells what is new.
    if (!first || typing) ((typing && $('text')) || $('stage').querySelector('h1'))?.focus()
  }
  if (want === 'write') options()
  if ($('themes')) import('../activities/group.js').then((it) => $('themes') && it.show($('themes'), view), () => {})
  const parts = { ...view, slide: view.slide?.title, title: view.title }
  for (const part of document.querySelectorAll('[data-t]')) {
    const words = parts[part.dataset.t] ?? ''
    if (part.textContent !== words) part.textContent = words
    if (part.dataset.t === 'question') part.classList.toggle('long', words.length > 70)
  }
  const press = $('form')?.querySelector('.press')
  if (press) press.textContent = want === 'grace' ? say.unsent : editing ? say.save : say.send
  if ($('read') && view.slide) $('read').href = `/${code}/slides/${view.slide.n}`
  if ($('sent')) $('sent').textContent = text('sent', mine.size)
  $('heads').hidden = !['lobby', 'slide', 'idle', 'talk'].includes(view.state)
  list()
  tick()
}

/** Give a fresh section its life. */
const settle = (want) => {
  const form = $('form')
  form?.addEventListener('submit', (event) => { event.preventDefault(); send() })
  if ($('text')) {
    $('text').value = kept.drafts[view.activity] ?? $('text').value
    $('text').addEventListener('input', type)
    type()
  }
  ticked = ''
  if ($('draft')) {
    $('draft').hidden = false
    $('draft').firstElementChild.addEventListener('click', draft)
  }
}

const type = () => {
  const field = $('text')
  const target = field.dataset.for || view.activity
  if (!editing) { // what is being changed leaves the draft of the next one alone
    if (field.value) kept.drafts[target] = field.value
    else delete kept.drafts[target]
    keep()
  }
  if (field.value && open() && performance.now() - typedAt > TYPING_MS) {
    typedAt = performance.now()
    line.send({ type: 'typing' })
  }
  const rest = (view.max ?? 200) - count(field.value)
  if ($('left')) $('left').textContent = rest < 0 ? text('over', -rest) : rest < view.max / 4 ? text('left', rest) : ''
}

/** A field of one's own while others talk: kept here, and offered when writing opens. */
const draft = () => {
  const field = document.createElement('textarea')
  Object.assign(field, { id: 'text', className: 'field', rows: 3, value: kept.drafts.next ?? '' })
  field.dataset.for = 'next'
  field.setAttribute('aria-label', say.draft)
  const note = document.createElement('p')
  note.className = 'soft'
  note.textContent = say.draft
  $('draft').replaceChildren(field, note)
  field.addEventListener('input', type)
  field.focus()
}

/** The options, with the own answer ticked once the server has told it. */
const options = () => {
  const box = $('choices')
  if (!box) return
  const own = [...mine.values()].at(-1)
  const fresh = `:${own?.id}:${own?.rev}`
  if (fresh === ticked) return // what is ticked and not yet sent stays
  ticked = fresh
  const { name: at, value: on } = box.contains(document.activeElement) ? document.activeElement : {}
  box.replaceChildren(...box.querySelectorAll(':scope > legend'))
  const row = (parent, name, value, words, radio, on) => {
    const label = $('s-choice').content.cloneNode(true).firstElementChild
    Object.assign(label.firstElementChild, { type: radio ? 'radio' : 'checkbox', name, value, checked: on })
    label.lastElementChild.textContent = words
    parent.append(label)
  }
  if (view.options) {
    const listed = view.shuffle ? shuffled(view.options, kept.seed + view.activity) : view.options
    for (const one of listed) row(box, 'option', one.id, one.text, view.pick === 1, own?.value?.includes(one.id))
  }
  for (const item of (view.kind === 'scale' && view.items) || []) {
    const set = document.createElement('fieldset')
    set.className = 'scale'
    set.append(Object.assign(document.createElement('legend'), { textContent: item.text }))
    for (let n = view.low; n <= view.high; n += 1) row(set, `item-${item.id}`, n, n, true, own?.value?.[item.id] === n)
    const ends = document.createElement('p')
    ends.className = 'ends soft'
    for (const words of view.labels.length > 1 ? [view.labels[0], view.labels.at(-1)] : []) {
      ends.append(Object.assign(document.createElement('span'), { textContent: words }))
    }
    set.append(ends)
    box.append(set)
  }
  if (at) box.querySelector(`[name="${at}"][value="${on}"]`)?.focus()
}

const words = (one) => {
  if (one.text !== undefined) return one.text
  const name = (key) => [...(view.options ?? []), ...(view.items ?? [])].find((it) => it.id === key)?.text ?? key
  return Array.isArray(one.value)
    ? one.value.map(name).join(', ')
    : Object.entries(one.value ?? {}).map(([key, n]) => `${name(key)}: ${n}`).join(', ')
}

/** My answers, newest first, each with its state in words. */
const list = () => {
  const at = document.activeElement?.dataset.at
  $('mine').hidden = !mine.size
  $('count').textContent = mine.size
  $('own').replaceChildren(...[...mine.values()].reverse().map((one) => {
    const item = document.createElement('li')
    const told = Object.assign(document.createElement('p'), { textContent: words(one), lang: view.language })
    const row = Object.assign(document.createElement('div'), { className: 'row' })
    row.append(Object.assign(document.createElement('span'), { className: 'soft', textContent: one.reason ? say.reason.replace('{reason}', one.reason) : say[one.status] ?? say.saved }))
    const button = (key, then) => {
      const made = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: say[key] })
      made.dataset.at = one.id + key
      made.addEventListener('click', then)
      row.append(made)
    }
    if (open() && one.text !== undefined && one.status !== 'refused') button('edit', () => edit(one))
    if (one.status !== 'refused') button('delete', () => remove(one))
    item.append(told, row)
    return item
  }))
  if (at) $('own').querySelector(`[data-at="${at}"]`)?.focus()
}

const tick = () => {
  const clock = $('clock')
  if (!clock) return
  const ms = view.paused_ms ?? (view.deadline === null ? null : view.deadline - line.now())
  clock.textContent = ms === null ? '' : clockText(ms, view.state === 'talk' || view.state === 'grouping')
  if (ms === null || view.paused_ms !== null) return
  const s = left(ms)
  const passed = MARKS_S.find((at) => s <= at && said > at)
  if (passed !== undefined && said - s < 5) status(s <= 0 ? say.up : text('time', clockText(ms)))
  said = s
}

const bar = () => {
  const n = box.waiting().length
  $('line').hidden = line.online && box.keeps && !line.gone
  $('line').textContent = line.gone ? say.gone : !line.online ? (n ? text('offline', n) : say.offline0) : say.memory
}

// -- sending ----------------------------------------------------------------------------------------------

const put = (one) => {
  mine.set(one.id, { ...one, status: line.online ? 'sending' : 'kept' })
  line.send(one)
  box.put(one).then(() => { list(); bar() }) // what is shown as kept is on disk
}

const send = () => {
  const field = $('text')
  const one = { type: 'answer', id: id(), activity: view.activity, rev: 1 }
  if (field) {
    if (!field.value.trim()) {
      if (performance.now() - sentAt > DOUBLE_MS) status(say.empty)
      return field.focus()
    }
    const over = Math.max(count(field.value) - view.max, field.value.length - MOST_UNITS)
    if (over > 0) { status(text('over', over)); return field.focus() }
    one.text = field.value.trim()
  } else {
    const data = new FormData($('form'))
    const rated = [...data].filter(([name]) => name.startsWith('item-')).map(([name, n]) => [name.slice(5), Number(n)])
    one.value = view.kind === 'scale' ? Object.fromEntries(rated) : data.getAll('option')
    if (!Object.keys(one.value).length) return status(say.choose)
    if (one.value.length > view.pick) return status(text('most', view.pick))
    editing = [...mine.values()].find((it) => it.status !== 'refused') ?? null
  }
  if (editing) Object.assign(one, { id: editing.id, rev: editing.rev + 1 })
  else if (mine.size >= view.many) return status(say.limit)
  if (field) {
    field.value = editing ? kept.drafts[view.activity] ?? '' : ''
    editing = null
    type()
    field.focus()
  }
  editing = null
  typedAt = -1e9
  sentAt = performance.now()
  put(one)
  show()
}

const edit = (one) => {
  editing = mine.get(one.id)
  $('text').value = one.text
  type()
  $('text').focus()
  show()
}

const remove = (one) => {
  mine.delete(one.id)
  const after = open() ? 0 : Date.now() + UNDO_MS // once closed, nothing can be sent instead
  const gone = { type: 'withdraw', id: one.id, activity: view.activity, rev: one.rev + 1, after }
  const was = box.get(one.id)
  box.put(gone)
  if (!after) line.send(gone)
  list()
  status(`${say.deleted} `)
  const undo = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: say.undo })
  undo.addEventListener('click', () => {
    status('')
    if (after) {
      if (was) box.put(was)
      else box.drop(one.id)
      mine.set(one.id, one)
    } else put({ type: 'answer', id: id(), activity: view.activity, rev: 1, text: one.text, value: one.value })
    list()
    $('own').querySelector('button')?.focus()
  })
  $('status').append(undo)
  undo.focus({ preventScroll: true }) // the button that was pressed is gone
  setTimeout(() => {
    if (after && box.get(one.id) === gone) line.send(gone)
    if (undo.isConnected && (after || undo !== document.activeElement)) status(after ? say.deleted : '')
  }, UNDO_MS)
}

/** The server has said what became of something sent. */
const settled = (answer) => {
  const one = box.get(answer.id)
  if (!one || one.acked || (answer.rev && answer.rev < one.rev)) return
  const shown = mine.get(answer.id)
  if (answer.type === 'ack') {
    frame.position = Math.max(frame.position, answer.position) // what this phone has seen the server hold
    box.acked(one, frame.epoch)
    if (shown) shown.status = answer.status === 'duplicate' ? 'saved' : answer.status
    if (one.type === 'answer' && !one.again) status(answer.status === 'late' ? say.late : answer.status === 'held' ? say.held : view.options || view.items ? `${say.saved}. ${say.changed}` : view.many > 1 ? say.next : `${say.saved}.`)
  } else if (one.again && one.type === 'answer' && answer.code === 'closed' && (open() || one.activity !== view.activity)) {
    box.put({ ...one, parked: true }) // the server came back from before this was asked; it may ask again
  } else {
    box.drop(one.id)
    // Nobody else can have made this id: it was received from this phone before it forgot who it is.
    if (answer.code === 'not-yours' && one.rev === 1) {
      if (shown) shown.status = 'saved'
      return list()
    }
    // A change or a deletion that came to nothing: the answer stands as the server has it.
    if (one.rev > 1) line.send({ type: 'mine' })
    else if (shown) shown.status = 'refused'
    status(one.type === 'withdraw' ? '' : answer.code === 'closed' ? say.closed : answer.code === 'limit' ? say.limit : say.refused)
  }
  list()
  bar()
}

/** Answers as the server has them, and what still waits here on top. */
const merge = (answers) => {
  mine = new Map(answers.map((one) => [one.id, one]))
  for (const one of box.waiting()) {
    if (one.activity !== view.activity) continue
    if (one.type === 'withdraw') mine.delete(one.id)
    else mine.set(one.id, { ...one, status: line.online ? 'sending' : 'kept' })
  }
}

line.on({
  frame(fresh, own) {
    if (!own && fresh.epoch === frame.epoch && fresh.step < frame.step) return // a poll that a socket has overtaken
    const moved = fresh.view.activity !== view.activity
    // «Skriv det neste» must not stand there when nobody can.
    if (moved || (fresh.view.state !== view.state && fresh.view.state !== 'closing')) status('')
    const asked = !moved && fresh.view.ask > view.ask
    const before = view.state
    const older = fresh.epoch !== frame.epoch // what the server holds of this phone is told anew
    if (moved && !older) box.tidy(fresh.view.activity, view.activity)
    frame = fresh
    view = fresh.view
    if (kept.drafts.next && (view.state === 'write') && !kept.drafts[view.activity]) {
      kept.drafts[view.activity] = kept.drafts.next
      delete kept.drafts.next
      keep()
    }
    box.check(fresh.epoch)
    if (own) merge(own)
    else if (moved || older || (before === 'ended') !== (view.state === 'ended')) { merge([]); line.send({ type: 'mine' }) }
    else if (asked) setTimeout(() => line.send({ type: 'mine' }), 1500 * Math.random()) // not the whole hall at once
    if (fresh.heads) heads(fresh.heads)
    show()
    if (view.state !== before && view.state === 'closing' && view.deadline) status(text('closing', left(view.deadline - line.now())))
    if (view.state !== before && view.state === 'closed' && $('text')) status(text('sent', mine.size)) // the field stays, so no heading says it
    bar()
  },
  mine(own) { merge(own); show() },
  settled,
  known: (token) => box.know(token),
  waiting: (all) => box.leads() || all ? box.waiting().filter((one) => !(one.after > Date.now()) && (!one.parked || (one.activity === view.activity && open()))) : [],
  gone() {
    for (const one of box.waiting()) {
      box.drop(one.id)
      if (mine.has(one.id)) mine.get(one.id).status = 'refused'
    }
    bar()
    list()
  },
  change() { bar(); list() },
})

const heads = (n) => {
  for (const button of $('heads').querySelectorAll('button')) button.setAttribute('aria-pressed', String(Number(button.value) === n))
}
$('heads').addEventListener('submit', (event) => {
  event.preventDefault()
  const n = Number(event.submitter.value)
  heads(n)
  status(say.together[n - 2] ?? '')
  line.send({ type: 'heads', n })
})

$('beside').remove()
setInterval(tick, 250)
merge([])
show()
box.ready.then(() => line.open(box.token))
