/** Cards beyond those the view tells, list by list: asked for by hand, and again with every view. */

export const PAGE = 60

export class Pages {
  #found = new Map() // list ('' or theme) -> cards
  #asked = 0
  #told = new Map()
  #board = null

  /** *changed*() is called when more have come. */
  constructor(code, changed) {
    Object.assign(this, { code, changed })
  }

  of(theme) {
    return this.#found.get(theme) ?? []
  }

  clear() {
    this.#found.clear()
  }

  /** A new view has come: what was shown of its lists is asked for anew. */
  show(board) {
    this.#board = board
    for (const [theme, cards] of this.#found) if (cards.length) this.more(theme, 0)
  }

  async more(theme, more = PAGE) {
    const told = theme ? this.#board.themes.find(({ id }) => id === theme)?.cards : this.#board.cards
    if (!told) return
    const wanted = this.of(theme).length + more
    const found = []
    const asked = (this.#asked += 1)
    while (found.length < wanted) {
      const at = told.length + found.length
      const query = new URLSearchParams({ activity: this.#board.activity, theme, offset: at, limit: Math.min(200, wanted - found.length) })
      const said = await fetch(`/api/rooms/${this.code}/board/cards?${query}`).catch(() => null)
      const cards = said?.ok ? (await said.json()).cards : []
      found.push(...cards)
      if (!cards.length) break
    }
    if (asked < (this.#told.get(theme) ?? 0)) return // a later question has been answered meanwhile
    this.#told.set(theme, asked)
    this.#found.set(theme, found)
    this.changed()
  }
}
