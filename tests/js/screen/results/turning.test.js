/** Turning from one picture of the answers to another, at any moment, loses no answer and mixes none. */

import assert from 'node:assert/strict'
import test from 'node:test'

import { page, settled } from '../../page.js'

page()
const { CurrentScene } = await import('../../../../presenter/screen/current_scene.js')

const ANSWERS = { wall: 330, quiet: 290, word: 270 }
const textsOf = (activity, what) => Array.from({ length: ANSWERS[what] }, (_, n) => `${activity} ${what} ${n}`)
const cardsOf = (activity, what) => textsOf(activity, what).map((text) => ({ id: text, text }))
const counts = { answers: 330, answered_people: 40, people: 40, hall: 0, phones: 40 }
const t = new Proxy({ kinds: {}, answers: ['', ''], n_answers: ['', ''], from_people: ['', ''], page: '{n}/{of}' }, { get: (words, name) => words[name] ?? '' })

/** A screen before a server whose replies wait until they are let through, as on a slow network. */
class Hall {
  #replies = []
  #position = 1
  activity = 'a'
  shape = 'wall'
  table = false
  fails = false

  constructor(timers) {
    this.timers = timers
    this.$ = page({ ids: { heading: 'h1', page: 'p', stage: 'div' } })
    this.scene = new CurrentScene({ t, frame: () => ({ epoch: 'e', position: this.#position }), fetchCards: (offset, limit, which) => {
      const what = 'word' in which ? 'word' : which.shape === 'quiet' ? 'quiet' : 'wall'
      const all = cardsOf(this.activity, what)
      const cards = all.slice(offset, offset + limit)
      return new Promise((done) => this.#replies.push(() => done(this.fails ? null : { total: all.length, cards })))
    } })
  }

  show(change = {}) {
    Object.assign(this, change)
    this.#position += 1
    const { activity, shape } = this
    const what = shape === 'quiet' ? 'quiet' : 'wall'
    this.scene.show({
      state: 'results', activity, shape, kind: 'open', writes: 'text', language: 'nb', title: '', question: 'Hva?', slide: null, page: 0, spotlight: null,
      counts, instruction: '', results: { counted: 'phones', n: 40, words: [{ text: 'buss', count: 9 }], words_total: 1, cards: cardsOf(activity, what).slice(0, 60), cards_total: ANSWERS[what] },
    })
  }

  async reply() {
    this.#replies.shift()?.()
    await settled()
  }

  /** Let everything come that was asked for, and everything be asked for that is due. */
  async rest() {
    for (let round = 0; round < 12; round += 1) {
      this.timers.tick(1000)
      await this.reply()
    }
  }

  /** The texts on all pages of the scene, in order. */
  get texts() {
    while (this.scene.turn(-1));
    const texts = []
    do {
      const stage = this.$('stage')
      texts.push(...stage.querySelectorAll('[data-card]').map((card) => card.textContent))
    } while (this.scene.turn(1))
    while (this.scene.turn(-1));
    return [...new Set(texts)]
  }

  get rows() {
    return this.$('stage').querySelectorAll('tbody tr').map((row) => row.lastElementChild.textContent)
  }
}

const pick = (hall) => {
  hall.show({ shape: 'cloud' })
  return hall.$('stage').querySelector('button.word').click()
}
const PICTURES = {
  wall: (hall) => hall.show({ shape: 'wall' }),
  cloud: (hall) => hall.show({ shape: 'cloud' }),
  list: (hall) => hall.show({ shape: 'list' }),
  quiet: (hall) => hall.show({ shape: 'quiet' }),
  'the answers with a word': pick,
  'the wall as a table': (hall) => (hall.show({ shape: 'wall' }), hall.scene.toggleTable()),
  'the wall of another question': (hall) => hall.show({ activity: hall.activity === 'a' ? 'b' : 'a', shape: 'wall' }),
}
const leave = (hall, name) => {
  if (name === 'the wall as a table') hall.scene.toggleTable()
  if (name === 'the answers with a word') hall.scene.leaveWord()
}
const MOMENTS = {
  'at once': async () => {},
  'when the first reply is awaited': async (hall) => hall.timers.tick(0),
  'between two replies': async (hall) => (hall.timers.tick(0), hall.reply()),
  'after a failure': async (hall) => {
    hall.timers.tick(0)
    hall.fails = true
    await hall.reply()
    hall.fails = false
  },
  'when everything has come': (hall) => hall.rest(),
  'when a page has just been turned': async (hall) => {
    await hall.rest()
    hall.show()
  },
  'when it is fetched again': async (hall) => {
    await hall.rest()
    hall.show()
    hall.timers.tick(1000)
  },
}
const expected = (hall, name) => {
  if (name === 'wall' || name === 'the wall of another question' || name === 'the wall as a table') return textsOf(hall.activity, 'wall')
  if (name === 'quiet') return textsOf(hall.activity, 'quiet')
  return name === 'the answers with a word' ? textsOf(hall.activity, 'word') : []
}
const check = (hall, name, how) => {
  const shown = name === 'the wall as a table' ? hall.rows : hall.texts
  assert.deepEqual(shown, expected(hall, name), how)
}

for (const [moment, pass] of Object.entries(MOMENTS)) {
  test(`from every picture to every other and back, ${moment}: all answers are there, and no others`, async (context) => {
    for (const from of Object.keys(PICTURES)) {
      for (const to of Object.keys(PICTURES)) {
        context.mock.timers.reset()
        context.mock.timers.enable({ apis: ['setTimeout'] })
        const hall = new Hall(context.mock.timers)
        await PICTURES[from](hall)
        await pass(hall)
        leave(hall, from)
        await PICTURES[to](hall)
        for (const text of hall.texts) assert.ok(text.startsWith(`${hall.activity} `), `${from} → ${to}: ${text} is not of this question`)
        await pass(hall)
        leave(hall, to)
        await PICTURES[from](hall)
        await hall.rest()
        check(hall, from, `${from} → ${to} → ${from}`)
      }
    }
  })
}
