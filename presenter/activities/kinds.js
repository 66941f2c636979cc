/**
 * The kinds of activities that are drawn in a way of their own for those who hold the meeting: one line each.
 *
 * A kind's file, `<kind>.js`, has one default export: a `Drawing` (shared/types.d.ts), with as many of its parts as the kind needs.
 *
 *   | part      | draws                                                  | for                                      |
 *   |-----------|--------------------------------------------------------|------------------------------------------|
 *   | `scenes`  | the results, in each shape that the server names       | the screen (screen/current_scene.js)     |
 *   | `table`   | the results as a table, for key A and the shape `list` | the screen (screen/results/table.js)     |
 *   | `small`   | the results, small                                     | the console (console/answers/results.js) |
 *   | `picture` | the results as rows, words or cards                    | a saved picture (console/answers/result_picture.js) |
 *   | `fields`  | what people answer with                                | the editor's preview of a phone          |
 *   | `sketch`  | what the result looks like, without content            | the editor's kinds and small slides      |
 *
 * A part that is missing, or a kind without a file, is drawn from the data: results with `options` as bars, with `items`
 * as columns on a scale, all others as texts. So a kind whose results look like those of another kind needs no file, and
 * one that differs in one part gives that part alone. What several kinds share is imported from `shared/` or `screen/`.
 *
 * The shape `list` is always the table. The names of the scenes of states (screen/current_scene.js) are no shapes.
 *
 * No other file of presenter/ knows a kind by name (tests/js/activities/kinds.test.js).
 */

export { default as choice } from './choice.js'
export { default as consent } from './consent.js'
export { default as discuss } from './discuss.js'
export { default as dots } from './dots.js'
export { default as film } from './film.js'
export { default as gradient } from './gradient.js'
export { default as grid } from './grid.js'
export { default as group } from './group.js'
export { default as number } from './number.js'
export { default as open } from './open.js'
export { default as pair } from './pair.js'
export { default as pin } from './pin.js'
export { default as pairwise } from './pairwise.js'
export { default as points } from './points.js'
export { default as quiz } from './quiz.js'
export { default as qa } from './qa.js'
export { default as rank } from './rank.js'
export { default as recess } from './recess.js'
export { default as scale } from './scale.js'
export { default as support } from './support.js'
export { default as statements } from './statements.js'
export { default as think } from './think.js'
export { default as words } from './words.js'
