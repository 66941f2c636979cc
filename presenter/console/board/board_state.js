/**
 * What is going on at the board, as a pure reducer: which cards are selected, which are leaving, which themes are open.
 *
 * A card is named by its key (cards.js), because one answer may be a card in several themes.
 */

/**
 * @typedef {{activity: string | undefined, position: number, selected: Set<string>, leaving: Map<string, number>, expanded: Set<string>, open: boolean, newestPosition: number}} BoardState
 */

/**
 * `activity` and `position`: of the newest view. `selected`, `expanded`: keys of cards, ids of themes. `leaving`: a card that
 * was sent away, by its key, with the position of the view in which it is gone; Infinity until the server has answered.
 * `open`: whether its place is on show. `newestPosition`: of the newest change made here.
 *
 * @type {BoardState}
 */
export const NOTHING_DONE = {
  activity: undefined, position: 0, selected: new Set(), leaving: new Map(), expanded: new Set(), open: false, newestPosition: 0,
}

/** @type {(set: Set<string>, member: string) => Set<string>} */
const toggled = (set, member) => (set.has(member) ? new Set([...set].filter((each) => each !== member)) : new Set([...set, member]))
/** @type {(set: Set<string>, members: string[]) => Set<string>} */
const without = (set, members) => new Set([...set].filter((each) => !members.includes(each)))

/**
 * The state after a *change*, which has a `type` and what belongs to it.
 *
 * @type {(state: BoardState, change: BoardChange) => BoardState}
 */
export const reduce = (state, { type, ...change }) => CHANGES[type](state, change)

/** @typedef {{type: string, view?: ConsoleView, keys?: string[], key?: string, id?: string, open?: boolean, result?: ActionResult}} BoardChange */

/** @type {Record<string, (state: BoardState, change: any) => BoardState>} */
const CHANGES = {
  /** A view has come. The answers of another activity are other cards, so all is as in the beginning. */
  view(state, { view: { board, position } }) {
    const kept = board?.activity === state.activity ? state : { ...NOTHING_DONE, open: state.open, newestPosition: state.newestPosition }
    return { ...kept, activity: board?.activity, position, leaving: new Map([...kept.leaving].filter(([, until]) => until > position)) }
  },
  /** An action was sent by which the cards *keys* leave their places: they are hidden at once. */
  sent: (state, { keys }) => ({
    ...state, selected: without(state.selected, keys), leaving: new Map([...state.leaving, ...keys.map((/** @type {string} */ key) => /** @type {const} */ ([key, Infinity]))]),
  }),
  /** The server has answered it. If it was done, the cards stay hidden until a view without them; else they are back. */
  answered(state, { keys, result: { ok, position = 0 } }) {
    const leaving = new Map(state.leaving)
    for (const key of keys) {
      if (ok && position > state.position) leaving.set(key, position)
      else leaving.delete(key)
    }
    return { ...state, leaving, newestPosition: Math.max(state.newestPosition, position) }
  },
  toggleCard: (state, { key }) => ({ ...state, selected: toggled(state.selected, key) }),
  unselect: (state, { keys = [...state.selected] }) => ({ ...state, selected: without(state.selected, keys) }),
  /** Only the cards *keys* are on the board: others were withheld, or moved by somebody else, and are selected no longer. */
  drawn: (state, { keys }) => ({ ...state, selected: new Set([...state.selected].filter((key) => keys.includes(key))) }),
  toggleTheme: (state, { id }) => ({ ...state, expanded: toggled(state.expanded, id) }),
  onShow: (state, { open }) => ({ ...state, open }),
}

/**
 * Whether the board is drawn.
 *
 * @type {(state: Pick<BoardState, 'open'>, view: ConsoleView | null) => boolean}
 */
export const isOpen = ({ open }, view) => Boolean(view?.board && open)

/**
 * The cards that are dragged or moved with card *key*: all selected ones if it is among them.
 *
 * @type {(state: BoardState, key: string) => string[]}
 */
export const cardsWith = ({ selected }, key) => (selected.has(key) ? [...selected] : [key])
