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
 * Put what *draw* returns into *place*, below its legend, unless it shows the own answer *own* and what can be chosen in
 * *view* already. What somebody has ticked there but not sent stays ticked, in the same activity, and the focus stays where
 * it was.
 *
 * @type {(place: PageElement, own: OwnAnswer | undefined, view: PhoneView, draw: () => Node[]) => void}
 */
export const redraw = (place, own, view, draw) => {
  const drawn = JSON.stringify([own?.id, own?.rev, view.options, view.items, view.pick, view.low, view.high, view.labels])
  const same = (place.dataset.activity ?? view.activity) === view.activity
  if (place.dataset.drawn === drawn && same) return
  place.dataset.drawn = drawn
  place.dataset.activity = view.activity
  const inputs = () => [...place.querySelectorAll('input')]
  /** @type {(input: Pick<PageElement, 'name' | 'value'>) => PageElement | undefined} */
  const find = ({ name, value }) => inputs().find((one) => one.name === name && one.value === value)
  const touched = inputs().filter((one) => same && one.checked !== one.defaultChecked)
  const focused = inputs().find((one) => one === document.activeElement)
  place.replaceChildren(...place.querySelectorAll(':scope > legend'), ...draw())
  for (const one of touched) {
    const there = find(one) // its option may be gone
    if (there) there.checked = one.checked
  }
  if (focused) find(focused)?.focus()
}

/** What *id* stands for among *options*. @type {(options: Option[], id: string) => string} */
export const named = (options, id) => options.find((option) => option.id === id)?.text ?? id

/** *names* parted by commas, or by semicolons where one has a comma in it. @type {(names: string[]) => string} */
export const joined = (names) => names.join(names.some((name) => name.includes(',')) ? '; ' : ', ')
