/** The scene before the meeting: how to join, what people may expect, and a hall that fills: each phone that comes lands as a drop. */

import { el, fill, fit, lineCount, longDate, measuringConditions, phrase } from '../shared/dom.js'
import { Hall } from './drops/hall.js'
import { pictureElement } from './prompt.js'
import { joinInstructions, joinQr, presenceLines, wifiPart } from './scenes.js'

const LARGE_VH = [46, 44, 42, 40] // sizes of the QR code, in % of the screen's height
const SMALL_VH = [38, 36, 34, 32, 30]

/** @type {(lines: (Node | string)[][]) => (Node | string)[]} */
const joinLines = (lines) => lines.flatMap((line, index) => (index ? [', ', ...line] : line))

export class Lobby {
  #t
  #hall = new Hall()
  #here = el('p', { class: 'here' })
  #drawn = ''
  root = el('div', { class: 'scene lobby' })

  /** @param {Strings} t */
  constructor(t) {
    this.#t = t
  }

  /** @param {View} view */
  show(view) {
    const { join, wifi, logo, language, title, organisation, purpose, expect, contact, delete_at: deleteAt } = view
    // Who comes changes only the hall: laid out anew with each, the drops would not land.
    const drawn = JSON.stringify([join, wifi, logo, language, title, organisation, purpose, expect, contact, deleteAt, measuringConditions()])
    this.#showPeople(view.counts)
    if (this.#drawn === drawn) return
    this.#drawn = drawn
    this.#draw(view)
    this.#showPeople(view.counts)
  }

  stop() {
    this.#hall.stop()
  }

  /** @param {Counts} counts */
  #showPeople(counts) {
    const t = this.#t
    const { phones, people, hall } = counts
    this.#hall.show(hall ? Math.min(people, hall) : people, hall)
    const { worth } = this.#hall
    this.#here.replaceChildren(
      ...(hall ? phrase(t.n_of_hall, { n: people, of: String(hall) }) : [...joinLines(presenceLines(counts, t)), ` ${t.here}`]),
      ...(worth > 1 && phones ? [` · ${fill(t.worth_people, { n: worth })}`] : []))
  }

  /** @param {View} view */
  #draw(view) {
    const t = this.#t
    const qr = joinQr(view.join, t)
    this.root.classList.toggle('alone', !qr)
    this.root.classList.toggle('with-wifi', Boolean(view.wifi))
    const paragraph = (/** @type {string} */ words, /** @type {string | null} */ look = null) => el('p', { class: look, lang: view.language }, words ?? '')
    const title = el('h1', { lang: view.language }, view.title)
    const [organisation, purpose] = [paragraph(view.organisation), paragraph(view.purpose, 'expect')]
    const [firstStep, nextStep] = view.expect.split('\n').map((words) => el('span', {}, words, ' '))
    const expect = el('p', { class: 'expect', lang: view.language }, firstStep, ...(nextStep ? [nextStep] : []))
    const contact = el('span', {}, view.contact ? ` ${fill(t.contact, { contact: view.contact })}` : '')
    const deleted = el('span', {}, view.delete_at ? ` ${fill(t.deleted, { date: longDate(view.delete_at) })}` : '')
    for (const part of [organisation, purpose, expect]) part.hidden = !part.textContent.trim()
    this.root.replaceChildren(
      el('div', { class: 'title' }, title, organisation, purpose, expect),
      view.logo ? pictureElement(view.logo, 'mark logo') : el('p', { class: 'mark', role: 'img', 'aria-label': 'Innspill' }, 'Innsp', el('i', {}, 'ı'), 'll'),
      ...(qr ? [qr] : []),
      el('div', { class: 'side' },
        el('div', { class: 'how' }, ...joinInstructions(view.join, t)),
        el('p', { class: 'told' }, view.names ? t.told_named : t.told, deleted, contact)),
      this.#here, this.#hall.root, ...wifiPart(view.wifi, t),
    )
    fit(title, [8, 7, 6, 5.4, 4.8, 4.4], () => lineCount(title) < 2)
    this.#leaveOut({ contact, organisation, deleted, nextStep, purpose, expect })
  }

  /**
   * What people may expect is worth more than a larger QR code: key J shows that code alone. Phones show all of this.
   *
   * @param {Record<'contact' | 'organisation' | 'deleted' | 'nextStep' | 'purpose' | 'expect', PageElement>} parts
   */
  #leaveOut({ contact, organisation, deleted, nextStep, purpose, expect }) {
    const fits = () => this.root.scrollHeight <= this.root.clientHeight + 1 && this.root.scrollWidth <= this.root.clientWidth + 1
    const fitQr = (/** @type {number[]} */ sizes) => sizes.some((size) => {
      this.root.style.setProperty('--qr', `${size}vh`)
      this.root.style.setProperty('--hall', sizes === SMALL_VH ? '10vh' : '15vh')
      return fits()
    })
    const hidden = /** @type {PageElement[]} */ ([])
    const hideUntilFits = (/** @type {PageElement[]} */ parts, /** @type {number[]} */ sizes) => {
      while (!fitQr(sizes) && parts.length) {
        hidden.unshift(parts[0])
        parts[0].hidden = true
        parts.shift()
      }
    }
    const shownOf = (/** @type {PageElement[]} */ parts) => parts.filter((part) => part && !part.hidden)
    hideUntilFits(shownOf([contact, organisation, deleted]), LARGE_VH)
    if (!fits()) hideUntilFits(shownOf([nextStep, purpose, expect]), SMALL_VH)
    for (const part of hidden) {
      part.hidden = false
      part.hidden = !fits()
    }
  }
}
