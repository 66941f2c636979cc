/** The pictures of the programme in the editor: where each is found, and the fields for their words. */

import { el, fill } from '../../shared/dom.js'

const ON_THE_PAGE = /src="#(\d+)-\d+\.webp" width="0" height="0"/g

/** The addresses of pictures by name. @typedef {Record<string, string>} Addresses */

/**
 * Where pictures are, of those that the server told (*told*) and those that the page holds itself (*own*, in the order of
 * their names). Pure.
 *
 * @type {(told: Addresses, own: Map<string, string>) => Addresses}
 */
export const addressesOf = (told, own) => (own.size ? Object.fromEntries(own) : told)

/**
 * The HTML of a slide with the page's own pictures in the places that the server has left for them. Pure.
 *
 * @type {(html: string, own: Map<string, string>) => string}
 */
export const withOwnPictures = (html, own) => {
  const all = [...own.values()]
  return html.replace(ON_THE_PAGE, (_, n) => `src="${all[Number(n)] ?? ''}"`)
}

/** A small picture that says nothing by itself: its words, or its slide's heading, stand beside. @type {(src: string, look: string) => PageElement} */
export const smallPicture = (src, look) => el('img', { class: look, src, alt: '', loading: 'lazy', decoding: 'async' })

/**
 * A field for the words of each picture on slide *s*, beside the picture, and its name below those that are not there.
 *
 * @type {(slide: OutlineSlide, s: number, addresses: Addresses, make: import('../elements.js').Elements, t: Strings) => PageElement[]}
 */
export const pictureFields = (slide, s, addresses, make, t) => slide.pictures.flatMap(({ name, alt, decorative }, n) => {
  if (decorative) return []
  const field = make.field({ does: 'alt', slide: s, activity: n, label: fill(t.alt, { name }), value: alt, type: 'text', rows: 1 })
  field.classList.add('alt-words')
  if (addresses[name]) field.insertBefore(smallPicture(addresses[name], 'alt-picture'), field.firstChild)
  return [field]
})
