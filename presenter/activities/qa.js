/** The kind `qa`: questions to a panel, as a list with their votes. */

import { textBox } from './shared/fields.js'
import { drop, line, sketch } from './shared/sketch.js'
import { Questions } from '../screen/results/questions.js'

const rows = [[18, 92], [34, 74], [50, 82]]
const list = sketch(
  ['voice', rows.map(([y], n) => [0, 1, 2, 3].slice(0, 4 - n).map((at) => drop(12 + at * 9, y, 3.4)).join('')).join('')],
  ['ink', rows.map(([y, width]) => line(52, y - 3, width * 0.8, 5)).join('')],
)

/** The server gives them in the order of the shape. @param {Tools} tools */
const scene = ({ t }) => new Questions(t)

/** @type {Partial<Drawing>} */
export default {
  scenes: { votes: scene, newest: scene, undecided: scene },
  table: (_view, t, allCards) => ({
    look: 'ranked', names: [t.question, t.votes],
    rows: /** @type {QuestionCard[]} */ (allCards()).map(({ text, votes = 0, answered }) => [{ text: answered ? `✓ ${text}` : text }, votes]),
  }),
  small: () => [],
  picture: ({ results }) => (results.cards?.length ? { cards: results.cards, total: results.cards_total, shape: 'wall' } : null),
  fields: textBox,
  sketch: list,
}
