/**
 * Those who enlarge the page in the browser, or have their browser space texts out, get it so on the screen too.
 *
 * All texts here follow the height of the window, which is as many px fewer as the page is enlarged: without this, nothing
 * would grow. The root gets `--zoom`, which sizes are multiplied by, and `data-enlarged`, with which what no longer fits
 * flows on below the window (screen.css).
 */

import { $, el } from '../shared/dom.js'

const MOST = 3 // from there on a line would hold a word or two
const LEAST = 1.05 // less is the frame of the window
const LARGE = [1, 1.25, 1.5] // what the key turns through, for a hall that is deep
const KEY = 'large'
const SCROLLED = 0.8 // of the window's height, so that the last lines are seen again

/** A window: its own size, that of the page in it, and how many dots of the display one px has. @typedef {{outerWidth: number, outerHeight: number, innerWidth: number, innerHeight: number, devicePixelRatio: number}} Sizes */

/**
 * How many times a page is enlarged, told from the size of its window: that stays when the page gets fewer px. 1 where the
 * browser does not tell (Firefox enlarges the window's numbers too), or where a panel stands beside the page. Pure.
 *
 * @type {(sizes: Sizes) => number}
 */
export const zoomOf = ({ outerWidth, outerHeight, innerWidth, innerHeight }) => {
  const zoom = outerWidth / innerWidth
  return zoom > LEAST && innerHeight * zoom <= outerHeight * 1.02 ? zoom : 1
}

/**
 * How many times larger a page is drawn in *after* than in *before*: where the same dots of the display hold fewer px, it
 * was enlarged. A window that moved to another display has other dots too, and one of another size as many for each px. Pure.
 *
 * @type {(before: Sizes, after: Sizes) => number}
 */
export const zoomedBy = (before, after) => {
  const dots = (/** @type {Sizes} */ { innerWidth, devicePixelRatio }) => innerWidth * devicePixelRatio
  return Math.abs(dots(after) / dots(before) - 1) < 0.02 ? after.devicePixelRatio / before.devicePixelRatio : 1
}

/**
 * Scroll the page on by most of its window, 1 down or -1 up; false where there is nothing more that way.
 *
 * @type {(by: number) => boolean}
 */
export const scrollOn = (by) => {
  const { scrollTop, scrollHeight, clientHeight } = document.documentElement
  if (!document.documentElement.dataset.enlarged || (by > 0 ? scrollTop + clientHeight >= scrollHeight - 1 : scrollTop <= 0)) return false
  scrollBy(0, by * SCROLLED * clientHeight)
  return true
}

/** The size after *size* in the turn of the key. Pure. @type {(size: number) => number} */
export const largerThan = (size) => LARGE[(LARGE.indexOf(size) + 1) % LARGE.length]

/** The size that this browser has kept. */
const keptSize = () => {
  try {
    const size = Number(localStorage.getItem(KEY))
    return LARGE.includes(size) ? size : 1
  } catch {
    return 1
  }
}

/** @type {() => Sizes} */
const sizesNow = () => ({ outerWidth, outerHeight, innerWidth, innerHeight, devicePixelRatio })

/**
 * Give *stage* the height of what is drawn in it, where the page is enlarged: a page of a scene may be one piece that is
 * higher than the room it was measured for.
 *
 * @type {(stage: PageElement) => void}
 */
export const growStage = (stage) => {
  if (document.documentElement.dataset.enlarged) stage.style.minBlockSize = `${stage.scrollHeight}px`
}

/** Whether something on show reaches out of the room it has. */
const isCut = () => {
  const edge = $('main').getBoundingClientRect().bottom + 2
  const parts = [...$('stage').querySelectorAll('.scene, .scene > *, .scene > * > *')]
  return parts.some((part) => {
    if (part.matches('.hall, .pile, .ruler') || !part.checkVisibility({ visibilityProperty: true })) return false
    const { bottom, right } = part.getBoundingClientRect()
    return bottom > edge || right > innerWidth + 2
  })
}

export class Enlarged {
  #onChange
  #sizes = sizesNow()
  #followed = 1 // as seen since the page came
  #wanted = keptSize()
  #large = this.#wanted // as much of that as what is on show has room for
  #fitted = '' // what that was
  #paragraph = el('p', {}, 'nnn nnn')
  #ruler = el('div', { class: 'ruler', 'aria-hidden': 'true' }, this.#paragraph)

  /** @param {() => void} onChange called when texts have other sizes than before, and all must be measured again */
  constructor(onChange) {
    this.#onChange = onChange
    this.#paragraph.style.cssText = 'font-size: 100px; line-height: 1; letter-spacing: 0; word-spacing: 0'
    document.body.append(this.#ruler)
    this.#look()
    addEventListener('resize', () => this.#look())
    new ResizeObserver(() => this.#look()).observe(this.#ruler) // what a reader's own style sheet does has no event
  }

  /** Turn to the next size, and keep it. Returns which. */
  turn() {
    this.#wanted = largerThan(this.#wanted)
    try {
      localStorage.setItem(KEY, String(this.#wanted))
    } catch {
      // Storage is switched off: the texts have their usual size next time.
    }
    this.fit()
    return this.#wanted
  }

  /**
   * *view* has been drawn: make it as large as wanted, or as there is room for.
   *
   * @param {View} view
   */
  show({ activity, slide, spotlight }) {
    const drawn = [innerWidth, innerHeight, document.body.dataset.scene, activity, slide?.id, slide?.shown, spotlight?.id].join(' ')
    if (drawn === this.#fitted) return
    this.#fitted = drawn
    this.fit()
  }

  /** As large as wanted, or as there is room for: to be called also when letters have another width, as a font has come. */
  fit() {
    for (const size of LARGE.filter((one) => one <= this.#wanted).reverse()) {
      this.#large = size
      this.#look()
      if (size === 1 || document.documentElement.dataset.enlarged || !isCut()) return
    }
  }

  #look() {
    const sizes = sizesNow()
    this.#followed *= zoomedBy(this.#sizes, sizes)
    this.#sizes = sizes
    // In a frame, the window is another page's.
    const inBrowser = parent === window ? Math.max(zoomOf(sizes), this.#followed) : 1
    const large = parent === window ? this.#large : 1
    const zoom = Math.min(MOST, inBrowser * large)
    const { lineHeight, letterSpacing, wordSpacing, marginBlockEnd } = getComputedStyle(this.#paragraph)
    const px = (/** @type {string} */ length) => Math.round(parseFloat(length) || 0)
    const spacing = [px(lineHeight) - 100, px(letterSpacing), px(wordSpacing), px(marginBlockEnd)].join(' ')
    const enlarged = inBrowser > LEAST || spacing !== '0 0 0 0' ? `${zoom.toFixed(2)} ${spacing}` : ''
    const root = document.documentElement
    if (enlarged === (root.dataset.enlarged ?? '') && large === Number(root.dataset.large ?? 1)) return
    root.dataset.large = String(large)
    root.style.setProperty('--zoom', zoom > LEAST ? zoom.toFixed(2) : '1')
    if (enlarged) root.dataset.enlarged = enlarged
    else delete root.dataset.enlarged
    this.#onChange()
  }
}
