/** The page with questions to the panel: asks and votes without loading the page again, and follows what others do. It works without this script too. */
import { Outbox } from '../shared/outbox.js'
import { graphemes, newId } from '../shared/text_and_time.js'
import { Sender } from './sender.js'
import { due } from './state.js'
import { inOrder, merged, unsentVotes } from '../activities/qa.js'

/** @import { Told, Vote } from '../activities/qa.js' */

const body = document.body
/** @type {(name: string) => PageElement} */
const $ = (name) => document.getElementById(name)
const t = /** @type {Strings} */ (JSON.parse($('strings').textContent))
const code = /** @type {string} */ (body.dataset.code)
const ASK_MS = 4000 // not the whole hall at once
const AGAIN_MS = 10_000 // what is not acked by then is sent again
/** @type {(key: string, n?: number | string) => string} */
const text = (key, n) => t[key].replace('{n}', n)
/** @type {(n: number) => string} */
const votesText = (n) => t.votes[n === 1 ? 0 : 1].replace('{n}', n)

const KEY = `innspill:${code}:voted`
/** The votes of this phone, also those that wait for an ack. @type {Record<string, Vote>} */
let votes = {}
try { votes = JSON.parse(localStorage.getItem(KEY)) ?? {} } catch { /* a browser that keeps nothing */ }
const keep = () => {
  try { localStorage.setItem(KEY, JSON.stringify(votes)) } catch { /* they are sent all the same */ }
}

let frame = /** @type {PhoneFrame} */ (JSON.parse($('view').textContent))
let panel = /** @type {PanelView} */ (frame.view.questions)
/** @type {Told | null} */
let told = null
let asking = false

/** A part of *item* that the template gives it. @type {(item: PageElement, selector: string) => PageElement} */
const part = (item, selector) => /** @type {PageElement} */ (item.querySelector(selector))

// -- drawing ------------------------------------------------------------------------------------------------

/** @type {(words: string) => void} */
const status = (words) => { $('status').textContent = words }

/** @type {(item: PageElement, shown: { answered?: boolean, reply?: string }) => void} */
const drawReply = (item, { answered, reply = '' }) => {
  const place = part(item, '.reply')
  place.hidden = !answered && !reply
  place.lastElementChild.textContent = reply
}

/** @type {(item: PageElement, card: import('../activities/qa.js').Card) => void} */
const drawCard = (item, card) => {
  const own = Boolean($(`m${card.id}`))
  const [line, form] = [part(item, '.votes'), part(item, 'form')]
  const vote = votes[card.id]
  const seen = merged(card.votes, Boolean(told?.votes.includes(card.id)), vote)
  if (line.textContent !== votesText(seen.n)) line.textContent = votesText(seen.n)
  part(item, '.own').hidden = !own
  form.hidden = own || !panel.open
  form.elements.on.value = seen.on ? '0' : '1'
  part(form, 'button').setAttribute('aria-pressed', String(seen.on))
  drawReply(item, card)
}

/** @type {(template: string, prefixes: string, one: { id: string, text: string }) => PageElement} */
const made = (template, prefixes, one) => {
  const item = /** @type {PageElement} */ (document.importNode($(template).content, true).firstElementChild)
  item.id = prefixes[0] + one.id
  const words = part(item, 'p')
  words.textContent = one.text
  if (prefixes[1]) {
    words.id = prefixes[1] + one.id
    part(item, 'button').setAttribute('aria-describedby', words.id)
    part(item, 'form').elements.id.value = one.id
  }
  return item
}

/** Rows stay where they are while somebody reads; a new order comes on a press. */
const drawList = (anew = false) => {
  if (!told) return
  const list = $('asked')
  const first = list.dataset.page === '1'
  const cards = inOrder(told, list.dataset.order)
  const shown = [...list.children].map(({ id }) => id.slice(1))
  const differs = first && cards.slice(0, Math.max(shown.length, cards.length)).some(({ id }, n) => shown[n] !== id)
  if (first && (anew || !shown.length)) list.replaceChildren(...cards.map((card) => $(`q${card.id}`) ?? made('row', 'qt', card)))
  for (const card of [...inOrder(told, 'votes'), ...inOrder(told, 'newest')]) {
    const item = $(`q${card.id}`)
    if (item) drawCard(item, card)
  }
  $('fresh').hidden = !differs || anew || !shown.length
  $('none').hidden = list.children.length > 0
  $('count').textContent = told.n
}

const drawOwn = () => {
  for (const one of [...(told?.own ?? [])].reverse()) {
    let item = $(`m${one.id}`)
    if (!item) {
      item = made('own-row', 'm', one)
      part(item, 'a').href = `/${code}/mine?delete=${one.id}#a${one.id}`
      $('own').prepend(item)
    }
    const words = one.status === 'saved' ? votesText(one.votes) : one.status === 'withheld' && one.reason ? t.reason.replace('{reason}', one.reason) : t[one.status]
    part(item, '.status').textContent = words
    drawReply(item, one)
  }
  $('mine').hidden = !$('own').children.length
}

const draw = (anew = false) => {
  drawOwn()
  drawList(anew)
  $('form').hidden = !panel.open
  $('closed').hidden = $('over').hidden = panel.open
  const { state, activity } = frame.view
  $('now').hidden = (state !== 'write' && state !== 'closing') || activity === panel.activity
  body.dataset.state = state
}

const drawBar = () => {
  const { online, refused, stalled } = sender.connection
  const n = outbox.waiting().length
  $('line').hidden = online && !refused && !stalled
  $('line').textContent = refused ? t.gone : !online ? (n ? text('offline', n) : t.offline0) : t.stalled
}

// -- sending ------------------------------------------------------------------------------------------------

const outbox = new Outbox(code, () => drawBar())
const ask = () => sender.send({ type: 'mine', activity: panel.activity })
const askSoon = () => {
  if (asking) return
  asking = true
  setTimeout(() => { asking = false; ask() }, ASK_MS * Math.random())
}

const sender = new Sender(code, {
  frame(fresh) {
    if (fresh.epoch === frame.epoch && fresh.position < (frame.position ?? 0)) return
    if (fresh.epoch !== frame.epoch) for (const vote of Object.values(votes)) vote.acked = false // a store from before may lack them
    const before = panel
    frame = fresh
    outbox.checkEpoch(fresh.epoch)
    if (!fresh.view.questions) return location.assign(`/${code}`)
    panel = fresh.view.questions
    draw()
    if (panel.activity !== before.activity) ask()
    else if (!told || panel.changes !== told.changes) askSoon()
  },
  mine({ questions }) {
    if (!questions || questions.activity !== panel.activity) return
    told = questions
    for (const { id } of [...inOrder(told, 'votes'), ...inOrder(told, 'newest')]) {
      if (votes[id]?.acked) votes[id].on = told.votes.includes(id)
    }
    draw()
  },
  result(message) {
    const entry = outbox.get(message.id ?? '')
    if (!entry) return voted(message)
    if (message.type === 'ack') {
      outbox.ack({ ...entry, position: message.position, status: message.status }, frame.epoch, message.seal)
      status(`${t[message.status === 'duplicate' ? 'saved' : message.status]}.`)
    } else {
      outbox.drop(entry.id)
      status(t[message.code] ?? t.refused)
    }
    ask()
    drawBar()
  },
  token: (token) => outbox.setToken(token),
  seen: () => ({ epoch: frame.epoch, position: frame.position ?? 0, seal: frame.seal, ...outbox.newestAcked(frame.epoch) }),
  unsent: (all) => [...unsentVotes(votes, Date.now() - (all ? 0 : AGAIN_MS)), ...(outbox.leads() || all ? due(outbox.waiting(), frame.view, Date.now()) : [])],
  change: () => drawBar(),
})

/** The server's answer to a vote. @type {(message: Ack | Refusal) => void} */
const voted = (message) => {
  const vote = votes[message.id ?? '']
  if (!vote) return
  if (message.type === 'ack') vote.acked = true
  else {
    delete votes[message.id ?? '']
    status(t[message.code] ?? t.refused)
  }
  keep()
  draw()
}

$('asked').addEventListener('submit', (event) => {
  event.preventDefault()
  const { elements } = /** @type {PageElement} */ (event.target)
  const id = elements.id.value
  votes[id] = { on: elements.on.value === '1', at: Date.now(), acked: false }
  keep()
  const card = told && [...inOrder(told, 'votes'), ...inOrder(told, 'newest')].find((one) => one.id === id)
  const item = $(`q${id}`)
  if (card) drawCard(item, card)
  else {
    elements.on.value = votes[id].on ? '0' : '1'
    part(item, 'button').setAttribute('aria-pressed', String(votes[id].on))
  }
  sender.send({ type: 'vote', id, on: votes[id].on })
})

const onTyping = () => {
  const field = $('text')
  const most = Number(field.dataset.max)
  const rest = most - graphemes(field.value)
  $('left').textContent = rest < 0 ? text('over', -rest) : rest < most / 4 ? text('left', rest) : ''
}

$('text').addEventListener('input', onTyping)
$('form').addEventListener('submit', (event) => {
  event.preventDefault()
  const field = $('text')
  const over = graphemes(field.value) - Number(field.dataset.max)
  field.focus()
  if (!field.value.trim()) return status(t.empty)
  if (over > 0) return status(text('over', over))
  /** @type {Sent} */
  const question = { type: 'answer', id: newId(), activity: panel.activity, rev: 1, text: field.value.trim().replace(/\p{Surrogate}/gu, '\ufffd') }
  field.value = ''
  onTyping()
  status(t.sending)
  outbox.put(question).then(drawBar)
  sender.send(question)
})
$('fresh').addEventListener('click', () => {
  drawList(true)
  $('all-title').scrollIntoView()
})
outbox.ready.then(() => sender.open(outbox.token))
