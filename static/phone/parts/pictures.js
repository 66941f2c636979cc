/** The pictures of a question on a phone: one below its words, and one in each option that has its own. */

/** Pages that came without a picture have not loaded how they look. */
const style = () => {
  const href = new URL('pictures.css', import.meta.url).href
  if ([...document.styleSheets].some((one) => one.href === href)) return
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }))
}

/** @type {(picture: ShownPicture, id: string) => HTMLImageElement} */
const made = ({ src, alt, width, height }, id) => {
  const image = Object.assign(document.createElement('img'), { alt, width, height })
  image.dataset.picture = id
  image.src = src
  return image
}

/**
 * Put the pictures (by the id of the option; the question's own has none) where they belong, once each.
 *
 * @type {(view: Pick<PhoneView, 'pictures'>) => void}
 */
export const show = ({ pictures = {} }) => {
  style()
  const stage = /** @type {PageElement} */ (document.getElementById('stage'))
  for (const [id, picture] of Object.entries(pictures)) {
    const input = [...stage.querySelectorAll('input')].find((one) => id && one.name === 'option' && one.value === id)
    const place = id ? input?.parentElement : (stage.querySelector('form') ?? stage)
    if (!place || place.querySelector(`[data-picture="${CSS.escape(id)}"]`)) continue
    const after = id ? input : (place.querySelector('[data-t=instruction]') ?? place.querySelector('h1'))
    if (after) after.after(made(picture, id))
  }
}
