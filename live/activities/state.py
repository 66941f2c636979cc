"""What has happened to one activity so far: who answered, what it adds up to, and whether it is open."""

from bisect import insort
from hashlib import sha256
from itertools import islice
from sys import maxsize
from typing import Any, assert_never

from live.activities.kind import Answer, Kind, Tally
from live.activities.timer import Timer
from live.events import (
    ActivityClosed,
    ActivityReopened,
    ClosingSet,
    HoldSet,
    PageTurned,
    ResultsHidden,
    ResultsShown,
    ShapeChosen,
    TimeAdded,
    TimerPaused,
    TimerResumed,
)
from live.text.screening import flags
from live.text.word_groups import WordGroups
from live.workshop import Activity

RUNNING, CLOSED, RESULTS = 0, 1, 2  # the parts of an activity, in the order `next` walks them
CLOSING_MS = 60_000  # an end that is nearer than this is told as closing

ActivityEvent = (
    ActivityClosed
    | ActivityReopened
    | ClosingSet
    | HoldSet
    | PageTurned
    | ResultsHidden
    | ResultsShown
    | ShapeChosen
    | TimeAdded
    | TimerPaused
    | TimerResumed
)


class ActivityState:
    """Changed by `Room.apply` alone; rules and views read it."""

    def __init__(self, written: Activity, kind: Kind | None, word_groups: WordGroups) -> None:
        self.written = written
        self.kind = kind
        self.part: int | None = None  # None: never started
        self.timer: Timer | None = None
        self.started_at: int | None = None  # the first time
        self.spent_ms = 0  # that it has been going on, before it was left or closed last
        self.began_at: int | None = None  # since when it goes on
        self.closing = False
        self.grace_until: int | None = None
        self.revealed = False
        self.started_once = False
        self.shape: str | None = None
        self.page = 0
        self.answers: dict[str, Answer] = {}
        self.by_phone: dict[str, list[str]] = {}
        self.asks = 0
        self.late = 0
        self.withheld = 0
        self.counted = 0
        self.hold = written.hold  # whether answers wait to be let through, one by one
        self.givers: dict[str, int] = {}  # who gave counted answers, and how many
        self.noted_heads = 0  # people behind answers that came without a phone
        self._turns: dict[str, int] = {}  # counted answer -> how many its giver had given with it
        self._deck: list[str] | None = None  # counted answers, shuffled; None: they have changed since
        self.word_groups = word_groups
        self._unread: dict[str, Answer] = {}  # counted, but neither in the tally nor looked at
        self._flagged: dict[str, None] = {}
        self._tally = kind.tally(written, word_groups) if kind else None

    @property
    def tally(self) -> Tally | None:
        """What its answers add up to."""
        self.read_on()
        return self._tally

    @property
    def flagged(self) -> dict[str, None]:
        """Counted answers that are worth a look first, as they came."""
        self.read_on()
        return self._flagged

    @property
    def takes_answers(self) -> bool:
        return self.kind is not None and self.kind.takes_answers

    @property
    def open(self) -> bool:
        """Takes answers now, not counting any grace."""
        return self.part == RUNNING and self.takes_answers

    @property
    def results_visible(self) -> bool:
        return self.revealed and self.takes_answers and self.part != CLOSED

    @property
    def shapes(self) -> tuple[str, ...]:
        return self.kind.shapes if self.kind else ()

    def apply(self, event: ActivityEvent) -> None:
        """What concerns this activity alone, once it has been started."""
        match event:
            case ActivityClosed(at=at, grace_until=grace_until):
                self.close(at, grace_until)
            case ActivityReopened(at=at):
                self._go_on(at, Timer(at))
            case ClosingSet(at=at, ends_at=ends_at):
                self.timer = self.timer or Timer(at)
                self.timer.end_at(at)
                self.timer.add(ends_at - at, at)
                self.closing = self.takes_answers and ends_at - at <= CLOSING_MS
            case ResultsShown():
                self.revealed = True
                if self.part == CLOSED:
                    self.part = RESULTS
            case ResultsHidden():
                self.revealed = False
                if self.part == RESULTS:
                    self.part = CLOSED
            case TimerPaused(at=at):
                if self.timer:
                    self.timer.pause(at)
            case TimerResumed(at=at):
                if self.timer:
                    self.timer.resume(at)
            case TimeAdded(at=at, seconds=seconds):
                if self.timer:
                    self.timer.add(seconds * 1000, at)
                    self.closing = False
            case ShapeChosen(shape=shape):
                self.shape = shape
            case PageTurned(page=page):
                self.page = page
            case HoldSet(hold=hold):
                self.hold = hold
            case _:
                assert_never(event)

    def start(self, at: int, length_s: int | None) -> None:
        """Once more, if it has been started before; without a length it has no end."""
        self.started_at = at if self.started_at is None else self.started_at
        self.started_once = True
        self._go_on(at, Timer(at, length_s * 1000 if length_s else None))

    def _go_on(self, at: int, timer: Timer) -> None:
        self.part, self.began_at, self.timer = RUNNING, at, timer
        self._deck = None  # nobody is shown it while answers come
        self.closing, self.grace_until = False, None
        self.revealed = self.written.reveal == "live"

    def close(self, at: int, grace_until: int) -> None:
        self.rest(at)
        self.closing = False
        self.grace_until = grace_until
        self.asks += 1

    def rest(self, at: int) -> None:
        """It goes on no longer."""
        self.part = CLOSED
        if self.began_at is not None:
            self.spent_ms += max(0, at - self.began_at)
            self.began_at = None

    def cards(self, offset: int, limit: int) -> list[Answer]:
        """Counted answers: as they came while it is open, afterwards in an order that does not tell who came first."""
        if self.open:
            shown = (answer for answer in self.answers.values() if answer.counted)
            return list(islice(shown, offset, offset + limit))
        if self._deck is None:
            self._deck = sorted(self._turns, key=self.place_of)  # kept up from now on
        return [self.answers[id] for id in self._deck[offset : offset + limit]]

    def place_of(self, answer: str) -> tuple[int, bytes, str]:
        """
        Where a counted answer stands in an order shuffled once and for all: the first of every giver, then the second
        of those who gave more.
        """
        return self._turns[answer], sha256(answer.encode()).digest()[:8], answer

    def place(self, answer: Answer) -> None:
        """Take a new answer in."""
        self.answers[answer.id] = answer
        self.by_phone.setdefault(answer.giver, []).append(answer.id)
        self._note(answer)

    def lift(self, answer: Answer) -> None:
        """Take an answer out, as before it came."""
        self._unnote(answer)
        del self.answers[answer.id]
        self.by_phone[answer.giver].remove(answer.id)

    def change(self, answer: Answer, **fields: Any) -> None:
        """Set *fields* of an answer and keep every count right."""
        self._unnote(answer)
        for name, value in fields.items():
            setattr(answer, name, value)
        self._note(answer)

    def retell(self, written: Activity, kind: Kind | None, language: str) -> None:
        """The workshop was edited: keep what happened, count again by the new wording."""
        if written.hold != self.written.hold:
            self.hold = written.hold
        self.written, self.kind = written, kind
        self.word_groups.language = language
        self._tally = kind.tally(written, self.word_groups) if kind else None
        self._flagged.clear()
        answers = self.answers.values() if self.takes_answers else ()
        self._unread = {answer.id: answer for answer in answers if answer.counted}

    def read_on(self, most: int = maxsize) -> bool:
        """
        Take in what so many answers say that have come and were not read yet; whether there are more.

        Whoever asks for the tally finds all read. Read as they come, a full hall's answers would each wait for their
        ack 50 µs longer, and so would all behind them.
        """
        if not self._unread or self._tally is None:
            return False
        for id in list(islice(self._unread, most)):
            answer = self._unread.pop(id)
            if answer.text and flags(answer.text):
                self._flagged[id] = None
            self._tally.add(answer)
        return bool(self._unread)

    def _note(self, answer: Answer) -> None:
        self.late += answer.late
        self.withheld += answer.hidden is not None or answer.held
        if not answer.counted or self.kind is None:
            return
        self.counted += 1
        self.givers[answer.giver] = self.givers.get(answer.giver, 0) + 1
        if not answer.phone:
            self.noted_heads += answer.heads
        self._turns[answer.id] = self.givers[answer.giver]
        if self._deck is not None:
            insort(self._deck, answer.id, key=self.place_of)
        self._unread[answer.id] = answer

    def _unnote(self, answer: Answer) -> None:
        self.late -= answer.late
        self.withheld -= answer.hidden is not None or answer.held
        if not answer.counted or self.kind is None or self._tally is None:
            return
        self.counted -= 1
        self.givers[answer.giver] -= 1
        if not self.givers[answer.giver]:
            del self.givers[answer.giver]
        if not answer.phone:
            self.noted_heads -= answer.heads
        del self._turns[answer.id]
        if self._deck is not None:
            self._deck.remove(answer.id)
        if self._unread.pop(answer.id, None) is None:
            self._flagged.pop(answer.id, None)
            self._tally.remove(answer)
