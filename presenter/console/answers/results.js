/** The results in the console, small: before they are revealed for the facilitator alone, then the same as on the screen. */

import { drawingOf } from '../../activities/drawing.js'
import { percent } from '../../screen/bars.js'
import { fill, plural } from '../../shared/dom.js'

/** Draw the *results* of *view* into *container*. */
export const drawResults = (container, { kind, language }, results, t) => {
  const drawn = JSON.stringify([kind, results])
  if (container.dataset.drawn === drawn) return
  container.dataset.drawn = drawn
  container.replaceChildren(...drawingOf(kind, results).small(results, language, t))
}

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
