/** On the phone, what is said in a film while it runs on the screen. */

/** @type {(words: string, href?: string) => HTMLElement} */
const line = (words, href) => {
  const p = document.createElement('p')
  if (href) p.append(Object.assign(document.createElement('a'), { href, rel: 'noopener noreferrer', textContent: words }))
  else p.textContent = words
  return p
}

/** As templates/activities/film.html has it. @type {(film: NonNullable<PhoneView['film']>, language: string) => HTMLElement} */
const filmText = ({ says, link, text, words, more }, language) => {
  const section = document.createElement('section')
  section.className = 'film'
  section.lang = language
  section.append(...[says && line(says), link && line(link, link), text && line(text), words && line(more, words)].filter((one) => one !== ''))
  return section
}

/** @type {(view: Pick<PhoneView, 'film' | 'state' | 'language'>) => void} */
export const show = ({ film, state, language }) => {
  const stage = /** @type {PageElement} */ (document.getElementById('stage'))
  const told = stage.querySelector('.film')
  if (!film || state !== 'talk') told?.remove()
  else if (!told) (stage.querySelector('#clock') ?? stage.lastElementChild)?.after(filmText(film, language))
}
