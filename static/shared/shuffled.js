/** Options on a phone in an order of its own. */

/**
 * *options* in an order that differs between phones but not on one. FNV-1a of seed and id, then mixed further, because ids are alike.
 *
 * @type {(options: Option[], seed: string) => Option[]}
 */
export const shuffled = (options, seed) => {
  /** @type {(hash: number) => number} */
  const mixed = (hash) => Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) ^ (hash >>> 13)
  /** @type {(option: Option) => number} */
  const key = (option) => mixed(mixed([...(seed + option.id)].reduce((hash, character) => Math.imul(hash ^ /** @type {number} */ (character.codePointAt(0)), 16_777_619), 2_166_136_261))) >>> 0
  return [...options].sort((a, b) => key(a) - key(b))
}
