/** The list of own answers on a phone, newest first, each with its status in words and what may be done with it. */

/** @type {(tag: string, properties: object, ...inside: (Node | string)[]) => HTMLElement} */
const el = (tag, properties, ...inside) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...inside)
  return made
}

/** @type {(textContent: string, onClick: () => void) => HTMLElement} */
export const link = (textContent, onClick) => {
  const made = el('button', { type: 'button', className: 'link', textContent })
  made.addEventListener('click', onClick)
  return made
}

/**
 * Draw *answers* (oldest first) into *list*; the focus stays on the same button. *t*: the sentences; *tell*: an answer in
 * words; *actions*: for an answer, the names of what may be done with it and what does it.
 *
 * @type {(list: PageElement, answers: OwnAnswer[], of: { t: Strings, tell: (answer: OwnAnswer) => string, language: string,
 *   actions: (answer: OwnAnswer) => Record<string, () => void> }) => void}
 */
export const drawOwn = (list, answers, { t, tell, language, actions }) => {
  const at = /** @type {PageElement | null} */ (document.activeElement)?.dataset.at
  list.replaceChildren(...answers.reverse().map((answer) => {
    const said = answer.score ?? (answer.reason ? t.reason.replace('{reason}', answer.reason) : t[answer.status] ?? t.saved)
    const buttons = Object.entries(actions(answer)).map(([name, act]) => {
      const made = link(t[name], act)
      made.dataset.at = answer.id + name
      return made
    })
    return el('li', {},
      el('p', { lang: language, textContent: tell(answer) }),
      el('div', { className: 'row' }, el('span', { className: 'soft', textContent: said }), ...buttons))
  }))
  if (at) list.querySelector(`[data-at="${at}"]`)?.focus()
}
