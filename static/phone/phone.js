/** The phone's page: shows what is on now, and sends answers through an outbox that loses none. The page works without this script too. */
import { Connection } from '../shared/connection.js'
import { Outbox } from '../shared/outbox.js'
import { clockText, graphemes, newId, secondsLeft, shuffled } from '../shared/text_and_time.js'

const body = document.body
const $ = (name) => document.getElementById(name)
const read = (name) => JSON.parse($(name).textContent)
const t = read('strings')
const code = body.dataset.code
const text = (key, n) => t[key].replace('{n}', n)
const TIMES_S = [60, 30, 10, 0] // when a screen reader says how much time is left
const DOUBLE_MS = 1000 // a second tap this soon after sending is an accident
const TYPING_MS = 15_000
const UNDO_MS = 10_000
const MOST_UNITS = 5000 // a longer message is more than the connection carries, however few characters it has

/** What is kept over a reload besides the outbox; only in memory where the browser stores nothing. */
const KEY = `innspill:${code}`
const load = () => {
  try { return JSON.parse(localStorage.getItem(KEY)) } catch { return null }
}
const stored = { drafts: {}, seed: newId(), ...load() }
const store = () => {
  try { localStorage.setItem(KEY, JSON.stringify(stored)) } catch { outbox.persistent = false }
}

let frame = read('view')
let view = frame.view
const isOpen = () => view.state === 'write' || view.state === 'closing'
let mine = new Map() // answers to the activity on show, by id
let editing = null
let sentAt = -1e9
let typedAt = -1e9
let lastLeft = 99999
let sectionKey = ''
let ticked = ''
let touched = []

const status = (words) => { $('status').textContent = words }
const outbox = new Outbox(code, (id, entry) => {
  const shown = mine.get(id)
  if (entry && entry.activity === view.activity && entry.type === 'answer') mine.set(id, { ...entry, status: entry.acked ? 'saved' : 'sending' })
  else if (entry || (shown && shown.status !== 'saved')) mine.delete(id)
  drawMine()
  drawBar()
})
store()
const connection = new Connection(code, { seen: () => ({ epoch: frame.epoch, position: frame.position, ...outbox.newestAcked(frame.epoch) }) })

// -- drawing ----------------------------------------------------------------------------------------------

/** Show the section for the view's state; a field somebody types in stays as it is. */
const show = () => {
  const state = view.state === 'closing' ? 'write' : view.state
  const field = $('text')
  const unsent = editing ? '' : stored.drafts[view.activity] ?? '' // an unsent change of an answer is dropped at the close
  const grace = view.grace_until > connection.now() && unsent.trim()
  const isText = view.kind === 'open' || view.kind === 'words'
  const section = state === 'write' && isText ? 'text' : (state === 'closed' || state === 'results') && grace ? 'grace' : state
  const key = `${section}:${view.activity}:${view.slide?.id}`
  body.dataset.state = view.state
  document.title = view.question || view.title
  if (key !== sectionKey && !(section === 'grace' && sectionKey.startsWith('text'))) {
    const typing = document.activeElement === field && field
    const first = !sectionKey
    // The page was there before this script: what was written or ticked in it meanwhile is kept.
    if (first && field && field.value !== field.defaultValue) stored.drafts[view.activity] = field.value
    if (first) touched = [...$('stage').querySelectorAll('#choices input')].filter((it) => it.checked !== it.defaultChecked)
    $('stage').replaceChildren($(`s-${section === 'grace' ? 'text' : section}`).content.cloneNode(true))
    editing = null
    sectionKey = key
    prepare()
    // Who was typing gets the field again, if there is one; otherwise a screen reader reads the new heading.
    if (!first || typing) ((typing && $('text')) || $('stage').querySelector('h1'))?.focus()
  }
  if (section === 'write') drawOptions()
  if ($('themes')) import('../activities/group.js').then((group) => $('themes') && group.show($('themes'), view), () => {})
  const parts = { ...view, slide: view.slide?.title, title: view.title }
  for (const part of document.querySelectorAll('[data-t]')) {
    const words = parts[part.dataset.t] ?? ''
    if (part.textContent !== words) part.textContent = words
    if (part.dataset.t === 'question') part.classList.toggle('long', words.length > 70)
  }
  const press = $('form')?.querySelector('.press')
  if (press) press.textContent = section === 'grace' ? t.unsent : editing ? t.save : t.send
  if ($('read') && view.slide) $('read').href = `/${code}/slides/${view.slide.n}`
  if ($('sent')) $('sent').textContent = text('sent', mine.size)
  $('heads').hidden = !['lobby', 'slide', 'idle', 'talk'].includes(view.state)
  drawMine()
  tick()
}

/** Fill in a new section, and listen to its form and fields. */
const prepare = () => {
  const form = $('form')
  form?.addEventListener('submit', (event) => { event.preventDefault(); send() })
  if ($('text')) {
    $('text').value = stored.drafts[view.activity] ?? $('text').value
    $('text').addEventListener('input', onTyping)
    onTyping()
  }
  ticked = ''
  if ($('draft')) {
    $('draft').hidden = false
    $('draft').firstElementChild.addEventListener('click', addDraft)
  }
}

const onTyping = () => {
  const field = $('text')
  const target = field.dataset.for || view.activity
  if (!editing) { // a change of a sent answer is no draft
    if (field.value) stored.drafts[target] = field.value
    else delete stored.drafts[target]
    store()
  }
  if (field.value && isOpen() && performance.now() - typedAt > TYPING_MS) {
    typedAt = performance.now()
    connection.send({ type: 'typing' })
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

/** The options, with the own answer ticked once the server has sent it. */
const drawOptions = () => {
  const choices = $('choices')
  if (!choices) return
  const own = [...mine.values()].at(-1)
  const fresh = `:${own?.id}:${own?.rev}`
  if (fresh === ticked) return // keeps what is ticked but not yet sent
  ticked = fresh
  const { name: at, value: on } = choices.contains(document.activeElement) ? document.activeElement : {}
  choices.replaceChildren(...choices.querySelectorAll(':scope > legend'))
  const row = (parent, name, value, words, radio, on) => {
    const label = $('s-choice').content.cloneNode(true).firstElementChild
    Object.assign(label.firstElementChild, { type: radio ? 'radio' : 'checkbox', name, value, checked: on })
    label.lastElementChild.textContent = words
    parent.append(label)
  }
  if (view.options) {
    const listed = view.shuffle ? shuffled(view.options, stored.seed + view.activity) : view.options
    for (const { id, text } of listed) row(choices, 'option', id, text, view.pick === 1, own?.value?.includes(id))
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
    choices.append(set)
  }
  const find = (name, value) => choices.querySelector(`[name="${name}"][value="${value}"]`)
  for (const { name, value, checked } of touched) find(name, value).checked = checked
  touched = []
  if (at) find(at, on)?.focus()
}

const answerText = (answer) => {
  if (answer.text !== undefined) return answer.text
  const name = (key) => [...(view.options ?? []), ...(view.items ?? [])].find(({ id }) => id === key)?.text ?? key
  return Array.isArray(answer.value)
    ? answer.value.map(name).join(', ')
    : Object.entries(answer.value ?? {}).map(([key, n]) => `${name(key)}: ${n}`).join(', ')
}

/** The list of own answers, newest first, each with its status in words. */
const drawMine = () => {
  const at = document.activeElement?.dataset.at
  $('mine').hidden = !mine.size
  $('count').textContent = mine.size
  $('own').replaceChildren(...[...mine.values()].reverse().map((answer) => {
    const item = document.createElement('li')
    const words = Object.assign(document.createElement('p'), { textContent: answerText(answer), lang: view.language })
    const row = Object.assign(document.createElement('div'), { className: 'row' })
    row.append(Object.assign(document.createElement('span'), { className: 'soft', textContent: answer.reason ? t.reason.replace('{reason}', answer.reason) : t[answer.status] ?? t.saved }))
    const button = (key, then) => {
      const made = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: t[key] })
      made.dataset.at = answer.id + key
      made.addEventListener('click', then)
      row.append(made)
    }
    if (isOpen() && answer.text !== undefined && answer.status !== 'refused') button('edit', () => edit(answer))
    if (answer.status !== 'refused') button('delete', () => remove(answer))
    item.append(words, row)
    return item
  }))
  if (at) $('own').querySelector(`[data-at="${at}"]`)?.focus()
}

const tick = () => {
  const clock = $('clock')
  if (!clock) return
  const ms = view.paused_ms ?? (view.deadline === null ? null : view.deadline - connection.now())
  clock.textContent = ms === null ? '' : clockText(ms, view.state === 'talk' || view.state === 'grouping')
  if (ms === null || view.paused_ms !== null) return
  const s = secondsLeft(ms)
  const passed = TIMES_S.find((at) => s <= at && lastLeft > at)
  if (passed !== undefined && lastLeft - s < 5) status(s <= 0 ? t.up : text('time', clockText(ms)))
  lastLeft = s
}

const drawBar = () => {
  const n = outbox.waiting().length
  $('line').hidden = connection.online && outbox.persistent && !connection.gone
  $('line').textContent = connection.gone ? t.gone : !connection.online ? (n ? text('offline', n) : t.offline0) : t.memory
}

// -- sending ----------------------------------------------------------------------------------------------

const submit = (answer) => {
  mine.set(answer.id, { ...answer, status: connection.online ? 'sending' : 'kept' })
  connection.send(answer)
  outbox.put(answer).then(() => { drawMine(); drawBar() }) // only shown as kept once it is on disk
}

const send = () => {
  const field = $('text')
  const answer = { type: 'answer', id: newId(), activity: view.activity, rev: 1 }
  if (field) {
    if (!field.value.trim()) {
      if (performance.now() - sentAt > DOUBLE_MS) status(t.empty)
      return field.focus()
    }
    const over = Math.max(graphemes(field.value) - view.max, field.value.length - MOST_UNITS)
    if (over > 0) { status(text('over', over)); return field.focus() }
    answer.text = field.value.trim()
  } else {
    const data = new FormData($('form'))
    const rated = [...data].filter(([name]) => name.startsWith('item-')).map(([name, n]) => [name.slice(5), Number(n)])
    answer.value = view.kind === 'scale' ? Object.fromEntries(rated) : data.getAll('option')
    if (!Object.keys(answer.value).length) return status(t.choose)
    if (answer.value.length > view.pick) return status(text('most', view.pick))
    editing = [...mine.values()].find(({ status }) => status !== 'refused') ?? null
  }
  if (editing) Object.assign(answer, { id: editing.id, rev: editing.rev + 1 })
  else if (mine.size >= view.many) return status(t.limit)
  if (field) {
    field.value = editing ? stored.drafts[view.activity] ?? '' : ''
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

const edit = (answer) => {
  editing = mine.get(answer.id)
  $('text').value = answer.text
  onTyping()
  $('text').focus()
  show()
}

const remove = (answer) => {
  mine.delete(answer.id)
  const after = isOpen() ? 0 : Date.now() + UNDO_MS // after the close no other answer can be sent, so the deletion itself waits
  const withdrawal = { type: 'withdraw', id: answer.id, activity: view.activity, rev: answer.rev + 1, after }
  const before = outbox.get(answer.id)
  outbox.put(withdrawal)
  if (!after) connection.send(withdrawal)
  drawMine()
  status(`${t.deleted} `)
  const undo = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: t.undo })
  undo.addEventListener('click', () => {
    status('')
    if (after) {
      if (before) outbox.put(before)
      else outbox.drop(answer.id)
      mine.set(answer.id, answer)
    } else submit({ type: 'answer', id: newId(), activity: view.activity, rev: 1, text: answer.text, value: answer.value })
    drawMine()
    $('own').querySelector('button')?.focus()
  })
  $('status').append(undo)
  undo.focus({ preventScroll: true }) // the pressed button is gone
  setTimeout(() => {
    if (after && outbox.get(answer.id) === withdrawal) connection.send(withdrawal)
    if (undo.isConnected && (after || undo !== document.activeElement)) status(after ? t.deleted : '')
  }, UNDO_MS)
}

/** The server's ack or error for something sent. */
const onResult = (message) => {
  if (!message.id) { // of how many share the phone
    delete stored.heads
    return store()
  }
  const entry = outbox.get(message.id)
  if (!entry || entry.acked || (message.rev && message.rev < entry.rev)) return
  const shown = mine.get(message.id)
  if (message.type === 'ack') {
    frame.position = Math.max(frame.position, message.position) // up to here this phone knows what the server has
    outbox.ack(entry, frame.epoch)
    if (shown) shown.status = message.status === 'duplicate' ? 'saved' : message.status
    if (entry.type === 'answer' && !entry.again) status(message.status === 'late' ? t.late : message.status === 'held' ? t.held : view.options || view.items ? `${t.saved}. ${t.changed}` : view.many > 1 ? t.next : `${t.saved}.`)
  } else if (entry.again && entry.type === 'answer' && message.code === 'closed' && (isOpen() || entry.activity !== view.activity)) {
    outbox.put({ ...entry, parked: true }) // a server restored from before this activity: it may start it again
  } else {
    outbox.drop(entry.id)
    // No other phone can have made this id: this phone sent it before it lost its identity.
    if (message.code === 'not-yours' && entry.rev === 1) {
      if (shown) shown.status = 'saved'
      return drawMine()
    }
    // A change or deletion was refused: show the answer as the server has it.
    if (entry.rev > 1) connection.send({ type: 'mine' })
    else if (shown) shown.status = 'refused'
    status(entry.type === 'withdraw' ? '' : message.code === 'closed' ? t.closed : message.code === 'limit' ? t.limit : t.refused)
  }
  drawMine()
  drawBar()
}

/** Take in *answers* as the server has them, and add what is not yet acked. */
const merge = (answers) => {
  mine = new Map(answers.map((answer) => [answer.id, answer]))
  for (const entry of outbox.waiting()) {
    if (entry.activity !== view.activity) continue
    if (entry.type === 'withdraw') mine.delete(entry.id)
    else mine.set(entry.id, { ...entry, status: connection.online ? 'sending' : 'kept' })
  }
}

connection.on({
  frame(fresh, own) {
    if (!own && fresh.epoch === frame.epoch && fresh.step < frame.step) return // an older view, from a poll that the socket has overtaken
    const moved = fresh.view.activity !== view.activity
    // «Skriv det neste» must not stay when nobody can write.
    if (moved || (fresh.view.state !== view.state && fresh.view.state !== 'closing')) status('')
    const asked = !moved && fresh.view.ask > view.ask
    const before = view.state
    const older = fresh.epoch !== frame.epoch // another server or backup: ask again for the own answers
    if (moved && !older) outbox.tidy(fresh.view.activity, view.activity)
    frame = fresh
    view = fresh.view
    if (stored.drafts.next && (view.state === 'write') && !stored.drafts[view.activity]) {
      stored.drafts[view.activity] = stored.drafts.next
      delete stored.drafts.next
      store()
    }
    outbox.checkEpoch(fresh.epoch)
    if (own) merge(own)
    else if (moved || older || (before === 'ended') !== (view.state === 'ended')) { merge([]); connection.send({ type: 'mine' }) }
    else if (asked) setTimeout(() => connection.send({ type: 'mine' }), 1500 * Math.random()) // not the whole hall at once
    if (fresh.heads) showHeads(stored.heads ?? fresh.heads)
    show()
    if (view.state !== before && view.state === 'closing' && view.deadline) status(text('closing', secondsLeft(view.deadline - connection.now())))
    if (view.state !== before && view.state === 'closed' && $('text')) status(text('sent', mine.size)) // the field stays, so no new heading says so
    drawBar()
  },
  mine(own) { merge(own); show() },
  result: onResult,
  token: (token) => outbox.setToken(token),
  unsent: (all) => [...heads(), ...(outbox.leads() || all ? outbox.waiting().filter((entry) => !(entry.after > Date.now()) && (!entry.parked || (entry.activity === view.activity && isOpen()))) : [])],
  gone() {
    for (const { id } of outbox.waiting()) {
      outbox.drop(id)
      if (mine.has(id)) mine.get(id).status = 'refused'
    }
    drawBar()
    drawMine()
  },
  change() { drawBar(); drawMine() },
})

const heads = () => (stored.heads ? [{ type: 'heads', n: stored.heads }] : [])

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
  connection.send(heads()[0])
})

$('beside').remove()
setInterval(tick, 250)
merge([])
show()
outbox.ready.then(() => connection.open(outbox.token))
