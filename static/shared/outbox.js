/**
 * What this phone has sent. Until it is acked an entry waits and is sent again; then it is a receipt, for a server that
 * should come back without it. Each entry is kept by itself, so that two tabs never write over each other: in localStorage,
 * where other tabs hear of it, and in IndexedDB, because a browser that is killed forgets the last seconds of the former
 * (docs/decisions/0008).
 */
const MOST = 200
const FORGET_MS = 30 * 86_400_000 // what nobody has come back for
const LEASE_MS = 10_000
const PATIENCE_MS = 3000

const open = () => new Promise((done, fail) => {
  const asked = indexedDB.open('innspill', 1)
  asked.onupgradeneeded = () => asked.result.createObjectStore('out')
  asked.onsuccess = () => done(asked.result)
  asked.onerror = fail
})

/** Settles with *work*, or without it where the disk is slow. */
const soon = (work) => Promise.race([work, new Promise((done) => { setTimeout(done, PATIENCE_MS) })])

export class Outbox {
  /** Whether the browser keeps what it is told; else it is gone with the page. */
  keeps = true
  /** This phone's identity in the room, once known: cookies too are forgotten by a browser that is killed. */
  token = null
  /** Settles when all that was kept is here; before, where the disk is slow, and then `changed` tells of the rest. */
  ready
  #name
  #all = new Map()
  #tab = Math.random()
  #base = open()

  /** *changed*(id, entry or undefined) hears what came from the disk, and what other tabs did. */
  constructor(code, changed) {
    this.#name = `innspill:${code}:`
    this.#store(() => {
      for (const key of Object.keys(localStorage)) this.#take(key, localStorage.getItem(key))
    })
    addEventListener('storage', ({ key, newValue }) => {
      const id = this.#take(key ?? '', newValue)
      if (id) changed(id, this.#all.get(id))
    })
    addEventListener('pagehide', () => { // whoever comes next need not wait for the lease to run out
      if (this.leads()) this.#store(() => localStorage.removeItem(`${this.#name}tab`))
    })
    this.ready = soon(this.#load(changed).catch(() => {}))
  }

  async #load(changed) {
    const base = await this.#base
    const kept = await new Promise((done) => {
      const found = []
      const walk = base.transaction('out').objectStore('out').openCursor()
      walk.onsuccess = () => {
        const at = walk.result
        if (!at) return done(found)
        found.push([at.key, at.value])
        at.continue()
      }
      walk.onerror = () => done(found)
    })
    for (const [key, one] of kept) {
      if (key === `${this.#name}token`) this.token = one
      else if (Date.now() - one.at > FORGET_MS) this.#forget(key) // never a token, which has no date
      else if (key.startsWith(this.#name) && !(this.#all.get(one.id)?.rev > one.rev)) {
        this.#all.set(one.id, one)
        if (!one.acked) changed(one.id, one)
      }
    }
  }

  /** An entry as it stands in storage; its id, or nothing if it is none of ours. */
  #take(key, text) {
    const id = key.startsWith(this.#name) && key.slice(this.#name.length)
    if (id?.length !== 32) return undefined
    if (text) this.#all.set(id, JSON.parse(text))
    else this.#all.delete(id)
    return id
  }

  #store(work) {
    try { return work() } catch { this.keeps = false; return null }
  }

  #write(key, value) {
    return this.#base.then((base) => new Promise((done) => {
      const writing = base.transaction('out', 'readwrite', { durability: 'strict' })
      const out = writing.objectStore('out')
      if (value === undefined) out.delete(key)
      else out.put(value, key)
      writing.oncomplete = writing.onabort = writing.onerror = done
    })).catch(() => {})
  }

  get = (id) => this.#all.get(id)

  /** Settles when it is on this phone's disk. */
  put(one) {
    one.at ??= Date.now()
    this.#all.set(one.id, one)
    this.#store(() => localStorage.setItem(this.#name + one.id, JSON.stringify(one)))
    const oldest = this.#all.size > MOST && [...this.#all.values()].find((it) => it.acked)
    if (oldest) this.drop(oldest.id)
    return this.#write(this.#name + one.id, one)
  }

  drop(id) {
    this.#all.delete(id)
    this.#forget(this.#name + id)
  }

  #forget(key) {
    this.#store(() => localStorage.removeItem(key))
    this.#write(key)
  }

  /** The server has told who this phone is. Settles when that is kept: what is sent by somebody forgotten is nobody's. */
  know(token) {
    if (token === this.token) return Promise.resolve()
    this.token = token
    return soon(this.#write(`${this.#name}token`, token))
  }

  /** The server has it, as it was in *epoch*. */
  acked(one, epoch) {
    this.put({ ...one, again: undefined, parked: undefined, acked: epoch })
  }

  /** In the order in which they were sent; the disk gives them in another. */
  waiting = () => [...this.#all.values()].filter((one) => !one.acked).sort((a, b) => a.at - b.at)

  /** What it had in *epoch* and can't but have still: the newest receipt. */
  held(epoch) {
    const all = [...this.#all.values()].filter((one) => one.acked === epoch).sort((a, b) => b.at - a.at)
    return all.length ? { id: all[0].id, rev: all[0].rev } : {}
  }

  /** The server came back another than it was: what it acked then is sent once more. */
  check(epoch) {
    for (const one of this.#all.values()) if (one.acked && one.acked !== epoch) this.put({ ...one, again: true, acked: undefined })
  }

  /** *activity* is on, and *left* no more: receipts of others have served. */
  tidy(activity, left) {
    for (const one of [...this.#all.values()]) {
      if (one.activity !== activity && (one.acked || (one.again && one.activity === left))) this.drop(one.id)
    }
  }

  /** Whether this tab is the one that sends again: the first there is, until it has been silent for a while. */
  leads() {
    return this.#store(() => {
      const [tab, at] = JSON.parse(localStorage.getItem(`${this.#name}tab`)) ?? []
      if (tab !== this.#tab && Math.abs(Date.now() - at) < LEASE_MS) return false
      localStorage.setItem(`${this.#name}tab`, JSON.stringify([this.#tab, Date.now()]))
      return true
    }) ?? true
  }
}
