"""
The events of a room: facts, named in the past tense, never changed. The journal stores them in order, `Room.apply` adds
them up.

`at` is milliseconds since the epoch on the server's clock. Events with `step` come from a facilitator or a timer and
move the room on for everybody; the others are what phones did. Tags and field names are stored: they can't be renamed.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import msgspec
from msgspec import Struct, json

from live.workshop import Activity
from live.workshop.films import MediaFile
from live.workshop.pictures import Picture

# Ids of options, or a place as [x, y]; a number, or such a place, for each item; a number; a word. From JSON they are
# lists and dicts.
Value = Sequence[str | int] | Mapping[str, int | Sequence[int]] | int | float | str | None


class Event(Struct, frozen=True, tag_field="event", omit_defaults=True):
    step: ClassVar[bool] = True
    at: int

    @property
    def key(self) -> str | None:
        """Two events with the same key in one room are one event that was sent twice. None: it is never compared."""
        return None


class WorkshopSet(Event, frozen=True, tag="workshop-set"):
    """
    `words` is the method that merges inflections of a word from now on (`lemmas.method`). Empty: the method stays as it
    was; a new room merges nothing. `edition` is how the text is read (`live.workshop.EDITION`), `names` the ids of
    activities for which it says none, by line (`live.workshop.pairing`). `folding` is how words are folded from now on
    (`live.text.word_groups.FOLDING`); 0: as before, which is 1 in a new room.
    """

    text: str
    words: str = ""
    edition: int = 1
    names: dict[int, str] = {}
    folding: int = 0


class PicturesSet(Event, frozen=True, tag="pictures-set"):
    """The pictures of the room from now on, by the names that the workshop uses. Their files are in the journal too."""

    pictures: dict[str, Picture]


class FilmsSet(Event, frozen=True, tag="films-set"):
    """
    The films of the room and their captions from now on, by the names that the workshop uses. Their files are in the
    media folder.
    """

    films: dict[str, MediaFile]


class LobbyShown(Event, frozen=True, tag="lobby-shown"):
    pass


class SlideShown(Event, frozen=True, tag="slide-shown"):
    slide: str
    shown: int = 0


class ActivityStarted(Event, frozen=True, tag="activity-started"):
    """
    Also when it is started once more: it gets a new timer, and answers it already has are kept. `screening` as
    `live.text.screening.SCREENING`: answers that are flagged wait from now on; 0: they are only pointed out, as before.
    `cards`: the answers that people weigh in it, which are dealt to phones; those of an earlier start stay.
    """

    activity: str
    length_s: int | None = None
    screening: int = 0
    cards: list[str] = []


class ActivityReturned(Event, frozen=True, tag="activity-returned"):
    """The meeting went back to an activity that it had left; the timer is as it was."""

    activity: str


class ClosingSet(Event, frozen=True, tag="closing-set"):
    activity: str
    ends_at: int


class ActivityClosed(Event, frozen=True, tag="activity-closed"):
    activity: str
    grace_until: int


class ActivityReopened(Event, frozen=True, tag="activity-reopened"):
    activity: str


class FilmSet(Event, frozen=True, tag="film-set"):
    """The film on show stands at `position_ms` from its beginning, and plays on from there, or is paused."""

    activity: str
    position_ms: int
    playing: bool


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
    """How long an activity will take when it is started, instead of the time in the workshop."""

    activity: str
    seconds: int


class ScreenBlanked(Event, frozen=True, tag="screen-blanked"):
    pass


class ScreenUnblanked(Event, frozen=True, tag="screen-unblanked"):
    pass


class ChimeSet(Event, frozen=True, tag="chime-set"):
    """Whether screens sound a chime when the time of a talk is up."""

    on: bool


class PulseSet(Event, frozen=True, tag="pulse-set"):
    """Whether phones may give signs (`live.activities.pulse`). They may until somebody says no."""

    on: bool


class RoomEnded(Event, frozen=True, tag="room-ended"):
    pass


class QuestionAsked(Event, frozen=True, tag="question-asked"):
    """
    A question that is not in the workshop; it belongs to the slide that was shown when it was asked. `screening` as in
    `ActivityStarted`.
    """

    activity: str
    kind: str
    question: str
    slide: str | None = None
    options: list[str] = []
    screening: int = 0


class PeopleCounted(Event, frozen=True, tag="people-counted"):
    """How many people the facilitator counted in the hall; 0 removes the number."""

    people: int


class ShapeChosen(Event, frozen=True, tag="shape-chosen"):
    """How answers are drawn on every screen; one of `Kind.shapes`, such as cloud, list or wall."""

    activity: str
    shape: str


class CloudDrawn(Event, frozen=True, tag="cloud-drawn"):
    """
    Where a screen drew the words of a closed cloud, so that files show what the hall saw. All is in ten thousandths of
    its width: `high` is its height, `figure` the size of the counts; `words` has for each word, named by a mark
    (`word_groups.mark`), its middle from the upper left, the size of its letters, and 2 for the loudest, 1 for loud.
    """

    step: ClassVar[bool] = False
    activity: str
    high: int
    figure: int
    words: dict[str, tuple[int, int, int, int]]


class PageTurned(Event, frozen=True, tag="page-turned"):
    activity: str
    page: int


class AnswerSpotlit(Event, frozen=True, tag="answer-spotlit"):
    """One answer is shown large; an empty id ends it."""

    id: str


class AnswerHidden(Event, frozen=True, tag="answer-hidden"):
    id: str
    reason: str


class AnswerRestored(Event, frozen=True, tag="answer-restored"):
    """
    The answer is shown again; one that was held is let through, and one that came too late is counted after all.
    `released`: somebody has looked at it, so it does not wait for its flags either.
    """

    id: str
    released: bool = True


class AnswersReleased(Event, frozen=True, tag="answers-released"):
    """Somebody has read these flagged answers (id -> rev) and let them be shown; not one that has changed since."""

    answers: dict[str, int]


class ReleaseUndone(Event, frozen=True, tag="release-undone"):
    """These answers wait once more, as before they were released."""

    answers: dict[str, int]


class AnswerMasked(Event, frozen=True, tag="answer-masked"):
    """
    Names and numbers in the answer were hidden: `spans` are (start, end) in the text of revision `rev`, in code points.
    What was sent is kept as that of a withheld answer.
    """

    id: str
    rev: int
    spans: list[tuple[int, int]]


class AnswerUnmasked(Event, frozen=True, tag="answer-unmasked"):
    """The answer is again as it was sent."""

    id: str


class ReasonGiven(Event, frozen=True, tag="reason-given"):
    """Why a hidden answer was hidden, said afterwards. A step, so that the phone that sent it hears of it."""

    id: str
    reason: str


class AnswerRedacted(Event, frozen=True, tag="answer-redacted"):
    """
    The answer is deleted for good: its text is blanked in the journal too. Themes that were named after its words get
    `names`; `blank` are the positions of the events that gave them the old ones, and of the reasons for hiding it.
    """

    id: str
    names: dict[str, str] = {}
    blank: list[int] = []


class PhoneMuted(Event, frozen=True, tag="phone-muted"):
    """
    Its answers to the activity on show, and all that it sends from now on, are held until somebody lets them through,
    one by one.
    """

    phone: str


class PhoneUnmuted(Event, frozen=True, tag="phone-unmuted"):
    """`undo`: it was muted just before, and the answers that were held because of it are shown again."""

    phone: str
    undo: bool = False


class DoorClosed(Event, frozen=True, tag="door-closed"):
    """Phones that have not been in the room before are not let in from now on."""

    step: ClassVar[bool] = False


class DoorOpened(Event, frozen=True, tag="door-opened"):
    step: ClassVar[bool] = False


class NewcomersMuted(Event, frozen=True, tag="newcomers-muted"):
    """All phones whose first answer came at `since` or later are muted."""

    since: int


class NewcomersAdmitted(Event, frozen=True, tag="newcomers-admitted"):
    """The phones of the last `NewcomersMuted` are no longer muted, and the answers they sent are shown."""


class HoldSet(Event, frozen=True, tag="hold-set"):
    """Whether answers from now on are held until somebody lets them through, one by one."""

    activity: str
    hold: bool


class Regrouped(Event, frozen=True, kw_only=True):
    """A change to the themes of the answers to `activity`. `undo`: it reverses the newest change not yet undone."""

    activity: str
    undo: bool = False


class ThemeMade(Regrouped, frozen=True, tag="theme-made"):
    """
    `ids` are the answers it begins with; `suggested` are those among them that came from a suggestion.

    They leave the theme they are in, unless `stands` (answer -> themes) says in which other themes each one stays.
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
    """`theme` is gone; its answers are in `into`."""

    theme: str
    into: str


class ThemeRemoved(Regrouped, frozen=True, tag="theme-removed"):
    """Its answers move to the themes in `places` (answer -> theme); the others have no theme."""

    theme: str
    places: dict[str, str] = {}
    suggested: list[str] = []


class CardsPlaced(Regrouped, frozen=True, tag="cards-placed"):
    """`places` is answer -> theme; an empty theme takes the answer out of the theme it is in."""

    places: dict[str, str]
    suggested: list[str] = []


class CardsSet(Regrouped, frozen=True, tag="cards-set"):
    """`stands` is answer -> all themes it is in from now on; used where an answer may be in several."""

    stands: dict[str, list[str]]
    suggested: list[str] = []


class CardSorted(Event, frozen=True, tag="card-sorted"):
    """A participant has put an answer of their own into themes. The facilitator's undo does not reverse it."""

    step: ClassVar[bool] = False
    activity: str
    id: str
    themes: list[str]


class SuggestionRefused(Event, frozen=True, tag="suggestion-refused"):
    """The suggestion to gather these answers was refused; it is not made again."""

    activity: str
    ids: list[str]


class WordsMerged(Event, frozen=True, tag="words-merged"):
    """By hand. `marks` name the groups of words that count as one word from now on (`word_groups.mark`)."""

    activity: str
    marks: list[str]


class WordSplit(Event, frozen=True, tag="word-split"):
    """By hand: a form of a word is counted by itself, and no longer with the words it was merged with."""

    activity: str
    mark: str


class WordsUndone(Event, frozen=True, tag="words-undone"):
    """The newest `WordsMerged` or `WordSplit` that was not yet undone is reversed."""

    activity: str


class RoomImported(Event, frozen=True, tag="room-imported"):
    """
    The events that follow did not happen in this room, but were read from an export.

    `aliases` are those of its phones; `gone` are activities that have answers and that were no longer in the workshop
    text; `withdrawn` is how many answers had been withdrawn; `versions` are the words of activities that were edited
    while people answered (`Activity.versions`).
    """

    source: str  # the code it had where it was exported
    content: str  # content hash of the export (`live.exports.content_hash`)
    aliases: dict[str, str] = {}
    gone: list[Activity] = []
    withdrawn: int = 0
    versions: dict[str, tuple[str, ...]] = {}


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
    again: bool = (
        False  # the phone had its ack, then the store came back without the answer, and the phone sent it again
    )
    version: int = 0  # of what it answers (`Activity.versions`), where that is not the newest

    @property
    def key(self) -> str:
        return f"{self.id}:{self.rev}"


class AnswerChanged(Event, frozen=True, tag="answer-changed", gc=False):
    step: ClassVar[bool] = False
    id: str
    rev: int
    text: str | None = None
    value: Value = None
    version: int = 0

    @property
    def key(self) -> str:
        return f"{self.id}:{self.rev}"


class AnswerWithdrawn(Event, frozen=True, tag="answer-withdrawn"):
    """`names` and `blank` as in AnswerRedacted."""

    step: ClassVar[bool] = False
    id: str
    rev: int
    names: dict[str, str] = {}
    blank: list[int] = []

    @property
    def key(self) -> str:
        return f"{self.id}:{self.rev}"


class CardsDealt(Event, frozen=True, tag="cards-dealt"):
    """
    A phone was dealt up to `most` cards, `least` of them also where others are seen less: which, follows from what was
    dealt before (`live.activities.deal`), so that two workers at once deal as evenly as one. None, if the phone `had`
    not so many cards by then: it has asked twice. `again` are cards of its own hand that count as seen again, `back`
    those that other phones, which have left, give back.

    All this is told here, not found in answers: their values may be blanked, and a replay must deal the same.
    """

    step: ClassVar[bool] = False
    activity: str
    phone: str
    had: int = 0
    most: int = 0
    least: int = 0
    again: list[str] = []
    back: dict[str, list[str]] = {}


class HandsKept(Event, frozen=True, tag="hands-kept"):
    """These phones are still there, and keep the cards that they were dealt."""

    step: ClassVar[bool] = False
    activity: str
    phones: list[str]


class QuestionVoted(Event, frozen=True, tag="question-voted", gc=False):
    """A phone wants the panel to answer a question of somebody else's, or no longer (`on`). Twice is as once."""

    step: ClassVar[bool] = False
    id: str
    phone: str
    on: bool = True


class QuestionAnswered(Event, frozen=True, tag="question-answered"):
    """
    Whether the panel has answered a question. `text` is its answer in words from now on, empty for none; None: as it
    was. A step, so that every phone hears of it.
    """

    id: str
    answered: bool = True
    text: str | None = None


class VotesImported(Event, frozen=True, tag="votes-imported"):
    """How many voted for a question before the meeting was exported. Which phones these were, no file tells."""

    step: ClassVar[bool] = False
    id: str
    votes: int


class HeadsSet(Event, frozen=True, tag="heads-set"):
    step: ClassVar[bool] = False
    phone: str
    heads: int


class NameGiven(Event, frozen=True, tag="name-given"):
    """The name that somebody gave where the workshop asks for one; empty: they would rather not say."""

    step: ClassVar[bool] = False
    phone: str
    name: str = ""


class NameModerated(Event, frozen=True, tag="name-moderated"):
    """Whether the name of *phone* may be shown, also one that is flagged, and any that it gives later."""

    phone: str
    shown: bool = False


class ReceiptMade(Event, frozen=True, tag="receipt-made"):
    """A recovery phrase was kept: the words whose keyed hash is `mark` find the answers of `phone` from any device."""

    step: ClassVar[bool] = False
    phone: str
    mark: str

    @property
    def key(self) -> str:
        return f"receipt:{self.mark}"


class KeysRevoked(Event, frozen=True, tag="keys-revoked"):
    """Every key and link to console and screen that was made before has ended."""

    step: ClassVar[bool] = False


class LinkGiven(Event, frozen=True, tag="link-given"):
    """A colleague was given a link of their own, with `right` (live/rights.py). The key itself is not in the event."""

    step: ClassVar[bool] = False
    id: str
    name: str
    right: str


class LinkEnded(Event, frozen=True, tag="link-ended"):
    """The link was withdrawn: it gives no access any more, and connections that it opened are closed."""

    step: ClassVar[bool] = False
    id: str


class CommentMade(Event, frozen=True, tag="comment-made"):
    """A reviewer has commented on a slide. `by` is the id of the link they used."""

    step: ClassVar[bool] = False
    id: str
    slide: str
    text: str
    author: str = ""
    by: str = ""


class CommentSettled(Event, frozen=True, tag="comment-settled"):
    """The comment was taken into the workshop or set aside; it no longer waits."""

    step: ClassVar[bool] = False
    id: str


class RehearsalStarted(Event, frozen=True, tag="rehearsal-started"):
    """`phones` pretend participants join, and leave at `until` at the latest."""

    phones: int
    until: int


class RehearsalStopped(Event, frozen=True, tag="rehearsal-stopped"):
    """The pretend participants leave; their answers stay, to be looked at."""


class RehearsalCleared(Event, frozen=True, tag="rehearsal-cleared"):
    """
    All that pretend participants did is removed, from the journal too. `to_lobby`: the meeting is back where it was
    before it began.
    """

    to_lobby: bool = False


class Followed(Event, frozen=True):
    """Base of the changes to the follow-up: what is done with the answers after the meeting. None moves it on."""

    step: ClassVar[bool] = False


class ReportPublished(Followed, frozen=True, tag="report-published"):
    """From now on everybody can read the themes and the follow-up of each."""


class ReportUnpublished(Followed, frozen=True, tag="report-unpublished"):
    pass


class FollowUpSet(Followed, frozen=True, tag="follow-up-set"):
    """
    The whole reply to a theme (`live.room.followup.Entry`): `status` is received, considered, doing or not; `date` is
    ISO or empty.
    """

    activity: str
    theme: str
    status: str
    reason: str = ""
    unit: str = ""
    date: str = ""
    moved: bool = False  # `date` replaces a date that had passed


class PromiseMade(Followed, frozen=True, tag="promise-made"):
    """What somebody in the meeting promised to do; an empty text removes promise number `n`."""

    n: int
    text: str
    who: str = ""


class TailLost(Event, frozen=True, tag="tail-lost"):
    """The store came back without the last `events` that it had acknowledged."""

    step: ClassVar[bool] = False
    events: int = 0


class Archive(Struct, frozen=True):
    """The copy of a meeting that was cleared: its code, when that was held, its answers, when it is deleted."""

    code: str
    at: int
    answers: int
    delete_at: int


class RoomCleared(Event, frozen=True, tag="room-cleared"):
    """
    The room begins anew, for another group: its journal held the meeting before until `at`, and does no more.
    `archives` are the copies of the meetings that were held here, newest first.
    """

    step: ClassVar[bool] = False
    archives: list[Archive] = []


class RoomArchived(Event, frozen=True, tag="room-archived"):
    """The events before this one happened in another room, `source`, which has been cleared of them."""

    step: ClassVar[bool] = False
    source: str


# Every event is in one group: the part of a room that applies it (live/room/, and `ActivityState`).
ProgrammeEvent = WorkshopSet | PicturesSet | FilmsSet | FilmSet | TimePlanned
PositionEvent = (
    LobbyShown | SlideShown | ActivityStarted | ActivityReturned | QuestionAsked | RoomEnded | ScreenBlanked
    | ScreenUnblanked | ChimeSet | AnswerSpotlit
)  # fmt: skip
ActivityEvent = (
    ActivityClosed | ActivityReopened | ClosingSet | CloudDrawn | HoldSet | PageTurned | ResultsHidden
    | ResultsShown | ShapeChosen | TimeAdded | TimerPaused | TimerResumed
)  # fmt: skip
AnswerEvent = AnswerSent | AnswerChanged | AnswerWithdrawn
ModerationEvent = (
    AnswerHidden | AnswerRestored | AnswersReleased | ReleaseUndone | AnswerMasked | AnswerUnmasked | ReasonGiven
    | AnswerRedacted | PhoneMuted | PhoneUnmuted | NewcomersMuted | NewcomersAdmitted
)  # fmt: skip
DealEvent = CardsDealt | HandsKept
QuestionEvent = QuestionVoted | QuestionAnswered | VotesImported
PeopleEvent = PeopleCounted | HeadsSet | DoorClosed | DoorOpened | ReceiptMade | PulseSet | NameGiven | NameModerated
ThemeEvent = (
    ThemeMade | ThemeRenamed | ThemesMerged | ThemeRemoved | CardsPlaced | CardsSet | CardSorted | SuggestionRefused
)  # fmt: skip
WordEvent = WordsMerged | WordSplit | WordsUndone
LinkEvent = KeysRevoked | LinkGiven | LinkEnded
CommentEvent = CommentMade | CommentSettled
RehearsalEvent = RehearsalStarted | RehearsalStopped | RehearsalCleared
FollowUpEvent = ReportPublished | ReportUnpublished | FollowUpSet | PromiseMade
StoreEvent = RoomImported | RoomCleared | RoomArchived | TailLost
AnyEvent = (
    AnswerEvent | QuestionEvent | PositionEvent | ActivityEvent | DealEvent | ModerationEvent | PeopleEvent | ThemeEvent
    | WordEvent | ProgrammeEvent | LinkEvent | CommentEvent | RehearsalEvent | FollowUpEvent | StoreEvent
)  # fmt: skip

_encoder = json.Encoder()
_decoder = json.Decoder(AnyEvent)


def encode(event: Event) -> bytes:
    return _encoder.encode(event)


def decode(body: bytes | str) -> AnyEvent:
    event: AnyEvent = _decoder.decode(body)
    return event


def blanked(event: AnyEvent) -> AnyEvent:
    """The event without the text and value of an answer, a name or a reason, if it has any."""
    empty = {"text": "", "value": None, "name": "", "reason": ""}
    blank = {field: nothing for field, nothing in empty.items() if hasattr(event, field)}
    return msgspec.structs.replace(event, **blank) if blank else event


def same(one: Event, other: Event) -> bool:
    """Whether both are the same event, even if the text of one has been blanked since."""
    return type(one) is type(other) and one.at == other.at and one.key == other.key
