/** What the phone reckons; nothing here touches the page. */

/** 128 random bits as 32 hex digits. `randomUUID` would need a secure context. */
export const id = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('')

/** Whole seconds left; below 0 in overtime. */
export const left = (ms) => Math.ceil(ms / 1000)

/** `1:05`; past zero `0:00`, or `+0:05` where *over* is told. */
export const clockText = (ms, over = false) => {
  const s = ms < 0 && over ? Math.floor(-ms / 1000) : Math.max(0, left(ms))
  return `${ms < 0 && over && s ? '+' : ''}${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`
}

const segments = globalThis.Intl?.Segmenter && new Intl.Segmenter()

/** Characters as a person counts them. */
export const count = (text) => (segments ? [...segments.segment(text.trim())].length : [...text.trim()].length)

/** Milliseconds to rest before attempt *n* (0 first): at once or nearly, then 1, 2, 4, 8, 15 s, each more or less. */
export const restMs = (n, chance) => (n ? [1000, 2000, 4000, 8000, 15_000][Math.min(n, 5) - 1] * (0.5 + chance) : 1000 * chance)

/** Options in an order that differs between phones, and stays on each (FNV-1a of seed and id, then mixed: ids are alike). */
export const shuffled = (options, seed) => {
  const mixed = (hash) => Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) ^ (hash >>> 13)
  const key = (one) => mixed(mixed([...(seed + one.id)].reduce((hash, sign) => Math.imul(hash ^ sign.codePointAt(0), 16_777_619), 2_166_136_261))) >>> 0
  return [...options].sort((a, b) => key(a) - key(b))
}
