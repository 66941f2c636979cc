"""What every kind of activity has (`Kind`), the `Answer` to an activity, and what several kinds share."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Literal, NamedTuple, Protocol, runtime_checkable

from msgspec import Struct, field

from live.activities.grace import GRACE_MS
from live.activities.pair_deal import PairDeal
from live.errors import Refused
from live.events import Value
from live.i18n.catalogs import N_
from live.report_blocks import Block, Picture
from live.text.marks import Mark, marks
from live.text.normalize import CHARACTERS_PER_GRAPHEME, MOST_CHARACTERS, clean, graphemes, is_plain, visible
from live.text.screening import flags
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import KindSchema


class Asked(Struct):
    """
    What has become of an answer that is a question to the panel. `voters`: the phones that want it answered; `before`:
    votes of an imported meeting, whose phones are not known. `reply`: the panel's answer in words; `told_at`: where in
    the journal such words stand. `chances`: how many votes had been given to any question when this one came.
    """

    voters: set[str] = field(default_factory=set)
    before: int = 0
    answered: bool = False
    reply: str = ""
    told_at: list[int] = field(default_factory=list)
    chances: int = 0

    @property
    def votes(self) -> int:
        return len(self.voters) + self.before


class Answer(Struct, gc=False):
    """
    One answer as it is now. `hidden` is the facilitator's reason for hiding it, None when it is not hidden.

    `original`: what was sent, where names and numbers in `text` are hidden. `waits`: it has not been screened yet, or
    it was flagged; it is shown nowhere unless somebody has `released` it.
    """

    id: str
    activity: str
    phone: str
    at: int
    text: str | None = None
    value: Value = None
    rev: int = 1
    heads: int = 1
    via: str = "phone"
    late: bool = False
    held: bool = False
    hidden: str | None = None
    redacted: bool = False
    position: int = 0
    waits: bool = False
    released: bool = False
    original: str | None = None
    marked: tuple[str, tuple[Mark, ...]] | None = None  # a text, and its marks
    version: int = 0  # of the activity's `versions` that it was given to; 0 where there are none
    taken_ms: int | None = None  # how long the clock had run when it came; None when none ran
    asked: Asked | None = None  # of a kind with votes

    @property
    def received(self) -> bool:
        """Whether it counts as an answer: whoever sent it has answered. It may still wait to be released."""
        return not (self.late or self.held or self.redacted or self.hidden is not None)

    @property
    def counted(self) -> bool:
        """
        Whether it is in tallies, on the screen and among results. Not before it was screened: whoever asks this of many
        has `ActivityState.read_on` called first, and whoever forgets shows too little, never too much.
        """
        return self.received and (self.released or not self.waits)

    @property
    def flags(self) -> tuple[str, ...]:
        """Why the facilitator should read it first (`live.text.screening`); nothing once somebody has."""
        return flags(self.text) if self.text and not self.released else ()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Which words its flags come from. Found once: for an insult that may take milliseconds."""
        if not self.flags or self.text is None:
            return ()
        if self.marked is None or self.marked[0] != self.text:
            self.marked = self.text, marks(self.text)
        return self.marked[1]

    @property
    def sent(self) -> str | None:
        """Its text as it was sent."""
        return self.text if self.original is None else self.original

    @property
    def sender(self) -> str:
        """Who is counted for it: the phone, or, if the facilitator wrote it down, the id of the answer."""
        return self.phone or self.id


class Tally(Protocol):
    """Counts answers one by one as they come, so that a view costs the same however many there are."""

    written: Activity

    def add(self, answer: Answer) -> None: ...
    def remove(self, answer: Answer) -> None: ...
    def show(self) -> dict[str, Any]:
        """What this kind adds to `results` in a screen's view."""
        ...


@runtime_checkable
class ScoredTally(Protocol):
    """What the tally of a kind that is `scored` has besides: the points of each phone with a counted answer."""

    points: dict[str, int]


class Words(Struct, frozen=True):
    """
    What a kind is called, and what is said about it: English sentences, marked with `N_` and translated when shown.

    `name` where it is chosen; `in_report` in exports, where that is another. `help`: one line for those who choose.
    `screen`: what the screen says while it runs. `instruction`: of a new one made in the form. `options`: over the
    form's field for its options. `without_from`: what it is about where the file names no other activity. `console`:
    what the console says while it runs, where that is not the same for all.
    """

    name: str
    help: str
    screen: str
    instruction: str
    in_report: str = ""
    options: str = N_("What can be chosen, one on each line")
    without_from: str = ""
    console: str = ""


AdHoc = Literal["", "text", "options"]


class FormFields(NamedTuple):
    """
    Attributes in the editor's form: those shown at once, and those behind «More choices». `ends`: the one with the
    words for both ends of a scale, which gets a field for each.
    """

    first: tuple[str, ...]
    more: tuple[str, ...]
    ends: str = ""


class Figure(Struct, frozen=True):
    """
    A result as a number: `id` and `text` of what was counted or rated, by how many, and either its `share` of those who
    answered (0..1), None where that says nothing, or the `mean` of their ratings. `spread`: how often each rating was
    given, from the lowest, `low`, to the highest. A count of None is hidden, because it could point at somebody.
    `right`: it was marked as right, and that may be told.
    `seen`: how many were asked about it, where that is not the same for all; its share is of these.
    `told` is its result where that is neither a count nor a mean.
    """

    id: str
    text: str
    count: int | None
    share: float | None = None
    mean: float | None = None
    spread: tuple[int, ...] = ()
    low: int = 1
    right: bool = False
    seen: int | None = None
    told: str = ""

    @property
    def rated(self) -> bool:
        return bool(self.spread)


class Given(NamedTuple):
    """An answer in words (`Kind.tell`), its value, the text beside it, and the version it was given to."""

    told: str
    value: Value
    text: str
    version: int


class Harm(NamedTuple):
    """What a changed activity does to its answers: an English sentence with `{placeholders}` for `facts`."""

    sentence: str
    facts: dict[str, object]


class Note(NamedTuple):
    """What is said about a result besides its figures: an English sentence with `{placeholders}` for `facts`."""

    sentence: str
    facts: dict[str, str | int | float]


class Pretender(Struct, frozen=True):
    """
    The pretend participant who answers in a rehearsal, as a kind sees it: number `n`, giving answer number `turn`.

    `chance(*about)` is a number from 0 up to 1, its own for each participant; `common(*about)` is the same for all, so
    that some options are liked by many. `sentences`, `words` and `questions` are sample texts in the language of the
    workshop.
    """

    n: int
    turn: int
    chance: Callable[..., float]
    common: Callable[..., float]
    sentences: list[str]
    words: list[str]
    questions: list[str] = []


class Kind:
    """
    A kind of activity, and what holds for most of them. Its file says what is special, and has it as `KIND`; a line of
    `live/activities/__init__.py` registers it.

    `name` is that of the file. It is written in workshops and stored, so it never changes. `shapes` are the ways in
    which its results may be drawn, the default first. `running` is the room's state while one runs that takes no
    answers. `no_value` is the value of an answer whose content was withheld; None for kinds whose answers are texts.
    """

    name: str
    schema: KindSchema
    words: Words
    takes_answers = True
    grace_ms = GRACE_MS
    shapes: tuple[str, ...] = ()
    running = "talk"
    no_value: Value = None
    ad_hoc: AdHoc = ""
    """Whether it may be asked without being in the workshop, and then with options or without."""
    fields = FormFields((), ("time", "optional"))
    ranked = False
    """Whether reports list its options by their counts instead of in the order of the file."""
    later: tuple[str, ...] = ()
    """Keys of what its tally shows that only the facilitator sees until the results are shown and no answers come."""
    unit = ""
    """What its counts are where they are neither phones nor people, as a heading; `counted_in` for one activity."""
    reasons = False
    """Whether a text may stand beside the value of an answer."""
    versioned = False
    """Whether an answer holds only for the words it was given to (`Activity.versions`)."""
    tabled = True
    """Whether a report has a table of its figures; else one is among `blocks`."""
    charted = True
    """Whether its figures may be compared in a chart."""
    scored = False
    """Whether right answers give points (`ScoredTally`), which are added up over all activities that do."""
    plays = False
    """Whether a film is on show while it runs."""
    each = False
    """Whether each answer of a phone stands by itself, and the next one changes none of those before."""
    in_turn = False
    """Whether each phone gets options of its own, one after the other (`pairs`, `next_for`)."""
    words_are_result = False
    """Whether words are the result of its texts, and not only a way into them."""

    @property
    def has_texts(self) -> bool:
        return self.schema.gives == "texts"

    @property
    def takes_votes(self) -> bool:
        """Whether its answers are questions, which other phones vote for and somebody answers (`Asked`)."""
        return self.schema.votes

    @property
    def gathers(self) -> bool:
        """Whether the facilitator gathers answers to an earlier activity into themes while it runs."""
        return self.schema.takes == "texts" and not self.takes_answers

    @property
    def deals(self) -> bool:
        """Whether phones weigh answers to an earlier activity, which are dealt to them as cards, a few at a time."""
        return self.schema.takes == "texts" and self.takes_answers

    def grown(self, before: Value, value: Value) -> Value:
        """The value of a changed answer: *value* itself, or what it adds to that of *before*."""
        return value

    @property
    def writes(self) -> str:
        """What a phone answers with: `text`, `choices` or nothing."""
        return "" if not self.takes_answers else "text" if self.has_texts else "choices"

    def shapes_of(self, written: Activity, *, running: bool) -> tuple[str, ...]:
        """`shapes`; where it is compared with a round before, and no more answers come, first that."""
        return ("change", *self.shapes) if "compare" in written.attrs and not running else self.shapes

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        """The answer as it will be stored; Refused `empty`, `too-long` or `bad`."""
        raise Refused("closed")

    def harm(self, before: Activity, after: Activity, answers: Collection[Answer]) -> Harm | None:
        """
        What would become wrong of *answers*, which were given to *before*, if it stood as *after* in the workshop. That
        options keep their places and words is seen to for all kinds.
        """
        return None

    def grows(self, written: Activity) -> bool:
        """Whether people may add options of their own: the texts among its answers."""
        return False

    def moderates(self, written: Activity) -> bool:
        """Whether options that people add wait until the facilitator lets them through."""
        return False

    def next_for(self, written: Activity, tally: Tally, phone: str, voted: Collection[str]) -> list[str]:
        """Options that *phone* has not *voted* on, the next first, where phones get one after the other."""
        return []

    def pairs(self, written: Activity) -> PairDeal | None:
        """Which options each phone compares next, where it does so with two at a time."""
        return None

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        """Text and value, not yet checked, of a form sent without script."""
        return fields.get("text", [""])[0], None

    def counted_in(self, written: Activity) -> str:
        """`unit` as *written* has it."""
        return self.unit

    def is_card(self, written: Activity, answer: Answer) -> bool:
        """Whether the text of a counted answer is shown as a card."""
        return self.has_texts

    def standing(self, written: Activity, value: Value) -> Value:
        """*value* of a stored answer by the options there are now: some may have been merged or removed since."""
        return value

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        """A new, empty tally. `word_groups` has the language of the words, and says which count as one."""
        return NoTally(written)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        """What it adds to the view of every face. *following* is the activity after it on the slide."""
        return {}

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        """An answer in words, those of several parts with *separator* between them, numbers as in *language*."""
        return answer.text or ""

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        """*results* (what `Tally.show` gave) as numbers, in the order of the file; none for texts."""
        return []

    def told_at_reveal(self, written: Activity, results: dict[str, Any]) -> dict[str, Any]:
        """What is added to *results* once they are shown, and is told to nobody before."""
        return {}

    def blocks(
        self, written: Activity, results: dict[str, Any], given: list[Given], picture: Picture | None, language: str
    ) -> list[Block]:
        """
        What a report has besides the figures and notes, in *language*. *results* as in `figures`; *given* are the
        answers that count, in an order that does not show who came first; *picture* is that of the question.
        """
        return []

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        """What must be said about *results* (as in `figures`), such as how they were counted; mostly nothing."""
        return []

    def compared(self, written: Activity, language: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """
        In what two rounds are compared, of kinds with `compare`: groups as (id, text, rows), a row as (id, text). Those
        whose answers are texts are compared by their themes.
        """
        return []

    def stands(self, written: Activity, answer: Answer) -> dict[str, list[str]]:
        """The rows that *answer* stands in, by group."""
        return {}

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """Text and value of what *one* would answer: the first that `check` accepts is sent."""
        return iter(())


class Talk(Kind):
    """Base of the kinds that take no answers: phones show a clock and what to do meanwhile."""

    takes_answers = False

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        """With the instruction of the activity after it, so that people know what comes; empty where nothing does."""
        return {"next_instruction": (following.instruction or following.question) if following else ""}


class NoTally:
    """For kinds that take no answers."""

    def __init__(self, written: Activity) -> None:
        self.written = written

    def add(self, answer: Answer) -> None:
        raise AssertionError("this kind takes no answers")

    remove = add

    def show(self) -> dict[str, Any]:
        return {}


def check_text(written: Activity, text: str | None, value: Value, *, one_line: bool = False) -> tuple[str, None]:
    """`Kind.check` for kinds whose answers are texts: cleaned, not empty, at most `written.max` graphemes."""
    if text is None or value is not None:
        raise Refused("bad")
    if len(text) > MOST_CHARACTERS:
        raise Refused("too-long", max=written.max)
    if len(text) <= written.max and is_plain(text):
        return text, None
    text = clean(text)
    if one_line:
        text = " ".join(text.split())
    if not visible.search(text):
        raise Refused("empty")
    if len(text) > written.max and (len(text) > written.max * CHARACTERS_PER_GRAPHEME or graphemes(text) > written.max):
        raise Refused("too-long", max=written.max)
    return text, None


def letter(number: int) -> str:
    """The letter that stands for an option, counted from 0: A, B … Z, AA."""
    return (letter(number // 26 - 1) if number >= 26 else "") + chr(65 + number % 26)


def counts_people(written: Activity) -> bool:
    return written.attrs.get("count") == "people"


def weight(written: Activity, answer: Answer) -> int:
    """
    How much an answer counts in a tally: 1 for each phone, or its people where the workshop says `count=people`. One
    that came without a phone, as by a show of hands, always counts its people.
    """
    return answer.heads if counts_people(written) or not answer.phone else 1


def read_number(attrs: Mapping[str, str | int | bool], name: str, default: int) -> int:
    """The attribute *name* if it is a number, else *default*."""
    value = attrs.get(name, default)
    return value if isinstance(value, int) else default
