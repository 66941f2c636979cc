/**
 * What all faces share, and what goes between the scripts of a phone, for `tsc` (`make lint`). No page loads this file.
 *
 * Messages are those of docs/reference/messages.md; docs/views.md tells what each field of a view means. Times are
 * milliseconds on the server's clock, where nothing else is said.
 */

/** The sentences of a page, translated, as its template gives them; some are pairs for `plural`, some grouped by name. */
type Strings = Record<string, any>

// -- elements ---------------------------------------------------------------------------------------------------

/** What an event of a page tells, whichever kind of event it is. */
type PageEvent<Kind extends keyof HTMLElementEventMap> = HTMLElementEventMap[Kind] & { readonly target: PageElement, readonly submitter: PageElement }

/**
 * An element of a page, with all that its tag may give it: which tag an id has, the templates know. Relatives that a
 * template always makes are taken to be there; `closest` and `querySelector` may find nothing.
 */
interface PageElement extends HTMLElement {
  readonly parentElement: PageElement
  readonly children: HTMLCollectionOf<PageElement>
  readonly firstElementChild: PageElement
  readonly lastElementChild: PageElement
  readonly nextElementSibling: PageElement
  readonly firstChild: PageElement
  readonly lastChild: PageElement
  readonly elements: Record<string, PageElement>
  readonly form: PageElement
  readonly files: FileList
  readonly contentDocument: Document | null
  readonly contentWindow: Window
  readonly content: DocumentFragment
  readonly caption: PageElement
  readonly rows: HTMLCollectionOf<HTMLTableRowElement>
  get textContent(): string
  set textContent(text: string | number | null)
  readonly validity: ValidityState
  value: any
  type: string
  name: string
  src: string
  href: string
  start: number
  defaultValue: string
  checked: boolean
  defaultChecked: boolean
  disabled: boolean
  required: boolean
  open: boolean
  returnValue: string
  selectionStart: number
  selectionEnd: number
  showModal(): void
  close(returnValue?: string): void
  reset(): void
  select(): void
  checkValidity(): boolean
  setSelectionRange(from: number, to: number): void
  setRangeText(text: string, from: number, to: number, mode: SelectionMode): void
  addEventListener<Kind extends keyof HTMLElementEventMap>(
    kind: Kind, listener: (event: PageEvent<Kind>) => unknown, options?: AddEventListenerOptions | boolean): void
  addEventListener(kind: string, listener: EventListenerOrEventListenerObject | null, options?: AddEventListenerOptions | boolean): void
}

interface ParentNode {
  querySelector(selectors: string): PageElement | null
  querySelectorAll(selectors: string): NodeListOf<PageElement>
}

interface Document {
  getElementById(id: string): PageElement
}

interface Element {
  closest(selectors: string): PageElement | null
}

interface JSON {
  /** Of null, which storage has for a missing key, null. */
  parse(text: string | null): any
}

// -- views ------------------------------------------------------------------------------------------------------

/** `was` are the ids of the themes that were merged into the one this option is. */
interface Option { id: string, text: string, was?: string[] }

/** An answer of somebody, as others are shown it. */
interface Card { id: string, text: string }

/** A picture of the question or of an option; the size is that of the largest file of it. */
interface ShownPicture { src: string, alt: string, width: number, height: number }

/** The timer of the activity on show; without `deadline` it stands still, or there is none. */
interface Timer {
  deadline: number | null
  paused_ms: number | null
  length_ms: number | null
  turns: number
}

/**
 * What phones are shown. Fields that only some kinds or states have (`options`, `low`, `themes` …) are typed as if all had
 * them. `activity` is null where nothing is asked: such a view is compared, and nothing is sent to it.
 */
interface PhoneView extends Timer {
  state: string
  title: string
  organisation: string
  purpose: string
  expect: string
  language: string
  slide: { n: number, of: number, id: string, title: string } | null
  question: string
  instruction: string
  next_instruction: string
  activity: string
  kind: string
  /** The script in static/activities/ that draws it, where that is not the one named after its kind. */
  script?: string
  writes: 'text' | 'choices' | ''
  grace_until: number | null
  ask: number
  max: number
  many: number
  options: Option[]
  pick: number
  /** How many may still be picked, in words, where it is more than one. */
  picks?: string
  shuffle: boolean
  /** How many cards a phone is dealt at a time; then an ack is followed by asking for more. */
  deal?: number
  /** Sentences that the kind's own script shows. */
  says: Record<string, string>
  /** Of the words that people are asked about, where these are counted. */
  version?: number
  /** A text may stand beside the value. */
  reasons?: boolean
  unit: string
  /** How many points there are to share out. */
  total: number
  /** What may be bought for, and what each option costs. */
  cap?: number
  costs: Record<string, number>
  /** How many dots may stand on one option, where that is more than one. */
  per?: number
  least: number | null
  most: number | null
  in_steps?: number | null
  items: Option[]
  low: number
  high: number
  labels: string[]
  sort: boolean
  themes: { name: string, answers: number }[]
  themes_more: number
  ungrouped: number
  /** By the id of the option; that of the question itself has none. */
  pictures?: Record<string, ShownPicture>
  /** Whether people are asked for a name, and must give one (`named`) or may (`optional`). */
  names?: 'named' | 'optional'
  /** The buttons for signs to the hall, where the workshop has any; `of` is empty while they are off. */
  signs?: { of: { id: string, text: string }[], label?: string, sent?: string }
  /** What is said in the film on show, and where all of it can be read; or its address, and why it is not played. */
  film?: { text: string, more: string, words: string, link: string, says: string }
  figures?: ResultRow[]
  figures_more: number
  questions?: PanelView
}

/** The questions to a panel that can be reached now; `changes` goes up when it is worth asking for them. */
interface PanelView { activity: string, n: number, open: boolean, changes: number, link: string }

/** A row of the results: `told` is its figure in words, `own` what stands beside it where this phone chose it, if not the usual. */
interface ResultRow { id: string, text: string, told: string, own?: string }

// -- answers of a phone -----------------------------------------------------------------------------------------

/** What was chosen: ids of options, a mark or a place `[x, y]` for each item's id, a place, a number or a word. */
type Value = string[] | number[] | Record<string, number> | Record<string, number[]> | number | string

/**
 * An answer of this phone's own, as the server has it or as it waits in the outbox. `status` is `saved`, `held`, `late` or
 * `withheld` (with its `reason`) from the server; here also `sending`, `kept` until there is a connection, and `refused`.
 * `told` are the beginnings of the cards that it weighs, by id.
 */
interface OwnAnswer<Chosen = Value> { id: string, rev: number, status: string, text?: string, value?: Chosen, version?: number, freed?: number, reason?: string, score?: string, told?: Record<string, string> }

/** An answer that was chosen, not written. */
type OwnChoice<Chosen> = OwnAnswer<Chosen> & { value: Chosen }

/** An answer of this phone's, or its withdrawal, as it is sent. */
interface Sent {
  type: 'answer' | 'withdraw'
  id: string
  activity: string
  rev: number
  text?: string
  value?: Value
  /** Of the words that it answers, where they are counted (live/workshop/model.py, `versions`). */
  version?: number
  /** It was acked before, and the store has lost it. */
  again?: boolean
  /** Refused by a store that does not know its activity; it waits until that is asked. */
  parked?: boolean
  /** The epoch that it was acked in. */
  acked?: string
  /** The place of the ack, and what it said of the answer. */
  position?: number
  status?: string
  /** The server's seal of that ack. */
  seal?: string
  /** Not to be sent before this time of the phone's own clock. */
  after?: number
  at?: number
}

/** An entry of the outbox; `at` is when it was put there, by the phone's own clock. */
interface Entry extends Sent { at: number }

/** What follows from the server's answer to an entry (phone/state.js, `resultOf`). */
interface Outcome { keep: 'acked' | 'parked' | 'dropped', status?: string, say?: string | null, ask?: boolean }

// -- what a kind's script exports -------------------------------------------------------------------------------

/** Says what is wrong with a form: the name of a sentence, and the number in it. Returns null. */
type Refuse = (sentence: string, n?: number) => null

/** A sentence of the page, with a number in it. */
type Say = (sentence: string, n?: number) => string

/** Draws into *place* what people answer; *own* is what this phone has answered, *seed* differs between phones, *deal* is what it is to weigh. */
type Show<Chosen = Value> = (place: PageElement, view: PhoneView, own: OwnChoice<Chosen> | undefined, seed: string, say: Say, deal?: Card[]) => void

/** The value of an answer from what is ticked in the form; null after `refuse`. What else is sent it puts into *answer*. */
type Read<Chosen = Value> = (data: FormData, view: PhoneView, refuse: Refuse, answer?: Partial<Sent>) => Chosen | null

/** A value in words; *answer* is all that was sent. */
type Tell<Chosen = Value> = (value: Chosen, view: PhoneView, answer?: Partial<OwnAnswer>) => string

/** What the script of a kind exports (static/activities/), of which a kind has what it needs. */
interface KindScript {
  show?(place: PageElement, view: PhoneView, own: OwnAnswer | undefined, seed: string, say: Say, deal?: Card[]): void
  /** Whether each answer stands by itself, and the next changes none of those before. */
  each?: boolean
  read?: Read
  tell?: Tell
}

// -- what is sent -----------------------------------------------------------------------------------------------

/** What a phone has seen of the server: where the journal stood, and its newest answer that was acked there; each with the server's seal. */
interface Seen { epoch: string, position: number, seal: string, id?: string, rev?: number, ack?: string }

/** What a phone sends, once it is connected. */
type PhoneMessage = Sent | { type: 'heads', n: number, id?: undefined } | { type: 'typing', id?: undefined } | { type: 'pulse', is: string, id?: undefined }
  | { type: 'mine', activity?: string, id?: undefined } | { type: 'vote', id: string, on: boolean }

interface Hello { token?: string | null, seen?: Seen }

type FaceMessage = PhoneMessage | { type: 'hello' } & Hello | { type: 'probe', t0: number } | { type: 'beat', shown: boolean, soundless?: boolean }

/** Fields of some messages; a message without one has nothing there. */
type Asked = 'code' | 'id' | 'mine' | 'now' | 'retry_in' | 'rev' | 'seal' | 'stalled' | 't0' | 'view'
type Message<Fields> = Fields & { [Field in Exclude<Asked, keyof Fields>]?: undefined }

/** A view with where it stands; the newest of one `epoch` has the highest `position`. A poll's has no `type`. */
interface AnyFrame { type?: 'welcome' | 'view', epoch: string, position: number, seal?: string, step: number, now: number, stalled?: boolean, view: object, mine?: OwnAnswer[], mine_count?: number }

/** In a `welcome` are also the own answers (`mine`), who the phone is (`token`), and how many share it (`heads`). */
interface PhoneFrame extends AnyFrame { view: PhoneView, seal: string, token: string, heads?: number, deal?: Card[] }

type Ack = Message<{ type: 'ack', status: string, position: number, id?: string, rev?: number, seal?: string }>

/** On the feed, `type` is `error`; an HTTP response has none. */
type Refusal = Message<{ type?: 'error', code: string, id?: string, rev?: number, retry_in?: number }>

/** The server ends the line: come again after `retry_in`, because of `why`. */
type Bye = Message<{ type: 'bye', retry_in: number, why: string }>

/** `stalled` is told, and true, while the server can record nothing. */
type Tick = Message<{ type: 'tick', now: number, step: number, t0?: number, stalled?: boolean }>

type OwnAnswers = Message<{ type: 'mine', mine: OwnAnswer[], mine_count: number, position: number, deal?: Card[], questions?: import('../activities/qa.js').Told }>

/** What the server tells a face; `OfFace` is its frame. */
type ServerMessage<OfFace extends AnyFrame = AnyFrame> = Message<OfFace> | Ack | Refusal | Bye | Tick | OwnAnswers

// -- the connection ---------------------------------------------------------------------------------------------

/** How patient a face is; the constructor of Connection says what each field is. All but `delay` in ms. */
interface Pace { beat: number, hang: number, stale: number, probe: number, delay: (n: number, chance: number) => number }

/** What a face does with its connection; the constructor of Connection says when each is called. */
interface ConnectionHandlers {
  hello?(): Hello
  welcome?(message: AnyFrame): unknown
  ready?(): void
  polled?(first: boolean): void
  beat?(): void
  receive(message: ServerMessage): void
  changed(): void
  urgent?(): number | boolean
}

/** What the page does with what a phone's Sender hears; its constructor says when each is called. */
interface SenderHandlers {
  frame(frame: PhoneFrame, mine?: OwnAnswer[]): void
  mine(message: OwnAnswers): void
  result(message: Ack | Refusal): void
  token(token: string): Promise<unknown>
  seen(): Seen
  unsent(all?: boolean): PhoneMessage[]
  change(): void
}
