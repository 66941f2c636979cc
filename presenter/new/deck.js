/** Decks on the page for a new meeting: the server makes a workshop of one, and tells what could not be taken over. */

import { $, el, fill } from '../shared/dom.js'

const MOST_BYTES = 100 * 1024 * 1024
const HEADER = 0x04034b50 // begins each file in a zip
const FIRST_BYTES = ['PK\u0003\u0004', '%PDF', '\u00d0\u00cf\u0011\u00e0'] // of .pptx and .odp, of .pdf, of old files of offices

/**
 * Whether *file* is a deck, or what somebody may take for one. Its first bytes say so, never its name.
 *
 * @param {File} file
 */
export async function isDeck(file) {
  const bytes = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  return FIRST_BYTES.includes(String.fromCharCode(...bytes)) && !/\.zip$/i.test(file.name)
}

/**
 * The texts of the files in a zip by name. The server stores them as they are, with their sizes before them.
 *
 * @param {ArrayBuffer} zip
 * @returns {Map<string, string>}
 */
export function textsOf(zip) {
  const view = new DataView(zip)
  const decode = (/** @type {number} */ from, /** @type {number} */ size) => new TextDecoder().decode(new Uint8Array(zip, from, size))
  const found = new Map()
  let at = 0
  while (at + 30 <= zip.byteLength && view.getUint32(at, true) === HEADER) {
    const size = view.getUint32(at + 18, true)
    const nameSize = view.getUint16(at + 26, true)
    const start = at + 30 + nameSize + view.getUint16(at + 28, true)
    const name = decode(at + 30, nameSize)
    if (/\.(md|json)$/.test(name)) found.set(name, decode(start, size))
    at = start + size
  }
  return found
}

/** @typedef {{slides: number, files: number, remarks: {slide: number, message: string}[]}} Report */
/** @typedef {{text: string, report?: Report, problem: string, status: number}} Deck */

/**
 * The workshop that the server makes of *file*, or the problem in words. Never throws.
 *
 * @param {File} file
 * @param {string} key
 * @param {Strings} t
 * @returns {Promise<Deck>}
 */
export async function convertDeck(file, key, t) {
  if (file.size > MOST_BYTES) return { text: '', problem: t.deck_too_large, status: 0 }
  const headers = key ? { Authorization: `Bearer ${key}` } : undefined
  const response = await fetch(`/api/convert${location.search}`, { method: 'POST', headers, body: file }).catch(() => null)
  if (!response?.ok) {
    const body = await response?.json().catch(() => null)
    return { text: '', problem: body?.why ?? body?.title ?? t.offline, status: response?.status ?? 0 }
  }
  const zip = await response.arrayBuffer().catch(() => null)
  const texts = textsOf(zip ?? new ArrayBuffer(0))
  const text = texts.get('workshop.md')
  if (text === undefined) return { text: '', problem: t.offline, status: 0 }
  return { text, report: JSON.parse(texts.get('report.json') ?? 'null') ?? undefined, problem: '', status: response.status }
}

/**
 * Show what could not be taken over of the deck *name*, slide by slide; hide it again without a report.
 *
 * @param {string} name
 * @param {Report | undefined} report
 * @param {Strings} t
 */
export function showReport(name, report, t) {
  $('deck-part').hidden = !report
  if (!report) return
  const remarks = report.files ? [{ slide: 0, message: t.deck_pictures }, ...report.remarks] : report.remarks
  $('deck-title').textContent = fill(remarks.length ? t.deck_left : t.deck_whole, { name, n: report.slides })
  $('deck-remarks').hidden = remarks.length === 0
  $('deck-remarks').replaceChildren(...remarks.map(({ slide, message }) =>
    el('li', {}, el('span', { class: 'soft' }, slide ? fill(t.slide, { n: slide }) : t.deck_whole_of), el('p', {}, message))))
  $('deck-title').focus()
}
