/** A device that is lent out: after a rest it asks whether somebody else has it now, and moves on when nobody answers. */

const REST_MS = 60_000
const ANSWER_S = 20 // WCAG 2.2.1: at least so long to say no
const SECOND_MS = 1000
const AGAIN_MS = 2000
const ID = 32 // letters in the id of an answer

/** Whether somebody has begun here: *keys* and *drafts* are what the browser stores for the meeting. Pure. @type {(keys: string[], drafts: object, prefix: string) => boolean} */
export const hasBegun = (keys, drafts, prefix) =>
  Object.keys(drafts).length > 0 || keys.some((key) => (key.startsWith(prefix) && key.length === prefix.length + ID) || key.startsWith(prefix.replace(':', ':draft:/')))

export class Kiosk {
  #code
  #dialog
  #left
  #used
  #restedS = 0
  /** Seconds left to answer in; 0 while nothing is asked. */
  #leftS = 0

  /** @param {string} code @param {boolean} used @param {PageElement} dialog @param {PageElement} left */
  constructor(code, used, dialog, left) {
    this.#code = code
    this.#used = used
    this.#dialog = dialog
    this.#left = left
    for (const name of ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove']) addEventListener(name, () => this.#touched(), { passive: true })
    dialog.addEventListener('close', () => {
      this.#restedS = this.#leftS = 0
      if (dialog.returnValue === 'new') this.#moveOn()
    })
    setInterval(() => this.#tick(), SECOND_MS)
  }

  #touched() {
    this.#used = true
    this.#restedS = 0
  }

  #tick() {
    if (this.#leftS > 0) {
      this.#leftS -= 1
      if (this.#leftS > 0) return this.#showLeft()
      this.#restedS = 0 // or the next second, which may come before the event of this close, would ask again
      this.#dialog.close('new')
    } else if (!this.#dialog.open) {
      this.#restedS += 1
      if (!this.#used || this.#restedS * SECOND_MS < REST_MS) return
      this.#leftS = ANSWER_S
      this.#dialog.returnValue = ''
      this.#dialog.showModal()
      this.#showLeft()
    }
  }

  #showLeft() {
    this.#left.textContent = (this.#left.dataset.left ?? '').replace('{n}', String(this.#leftS))
  }

  /** Not before the page is there: without a network the device would be left with the browser's own page. */
  async #moveOn() {
    const query = new URLSearchParams(location.search)
    query.delete('kiosk')
    query.set('now', '')
    const address = `/${this.#code}/next?${query}`
    for (const button of this.#dialog.querySelectorAll('button')) button.hidden = true
    this.#dialog.addEventListener('cancel', (event) => event.preventDefault())
    this.#dialog.showModal()
    for (;;) {
      const there = await fetch(address).catch(() => null)
      if (there?.ok) return location.replace(address)
      this.#left.textContent = this.#left.dataset.wait ?? ''
      await new Promise((done) => { setTimeout(done, AGAIN_MS) })
    }
  }
}

/** @type {(name: string) => PageElement} */
const $ = (name) => document.getElementById(name)

const begin = () => {
  const code = String(document.body.dataset.code)
  let keys = /** @type {string[]} */ ([])
  let drafts = {}
  try {
    keys = Object.keys(localStorage)
    drafts = JSON.parse(localStorage.getItem(`innspill:${code}`) ?? '{}').drafts ?? {}
  } catch { /* this browser stores nothing */ }
  const used = hasBegun(keys, drafts, `innspill:${code}:`) || !$('mine').hidden
  new Kiosk(code, used, $('kiosk'), $('kiosk-left'))
}

if (globalThis.document?.getElementById('kiosk')) begin()
