/** What the answers add up to, small, for the facilitator alone or beside the big screen. */

import { decimal, percent, seriesClass } from '../screen/bars.js'
import { el, fill, plural } from '../shared/dom.js'

/** Draw *results* into *place*; words have a list of their own. */
export const drawResults = (place, results, language, t) => {
  const drawn = JSON.stringify(results)
  if (place.dataset.drawn === drawn) return
  place.dataset.drawn = drawn
  place.replaceChildren(...(results.options ? [options(results, language)]
    : results.items ? [items(results, language, t)] : []))
}

const options = (results, language) => {
  const most = Math.max(1, ...results.options.map((one) => one.count))
  return el('ol', { class: 'bars' }, ...results.options.map((one, place) => {
    const bar = el('span', { class: `bar ${seriesClass(place)}`, 'aria-hidden': 'true' })
    bar.style.width = `${Math.max(1, (one.count / most) * 100)}%`
    return el('li', {},
      el('p', {}, el('b', {}, `${one.letter} `), el('span', { lang: language }, one.text)),
      el('div', { class: 'measure' }, el('span', { class: 'groove' }, bar),
        el('span', { class: 'num' }, el('b', {}, String(one.count)), ` ${percent(one.share)}`)))
  }))
}

const items = (results, language, t) =>
  el('ol', { class: 'bars' }, ...results.items.map((one) => el('li', {},
    el('p', {}, el('b', {}, `${one.letter} `), el('span', { lang: language }, one.text)),
    el('p', { class: 'num soft' }, fill(t.mean, { mean: decimal(one.mean), n: one.n })))))

/** How many have answered, and that no single phone stands for too much: sentences. Pure. */
export const shareWords = (counts, t) => {
  const { answers, answered, largest } = counts
  const typing = counts.typing ? [fill(plural(t.n_typing, counts.typing), { n: counts.typing })] : []
  if (!answers) return typing
  const of = Math.max(counts.phones, answered)
  return [
    fill(t.have_answered, { n: answered, of }),
    ...(answered > 4 ? [fill(t.at_most, { share: percent(Math.ceil((largest / answers) * 100) / 100) })] : []),
    ...typing,
    ...(counts.late ? [fill(t.n_late, { n: counts.late })] : []),
  ]
}
