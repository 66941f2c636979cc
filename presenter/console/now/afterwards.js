/** What comes after the press that is next: in words, and as a small picture. */

import { $, el, fill } from '../../shared/dom.js'

/** The drawing for a state: how many of which shape. Only a hint of what the screen will show. */
const SHAPES = /** @type {Record<string, [name: string, n: number]>} */ ({
  results: ['line', 12], write: ['drop', 15], closed: ['drop', 15], talk: ['ring', 1], grouping: ['line', 6],
})

/**
 * What stands above the picture. Pure.
 *
 * @type {(after: NextStop | null, slide: View['slide'], t: Strings) => string}
 */
export const afterText = (after, slide, t) => {
  if (!after) return ''
  const same = slide && after.state === 'slide' && after.slide === slide.n && after.part > 0
  const what = after.state === 'slide' && !same ? after.title || fill(t.untitled, { n: after.slide }) : same ? t.ways.point : t.ways[after.state] ?? ''
  const small = after.state === 'slide' && !same ? what : what.charAt(0).toLowerCase() + what.slice(1)
  return fill(t.afterwards, { what: small })
}

export class Afterwards {
  #t
  #drawn = ''

  /** @param {{t: Strings}} of */
  constructor({ t }) {
    this.#t = t
  }

  /** @param {ConsoleView} view */
  show({ after, slide, language }) {
    const text = afterText(after, slide, this.#t)
    $('after-part').hidden = !text
    $('after-picture').hidden = after?.state === 'ended' || after?.state === 'lobby'
    const drawn = JSON.stringify([text, after])
    if (this.#drawn === drawn || !after) return
    this.#drawn = drawn
    $('after-what').textContent = text
    const [shape, n] = SHAPES[after.state] ?? ['', 0]
    $('after-picture').className = `nextup ${after.state}`
    $('after-picture').replaceChildren(
      el('strong', { lang: language }, after.title), el('div', {}, ...Array.from({ length: n }, () => el('i', { class: shape }))))
  }
}
