/** Fetches the answers that a screen shows beyond the first ones. */

const FETCH_SIZE = 200 // cards in one request
const REFETCH_MS = 1000

/** All cards of the results on show. The first ones come with every view; the rest are fetched, and again when they may have changed. */
export class CardLoader {
  #fetchPage
  #onChange
  #rest = /** @type {Card[]} */ ([])
  #from = 0 // how many cards came before the rest, when it was fetched
  #stamp = /** @type {string | null} */ (null)
  #timer = /** @type {ReturnType<typeof setTimeout> | null} */ (null)
  #isFetching = false
  #source = /** @type {string | null} */ ('')

  /**
   * `fetchPage(offset, limit)` gives `{total, cards}`; `onChange()` is called when more cards have come.
   *
   * @param {(offset: number, limit: number) => Promise<{total: number, cards: Card[]} | null>} fetchPage
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
   * @param {string | null} source
   */
  get({ cards, cards_total: total }, stamp, source = '') {
    if (source !== this.#source) [this.#source, this.#stamp, this.#rest] = [source, null, []]
    if (total <= cards.length) return cards
    if (stamp !== this.#stamp && !this.#timer && !this.#isFetching) {
      this.#timer = setTimeout(() => this.#fetchRest(cards.length, total, stamp), this.#stamp === null ? 0 : REFETCH_MS)
    }
    const known = Math.max(0, cards.length - this.#from) // of the rest; how many come with a view depends on their length
    return [...cards, ...this.#rest.slice(known, known + total - cards.length)]
  }

  /** Nobody shows the cards any more. Who asks for them later gets them fetched again. */
  stop() {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  /**
   * @param {number} from
   * @param {number} total
   * @param {string} stamp
   */
  async #fetchRest(from, total, stamp) {
    this.#timer = null
    this.#isFetching = true
    const rest = /** @type {Card[]} */ ([])
    while (from + rest.length < total) {
      const page = await this.#fetchPage(from + rest.length, FETCH_SIZE)
      if (!page?.cards.length) break
      rest.push(...page.cards)
    }
    this.#isFetching = false
    this.#stamp = stamp
    this.#rest = rest
    this.#from = from
    this.#onChange()
  }
}
