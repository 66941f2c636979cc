/**
 * The console in the hand: on a narrow page how many have answered stands beside the clock, what is rarely pressed is
 * folded, and the next press comes along when the page is scrolled.
 */

import { $, el, fill, plural, phrase } from '../shared/dom.js'

const NARROW = matchMedia('(max-width: 899px)')
const COUNTED = ['write', 'closing', 'closed', 'results']
/** How many answers the list begins with. */
const FEW = 5

export const mostAnswers = () => (NARROW.matches ? FEW : Infinity)

export class Pocket {
  #t
  #inView = true

  /** *t* has `n_answers` and `have_answered`. */
  constructor({ t }) {
    this.#t = t
    const fold = () => {
      for (const one of document.querySelectorAll('.foot details')) one.open = !NARROW.matches
      this.#dock()
    }
    NARROW.addEventListener('change', fold)
    fold()
    $('steer-more').addEventListener('click', () => this.#unfold($('steer-more').getAttribute('aria-expanded') === 'false'))
    $('dock-next').addEventListener('click', () => $('next').click())
    new IntersectionObserver(([{ isIntersecting }]) => {
      this.#inView = isIntersecting
      this.#dock()
    }, { threshold: 0.5 }).observe($('next'))
  }

  /** To be told of a *view* when the board has drawn it. */
  show(view) {
    const counted = COUNTED.includes(view.state)
    const grouping = view.state === 'grouping'
    const { answers, answered, phones } = view.counts
    const number = () => (grouping ? [$('cards-title').textContent] : phrase(plural(this.#t.n_answers, answers), { n: answers }))
    const of = fill(this.#t.have_answered, { n: answered, of: Math.max(phones, answered) })
    $('tally').hidden = $('dock-count').hidden = !counted && !grouping
    $('tally').replaceChildren(el('span', {}, ...number()), ...(counted ? [el('span', {}, of)] : []))
    $('dock-count').replaceChildren(...number())
    if (view.state === 'ended') $('take-home').querySelector('details').open = true
    this.#dock()
  }

  /** The clock as it is drawn above. */
  tick() {
    $('dock-clock').textContent = $('clock').hidden ? '' : $('clock').textContent
  }

  #unfold(all) {
    $('steer-more').setAttribute('aria-expanded', String(all))
    $('steer').classList.toggle('all', all)
    if (all) $('blank').focus()
  }

  #dock() {
    const wanted = NARROW.matches && !this.#inView && $('next').offsetParent !== null
    if ($('dock').contains(document.activeElement) && !wanted) $('next').focus()
    $('dock').hidden = !wanted
  }
}
