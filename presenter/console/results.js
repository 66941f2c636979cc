/** The results in the console, small: before they are revealed for the facilitator alone, then the same as on the screen. */

import { decimal, percent, seriesClass } from '../screen/bars.js'
import { el, fill, plural } from '../shared/dom.js'

/** Draw *results* into *container*; words have a list of their own (word_groups.js). */
export const drawResults = (container, results, language, t) => {
  const drawn = JSON.stringify(results)
  if (container.dataset.drawn === drawn) return
  container.dataset.drawn = drawn
  container.replaceChildren(...(results.options ? [options(results, language)]
    : results.items ? [items(results, language, t)] : []))
}

const options = (results, language) => {
  const most = Math.max(1, ...results.options.map((option) => option.count))
  return el('ol', { class: 'bars' }, ...results.options.map((option, index) => {
    const bar = el('span', { class: `bar ${seriesClass(index)}`, 'aria-hidden': 'true' })
    bar.style.width = `${Math.max(1, (option.count / most) * 100)}%`
    return el('li', {},
      el('p', {}, el('b', {}, `${option.letter} `), el('span', { lang: language }, option.text)),
      el('div', { class: 'measure' }, el('span', { class: 'groove' }, bar),
        el('span', { class: 'num' }, el('b', {}, String(option.count)), ` ${percent(option.share)}`)))
  }))
}

const items = (results, language, t) =>
  el('ol', { class: 'bars' }, ...results.items.map((item) => el('li', {},
    el('p', {}, el('b', {}, `${item.letter} `), el('span', { lang: language }, item.text)),
    el('p', { class: 'num soft' }, fill(t.mean, { mean: decimal(item.mean), n: item.n })))))

/** How many have answered, and the largest share of the answers that comes from one phone: sentences. Pure. */
export const participationText = (counts, t) => {
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
