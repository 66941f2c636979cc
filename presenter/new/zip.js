/** Zip archives: those whose files are stored as they are, as the server sends a deck's workshop and is sent it back, and those that people packed. */

const LOCAL = 0x04034b50 // begins each file
const CENTRAL = 0x02014b50 // begins each line of the directory at the end
const END = 0x06054b50
const LOCAL_SIZE = 30
const CENTRAL_SIZE = 46
const END_SIZE = 22
const VERSION = 20 // 2.0, which every program reads
const UTF8_NAMES = 0x0800
const DAY = 0x21 // 1980-01-01, the first that a zip can tell; when a file was made is nobody's business

/** A file in a zip, with the checksum of its bytes. @typedef {{bytes: Uint8Array<ArrayBuffer>, crc: number}} Entry */

const TABLE = Uint32Array.from({ length: 256 }, (_, value) => {
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

/**
 * The checksum of a zip: CRC-32, ISO-HDLC.
 *
 * @param {Uint8Array} bytes
 */
export function crc32(bytes) {
  let crc = 0xffffffff
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/**
 * @param {string} text
 * @returns {Entry}
 */
export function textEntry(text) {
  const bytes = new TextEncoder().encode(text)
  return { bytes, crc: crc32(bytes) }
}

/**
 * The files in a zip by name. The server stores them as they are, with their sizes before them.
 *
 * @param {ArrayBuffer} zip
 * @returns {Map<string, Entry>}
 */
export function entriesOf(zip) {
  const view = new DataView(zip)
  const found = new Map()
  let at = 0
  while (at + LOCAL_SIZE <= zip.byteLength && view.getUint32(at, true) === LOCAL) {
    const [crc, size] = [view.getUint32(at + 14, true), view.getUint32(at + 18, true)]
    const nameSize = view.getUint16(at + 26, true)
    const start = at + LOCAL_SIZE + nameSize + view.getUint16(at + 28, true)
    if (start + size > zip.byteLength) break // it was cut off on its way
    const name = new TextDecoder().decode(new Uint8Array(zip, at + LOCAL_SIZE, nameSize))
    found.set(name, { bytes: new Uint8Array(zip, start, size), crc })
    at = start + size
  }
  return found
}

/**
 * @param {Iterable<[string, Entry]>} entries
 * @returns {Blob}
 */
export function zipOf(entries) {
  const files = []
  const directory = []
  let [at, directorySize] = [0, 0]
  for (const [name, entry] of entries) {
    const title = new TextEncoder().encode(name)
    const head = fields(LOCAL_SIZE, [[0, LOCAL, 4], [4, VERSION, 2]], about(6, title, entry))
    files.push(head, title, entry.bytes)
    directory.push(fields(CENTRAL_SIZE, [[0, CENTRAL, 4], [4, VERSION, 2], [6, VERSION, 2], [42, at, 4]], about(8, title, entry)), title)
    at += LOCAL_SIZE + title.length + entry.bytes.length
    directorySize += CENTRAL_SIZE + title.length
  }
  const count = directory.length / 2
  const end = fields(END_SIZE, [[0, END, 4], [8, count, 2], [10, count, 2], [12, directorySize, 4], [16, at, 4]])
  return new Blob([...files, ...directory, end], { type: 'application/zip' })
}

/** Where a number stands, the number, and its size in bytes. @typedef {[at: number, value: number, size: 2 | 4]} Field */

/**
 * What a file's own head and its line in the directory both say, from byte `at` on.
 *
 * @param {number} at
 * @param {Uint8Array} title
 * @param {Entry} entry
 * @returns {Field[]}
 */
const about = (at, title, { bytes, crc }) => [
  [at, UTF8_NAMES, 2], [at + 6, DAY, 2], [at + 8, crc, 4], [at + 12, bytes.length, 4], [at + 16, bytes.length, 4], [at + 20, title.length, 2],
]

/**
 * @param {number} size
 * @param {Field[][]} all
 */
function fields(size, ...all) {
  const view = new DataView(new ArrayBuffer(size))
  for (const [at, value, bytes] of all.flat()) {
    if (bytes === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
  }
  return new Uint8Array(view.buffer)
}

const DEFLATED = 8
const ENCRYPTED = 1
const MOST_COMMENT = 65_535

/**
 * The files in any zip by name, as its directory lists them; null where it is none that can be read here: locked, damaged,
 * of more than *most* bytes when unpacked, or in a browser that can't unpack.
 *
 * @param {ArrayBuffer} zip
 * @param {number} most
 * @returns {Promise<Map<string, Entry> | null>}
 */
export async function unpacked(zip, most) {
  try {
    return await unpack(new DataView(zip), most)
  } catch { // a place outside the file, or bytes that can't be unpacked
    return null
  }
}

/**
 * @param {DataView<ArrayBuffer>} view
 * @param {number} most
 */
async function unpack(view, most) {
  const found = new Map()
  let at = directoryOf(view)
  let left = most
  while (view.getUint32(at, true) === CENTRAL) {
    const [flags, how] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)]
    const [crc, packed, size] = [16, 20, 24].map((place) => view.getUint32(at + place, true))
    const [nameSize, more, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true))
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, at + CENTRAL_SIZE, nameSize))
    const head = view.getUint32(at + 42, true)
    left -= size
    if (flags & ENCRYPTED || left < 0 || (how && how !== DEFLATED)) return null
    const start = head + LOCAL_SIZE + view.getUint16(head + 26, true) + view.getUint16(head + 28, true)
    const bytes = new Uint8Array(view.buffer, start, packed)
    if (!name.endsWith('/')) found.set(name, { bytes: how ? await inflated(bytes, size) : bytes, crc })
    at += CENTRAL_SIZE + nameSize + more + comment
  }
  for (const { bytes, crc } of found.values()) if (crc32(bytes) !== crc) return null
  return found
}

/** Where the directory begins. @param {DataView} view */
function directoryOf(view) {
  for (let at = view.byteLength - END_SIZE; at >= Math.max(0, view.byteLength - END_SIZE - MOST_COMMENT); at--) {
    if (view.getUint32(at, true) === END) return view.getUint32(at + 16, true)
  }
  throw new RangeError('no directory')
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} size
 */
async function inflated(bytes, size) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const whole = new Uint8Array(size)
  let at = 0
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    whole.set(piece.value, at) // throws where there is more than the directory says
    at += piece.value.length
  }
  if (at !== size) throw new RangeError('cut off')
  return whole
}
