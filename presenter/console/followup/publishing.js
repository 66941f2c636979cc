/** Publishing the report: what is missing before it, and afterwards the address and its QR code. */

import { $, el, fill, plural, updateElements } from '../../shared/dom.js'
import { copyText } from '../sharing/link_handout.js'
import { Lines } from '../lines.js'

const STEERING = ['facilitator', 'run']
const [RECEIVED, NOT] = ['received', 'not']

/** Where a line is mended: a key of the front matter, the answers that wait, or the field of a promise or theme. @typedef {{key: string} | {waiting: true} | {promise: Promised} | {theme: Reply, field: string}} Place */

/**
 * What is missing in the report: one line for each sort, with the place where the first of them is mended. It forbids
 * nothing. *today* is the ISO date. Pure.
 *
 * @type {(view: Pick<ConsoleView, 'warnings' | 'followup'>, today: string, t: Strings) => {words: string, place: Place}[]}
 */
export const missingOf = ({ warnings, followup }, today, t) => {
  const { waiting, by, published, promises, themes } = followup
  const unanswered = themes.filter(({ status, reason }) => status === RECEIVED && !reason)
  const answered = themes.filter((theme) => !unanswered.includes(theme) && theme.status !== NOT)
  /** @type {(sort: string, found: Reply[], field: string) => {words: string, place: Place}[]} */
  const ofThemes = (sort, found, field) => found.slice(0, 1).map((theme) => (
    { words: fill(plural(t[sort], found.length), { n: found.length, name: theme.name }), place: { theme, field } }))
  const nobody = promises.filter(({ who }) => !who)
  return [
    ...(warnings.includes('no-owner') ? [{ words: t.no_owner, place: { key: 'owner' } }] : []),
    ...(warnings.includes('no-report-by') ? [{ words: t.no_date, place: { key: 'report-by' } }] : []),
    ...(by && by < today && !published ? [{ words: t.date_passed, place: { key: 'report-by' } }] : []),
    ...(waiting ? [{ words: fill(plural(t.n_flagged, waiting), { n: waiting }), place: /** @type {Place} */ ({ waiting: true }) }] : []),
    ...ofThemes('no_reply', unanswered, 'status'),
    ...ofThemes('no_unit', answered.filter(({ unit }) => !unit), 'unit'),
    ...ofThemes('no_when', answered.filter(({ date }) => !date), 'date'),
    ...nobody.slice(0, 1).map((promise) => ({ words: fill(plural(t.no_who, nobody.length), { n: nobody.length, name: promise.text }), place: { promise } })),
  ]
}

export class Publishing {
  #t
  #mend
  #mayMend
  #published = false
  #missing = new Lines($('followup-missing'))
  #link = /** @type {string | null} */ (null)

  /**
   * `mend(place)` leads to where a line is mended; `publish()` publishes the report, or lists what waits.
   *
   * @param {{t: Strings, right: string, press: Act, note: ShowNote, mend: (place: Place) => unknown, publish: () => unknown}} of
   */
  constructor({ t, right, press, note, mend, publish }) {
    this.#t = t
    this.#mend = mend
    this.#mayMend = STEERING.includes(right)
    $('publish').addEventListener('click', () => (this.#published ? press({ do: 'unpublish' }) : publish()))
    $('published-copy').addEventListener('click', async () => {
      await copyText(this.#link ?? '', $('published-url'))
      note(t.copied)
    })
  }

  /**
   * @param {ConsoleView} view
   * @param {string} today
   */
  show(view, today) {
    const t = this.#t
    const { published } = view.followup
    this.#published = published
    const missing = missingOf(view, today, t)
    updateElements({
      'followup-say': { text: published ? t.said_public : t.said_private },
      'followup-check': { text: missing.length ? (published ? t.still_missing : t.missing) : t.nothing_missing },
      'followup-missing': { hidden: missing.length === 0 },
      publish: { text: published ? t.unpublish : t.publish },
      'see-report': { text: published ? t.see_public : t.see_draft },
      published: { hidden: !published },
    })
    this.#missing.show(missing.map(({ words, place }) => (this.#mayMend ? { button: words, onPress: () => this.#mend(place) } : { words })))
    const link = published ? `${view.join.url}/report` : ''
    if (this.#link === link) return
    this.#link = link
    const base = `/${document.body.dataset.code}/report`
    $('see-report').href = published ? base : `${base}?draft`
    $('published-url').value = link
    // Fetched only when it is shown.
    $('published-qr').replaceChildren(...(link ? [el('img', { src: `${base}.svg`, width: 160, height: 160, alt: t.qr })] : []))
  }
}
