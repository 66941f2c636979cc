/** Decks on the page for a new meeting: the server makes a workshop of one, and tells what could not be taken over. */

import { $, el, fill } from '../shared/dom.js'
import { entriesOf, textEntry, unpacked, zipOf } from './zip.js'

/** @import { Entry } from './zip.js' */

const MOST_BYTES = 100 * 1024 * 1024
const BESIDE = /\.(png|jpg|gif|webp|mp4|webm)$/ // the report stays here
const MOST_UNPACKED = 256 * 1024 * 1024
const FOREIGN = /(^|\/)(__MACOSX\/|\.)/ // what computers add to a folder by themselves
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
 * What is sent to open a meeting with *text*: a zip with those of *pictures* that it names, or the text alone where it names none.
 *
 * @param {string} text
 * @param {Map<string, Entry>} pictures
 * @returns {string | Blob}
 */
export function withPictures(text, pictures) {
  const used = [...pictures].filter(([name]) => text.includes(name))
  return used.length ? zipOf([['workshop.md', textEntry(text)], ...used]) : text
}

/** @param {string} text */
export const namesPictures = (text) => /!\[[^\]\n]*\]\([^)\n]+\)/.test(text)

/**
 * The workshop in *zip*, an archive of one that somebody packed, and its pictures by the names that the text uses; null where
 * only the server can say what is the matter with it.
 *
 * @param {ArrayBuffer} zip
 * @returns {Promise<{text: string, pictures: Map<string, Entry>} | null>}
 */
export async function readArchive(zip) {
  const files = await unpacked(zip, MOST_UNPACKED)
  const own = [...files?.keys() ?? []].filter((name) => /^([^/]+\/)?workshop\.md$/.test(name) && !FOREIGN.test(name))
  const text = own.includes('workshop.md') ? 'workshop.md' : own.length === 1 ? own[0] : ''
  if (!files || !text) return null
  const folder = text.slice(0, -'workshop.md'.length)
  const beside = [...files].filter(([name]) => name.startsWith(folder) && name !== text && !FOREIGN.test(name))
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(files.get(text)?.bytes),
      pictures: new Map(beside.map(([name, entry]) => [name.slice(folder.length), entry])),
    }
  } catch { // not UTF-8
    return null
  }
}

/** @typedef {{slides: number, files: number, remarks: {slide: number, message: string}[]}} Report */
/** @typedef {{text: string, pictures: Map<string, Entry>, report?: Report, problem: string, status: number}} Deck */

/**
 * The workshop that the server makes of *file*, or the problem in words. Never throws.
 *
 * @param {File} file
 * @param {string} key
 * @param {Strings} t
 * @returns {Promise<Deck>}
 */
export async function convertDeck(file, key, t) {
  const failed = (problem = t.offline, status = 0) => ({ text: '', pictures: new Map(), problem, status })
  if (file.size > MOST_BYTES) return failed(t.deck_too_large)
  const headers = key ? { Authorization: `Bearer ${key}` } : undefined
  const response = await fetch(`/api/convert${location.search}`, { method: 'POST', headers, body: file }).catch(() => null)
  if (!response?.ok) {
    const body = await response?.json().catch(() => null)
    return failed(body?.why ?? body?.title, response?.status)
  }
  const zip = await response.arrayBuffer().catch(() => null)
  const files = entriesOf(zip ?? new ArrayBuffer(0))
  const read = (/** @type {string} */ name) => files.has(name) ? new TextDecoder().decode(files.get(name)?.bytes) : null
  const text = read('workshop.md')
  if (text === null) return failed()
  const pictures = new Map([...files].filter(([name]) => BESIDE.test(name)))
  return { text, pictures, report: JSON.parse(read('report.json') ?? 'null') ?? undefined, problem: '', status: response.status }
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
  const { remarks } = report
  $('deck-title').textContent = fill(remarks.length ? t.deck_left : t.deck_whole, { name, n: report.slides })
  $('deck-remarks').hidden = remarks.length === 0
  $('deck-remarks').replaceChildren(...remarks.map(({ slide, message }) =>
    el('li', {}, el('span', { class: 'soft' }, slide ? fill(t.slide, { n: slide }) : t.deck_whole_of), el('p', {}, message))))
  $('deck-title').focus()
}
