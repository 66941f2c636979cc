/**
 * The outbox: what this phone has sent. An entry waits and is sent again until the server acks it. It is kept even then, to
 * send it once more if the server comes back from an older backup without it. Each entry is stored by itself, so that two
 * tabs never overwrite each other: in localStorage, which tells other tabs, and in IndexedDB, because a browser that is
 * killed loses the last seconds of localStorage (docs/decisions/0008).
 */
const LIMIT = 200
const FORGET_MS = 30 * 86_400_000 // entries older than this are deleted
const LEASE_MS = 10_000
const TIMEOUT_MS = 3000

/** @type {() => Promise<IDBDatabase>} */
const open = () => new Promise((done, fail) => {
  const request = indexedDB.open('innspill', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('out')
  request.onsuccess = () => done(request.result)
  request.onerror = fail
})

/** Settles with *work*, or after TIMEOUT_MS where the disk is slow. @type {(work: Promise<unknown>) => Promise<unknown>} */
const withTimeout = (work) => Promise.race([work, new Promise((done) => { setTimeout(done, TIMEOUT_MS) })])

export class Outbox {
  /** Whether the browser stores entries; if not, they are lost with the page. */
  persistent = true
  /** This phone's identity in the room, once known. Stored here, because a browser that is killed loses new cookies too. @type {string | null} */
  token = null
  /** Settles when all stored entries are loaded, or after TIMEOUT_MS; `changed` reports those that come later. */
  ready
  #prefix
  /** @type {Map<string, Entry>} */
  #entries = new Map()
  #tab = Math.random()
  #db = open()

  /**
   * `changed(id, entry or undefined)` reports entries that came from the disk, and changes made by other tabs.
   *
   * @param {string} code
   * @param {(id: string, entry?: Entry) => void} changed
   */
  constructor(code, changed) {
    this.#prefix = `innspill:${code}:`
    this.#tryStorage(() => {
      for (const key of Object.keys(localStorage)) this.#read(key, localStorage.getItem(key))
    })
    addEventListener('storage', ({ key, newValue }) => {
      const id = this.#read(key ?? '', newValue)
      if (id) changed(id, this.#entries.get(id))
    })
    addEventListener('pagehide', () => { // the next tab need not wait until the lease has run out
      if (this.leads()) this.#tryStorage(() => localStorage.removeItem(`${this.#prefix}tab`))
    })
    this.ready = withTimeout(this.#load(changed).catch(() => {}))
  }

  /** @param {(id: string, entry?: Entry) => void} changed */
  async #load(changed) {
    const db = await this.#db
    /** Entries, and the token under a key of its own. @type {[string, Entry][]} */
    const rows = await new Promise((done) => {
      /** @type {[string, Entry][]} */
      const found = []
      const request = db.transaction('out').objectStore('out').openCursor()
      request.onsuccess = () => {
        const cursor = request.result
        if (!cursor) return done(found)
        found.push([/** @type {string} */ (cursor.key), cursor.value])
        cursor.continue()
      }
      request.onerror = () => done(found)
    })
    for (const [key, entry] of rows) {
      if (key === `${this.#prefix}token`) this.token = /** @type {string} */ (/** @type {unknown} */ (entry))
      else if (Date.now() - entry.at > FORGET_MS) this.#forget(key) // never a token, which has no date
      else if (key.startsWith(this.#prefix) && !(/** @type {number} */ (this.#entries.get(entry.id)?.rev) > entry.rev)) {
        this.#entries.set(entry.id, entry)
        if (!entry.acked) changed(entry.id, entry)
      }
    }
  }

  /**
   * Take in an entry as it is stored. Returns its id, or undefined if the key is not one of ours.
   *
   * @param {string} key
   * @param {string | null} text
   */
  #read(key, text) {
    const id = key.startsWith(this.#prefix) ? key.slice(this.#prefix.length) : ''
    if (id.length !== 32) return
    if (text) this.#entries.set(id, JSON.parse(text))
    else this.#entries.delete(id)
    return id
  }

  /**
   * @template Found
   * @param {() => Found} work
   */
  #tryStorage(work) {
    try { return work() } catch { this.persistent = false; return null }
  }

  /**
   * Settles when *value* is stored under *key*, or what is there is deleted.
   *
   * @param {string} key
   * @param {Sent | string} [value]
   * @returns {Promise<unknown>}
   */
  #write(key, value) {
    return this.#db.then((db) => new Promise((done) => {
      const transaction = db.transaction('out', 'readwrite', { durability: 'strict' })
      const store = transaction.objectStore('out')
      if (value === undefined) store.delete(key)
      else store.put(value, key)
      transaction.oncomplete = transaction.onabort = transaction.onerror = done
    })).catch(() => {})
  }

  /** @param {string} id */
  get = (id) => this.#entries.get(id)

  /** Settles when *entry* is on this phone's disk. @param {Sent} entry */
  put(entry) {
    entry.at ??= Date.now()
    this.#entries.set(entry.id, /** @type {Entry} */ (entry))
    this.#tryStorage(() => localStorage.setItem(this.#prefix + entry.id, JSON.stringify(entry)))
    const oldest = this.#entries.size > LIMIT && [...this.#entries.values()].find(({ acked }) => acked)
    if (oldest) this.drop(oldest.id)
    return this.#write(this.#prefix + entry.id, entry)
  }

  /** @param {string} id */
  drop(id) {
    this.#entries.delete(id)
    this.#forget(this.#prefix + id)
  }

  /** @param {string} key */
  #forget(key) {
    this.#tryStorage(() => localStorage.removeItem(key))
    this.#write(key)
  }

  /**
   * Store the identity that the server gave this phone. Settles when it is on disk; an answer sent before could lose its owner.
   *
   * @param {string} token
   * @returns {Promise<unknown>}
   */
  setToken(token) {
    if (token === this.token) return Promise.resolve()
    this.token = token
    return withTimeout(this.#write(`${this.#prefix}token`, token))
  }

  /**
   * The server of that *epoch* has acked *entry*, and sealed the ack.
   *
   * @param {Entry} entry
   * @param {string} epoch
   * @param {string} [seal]
   */
  ack(entry, epoch, seal) {
    this.put({ ...entry, again: undefined, parked: undefined, acked: epoch, seal })
  }

  /** Entries without an ack, in the order they were sent; the disk has them in another. */
  waiting = () => [...this.#entries.values()].filter((entry) => !entry.acked).sort((a, b) => a.at - b.at)

  /** Entries acked in *epoch* at a later place than *position*. @param {string} epoch @param {number} position */
  ackedAfter = (epoch, position) => [...this.#entries.values()].filter((entry) => entry.acked === epoch && (entry.position ?? 0) > position)

  /** The newest entry acked in *epoch*: what the server must still have. @param {string} epoch */
  newestAcked(epoch) {
    const acked = [...this.#entries.values()].filter((entry) => entry.acked === epoch).sort((a, b) => b.at - a.at)
    return acked.length ? { id: acked[0].id, rev: acked[0].rev, ack: acked[0].seal } : {}
  }

  /** The server has *epoch*: entries acked in another one are sent again. @param {string} epoch */
  checkEpoch(epoch) {
    for (const entry of this.#entries.values()) if (entry.acked && entry.acked !== epoch) this.put({ ...entry, again: true, acked: undefined })
  }

  /**
   * *activity* has followed *left*: acked entries of other activities are no longer needed.
   *
   * @param {string} activity
   * @param {string} left
   */
  tidy(activity, left) {
    for (const entry of [...this.#entries.values()]) {
      if (entry.activity !== activity && (entry.acked || (entry.again && entry.activity === left))) this.drop(entry.id)
    }
  }

  /** Whether this tab is the one that resends: the first one, until it has been silent for LEASE_MS. */
  leads() {
    return this.#tryStorage(() => {
      const [tab, at] = JSON.parse(localStorage.getItem(`${this.#prefix}tab`)) ?? []
      if (tab !== this.#tab && Math.abs(Date.now() - at) < LEASE_MS) return false
      localStorage.setItem(`${this.#prefix}tab`, JSON.stringify([this.#tab, Date.now()]))
      return true
    }) ?? true
  }
}
