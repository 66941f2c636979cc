/** Cards beyond the first ones that come with a view, list by list: fetched on request, and again with every view. */

export const PAGE_SIZE = 60

export class CardPages {
  #found = /** @type {Map<string, Card[]>} */ (new Map()) // list ('' or theme) -> cards
  #requests = 0
  #answered = /** @type {Map<string, number>} */ (new Map()) // list -> number of the newest request that was answered
  /** @type {BoardView} */
  #board

  /**
   * `changed()` is called when more cards have come.
   *
   * @param {string} code
   * @param {() => void} changed
   */
  constructor(code, changed) {
    this.code = code
    this.changed = changed
  }

  /** @param {string} theme */
  of(theme) {
    return this.#found.get(theme) ?? []
  }

  clear() {
    this.#found.clear()
  }

  /**
   * A new view has come: what was fetched before is fetched again.
   *
   * @param {BoardView} board
   */
  show(board) {
    this.#board = board
    for (const [theme, cards] of this.#found) if (cards.length) this.more(theme, 0)
  }

  /** @param {string} theme */
  async more(theme, more = PAGE_SIZE) {
    const shown = theme ? this.#board.themes.find(({ id }) => id === theme)?.cards : this.#board.cards
    if (!shown) return
    const wanted = this.of(theme).length + more
    const found = /** @type {Card[]} */ ([])
    this.#requests += 1
    const request = this.#requests
    while (found.length < wanted) {
      const offset = shown.length + found.length
      const query = new URLSearchParams({ activity: this.#board.activity, theme, offset: String(offset), limit: String(Math.min(200, wanted - found.length)) })
      const response = await fetch(`/api/rooms/${this.code}/board/cards?${query}`).catch(() => null)
      const cards = response?.ok ? (await response.json()).cards : []
      found.push(...cards)
      if (!cards.length) break
    }
    if (request < (this.#answered.get(theme) ?? 0)) return // a later request has been answered meanwhile
    this.#answered.set(theme, request)
    this.#found.set(theme, found)
    this.changed()
  }
}
