/** What fills the screen in each state but results, which have scenes of their own. Each is told the newest view. */

import { Ring, readClock } from '../shared/clock.js'
import { hostAddress, roomCode, longDate, el, fill, fit, plural, lineCount, phrase, qrCode } from '../shared/dom.js'

const MOST_VOICES = 160 // drops that can still be told apart
const LARGE_VH = [60, 58, 56, 54, 52] // the code in the lobby, of the screen's height
const SMALL_VH = [50, 48, 46, 44, 42, 40]

/** Which scene a view asks for. */
export const sceneOf = ({ state, results, spotlight, shape }, asTable, word = '') => {
  if (['lobby', 'talk', 'ended'].includes(state)) return state
  if (state === 'slide' || state === 'idle') return 'slide'
  if (state === 'grouping') return spotlight ? 'spot' : 'groups'
  if (!results) return state === 'write' || state === 'closing' ? 'write' : 'closed'
  if (spotlight) return 'spot'
  if (word && results.words) return 'said'
  return asTable ? 'list' : (shape ?? 'wall')
}

/** How to get in: the QR code as large as the screen allows, the address and the code. */
export const wayIn = (join, t) => {
  if (!join.open_to_phones) {
    return [el('p', { class: 'closed-in' }, t.local_only), el('p', { class: 'large' }, roomCode(join.code))]
  }
  return [
    el('p', {}, t.scan),
    el('p', { class: 'url' }, hostAddress(join.host)),
    el('p', { class: 'large' }, roomCode(join.code)),
  ]
}

export const qrOf = (join, t) =>
  join.open_to_phones && join.qr ? qrCode(join, fill(t.qr, { host: join.host, code: join.code })) : null

/** Who is here: phones, and people where that is another number. */
export const present = ({ phones, people, hall }, t) => {
  const lines = [phrase(plural(t.n_phones, phones), { n: phones })]
  if (hall) lines.push(phrase(t.n_hall, { n: hall }))
  else if (people > phones) lines.push(phrase(plural(t.n_people, people), { n: people }))
  return lines
}

/** How many have answered, and of how many; `of` is 0 where nobody knows. */
export const answered = ({ answered_people: people, answers, hall, people: here }) => {
  const all = hall || here
  return all ? { n: people, of: Math.max(all, people) } : { n: answers, of: 0 }
}

export class Lobby {
  #t
  root = el('div', { class: 'scene lobby' })

  constructor(t) {
    this.#t = t
  }

  show(view) {
    const t = this.#t
    const picture = qrOf(view.join, t)
    this.root.classList.toggle('alone', !picture)
    const said = (words, look) => el('p', { class: look, lang: view.language }, words ?? '')
    const title = el('h1', { lang: view.language }, view.title)
    const [organisation, purpose] = [said(view.organisation), said(view.purpose, 'expect')]
    const [heard, step] = view.expect.split('\n').map((words) => el('span', {}, words, ' '))
    const expect = el('p', { class: 'expect', lang: view.language }, heard, ...(step ? [step] : []))
    const contact = el('span', {}, view.contact ? ` ${fill(t.contact, { contact: view.contact })}` : '')
    const deleted = el('span', {}, view.delete_at ? ` ${fill(t.deleted, { date: longDate(view.delete_at) })}` : '')
    for (const one of [organisation, purpose, expect]) one.hidden = !one.textContent.trim()
    this.root.replaceChildren(
      el('div', { class: 'title' }, title, organisation, purpose, expect),
      el('p', { class: 'mark', role: 'img', 'aria-label': 'Innspill' }, 'Innsp', el('i', {}, 'ı'), 'll'),
      ...(picture ? [picture] : []),
      el('div', { class: 'side' },
        el('div', { class: 'how' }, ...wayIn(view.join, t)),
        el('p', { class: 'told' }, t.told, deleted, contact)),
      el('p', { class: 'here' }, ...joined(present(view.counts, t)), ` ${t.here}`),
    )
    fit(title, [6, 5.4, 4.8, 4.4], () => lineCount(title) < 2)
    const fits = () => this.root.scrollHeight <= this.root.clientHeight + 1 && this.root.scrollWidth <= this.root.clientWidth + 1
    const sized = (sizes) => (picture ? fit(picture, sizes, fits) : fits())
    const out = []
    const without = (parts, sizes) => {
      while (!sized(sizes) && parts.length) {
        out.unshift(parts[0])
        parts.shift().hidden = true
      }
    }
    // What people may expect stands before a larger code: one key shows that alone. Phones tell all of it.
    const there = (parts) => parts.filter((one) => one && !one.hidden)
    without(there([contact, organisation, deleted]), LARGE_VH)
    if (!fits()) without(there([step, purpose, expect]), SMALL_VH)
    for (const one of out) {
      one.hidden = false
      one.hidden = !fits()
    }
  }
}

const joined = (lines) => lines.flatMap((line, place) => (place ? [', ', ...line] : line))

export class Talk {
  #t
  #ring = new Ring()
  #told = el('p', { class: 'said', role: 'status' })
  #step = el('p', { class: 'step' })
  #then = el('p', { class: 'then' })
  root = el('div', { class: 'scene talk' }, this.#ring.root, el('div', {}, this.#told, this.#step, this.#then))
  hasClock = true

  constructor(t) {
    this.#t = t
  }

  show(view) {
    this.#step.textContent = view.instruction || this.#t.kinds[view.kind]
    this.#step.lang = this.#then.lang = view.language
    this.#then.hidden = !view.next_instruction
    this.#then.textContent = fill(this.#t.then, { what: view.next_instruction })
    this.root.classList.toggle('timeless', !view.length_ms)
    fit(this.#step, [8, 7, 6, 5.2, 4.4], () => this.root.scrollHeight <= this.root.clientHeight + 1)
  }

  tick(view, now) {
    const clock = readClock(view, now)
    if (!clock) return
    this.#ring.show(clock, view.turns === 2)
    this.#ring.root.setAttribute('aria-label', spoken(clock, this.#t))
    const said = clock.timeUp ? this.#t.time_out : clock.paused ? this.#t.paused : clock.otherTurn ? this.#t.turn : ''
    if (this.#told.textContent !== said) this.#told.textContent = said
    this.#told.hidden = !said
  }
}

/** The clock in words, for those who hear the screen. */
export const spoken = ({ seconds, over }, t) => {
  const minutes = Math.floor(seconds / 60)
  const parts = [minutes && fill(plural(t.minutes, minutes), { n: minutes }), seconds % 60 && fill(plural(t.seconds, seconds % 60), { n: seconds % 60 })]
  return fill(over ? t.over : t.left, { time: parts.filter(Boolean).join(' ') || fill(plural(t.seconds, 0), { n: 0 }) })
}

export class Write {
  #t
  #ring = new Ring()
  #figure = el('p', { class: 'figure num' })
  #of = el('p', { class: 'of' })
  #said = el('p', { class: 'said' })
  #voices = el('div', { class: 'voices', 'aria-hidden': 'true' })
  #then = el('p', { class: 'then' })
  #right = el('div', { class: 'beside' }, this.#said, this.#voices, this.#then)
  root = el('div', { class: 'scene write' }, el('div', {}, this.#figure, this.#of), this.#ring.root, this.#right)

  constructor(t) {
    this.#t = t
  }

  hasClock = true

  show(view) {
    const t = this.#t
    const { n, of } = answered(view.counts)
    this.#figure.textContent = n
    this.#of.textContent = of ? fill(t.of_answered, { of }) : plural(t.answers, n)
    const timed = view.deadline !== null || view.paused_ms !== null
    this.#ring.root.hidden = !timed
    this.root.classList.toggle('timed', timed)
    this.#drawVoices(timed ? 0 : of, n)
    this.#said.hidden = view.state !== 'closing'
    this.#said.textContent = t.closing
    this.#then.textContent = view.instruction || t.kinds[view.kind] || ''
    this.#then.lang = view.language
  }

  tick(view, now) {
    const clock = readClock(view, now)
    if (!clock) return
    this.#ring.show(clock, false)
    this.#ring.root.setAttribute('aria-label', spoken(clock, this.#t))
  }

  /** One drop for each person; filled when that many have answered. It tells how the hall is doing, and of nobody who. */
  #drawVoices(of, n) {
    this.#voices.hidden = of < 1 || of > MOST_VOICES
    if (this.#voices.hidden) return
    while (this.#voices.children.length > of) this.#voices.lastChild.remove()
    while (this.#voices.children.length < of) this.#voices.append(el('i', { class: 'voice' }))
    this.#voices.style.setProperty('--across', Math.max(5, Math.ceil(Math.sqrt(of * 3.4))))
    ;[...this.#voices.children].forEach((voice, place) => voice.classList.toggle('has', place < n))
  }
}

/** After the close and before the results: thanks, and how much there is to look at. */
export class Closed {
  #t
  #figure = el('p', { class: 'figure num' })
  #of = el('p', { class: 'of' })
  root = el('div', { class: 'scene closed' }, el('div', {}, this.#figure, this.#of), el('p', { class: 'step' }))

  constructor(t) {
    this.#t = t
    this.root.lastChild.textContent = t.thanks
  }

  show({ counts }) {
    this.#figure.textContent = counts.answers
    const people = counts.answered_people
    this.#of.textContent = `${plural(this.#t.answers, counts.answers)} ${fill(plural(this.#t.from_people, people), { n: people })}`
  }
}

/** One answer, alone and large. */
export class Spotlight {
  #quote = el('blockquote', { dir: 'auto' })
  root = el('div', { class: 'scene spot' }, this.#quote)

  show({ spotlight }) {
    this.#quote.textContent = spotlight.text
    this.#quote.dataset.card = spotlight.id
    fit(this.#quote, [8, 7, 6, 5.2, 4.4], () => this.root.scrollHeight <= this.root.clientHeight + 1)
  }
}

export class Ended {
  #t
  root = el('div', { class: 'scene ended' })

  constructor(t) {
    this.#t = t
  }

  show(view) {
    const t = this.#t
    const picture = qrOf(view.join, t)
    this.root.replaceChildren(
      el('div', {},
        el('h1', {}, t.thank_you),
        el('p', { lang: view.language }, view.title),
        ...(view.report_by ? [el('p', {}, fill(t.report_by, { date: view.report_by }))] : []),
        ...(picture ? [el('div', { class: 'how' }, el('p', {}, t.own_answers), el('p', { class: 'url' }, hostAddress(view.join.host)), el('p', { class: 'large' }, roomCode(view.join.code)))] : [])),
      ...(picture ? [picture] : []),
    )
  }
}
