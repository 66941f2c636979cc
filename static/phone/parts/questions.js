/** On the phone's page: the way to the questions to the panel, while there are any. */

/** @type {(view: PhoneView & { questions: PanelView }) => void} */
export const show = ({ questions, language }) => {
  let place = document.getElementById('asking')
  if (!place) {
    const link = Object.assign(document.createElement('a'), { className: 'press quiet', href: `${location.pathname}/questions${location.search}` })
    document.getElementById('mine').before(Object.assign(document.createElement('nav'), { id: 'asking', lang: language }))
    place = document.getElementById('asking')
    place.append(link)
  }
  const words = questions.n ? `${questions.link} (${questions.n})` : questions.link
  if (place.firstElementChild.textContent !== words) place.firstElementChild.textContent = words
}
