"""
Facts about a room, past tense, never changed. The journal holds them in order; `Room.apply` adds them up.

`at` is milliseconds since the epoch on the server's clock. `step` events are a facilitator's or a timer's and move the
room on for everybody; the others are what phones did.
"""

from typing import ClassVar

from msgspec import Struct, json

Value = list[str] | dict[str, int] | None  # choice: ids of options; scale: rating by item


class Event(Struct, frozen=True, tag_field="event", omit_defaults=True):
    step: ClassVar[bool] = True
    at: int

    @property
    def key(self) -> str | None:
        """Two events with the same key in one room are the same event, sent twice. None: never compared."""
        return None


class WorkshopSet(Event, frozen=True, tag="workshop-set"):
    text: str


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


class HoldSet(Event, frozen=True, tag="hold-set"):
    """Whether answers from now on wait to be let through, one by one."""

    activity: str
    hold: bool


class Regrouped(Event, frozen=True, kw_only=True):
    """A change to the themes of *activity*'s answers. `undo`: it takes the newest change back that was not undone."""

    activity: str
    undo: bool = False


class ThemeMade(Regrouped, frozen=True, tag="theme-made"):
    """With the answers it begins with. `suggested` are those that were put together by a suggestion."""

    theme: str
    name: str
    ids: list[str] = []
    suggested: list[str] = []
    place: int = -1  # among the themes; -1: last


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


class SuggestionRefused(Event, frozen=True, tag="suggestion-refused"):
    """These answers are not suggested together again."""

    activity: str
    ids: list[str]


class AnswerSent(Event, frozen=True, tag="answer-sent"):
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


class AnswerChanged(Event, frozen=True, tag="answer-changed"):
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


class KeysRevoked(Event, frozen=True, tag="keys-revoked"):
    """Every link to console and screen made before it has ended."""

    step: ClassVar[bool] = False


class RehearsalStarted(Event, frozen=True, tag="rehearsal-started"):
    """*phones* pretend participants come, and have left *until* then at the latest."""

    phones: int
    until: int


class RehearsalStopped(Event, frozen=True, tag="rehearsal-stopped"):
    """They leave; what they did stays to be looked at."""


class RehearsalCleared(Event, frozen=True, tag="rehearsal-cleared"):
    """All they did is gone, from the journal too. `to_lobby`: the meeting stands as if it had not been begun."""

    to_lobby: bool = False


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
    | ThemeRemoved | CardsPlaced | SuggestionRefused | TimePlanned
    | RehearsalStarted | RehearsalStopped | RehearsalCleared
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
