"""The state of one activity in a room: its stage and timer, its answers and their tally, and who has answered."""

from collections.abc import Iterable
from itertools import islice
from sys import maxsize
from typing import Any, assert_never

from live import events
from live.activities.card_order import CardOrder
from live.activities.kind import Answer, Kind, Tally
from live.activities.timer import Timer
from live.activities.turnout import Turnout
from live.text.screening import flags
from live.text.word_groups import WordGroups
from live.workshop import Activity

RUNNING, CLOSED, RESULTS = 0, 1, 2  # the stages of an activity, in the order of `next`
CLOSING_MS = 60_000  # when less time than this is left, the state of the room is "closing"


class ActivityState:
    """Only `Room.apply` changes it; rules and views read it."""

    def __init__(self, written: Activity, kind: Kind | None, word_groups: WordGroups) -> None:
        self.written = written
        self.kind = kind
        self.stage: int | None = None  # None: never started
        self.timer: Timer | None = None
        self.started_at: int | None = None  # when it was started the first time
        self.spent_ms = 0  # how long it has run in all, up to when it was last left or closed
        self.began_at: int | None = None  # since when it is running now; None: it is not running
        self.grace_until: int | None = None
        self.closing = self.revealed = self.started_once = False
        self.shape: str | None = None
        self.clouds: list[events.CloudDrawn] = []  # how screens drew its words since it was closed, the last counts
        self.answers: dict[str, Answer] = {}  # by id, in order of arrival
        self.by_phone: dict[str, list[str]] = {}  # sender -> ids of its answers
        self.ask_count = 0  # goes up when phones should ask for the state of their own answers
        self.late = self.withheld = self.page = self._counted = 0
        self.hold = written.hold  # whether answers wait to be let through, one by one
        self.screening = 0  # 0: flagged answers do not wait (`events.ActivityStarted`)
        self.turnout = Turnout(len(written.versions))
        self.order = CardOrder()
        self.word_groups = word_groups
        self._unread: dict[str, Answer] = {}  # received, but not yet in the tally and not yet screened
        self._flagged: dict[str, None] = {}
        self._waiting: dict[str, None] = {}
        self._tally = kind.tally(written, word_groups) if kind else None

    @property
    def tally(self) -> Tally | None:
        """The tally of all its counted answers."""
        self.read_on()
        return self._tally

    @property
    def flagged(self) -> dict[str, None]:
        """Ids of received answers that the facilitator should read first, in order of arrival."""
        self.read_on()
        return self._flagged

    @property
    def waiting(self) -> dict[str, None]:
        """Ids of those of `flagged` that are shown nowhere until somebody releases them."""
        self.read_on()
        return self._waiting

    @property
    def counted(self) -> int:
        """How many answers are among its results."""
        self.read_on()
        return self._counted

    @property
    def cards_total(self) -> int:
        """How many answers are shown as cards."""
        self.read_on()
        return len(self.order.cards)

    def counted_among(self, ids: Iterable[str] | None = None) -> list[Answer]:
        """Those of the answers *ids*, in that order, that are among its results; without *ids* all that are."""
        self.read_on()
        some = self.answers.values() if ids is None else (self.answers[id] for id in ids if id in self.answers)
        return [answer for answer in some if answer.counted]

    @property
    def takes_answers(self) -> bool:
        return self.kind is not None and self.kind.takes_answers

    @property
    def has_texts(self) -> bool:
        return self.kind is not None and self.kind.has_texts

    @property
    def running(self) -> str:
        """The room's state while it runs, where it takes no answers."""
        return self.kind.running if self.kind else Kind.running

    @property
    def gathers(self) -> bool:
        return self.kind is not None and self.kind.gathers

    @property
    def deals(self) -> bool:
        return self.kind is not None and self.kind.deals

    @property
    def open(self) -> bool:
        """Takes answers now, not counting any grace."""
        return self.stage == RUNNING and self.takes_answers

    @property
    def results_visible(self) -> bool:
        return self.revealed and self.takes_answers and self.stage != CLOSED

    @property
    def shapes(self) -> tuple[str, ...]:
        return self.kind.shapes if self.kind else ()

    def apply(self, event: events.ActivityEvent) -> None:
        """Apply an event that concerns only this activity."""
        match event:
            case events.ActivityClosed(at=at, grace_until=grace_until):
                self.close(at, grace_until)
            case events.ActivityReopened(at=at):
                self._run(at, Timer(at))
            case events.ClosingSet(at=at, ends_at=ends_at):
                self.timer = self.timer or Timer(at)
                self.timer.end_at(at)
                self.timer.add(ends_at - at, at)
                self.closing = self.takes_answers and ends_at - at <= CLOSING_MS
            case events.ResultsShown():
                self.revealed = True
                self.ask_count += bool(self.kind and self.kind.scored)  # each phone is told its own points
                self.stage = RESULTS if self.stage == CLOSED else self.stage
            case events.ResultsHidden():
                self.revealed = False
                if self.stage == RESULTS:
                    self.stage = CLOSED
            case events.TimerPaused(at=at):
                if self.timer:
                    self.timer.pause(at)
            case events.TimerResumed(at=at):
                if self.timer:
                    self.timer.resume(at)
            case events.TimeAdded(at=at, seconds=seconds):
                if self.timer:
                    self.timer.add(seconds * 1000, at)
                    self.closing = False
            case events.ShapeChosen(shape=shape):
                self.shape, self.page = shape, 0
            case events.CloudDrawn():
                self.clouds.append(event)
            case events.PageTurned(page=page):
                self.page = page
            case events.HoldSet(hold=hold):
                self.hold = hold
            case _:
                assert_never(event)

    def start(self, at: int, length_s: int | None, screening: int) -> None:
        """Start it, also if it has been started before. Without a length it has no end."""
        self.screening = max(self.screening, screening)
        self.started_at, self.started_once = at if self.started_at is None else self.started_at, True
        self._run(at, Timer(at, length_s * 1000 if length_s else None))

    def _run(self, at: int, timer: Timer) -> None:
        self.stage, self.began_at, self.timer = RUNNING, at, timer
        self.clouds.clear()
        self.order.forget_shuffle()  # not needed while answers come
        self.ask_count += self.deals  # for cards: there were none while it was closed
        self.closing, self.grace_until, self.revealed = False, None, self.written.reveal == "live"

    def close(self, at: int, grace_until: int) -> None:
        self.stop(at)
        self.closing, self.grace_until = False, grace_until
        self.ask_count += 1

    def stop(self, at: int) -> None:
        """It no longer runs: add up the time it has taken."""
        self.stage = CLOSED
        if self.began_at is not None:
            self.spent_ms += max(0, at - self.began_at)
            self.began_at = None

    def cards(self, offset: int, limit: int) -> list[Answer]:
        """A page of the counted answers: in order of arrival while it is open, later shuffled (`CardOrder`)."""
        self.read_on()
        if self.open and self.has_texts:
            shown = (answer for answer in self.answers.values() if answer.counted)
            return list(islice(shown, offset, offset + limit))
        if self.open:
            return [self.answers[id] for id in islice(self.order.cards, offset, offset + limit)]
        return [self.answers[id] for id in self.order.shuffled()[offset : offset + limit]]

    def add(self, answer: Answer) -> None:
        """Add a new answer."""
        self.answers[answer.id] = answer
        self.by_phone.setdefault(answer.sender, []).append(answer.id)
        self._count(answer)

    def remove(self, answer: Answer) -> None:
        """Remove an answer, as if it had never come."""
        self._uncount(answer)
        del self.answers[answer.id]
        self.by_phone[answer.sender].remove(answer.id)

    def change(self, answer: Answer, **fields: Any) -> None:
        """Set *fields* of an answer, and keep every count right."""
        self._uncount(answer)
        for name, value in fields.items():
            setattr(answer, name, value)
        self._count(answer)

    def replace_written(self, written: Activity, kind: Kind | None, language: str) -> None:
        """The workshop was edited: keep the answers, and count them again by the new text."""
        if written.hold != self.written.hold:
            self.hold = written.hold
        self.written, self.kind = written, kind
        if self.turnout.version != len(written.versions):  # people are asked anew: only answers to these words count
            self.turnout = Turnout(len(written.versions))
            for answer in self.answers.values():
                self.turnout.add(answer)
        self.word_groups.language = language
        self._tally = kind.tally(written, self.word_groups) if kind else None
        self._flagged.clear()
        self._waiting.clear()
        self._counted = 0
        self.order.hide_all()
        answers = self.answers.values() if self.takes_answers else ()
        self._unread = {answer.id: answer for answer in answers if answer.received}

    def read_on(self, most: int = maxsize) -> bool:
        """
        Screen at most so many unread answers and add them to the tally. Returns whether there are more.

        Answers are not read when they arrive, because that would delay the ack of each, and of all behind it in a full
        hall, by 50 µs. Whoever asks for what is counted or flagged makes the rest be read.
        """
        if not self._unread or self._tally is None or self.kind is None:
            return False
        for id in list(islice(self._unread, most)):
            answer = self._unread.pop(id)
            if _is_kept_back(answer, self._flagged, self._waiting):
                continue
            self._counted += 1
            self.order.show(id, card=self.kind.is_card(self.written, answer))
            self._tally.add(answer)
        return bool(self._unread)

    def _count(self, answer: Answer) -> None:
        self.late += answer.late
        self.withheld += answer.hidden is not None or answer.held
        if not answer.received or self.kind is None:
            return
        self.turnout.add(answer)
        self.order.add(answer.id, self.turnout.senders.get(answer.sender, 1))
        self._unread[answer.id] = answer

    def _uncount(self, answer: Answer) -> None:
        self.late -= answer.late
        self.withheld -= answer.hidden is not None or answer.held
        if not answer.received or self.kind is None or self._tally is None:
            return
        self.turnout.add(answer, -1)
        for ids in (self._unread, self._flagged, self._waiting):
            ids.pop(answer.id, None)
        if self.order.remove(answer.id):
            self._counted -= 1
            self._tally.remove(answer)


def _is_kept_back(answer: Answer, flagged: dict[str, None], waiting: dict[str, None]) -> bool:
    """Screen the text of an answer, unless somebody has read it: note where it is flagged, and whether it waits."""
    if not answer.text or answer.released:
        return False
    if not flags(answer.text):
        answer.waits = False
        return False
    flagged[answer.id] = None
    if answer.waits:
        waiting[answer.id] = None
    return answer.waits
