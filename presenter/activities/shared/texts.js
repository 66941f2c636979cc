/** How answers that are texts are drawn: as a wall of cards, a cloud of their words, a list of them, or the quiet voices. */

import { barLengths } from '../../screen/results/bars.js'
import { Cloud } from '../../screen/results/cloud.js'
import { QuietVoices } from '../../screen/results/quiet_voices.js'
import { Wall } from '../../screen/results/wall.js'

const MOST_ROWS = 20 // words in a saved picture

/** @type {Set<string | null | undefined>} */
/** The shapes that show whole answers; the others show their words. */
const SHOWS_ANSWERS = /** @type {Set<string | null | undefined>} */ (new Set(['wall', 'quiet', 'weighed']))

/** @type {Omit<Drawing, 'fields' | 'sketch'>} */
export const textDrawing = {
  scenes: {
    wall: ({ cards }) => new Wall(cards),
    cloud: ({ t, pickWord, cloudDrawn }) => new Cloud(t, pickWord, cloudDrawn),
    quiet: ({ t, cards }) => new QuietVoices(cards, ({ results }) => (results.cards_total ? t.quiet : t.no_quiet)),
    weighed: ({ t, cards }) => new QuietVoices(cards, () => t.weighed),
  },
  table: (view, t, allCards) => (SHOWS_ANSWERS.has(view.shape) ? answerTable(allCards(), t) : wordTable(view.results, t)),
  small: () => [], // the words have a part of their own (console/answers/word_groups.js)
  picture({ results, shape }) {
    if (SHOWS_ANSWERS.has(shape) && results.cards?.length) return { cards: results.cards, total: results.cards_total, shape }
    if (!results.words?.length) return null
    return shape === 'cloud' ? { words: results.words, drawn: results.drawn } : { rows: wordRows(results.words) }
  },
}

/** @type {(cards: Card[], t: Strings) => TableContent} */
const answerTable = (cards, t) => ({
  look: 'texts', names: [t.number, t.answer], rows: cards.map(({ text }, n) => [n + 1, { text }]),
})

/** @type {(results: ResultsShown, t: Strings) => TableContent} */
const wordTable = ({ words = [], counted }, t) => {
  const lengths = barLengths(words.map(({ count }) => count))
  return {
    look: 'ranked',
    names: [t.word, counted === 'people' ? t.people : t.phones],
    rows: words.map(({ text, count }, n) => [{ text, word: true }, { bar: lengths[n], figure: count }]),
  }
}

/**
 * The rows of a bar chart with the most common *words*, as `optionRows` has them.
 *
 * @type {(words: Word[]) => BarRow[]}
 */
export const wordRows = (words) => {
  const shown = words.slice(0, MOST_ROWS)
  const lengths = barLengths(shown.map(({ count }) => count))
  return shown.map(({ text, count }, index) => ({ text, share: lengths[index], figure: String(count) }))
}
