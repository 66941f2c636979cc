/**
 * The console on a narrow page, as on a phone: the number of answers stands beside the clock, rarely used parts are
 * folded, and a bar with the button "next" stays in view when the page is scrolled.
 */

import { $, el, fill, phrase, plural } from '../shared/dom.js'

const NARROW = matchMedia('(max-width: 899px)')
const COUNTED = ['write', 'closing', 'closed', 'results']
/** How many answers the list begins with on a narrow page. */
const MOST_NARROW = 5

export const mostAnswers = () => (NARROW.matches ? MOST_NARROW : Infinity)

export class Handheld {
  #t
  #inView = true

  /**
   * *t* has `n_answers` and `have_answered`.
   *
   * @param {{t: Strings}} of
   */
  constructor({ t }) {
    this.#t = t
    const foldDetails = () => {
      for (const details of document.querySelectorAll('.foot details')) details.open = !NARROW.matches
      this.#drawDock()
    }
    NARROW.addEventListener('change', foldDetails)
    foldDetails()
    $('steer-more').addEventListener('click', () => this.#showAll($('steer-more').getAttribute('aria-expanded') === 'false'))
    $('dock-next').addEventListener('click', () => $('next').click())
    new IntersectionObserver(([{ isIntersecting }]) => {
      this.#inView = isIntersecting
      this.#drawDock()
    }, { threshold: 0.5 }).observe($('next'))
  }

  /**
   * Show *view*; to be called after the board has drawn it, because it takes a text from there.
   *
   * @param {ConsoleView} view
   */
  show(view) {
    const isCounting = COUNTED.includes(view.state)
    const grouping = view.state === 'grouping'
    const { answers, answered, phones } = view.counts
    const countText = () => (grouping ? [$('cards-title').textContent] : phrase(plural(this.#t.n_answers, answers), { n: answers }))
    const of = fill(this.#t.have_answered, { n: answered, of: Math.max(phones, answered) })
    $('tally').hidden = $('dock-count').hidden = !isCounting && !grouping
    $('tally').replaceChildren(el('span', {}, ...countText()), ...(isCounting ? [el('span', {}, of)] : []))
    $('dock-count').replaceChildren(...countText())
    const takeHome = view.state === 'ended' ? $('take-home').querySelector('details') : null
    if (takeHome) takeHome.open = true
    this.#drawDock()
  }

  /** The clock as it is drawn above. */
  tick() {
    $('dock-clock').textContent = $('clock').hidden ? '' : $('clock').textContent
  }

  /** @param {boolean} all */
  #showAll(all) {
    $('steer-more').setAttribute('aria-expanded', String(all))
    $('steer').classList.toggle('all', all)
    if (all) $('blank').focus()
  }

  #drawDock() {
    const shown = NARROW.matches && !this.#inView && $('next').offsetParent !== null
    if ($('dock').contains(document.activeElement) && !shown) $('next').focus()
    $('dock').hidden = !shown
  }
}
