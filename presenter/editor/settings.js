/** What stands beside the open slide: the kinds that can be put on it, and the settings of the activity that is written on. */

import { sketchOf } from '../activities/drawing.js'
import { el, fill } from '../shared/dom.js'

const UNUSED_WORDS = ['after-own'] // accepted in a file, but without effect so far

export class Settings {
  #t
  #kinds
  #make

  /**
   * @param {Strings} t
   * @param {Kinds} kinds
   * @param {import('./elements.js').Elements} make
   */
  constructor(t, kinds, make) {
    this.#t = t
    this.#kinds = kinds
    this.#make = make
  }

  /**
   * Everything beside *slide*, which is number *s* from 0. Of its activities, the settings of one are shown (`showSettings`).
   *
   * @param {OutlineSlide} slide
   * @param {number} s
   * @param {Outline} outline
   */
  beside(slide, s, outline) {
    const t = this.#t
    return el('div', { class: 'kinds-part' },
      el('div', { class: 'settings-part' }, ...slide.activities.map((activity, a) => this.#settings(activity, s, a, outline)),
        this.#make.field({ does: 'big', slide: s, label: t.big, value: slide.big, type: 'flag' })),
      el('div', { class: 'add-part' }, el('p', { class: 'part-title', id: 'f-add' }, t.add),
        el('div', { class: 'kinds', role: 'group', 'aria-labelledby': 'f-add' },
          ...this.#kindsInOrder().map((kind) => this.#kindButton(kind, { does: 'add_activity', slide: s, kind })))))
  }

  /**
   * @param {OutlineActivity} activity
   * @param {number} s
   * @param {number} a
   * @param {Outline} outline
   */
  #settings(activity, s, a, outline) {
    const t = this.#t
    const place = { slide: s, activity: a }
    const name = t.kinds[activity.kind] ?? activity.kind
    const schema = this.#kinds[activity.kind]
    const last = outline.slides[s].activities.length - 1
    const fieldsFor = (/** @type {string[]} */ keys = []) => el('div', { class: 'pairs' }, ...keys.flatMap((key) => this.#attribute(activity, key, s, a, outline)))
    const others = this.#kindsInOrder().filter((kind) => kind !== activity.kind && !this.#kinds[kind].beside)
    const part = el('div', { class: 'settings', role: 'group', 'aria-labelledby': `f-settings-${s}-${a}-title`, 'data-task': a },
      el('p', { class: 'part-title', id: `f-settings-${s}-${a}-title` }, name),
      ...(schema && !schema.beside ? [this.#make.folded(t.other_kind, 'swap', s, a, el('div', { class: 'kinds', role: 'group', 'aria-label': t.other_kind },
        ...others.map((kind) => this.#kindButton(kind, { does: 'kind', ...place, kind }, fill(t.change_to, { kind: t.kinds[kind] ?? kind })))))] : []),
      fieldsFor(schema?.first),
      ...(schema?.beside ? [] : [this.#make.folded(t.more, 'more', s, a, fieldsFor(schema?.more))]),
      this.#make.moves('activity', place, [a > 0 || s > 0, a < last || s < outline.slides.length - 1], name,
        { once: schema?.beside, up: a > 0 || s === 0 ? t.up : t.over_up, down: a < last || s === outline.slides.length - 1 ? t.down : t.over_down }))
    part.hidden = true
    return part
  }

  /**
   * A kind by its name and a drawing of its result.
   *
   * @param {string} kind
   * @param {Record<string, any>} data
   * @param {string | null} label
   */
  #kindButton(kind, data, label = null) {
    const button = this.#make.button(this.#t.kinds[kind] ?? kind, data, { look: 'kind', label })
    button.insertBefore(sketchOf(kind, this.#kinds[kind]?.writes), button.firstChild)
    return button
  }

  #kindsInOrder() {
    return Object.keys(this.#kinds).sort((one, other) => this.#kinds[one].order - this.#kinds[other].order)
  }

  /**
   * @param {OutlineActivity} activity
   * @param {string} key
   * @param {number} s
   * @param {number} a
   * @param {Outline} outline
   */
  #attribute(activity, key, s, a, outline) {
    const t = this.#t
    const schema = this.#kinds[activity.kind]
    const attribute = /** @type {KindSchema['attributes'][0]} */ (schema.attributes.find((each) => each.key === key))
    const value = activity.attributes[key] ?? attribute.default ?? ''
    const place = { does: 'attribute', slide: s, activity: a, key }
    const ends = String(value).split('|')
    if (key === schema.ends && ends.length < 3) {
      return [t.low_end, t.high_end].map((words, end) => this.#make.field({ ...place, end, label: words, type: 'text', value: ends[end] ?? '' }))
    }
    if (attribute.type === 'labels' && attribute.words.length) {
      const chosen = String(value).split('|')
      return attribute.words.map((word) => this.#make.field({ ...place, end: word, label: t.values[word] ?? word, type: 'flag', value: chosen.includes(word) }))
    }
    const alike = key === 'compare' ? activity.kind : '' // two rounds are of one kind
    const names = attribute.type === 'id' ? { '': alike ? '' : t.no_from[activity.kind] ?? '', ...earlierActivities(outline, s, a, t, alike) } : Object.fromEntries(attribute.words.filter((word) => !UNUSED_WORDS.includes(word)).map((word) => [word, t.values[word] ?? word]))
    const label = t.attributes[`${activity.kind}.${key}`] ?? t.attributes[key] ?? key
    return [this.#make.field({ ...place, label, type: attribute.type, value, words: Object.keys(names), names })]
  }
}

/**
 * Show the settings of activity *a* in the form in *area*, and mark it on the slide and among the steps below it.
 *
 * @type {(area: PageElement, a: number) => void}
 */
export const showSettings = (area, a) => {
  for (const part of area.querySelectorAll('.settings')) part.hidden = part.dataset.task !== String(a)
  for (const task of area.querySelectorAll('.task')) task.classList.toggle('chosen', task.dataset.task === String(a))
  for (const step of area.querySelectorAll('[data-does=choose]')) {
    if (step.dataset.activity === String(a)) step.setAttribute('aria-current', 'true')
    else step.removeAttribute('aria-current')
  }
}

/**
 * Earlier activities with an id, whose answers another activity can take: id -> the words people know it by. Those of the
 * kind *alike*, where that is not empty.
 *
 * @type {(outline: Outline, s: number, a: number, t: Strings, alike: string) => Record<string, string>}
 */
const earlierActivities = (outline, s, a, t, alike) => Object.fromEntries(
  outline.slides.flatMap((slide, n) => slide.activities.filter((_, index) => n < s || (n === s && index < a)).map((activity) => ({ ...activity, title: slide.title })))
    .filter(({ attributes, kind }) => attributes.id && (!alike || kind === alike))
    .map(({ kind, attributes, instruction, title }) => [attributes.id, `${t.kinds[kind] ?? kind}: ${attributes.question || title || instruction}`]))
