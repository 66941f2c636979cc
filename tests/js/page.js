/**
 * A page for tests: as much of a document as the presenter's parts use, without layout. How a page looks and where things
 * stand is tested in real browsers (tests/browser/); here is only what elements hold, and what a press does.
 *
 * `page({ ids: { go: 'section', next: 'button' } })` makes a new one, with an element for each id, and sets the globals.
 */

/** Resolves when everything that waits only for promises has gone on. */
export const settled = () => new Promise((done) => setImmediate(done))

const isElement = (node) => node instanceof FakeElement
const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** A selector, taken apart once: for each of its alternatives, the elements that stand in each other, outermost first. */
const READ = new Map()
const read = (selector) => {
  if (!READ.has(selector)) READ.set(selector, selector.split(/,\s*(?![^(]*\))/).map((one) => one.trim().split(/\s+(?![^[]*\])/).map(compound)))
  return READ.get(selector)
}
const compound = (text) => {
  const rest = text.replace(/:not\([^)]+\)/g, '')
  return {
    tag: /^([\w-]*)/.exec(rest)[1].toUpperCase(),
    without: [...text.matchAll(/:not\(([^)]+)\)/g)].map(([, inner]) => inner),
    hovered: rest.includes(':hover'),
    classes: [...rest.matchAll(/\.([\w-]+)/g)].map(([, name]) => name),
    ids: [...rest.matchAll(/#([\w-]+)/g)].map(([, id]) => id),
    attributes: [...rest.matchAll(/\[([\w-]+)(?:="?([^"\]]*)"?)?\]/g)].map(([, name, value]) => [name, value]),
  }
}

class FakeElement {
  #ticked = false
  #listeners = new Map()
  #dataset
  #classList
  attributes = new Map()
  childNodes = []
  parentElement = null
  style = { setProperty(name, value) { this[name] = String(value) } }
  value = ''
  checked = false

  constructor(tag, document) {
    this.tagName = tag.toUpperCase()
    this.ownerDocument = document
  }

  // Made when asked for: most elements of a wall are never asked.
  get dataset() {
    this.#dataset ??= new Proxy({}, {
      get: (_, name) => this.getAttribute(`data-${kebab(String(name))}`) ?? undefined,
      set: (_, name, value) => (this.setAttribute(`data-${kebab(name)}`, value), true),
      has: (_, name) => this.hasAttribute(`data-${kebab(String(name))}`),
      deleteProperty: (_, name) => (this.removeAttribute(`data-${kebab(name)}`), true),
    })
    return this.#dataset
  }

  get classList() {
    const classes = () => (this.className ? this.className.split(/\s+/) : [])
    const set = (names) => (this.className = [...new Set(names)].join(' '))
    this.#classList ??= {
      contains: (name) => classes().includes(name),
      add: (...names) => set([...classes(), ...names]),
      remove: (...names) => set(classes().filter((name) => !names.includes(name))),
      toggle: (name, on = !classes().includes(name)) => (on ? set([...classes(), name]) : set(classes().filter((each) => each !== name)), on),
    }
    return this.#classList
  }

  // -- attributes
  getAttribute(name) { return this.attributes.get(name) ?? null }
  hasAttribute(name) { return this.attributes.has(name) }
  removeAttribute(name) { this.attributes.delete(name) }
  setAttribute(name, value) {
    this.attributes.set(name, String(value))
    if (name === 'value') this.value = String(value)
  }

  // -- children
  get children() { return this.childNodes.filter(isElement) }
  get firstChild() { return this.childNodes[0] ?? null }
  get lastChild() { return this.childNodes.at(-1) ?? null }
  get firstElementChild() { return this.children[0] ?? null }
  get lastElementChild() { return this.children.at(-1) ?? null }
  get nextElementSibling() { return this.#sibling(this.parentElement?.children, 1) }
  get previousElementSibling() { return this.#sibling(this.parentElement?.children, -1) }
  get nextSibling() { return this.#sibling(this.parentElement?.childNodes, 1) }
  #sibling(all = [], by) { return all.includes(this) ? all[all.indexOf(this) + by] ?? null : null }
  get textContent() { return this.childNodes.map((node) => (isElement(node) ? node.textContent : node)).join('') }
  set textContent(text) { this.replaceChildren(...(String(text) ? [String(text)] : [])) }
  append(...nodes) { for (const node of nodes) this.insertBefore(node, null) }
  replaceChildren(...nodes) {
    for (const child of [...this.children]) child.remove()
    this.childNodes = []
    this.append(...nodes)
  }
  insertBefore(node, before) {
    if (isElement(node)) node.remove()
    const at = before === null ? this.childNodes.length : this.childNodes.indexOf(before)
    this.childNodes.splice(at, 0, isElement(node) ? node : String(node))
    if (isElement(node)) node.parentElement = this
    return node
  }
  after(node) { this.parentElement.insertBefore(node, this.nextSibling) }
  remove() {
    if (!this.parentElement) return
    if (this.contains(this.ownerDocument.activeElement)) this.ownerDocument.activeElement = this.ownerDocument.body
    this.parentElement.childNodes = this.parentElement.childNodes.filter((node) => node !== this)
    this.parentElement = null
  }
  contains(other) {
    for (let at = other; at; at = at.parentElement) if (at === this) return true
    return false
  }
  get caption() { return this.querySelector('caption') }
  get isConnected() { return this.ownerDocument.documentElement.contains(this) }
  get offsetParent() {
    for (let at = this; at; at = at.parentElement) if (at.hidden) return null
    return this.parentElement
  }

  // -- selectors: lists of compounds such as `li.card[data-key="a"]:not(.gone)`, below each other
  matches(selector) { return read(selector).some((path) => this.#matchesPath(path)) }
  #matchesPath(path, last = path.length - 1) {
    if (!this.#matchesOne(path[last])) return false
    if (last === 0) return true
    for (let at = this.parentElement; at; at = at.parentElement) if (at.#matchesPath(path, last - 1)) return true
    return false
  }
  #matchesOne({ tag, without, hovered, classes, ids, attributes }) {
    if (hovered) return this.ownerDocument.hovered?.some((element) => element === this) ?? false
    return (!tag || this.tagName === tag) && without.every((inner) => !this.matches(inner)) &&
      classes.every((name) => this.classList.contains(name)) && ids.every((id) => this.id === id) &&
      attributes.every(([name, value]) => (name in BOOLEAN ? this[name] : this.hasAttribute(name)) && (value === undefined || this.getAttribute(name) === value))
  }
  querySelectorAll(selector) {
    const [, child] = /^:scope > (.+)/.exec(selector) ?? []
    return child ? this.children.filter((each) => each.matches(child)) : this.#below(selector)
  }
  #below(selector) { return this.children.flatMap((child) => [...(child.matches(selector) ? [child] : []), ...child.#below(selector)]) }
  querySelector(selector) { return this.querySelectorAll(selector)[0] ?? null }
  closest(selector) {
    for (let at = this; at; at = at.parentElement) if (at.matches(selector)) return at
    return null
  }

  // -- events and focus
  addEventListener(name, listener) { this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]) }
  removeEventListener(name, listener) { this.#listeners.set(name, (this.#listeners.get(name) ?? []).filter((each) => each !== listener)) }
  /** Send an event and wait for what listeners promised. Resolves with the event. */
  async fire(name, details = {}) {
    const event = { type: name, target: this, defaultPrevented: false, preventDefault() { this.defaultPrevented = true }, stopPropagation() { this.stopped = true }, ...details }
    const results = []
    for (let at = this; at && !event.stopped; at = at.parentElement ?? (at === at.ownerDocument ? null : at.ownerDocument)) {
      results.push(...(at.#listeners.get(name) ?? []).map((listener) => listener(event)))
    }
    await Promise.all(results)
    await settled() // for listeners that promise nothing but go on
    return event
  }
  click() { return this.disabled ? Promise.resolve(null) : this.fire('click') }
  focus() { if (!this.disabled && this.offsetParent) this.ownerDocument.activeElement = this }
  select() {}
  get defaultChecked() { return this.#ticked }
  set defaultChecked(on) { this.checked = this.#ticked = on }
  scrollIntoView() {}
  setSelectionRange(from, to) { [this.selectionStart, this.selectionEnd] = [from, to] }
  reset() { for (const field of this.querySelectorAll('input, textarea')) field.value = field.getAttribute('value') ?? '' }
  getBoundingClientRect() {
    const height = this.clientHeight
    return { width: this.clientWidth, height, top: 0, bottom: height }
  }
  showModal() { this.open = true }
  close(value = '') {
    this.open = false
    this.returnValue = value
    return this.fire('close')
  }
}
for (const name of ['clientWidth', 'clientHeight', 'scrollWidth', 'scrollHeight', 'offsetWidth']) {
  Object.defineProperty(FakeElement.prototype, name, { get() { return this.ownerDocument.layout[name]?.(this) ?? 0 } })
}

const BOOLEAN = { hidden: true, open: true, disabled: true }

for (const name of ['id', 'lang', 'class', 'type', 'title', 'dir', 'href', 'rel', 'placeholder']) {
  const property = name === 'class' ? 'className' : name
  Object.defineProperty(FakeElement.prototype, property, {
    get() { return this.getAttribute(name) ?? '' },
    set(value) { this.setAttribute(name, value) },
  })
}
for (const name of Object.keys(BOOLEAN)) {
  Object.defineProperty(FakeElement.prototype, name, {
    get() { return this.hasAttribute(name) },
    set(value) { value ? this.setAttribute(name, '') : this.removeAttribute(name) },
  })
}

/**
 * A new page with an element for each of *ids* (`{ id: tag }`), and `strings` as JSON (`{ id: content }`). *data* are the
 * body's `data-` attributes. *layout* gives sizes, as `{ scrollHeight: (element) => 100 }`; without, every size is 0.
 */
export const page = ({ ids = {}, strings = {}, data = {}, lang = 'nb', layout = {} } = {}) => {
  const document = new FakeElement('#document', null)
  document.ownerDocument = document
  document.layout = layout
  document.createElement = (tag) => new FakeElement(tag, document)
  document.createElementNS = (_, tag) => new FakeElement(tag, document)
  document.getElementById = (id) => document.querySelector(`#${id}`)
  document.documentElement = document.createElement('html')
  document.documentElement.lang = lang
  document.body = document.createElement('body')
  document.append(document.documentElement)
  document.documentElement.append(document.body)
  document.activeElement = document.body
  Object.assign(document.body.dataset, data)
  globalThis.getComputedStyle = () => ({ lineHeight: '1', rowGap: '0' })
  const add = (id, tag) => {
    const element = document.createElement(tag)
    element.id = id
    document.body.append(element)
    return element
  }
  for (const [id, tag] of Object.entries(ids)) add(id, tag)
  for (const [id, content] of Object.entries(strings)) add(id, 'script').textContent = JSON.stringify(content)
  Object.assign(globalThis, {
    document, matchMedia: () => ({ matches: false, addEventListener() {} }), innerWidth: 1920, innerHeight: 1080,
    addEventListener: (...listener) => document.addEventListener(...listener), ResizeObserver: class { observe() {} }, scrollTo() {},
  })
  return Object.assign((id) => document.getElementById(id), { document, body: document.body })
}
