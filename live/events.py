"""
Facts about a room, past tense, never changed. The journal holds them in order; `Room.apply` adds them up.

`at` is milliseconds since the epoch on the server's clock. `step` events are a facilitator's or a timer's and move the
room on for everybody; the others are what phones did.
"""

from typing import ClassVar

from msgspec import Struct, json

from live.workshop import Activity

Value = list[str] | dict[str, int] | None  # choice: ids of options; scale: rating by item


class Event(Struct, frozen=True, tag_field="event", omit_defaults=True):
    step: ClassVar[bool] = True
    at: int

    @property
    def key(self) -> str | None:
        """Two events with the same key in one room are the same event, sent twice. None: never compared."""
        return None


class WorkshopSet(Event, frozen=True, tag="workshop-set"):
    """`words` is what merges inflections from now on (`lemmas.method`); empty: what did before, at first nothing."""

    text: str
    words: str = ""


class LobbyShown(Event, frozen=True, tag="lobby-shown"):
    pass


class SlideShown(Event, frozen=True, tag="slide-shown"):
    slide: str
    shown: int = 0


class ActivityStarted(Event, frozen=True, tag="activity-started"):
    """Begins anew, with a new timer; answers already given stay."""

    activity: str
    length_s: int | None = None


class ActivityReturned(Event, frozen=True, tag="activity-returned"):
    """Back into an activity that had been left: its timer stands as it was."""

    activity: str


class ClosingSet(Event, frozen=True, tag="closing-set"):
    activity: str
    ends_at: int


class ActivityClosed(Event, frozen=True, tag="activity-closed"):
    activity: str
    grace_until: int


class ActivityReopened(Event, frozen=True, tag="activity-reopened"):
    activity: str


class ResultsShown(Event, frozen=True, tag="results-shown"):
    activity: str


class ResultsHidden(Event, frozen=True, tag="results-hidden"):
    activity: str


class TimerPaused(Event, frozen=True, tag="timer-paused"):
    activity: str


class TimerResumed(Event, frozen=True, tag="timer-resumed"):
    activity: str


class TimeAdded(Event, frozen=True, tag="time-added"):
    activity: str
    seconds: int


class TimePlanned(Event, frozen=True, tag="time-planned"):
    """How long an activity will take when it is started, whatever the workshop says."""

    activity: str
    seconds: int


class ScreenBlanked(Event, frozen=True, tag="screen-blanked"):
    pass


class ScreenUnblanked(Event, frozen=True, tag="screen-unblanked"):
    pass


class RoomEnded(Event, frozen=True, tag="room-ended"):
    pass


class QuestionAsked(Event, frozen=True, tag="question-asked"):
    """A question nobody planned; it hangs on the slide shown when it was asked."""

    activity: str
    kind: str
    question: str
    slide: str | None = None
    options: list[str] = []


class PeopleCounted(Event, frozen=True, tag="people-counted"):
    """How many people the hall itself counted; 0 takes it back."""

    people: int


class ShapeChosen(Event, frozen=True, tag="shape-chosen"):
    """How answers are drawn on every screen: cloud, list or wall."""

    activity: str
    shape: str


class PageTurned(Event, frozen=True, tag="page-turned"):
    activity: str
    page: int


class AnswerSpotlit(Event, frozen=True, tag="answer-spotlit"):
    """One card, large; an empty id ends it."""

    id: str


class AnswerHidden(Event, frozen=True, tag="answer-hidden"):
    id: str
    reason: str


class AnswerRestored(Event, frozen=True, tag="answer-restored"):
    """Shown again; for an answer that came too late: counted after all."""

    id: str


class AnswerRedacted(Event, frozen=True, tag="answer-redacted"):
    """Its text is blanked in the journal too, and never comes back."""

    id: str


class PhoneMuted(Event, frozen=True, tag="phone-muted"):
    """What it has sent and will send to this activity waits to be let through, one by one."""

    phone: str


class PhoneUnmuted(Event, frozen=True, tag="phone-unmuted"):
    phone: str


class DoorClosed(Event, frozen=True, tag="door-closed"):
    """Phones that are new from now on stay outside."""

    step: ClassVar[bool] = False


class DoorOpened(Event, frozen=True, tag="door-opened"):
    step: ClassVar[bool] = False


class NewcomersMuted(Event, frozen=True, tag="newcomers-muted"):
    """All phones whose first answer came at *since* or later are muted."""

    since: int


class NewcomersAdmitted(Event, frozen=True, tag="newcomers-admitted"):
    """Those that were muted together last are heard again, and what they sent is shown."""


class HoldSet(Event, frozen=True, tag="hold-set"):
    """Whether answers from now on wait to be let through, one by one."""

    activity: str
    hold: bool


class Regrouped(Event, frozen=True, kw_only=True):
    """A change to the themes of *activity*'s answers. `undo`: it takes the newest change back that was not undone."""

    activity: str
    undo: bool = False


class ThemeMade(Regrouped, frozen=True, tag="theme-made"):
    """
    With the answers it begins with; `suggested` are those that were put together by a suggestion.

    They leave the theme they are in, unless `stands` tells (answer -> themes) in which others each stands.
    """

    theme: str
    name: str
    ids: list[str] = []
    suggested: list[str] = []
    place: int = -1  # among the themes; -1: last
    stands: dict[str, list[str]] | None = None


class ThemeRenamed(Regrouped, frozen=True, tag="theme-renamed"):
    theme: str
    name: str


class ThemesMerged(Regrouped, frozen=True, tag="themes-merged"):
    """*theme* is no more; its answers stand in *into*."""

    theme: str
    into: str


class ThemeRemoved(Regrouped, frozen=True, tag="theme-removed"):
    """Its answers go where `places` says, and else are without a theme."""

    theme: str
    places: dict[str, str] = {}
    suggested: list[str] = []


class CardsPlaced(Regrouped, frozen=True, tag="cards-placed"):
    """Answer -> theme; an empty theme takes it out of the one it is in."""

    places: dict[str, str]
    suggested: list[str] = []


class CardsSet(Regrouped, frozen=True, tag="cards-set"):
    """Answer -> every theme it stands in from now on, where it may stand in several."""

    stands: dict[str, list[str]]
    suggested: list[str] = []


class CardSorted(Event, frozen=True, tag="card-sorted"):
    """Whoever gave an answer has said which themes it stands in. Nothing that the facilitator takes back."""

    step: ClassVar[bool] = False
    activity: str
    id: str
    themes: list[str]


class SuggestionRefused(Event, frozen=True, tag="suggestion-refused"):
    """These answers are not suggested together again."""

    activity: str
    ids: list[str]


class WordsMerged(Event, frozen=True, tag="words-merged"):
    """By hand. `marks` are those of the groups that are one from now on (`joins.mark`)."""

    activity: str
    marks: list[str]


class WordSplit(Event, frozen=True, tag="word-split"):
    """By hand: a form is counted by itself, no longer with what it was merged with."""

    activity: str
    mark: str


class WordsUndone(Event, frozen=True, tag="words-undone"):
    """The newest of these two that was not undone is taken back."""

    activity: str


class RoomImported(Event, frozen=True, tag="room-imported"):
    """
    What comes after was not heard here, but read from an export. `aliases` are those of its phones, `gone` activities
    that were answered and that its text held no longer, `withdrawn` how many answers had been taken back.
    """

    source: str  # the code it had where it was exported
    content: str  # content hash of the export (`live.exports.content_hash`)
    aliases: dict[str, str] = {}
    gone: list[Activity] = []
    withdrawn: int = 0


class AnswerSent(Event, frozen=True, tag="answer-sent", gc=False):
    step: ClassVar[bool] = False
    activity: str
    id: str
    phone: str  # id of the participant in this room; empty for the facilitator's own
    text: str | None = None
    value: Value = None
    rev: int = 1
    heads: int = 1
    via: str = "phone"
    late: bool = False
    again: bool = False  # sent once more after the store came back older than the phone's receipt

    @property
    def key(self) -> str:
        return f"{self.id}:{self.rev}"


class AnswerChanged(Event, frozen=True, tag="answer-changed", gc=False):
    step: ClassVar[bool] = False
    id: str
    rev: int
    text: str | None = None
    value: Value = None

    @property
    def key(self) -> str:
        return f"{self.id}:{self.rev}"


class AnswerWithdrawn(Event, frozen=True, tag="answer-withdrawn"):
    step: ClassVar[bool] = False
    id: str
    rev: int

    @property
    def key(self) -> str:
        return f"{self.id}:{self.rev}"


class HeadsSet(Event, frozen=True, tag="heads-set"):
    step: ClassVar[bool] = False
    phone: str
    heads: int


class ReceiptMade(Event, frozen=True, tag="receipt-made"):
    """Words with the keyed hash *mark* find what *phone* has sent, from any device."""

    step: ClassVar[bool] = False
    phone: str
    mark: str

    @property
    def key(self) -> str:
        return f"receipt:{self.mark}"


class KeysRevoked(Event, frozen=True, tag="keys-revoked"):
    """Every link to console and screen made before it has ended."""

    step: ClassVar[bool] = False


class LinkGiven(Event, frozen=True, tag="link-given"):
    """Somebody was given a link of their own; `right` is what it opens. The key is not told here."""

    step: ClassVar[bool] = False
    id: str
    name: str
    right: str


class LinkEnded(Event, frozen=True, tag="link-ended"):
    """Withdrawn: the link opens nothing more, and what was open by it closes."""

    step: ClassVar[bool] = False
    id: str


class CommentMade(Event, frozen=True, tag="comment-made"):
    """Somebody who goes through the programme says something of a slide. `by` is the id of the link they came by."""

    step: ClassVar[bool] = False
    id: str
    slide: str
    text: str
    author: str = ""
    by: str = ""


class CommentSettled(Event, frozen=True, tag="comment-settled"):
    """Taken into the programme or put away; it waits no longer."""

    step: ClassVar[bool] = False
    id: str


class RehearsalStarted(Event, frozen=True, tag="rehearsal-started"):
    """*phones* pretend participants come, and have left *until* then at the latest."""

    phones: int
    until: int


class RehearsalStopped(Event, frozen=True, tag="rehearsal-stopped"):
    """They leave; what they did stays to be looked at."""


class RehearsalCleared(Event, frozen=True, tag="rehearsal-cleared"):
    """All they did is gone, from the journal too. `to_lobby`: the meeting stands as if it had not been begun."""

    to_lobby: bool = False


class Followed(Event, frozen=True):
    """Something about what becomes of the answers. The meeting itself is not moved on by it."""

    step: ClassVar[bool] = False


class ReportPublished(Followed, frozen=True, tag="report-published"):
    """From now on everybody can read the themes and what becomes of them."""


class ReportUnpublished(Followed, frozen=True, tag="report-unpublished"):
    pass


class FollowUpSet(Followed, frozen=True, tag="follow-up-set"):
    """What is said of a theme, whole: `status` is received, considered, doing or not; `date` is ISO or empty."""

    activity: str
    theme: str
    status: str
    reason: str = ""
    unit: str = ""
    date: str = ""
    moved: bool = False  # the day before this one had passed


class PromiseMade(Followed, frozen=True, tag="promise-made"):
    """What somebody said that they take with them; an empty text takes it out."""

    n: int
    text: str
    who: str = ""


class TailLost(Event, frozen=True, tag="tail-lost"):
    """The store came back without the last *events* that it had acknowledged."""

    step: ClassVar[bool] = False
    events: int = 0


AnyEvent = (
    WorkshopSet | LobbyShown | SlideShown | ActivityStarted | ActivityReturned | ClosingSet | ActivityClosed
    | ActivityReopened | ResultsShown | ResultsHidden | TimerPaused | TimerResumed | TimeAdded | ScreenBlanked
    | ScreenUnblanked | RoomEnded | QuestionAsked | PeopleCounted | ShapeChosen | PageTurned | AnswerSpotlit
    | AnswerHidden | AnswerRestored | AnswerRedacted | AnswerSent | AnswerChanged | AnswerWithdrawn | HeadsSet
    | KeysRevoked | TailLost | PhoneMuted | PhoneUnmuted | HoldSet | ThemeMade | ThemeRenamed | ThemesMerged
    | ThemeRemoved | CardsPlaced | CardsSet | CardSorted | SuggestionRefused | TimePlanned
    | RehearsalStarted | RehearsalStopped | RehearsalCleared | DoorClosed | DoorOpened | NewcomersMuted
    | NewcomersAdmitted | WordsMerged | WordSplit | WordsUndone | LinkGiven | LinkEnded | RoomImported
    | CommentMade | CommentSettled | ReportPublished | ReportUnpublished | FollowUpSet | PromiseMade
    | ReceiptMade
)  # fmt: skip

_encoder = json.Encoder()
_decoder = json.Decoder(AnyEvent)


def encode(event: Event) -> bytes:
    return _encoder.encode(event)


def decode(body: bytes | str) -> AnyEvent:
    event: AnyEvent = _decoder.decode(body)
    return event


def same(one: Event, other: Event) -> bool:
    """Whether they are one event, whatever has been blanked in it since."""
    return type(one) is type(other) and one.at == other.at and one.key == other.key
