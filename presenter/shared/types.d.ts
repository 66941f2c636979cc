/**
 * What goes between the parts of the presenter, for `tsc` (`make lint`). No page loads this file. What phones know too is
 * in static/shared/types.d.ts.
 *
 * The views are those of live/views; docs/views.md tells what each field means. Times are milliseconds on the server's
 * clock. Fields that only some kinds have (`options`, `low` …) are typed as if all had them: only what draws such a kind
 * asks for them.
 */

// -- answers and results ----------------------------------------------------------------------------------------

/** An answer as a card; `also` are the other themes it is in. */
interface Card { id: string, text: string, also?: string[] }

/** A question to a panel as a card. */
interface QuestionCard extends Card { votes?: number, answered?: boolean, reply?: string }

interface Word { text: string, count: number, forms?: { text: string, uses: number }[] }

/** `share` is null where it would say nothing, as of points. `right`: it was marked as right. */
interface ResultOption { id: string, letter: string, text: string, count: number, share: number | null, right?: boolean, against?: number, passed?: number, divides?: number, groups?: number[] }

/**
 * An answer that was weighed: `count` of the `seen` who have seen it support it. By its `score` it has its `place`, null
 * where nobody has seen it; `tied`: with another; `thin`: so few have seen it that this is uncertain.
 */
interface WeighedOption extends ResultOption { seen: number, score: number, place: number | null, tied: boolean, thin: boolean }

/** An option on average, 0 to 100 from the lower left; null where nobody has placed it. `dx` and `dy` are standard deviations. */
interface PlacedOption extends ResultOption { x: number | null, y: number | null, dx: number | null, dy: number | null }


interface Ends { left: string, right: string, low: string, high: string }

/** `spread` is how often each step of the scale was given, `mean` null before the first answer. */
interface ResultItem { id: string, letter: string, text: string, mean: number | null, n: number, spread: number[] }

interface DrawnCloud { high: number, figure: number, words: (Word & { x: number, y: number, size: number, loud: number })[] }

/** A row of two rounds compared: an option, a step or a theme, with how many of those who answered both stood there. */
interface ComparedRow { id: string, letter: string, text: string, before: number, after: number, right?: boolean }

/** `flow[m][n]`: how many moved from row m to row n; null where so few did that it could point at somebody. */
interface ComparedGroup { id: string, text: string, rows: ComparedRow[], flow: (number | null)[][] | null, means?: (number | null)[] }

interface Comparison { first: number, second: number, both: number, groups: ComparedGroup[], notes: string[] }

interface ResultsShown {
  compare?: Comparison
  shapes: string[]
  cards: Card[]
  cards_total: number
  counted: 'people' | 'phones'
  /** What the counts are where they are neither, in the language of the meeting. */
  unit?: string
  n: number
  /** What is said about the results, in the language of the meeting. */
  notes?: string[]
  words: Word[]
  words_total: number
  /** Of a cloud: the answer that is read below it, the word it is there for, and how many answers have that word. */
  voice?: (Card & { word: string, n: number }) | null
  /** Where the hall saw the words, in parts of the cloud's width. */
  drawn?: DrawnCloud
  options: ResultOption[]
  /** How many there are, where not all of them come. */
  options_total?: number
  /** Of a picture: `[x, y, count]`, 0 to 1000 from its upper left. */
  points?: number[][]
  /** Of a grid: the words for the ends of its scales. */
  ends?: Ends
  /** Of an opinion map: its groups, and its points: where, how many phones, and which group. */
  groups?: { letter: string, n: number }[]
  map?: [number, number, number, number][]
  items: ResultItem[]
  /** Who has most points, where that is told with these results. */
  board?: ScoreBoard
}

/** `more` have no row; of the `teams` each has the points of its members on average. */
interface ScoreBoard { rows: { place: number, name: string, points: number }[], more: number, teams: { name: string, mean: number, members: number }[] }

/** An answer in a console's view. `value` is what was chosen: ids of options, or a mark for each item's id. */
interface Answer {
  id: string
  activity: string
  position: number
  alias: string
  /** What its phone gave as a name; `named`: it may be shown. */
  name: string
  named: boolean
  text: string | null
  value: string[] | Record<string, number> | number | string | null
  /** What was chosen, in words. */
  told?: string
  heads: number
  via: string
  hidden: string | null
  held: boolean
  late: boolean
  redacted: boolean
  at: number
  rev: number
  flags: string[]
  /** Shown nowhere until somebody releases it. */
  waits: boolean
  /** Names and numbers in it are hidden. */
  masked: boolean
  /** Which words its flags come from: start, end (in code points of the text) and flag. */
  marks: [start: number, end: number, flag: string][]
  muted: boolean
  /** How many answers muting its phone would take. */
  takes: number
  /** Of a question to a panel: how many want it answered, whether it was, and the panel's answer in words. */
  votes?: number
  answered?: boolean
  reply?: string
}

/** `support`: where its answers were weighed, how often they were supported, of how often they were seen. */
interface Theme { id: string, name: string, answers: number, people: number, cards: Card[], support?: { count: number, seen: number } }

// -- views ------------------------------------------------------------------------------------------------------

interface Slide {
  n: number
  of: number
  id: string
  title: string
  big: boolean
  html: string
  shown: number
  steps: number
  notes: string
}

interface Join { url: string, host: string, code: string, open_to_phones: boolean, qr: string, qr_size: number }

/** The network of the hall; a console has its name alone. */
interface Wifi { name: string, password: string, qr: string, qr_size: number }

interface Counts {
  phones: number
  people: number
  hall: number
  answers: number
  answered: number
  answered_people: number
  late: number
  largest: number
  typing: number
}

/** What screen and console are shown. */
/** The film on show; `since` is when it began to play on from `position_ms`, null while it is paused. `says` is why it is not played. */
interface ShownFilm {
  src: string
  type: string
  captions: string
  link: string
  says: string
  width: number
  height: number
  duration_ms: number
  position_ms: number
  since: number | null
}

interface View extends Timer {
  state: string
  title: string
  organisation: string
  purpose: string
  contact: string
  owner: string
  report_by: string
  language: string
  expect: string
  slide: Slide | null
  question: string
  instruction: string
  /** Sentences of the kind's own, in the language of the meeting. */
  says?: Record<string, string>
  /** A text may stand beside a value. */
  reasons?: boolean
  activity: string | null
  kind: string
  script?: string
  writes: 'text' | 'choices' | ''
  started_at: number | null
  revealed: boolean
  options: Option[]
  pictures?: Record<string, ShownPicture>
  film?: ShownFilm
  items: Option[]
  low: number
  high: number
  labels: string[]
  next_instruction: string
  delete_at: number
  join: Join
  wifi: Wifi | null
  chime: boolean
  names?: 'named' | 'optional'
  /** How much of each sign there was at `at`, which fades; null without signs. */
  pulse: { at: number, half_life_ms: number, levels: { id: string, text: string, level: number }[] } | null
  logo?: ShownPicture
  counts: Counts
  steps: { id: string, kind: string, text: string, time_s: number }[]
  shape: string | null
  page: number
  spotlight: Card | null
  blank: boolean
  results: ResultsShown | null
  groups?: GroupsView
}

/** A view whose results are on show. */
interface ResultsView extends View { results: ResultsShown, says?: Record<string, string> }

interface GroupsView { themes: Theme[], ungrouped: number, answers: number }

/** What can be gathered, for the console. `undo` is the newest change of it. */
interface BoardView {
  activity: string
  shown: boolean
  several: boolean
  themes: Theme[]
  cards: Card[]
  ungrouped: number
  answers: number
  refused: number
  undo: { n: number, did: string, cards: number, name: string } | null
}

interface Reply {
  activity: string
  theme: string
  name: string
  answers: number
  status: string
  reason: string
  unit: string
  date: string
  moved: string
}

interface Promised { n: number, text: string, who: string }

interface SlideActivity {
  id: string
  kind: string
  optional: boolean
  slide: number
  question: string
  instruction: string
  state: string
  answers: number
  takes_answers: boolean
  time_s: number | null
  reveal: string
}

/** Where the meeting stands after a press of next, or of two. */
interface NextStop { state: string, slide: number, title: string, part: number, activity: string | null, kind: string | null, instruction: string }

/** The results of one question, shown or not (`GET /api/rooms/{code}/results`). */
interface QuestionResults {
  activity: string
  slide: number
  kind: string
  question: string
  shape: string | null
  high: number
  answers: number
  results: ResultsShown
}

interface ComingActivity { activity: string, kind: string, time_s: number }

interface RehearsalView { phones: number, until: number, stopped: boolean, answers: number, to_lobby: boolean }

/** What only the facilitator is shown. */
interface ConsoleView extends View {
  hidden_results?: ResultsShown
  /** What somebody without a phone may be asked to weigh. */
  weigh?: Card[]
  position: number
  step: number
  workshop_version: string
  last: { at: number, did: string, undo: Action } | null
  links: number
  comments: { waiting: number, changes: number }
  next: NextStop | null
  after: NextStop | null
  agenda: { behind_s: number, coming: ComingActivity[], slides: number, untimed: number }
  board: BoardView | null
  words_undo: { n: number, did: string, word: string } | null
  activities: SlideActivity[]
  answers: Answer[]
  answers_total: number
  held: number
  hold: boolean
  flagged: number
  waiting: number
  look: Answer[]
  warnings: string[]
  door: { closed: boolean, muted: number, undo: boolean }
  followup: { published: boolean, waiting: number, withheld: number, look: Answer[], by: string, promises: Promised[], themes: Reply[] }
  rehearsal: RehearsalView | null
  frozen: number
  /** Whether phones may give signs, and how many are `lost` where that is many; null where the workshop has none. */
  signs: { on: boolean, lost: number, phones: number } | null
  soundless: number
  older: { lost: number, collected: number } | null
  /** Questions to the panel, where there are some: first those that wait, then those with most votes; `came` counts all. */
  questions?: { activity: string, n: number, open: boolean, changes: number, rows: Answer[], waiting: number, came: number, hold: boolean }
  clearing: { answers: number, archive: boolean, archives: { code: string, when: string, answers: number }[] }
}

/** The room as the API has it (`GET /api/rooms/{code}`). */
interface RoomOfApi extends Pick<ConsoleView, 'state' | 'slide' | 'activity' | 'step' | 'language'> {
  slides: { n: number, id: string, title: string, steps: number, hidden: boolean, activities: Pick<SlideActivity, 'id' | 'kind' | 'optional' | 'question'>[] }[]
}

// -- what is sent -----------------------------------------------------------------------------------------------

/** One of the API's actions: its name as `do`, and what belongs to it. */
type Action = { do: string } & Record<string, any>

/** `status` is 0 where the server could not be reached; `title` says why it refused. */
interface ActionResult { ok: boolean, status?: number, title?: string, position?: number }

/** What came back for JSON that was sent; `body` is null where no JSON came. */
interface JsonReply { ok: boolean, status: number, body: any }

/** Sends an action; resolves with whether it was done. */
type Act = (action: Action) => Promise<boolean>

/** Shows a line for a few seconds. */
type ShowNote = (text: string, isProblem?: boolean) => void

/** A message of the feed with a view. */
interface Frame extends AnyFrame { view: ConsoleView }

/** What Feed gives its listeners: of `view` the frame, of `rights` why this face was turned away. */
interface FeedTarget extends EventTarget {
  addEventListener(name: 'view', listener: (event: CustomEvent<Frame>) => unknown, options?: AddEventListenerOptions): void
  addEventListener(name: 'rights', listener: (event: CustomEvent<string>) => unknown): void
  addEventListener(name: string, listener: EventListenerOrEventListenerObject | null, options?: AddEventListenerOptions | boolean): void
}

// -- parts of a page --------------------------------------------------------------------------------------------

/** A part of screen or console: shown with every view, and several times a second for clocks, by the server's time. */
interface Part {
  show(view: ConsoleView, now: number): unknown
  tick?(now: number): void
  stop?(): void
}

/** What elements are to be, by id; what is not given stays as it is. */
type Wanted = Record<string, { text?: string, hidden?: boolean, lang?: string, pressed?: boolean }>

/** Where something that is turned stands: page `at` (0 first) of `of`. */
interface Pages { at: number, of: number }

// -- drawing results --------------------------------------------------------------------------------------------

/**
 * What fills the screen: `show` draws it anew, `resized` when only sizes have changed. `turn(page)` says whether there
 * is such a page; `stop()` is called when another scene takes over.
 */
interface Scene extends Partial<Pick<Part, 'stop'>> {
  root: HTMLElement
  show(view: View, frame: Frame, resized?: boolean): unknown
  tick?(view: View, now: number): void
  turn?(page: number): boolean
  readonly pages?: Pages
  /** How many answers have been on show, of how many; told instead of the page. */
  readonly seen?: { n: number, of: number }
  /** Whether more pages may come without another view. */
  readonly growing?: boolean
  hasClock?: boolean
}

/** All cards of the results on show (screen/results/card_loader.js). */
interface Cards {
  get(results: ResultsShown, stamp: string, source?: string): Card[]
  again(afterMs?: number): void
  stop(): void
}

/** What a scene may use; `pickWord(word)` shows the answers that contain a word. */
interface Tools { t: Strings, cards: Cards, pickWord: (word: string) => void, cloudDrawn?: import('../screen/results/cloud.js').CloudDrawn, soundless?: (is: boolean) => void }

/** A figure, or the name of its row, which may have a `letter` or be a `word` to press, or a bar of length 0–1. */
type Cell = string | number | { text: string, letter?: string, word?: boolean } | { bar: number, figure: number }

/** A table as data: `look` is its CSS class, `names` the heads of its columns. */
interface TableContent { look: string, names: (string | number)[], rows: Cell[][] }

/** A row of a bar chart, `share` 0–1 of the whole width. */
interface BarRow { text: string, share: number, figure: string }

/** What a saved picture is drawn from (console/answers/result_picture.js): one of these. */
interface Picture { rows?: BarRow[], plane?: { marks: PlacedOption[], ends?: Ends }, words?: Word[], drawn?: DrawnCloud, cards?: Card[], total?: number, shape?: string | null, groups?: Theme[] }

/** An activity in the editor's preview of a phone. */
interface PreviewActivity { kind: string, question: string, instruction: string, max: number, options: Option[], attrs: { low?: number, high?: number, other?: boolean }, picture?: { name: string, alt?: string } }

/** How a kind is drawn; activities/kinds.js tells where each part is used. */
interface Drawing {
  /** By shape; the first is taken for a shape that is not there. */
  scenes: Record<string, (tools: Tools) => Scene>
  /** `allCards()` gives the answers as cards. */
  table(view: ResultsView, t: Strings, allCards: () => Card[]): TableContent
  small(results: ResultsShown, language: string, t: Strings): Element[]
  /** Null where there is nothing to draw. */
  picture(shown: { results: ResultsShown, shape?: string | null, lang?: string, high?: number }): Picture | null
  fields(activity: PreviewActivity, t: Strings): Element[]
  sketch(): SVGElement
}

// -- the editor -------------------------------------------------------------------------------------------------

/** How the form shows a kind (live/web/api/form_schema.py). */
interface KindSchema {
  options: boolean
  own_options: boolean
  marked?: boolean
  attributes: { key: string, type: string, words: string[], default?: any }[]
  first: string[]
  more: string[]
  ends: string
  order: number
  talk: boolean
  beside: boolean
  writes: 'text' | 'choices' | ''
}

type Kinds = Record<string, KindSchema>

/** What is wrong in a workshop's text; `line` counts from 1. */
interface Fault { line: number, message: string }

interface OutlineActivity {
  kind: string
  line: number
  last: number
  instruction: string
  options: string[]
  attributes: Record<string, any>
}

interface OutlineSlide {
  title: string
  big: boolean
  hidden: boolean
  line: number
  last: number
  body: string
  notes: string[]
  time_s: number
  pictures: { name: string, alt: string, decorative: boolean }[]
  activities: OutlineActivity[]
}

/** A workshop's text as the form shows it (live/workshop/editor/outline.py). */
interface Outline { broken: Fault[], meta: Record<string, string>, slides: OutlineSlide[] }

/** What the form changes in the text; slide and activity count from 0. */
interface Change { do: string, slide: number, activity: number, key?: string, by?: number, kind?: string, value: any }

interface PreviewSlide { title: string, big: boolean, html: string, notes: string, language: string, activities: PreviewActivity[] }

/** The server's reply to the form; `text` only where the change altered it. */
interface FormReply { text?: string, outline: Outline, errors: Fault[], warnings: Fault[], preview: PreviewSlide | null, pictures: Record<string, string> }

/** Text of a field from `from` to `to`, to be replaced with `words`. */
interface TextChange { from: number, to: number, words: string }

/** What of a file its text in a field has lost. */
interface FileFormat { bom: boolean, crlf: boolean }
