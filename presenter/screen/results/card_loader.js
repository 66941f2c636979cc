/** Fetches the answers that a screen shows beyond the first ones. */

const FETCH_SIZE = 200 // cards in one request
const REFETCH_MS = 1000

/**
 * Names what cards are of, for `CardLoader.get`: those of another activity, or in another shape, are other cards.
 *
 * @type {(view: Pick<View, 'activity' | 'shape'>) => string}
 */
export const cardSource = ({ activity, shape }) => `${activity} ${shape}`

/**
 * The shape in what `cardSource` returned.
 *
 * @type {(source: string) => string}
 */
export const shapeOfSource = (source) => source.slice(source.indexOf(' ') + 1)

/**
 * All cards of the results on show. The first ones come with every view; the rest are fetched, and again when they may have
 * changed. A fetch belongs to what was on show when it began: what comes after another took over is thrown away.
 */
export class CardLoader {
  #fetchPage
  #onChange
  #rest = /** @type {Card[]} */ ([])
  #from = 0 // how many cards came before the rest, when it was fetched
  #stamp = /** @type {string | null} */ (null) // of the view for which the rest was fetched
  #source = ''
  #again = false
  #timer = /** @type {ReturnType<typeof setTimeout> | null} */ (null)
  #fetching = /** @type {object | null} */ (null) // the fetch under way; another object, or null, once it counts no more

  /**
   * `fetchPage(offset, limit, source)` gives `{total, cards}`; `onChange()` is called when more cards have come.
   *
   * @param {(offset: number, limit: number, source: string) => Promise<{total: number, cards: Card[]} | null>} fetchPage
   * @param {() => void} onChange
   */
  constructor(fetchPage, onChange) {
    this.#fetchPage = fetchPage
    this.#onChange = onChange
  }

  /**
   * The cards known now. Another *stamp* means that the fetched ones may have changed; another *source*, that all are other cards.
   *
   * @param {Pick<ResultsShown, 'cards' | 'cards_total'>} results
   * @param {string} stamp
   * @param {string} source
   */
  get({ cards, cards_total: total }, stamp, source = '') {
    if (source !== this.#source) {
      this.stop()
      this.#source = source
      this.#stamp = null
      this.#rest = []
    }
    if (total <= cards.length) return cards
    if (stamp !== this.#stamp && !this.#timer && !this.#fetching) {
      this.#fetchSoon(this.#stamp === null ? 0 : REFETCH_MS, cards.length, total, stamp)
    }
    const known = Math.max(0, cards.length - this.#from) // of the rest; how many come with a view depends on their length
    return [...cards, ...this.#rest.slice(known, known + total - cards.length)]
  }

  /** Who shows the cards is not done with them: call `onChange` after *afterMs*, when the page has been drawn. */
  again(afterMs = 0) {
    if (this.#again) return
    this.#again = true
    setTimeout(() => { // no animation frame: a page that nobody sees gets none
      this.#again = false
      this.#onChange()
    }, afterMs)
  }

  /** Nobody shows the cards any more. Who asks for them later gets them fetched again. */
  stop() {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = this.#fetching = null
  }

  /**
   * @param {number} delayMs
   * @param {number} from
   * @param {number} total
   * @param {string} stamp
   */
  #fetchSoon(delayMs, from, total, stamp) {
    this.#timer = setTimeout(() => this.#fetchRest(from, total, stamp), delayMs)
  }

  /**
   * @param {number} from
   * @param {number} total
   * @param {string} stamp
   */
  async #fetchRest(from, total, stamp) {
    const fetch = {}
    this.#timer = null
    this.#fetching = fetch
    const rest = /** @type {Card[]} */ ([])
    let failed = false
    while (from + rest.length < total) {
      const page = await this.#fetchPage(from + rest.length, FETCH_SIZE, this.#source)
      if (this.#fetching !== fetch) return
      failed = !page
      if (!page?.cards.length) break
      rest.push(...page.cards)
    }
    this.#fetching = null
    // What came before a failure is shown, unless more is known from before, and the whole is asked for again.
    if (failed) this.#fetchSoon(REFETCH_MS, from, total, stamp)
    else this.#stamp = stamp
    if (failed && from + rest.length <= this.#from + this.#rest.length) return
    this.#rest = rest
    this.#from = from
    this.#onChange()
  }
}
