/** Rows of options on a phone, which several kinds draw. */

/** @type {(type: 'radio' | 'checkbox', name: string, value: string | number, words: string | number, checked?: boolean) => HTMLElement} */
export const optionRow = (type, name, value, words, checked) => {
  const row = document.createElement('label')
  row.className = 'option'
  row.append(
    Object.assign(document.createElement('input'), { type, name, value, defaultChecked: checked }),
    Object.assign(document.createElement('span'), { textContent: words }),
  )
  return row
}

/**
 * Put what *draw* returns into *place*, below its legend, unless it shows the own answer *own* and these *options* already.
 * What somebody has ticked there but not sent stays ticked, and the focus stays where it was.
 *
 * @type {(place: PageElement, own: OwnAnswer | undefined, options: Option[], draw: () => Node[]) => void}
 */
export const redraw = (place, own, options, draw) => {
  const drawn = JSON.stringify([own?.id, own?.rev, options])
  if (place.dataset.drawn === drawn) return
  place.dataset.drawn = drawn
  const inputs = () => [...place.querySelectorAll('input')]
  /** @type {(input: Pick<PageElement, 'name' | 'value'>) => PageElement | undefined} */
  const find = ({ name, value }) => inputs().find((one) => one.name === name && one.value === value)
  const touched = inputs().filter((one) => one.checked !== one.defaultChecked)
  const focused = inputs().find((one) => one === document.activeElement)
  place.replaceChildren(...place.querySelectorAll(':scope > legend'), ...draw())
  for (const one of touched) {
    const same = find(one) // its option may be gone
    if (same) same.checked = one.checked
  }
  if (focused) find(focused)?.focus()
}

/** What *id* stands for among *options*. @type {(options: Option[], id: string) => string} */
export const named = (options, id) => options.find((option) => option.id === id)?.text ?? id
