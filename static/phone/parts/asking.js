/** On the phone's page: the way to the questions to the panel, while there are any. */

/** *after* is what the link stands before. @type {(after: PageElement, view: PhoneView) => void} */
export const show = (after, { questions, language }) => {
  let place = document.getElementById('asking')
  if (!place) {
    const link = Object.assign(document.createElement('a'), { className: 'press quiet', href: `${location.pathname}/questions${location.search}` })
    after.before(Object.assign(document.createElement('nav'), { id: 'asking', lang: language }))
    place = document.getElementById('asking')
    place.append(link)
  }
  place.hidden = !questions
  if (!questions) return
  const words = questions.n ? `${questions.link} (${questions.n})` : questions.link
  if (place.firstElementChild.textContent !== words) place.firstElementChild.textContent = words
}
