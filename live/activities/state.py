"""What has happened to one activity so far: who answered, what it adds up to, and whether it is open."""

from bisect import bisect_left, insort
from hashlib import sha256
from itertools import islice
from typing import Any

from live.activities.kind import Answer, Kind
from live.flags import flags
from live.timer import Timer
from live.workshop import Activity

RUNNING, CLOSED, RESULTS = 0, 1, 2  # the parts of an activity, in the order `next` walks them


class ActivityState:
    """Changed by `Room.apply` alone; rules and views read it."""

    def __init__(self, written: Activity, kind: Kind | None, language: str) -> None:
        self.written = written
        self.kind = kind
        self.part: int | None = None  # None: never started
        self.timer: Timer | None = None
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
        self.flagged: dict[str, None] = {}  # counted answers that are worth a look first, as they came
        self.hold = written.hold  # whether answers wait to be let through, one by one
        self.givers: dict[str, int] = {}  # who gave counted answers, and how many
        self.noted_heads = 0  # people behind answers that came without a phone
        # Counted answers, shuffled once and for all: the first of every giver, then the second of those who gave more.
        self._deck: list[tuple[int, bytes, str]] = []
        self._places: dict[str, tuple[int, bytes, str]] = {}
        self._language = language
        self.tally = kind.tally(written, language) if kind else None

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
        return [self.answers[id] for *_, id in self._deck[offset : offset + limit]]

    def place(self, answer: Answer) -> None:
        """Take a new answer in."""
        answer.flags = flags(answer.text) if answer.text else ()
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
        if "text" in fields:
            answer.flags = flags(answer.text) if answer.text else ()
        self._note(answer)

    def retell(self, written: Activity, kind: Kind | None, language: str) -> None:
        """The workshop was edited: keep what happened, count again by the new wording."""
        if written.hold != self.written.hold:
            self.hold = written.hold
        self.written, self.kind, self._language = written, kind, language
        self.tally = kind.tally(written, language) if kind else None
        if self.tally and self.takes_answers:
            for answer in self.answers.values():
                if answer.counted:
                    self.tally.add(answer)

    def _note(self, answer: Answer) -> None:
        self.late += answer.late
        self.withheld += answer.hidden is not None or answer.held
        if not answer.counted or self.tally is None:
            return
        self.counted += 1
        self.givers[answer.giver] = self.givers.get(answer.giver, 0) + 1
        if not answer.phone:
            self.noted_heads += answer.heads
        if answer.flags:
            self.flagged[answer.id] = None
        place = (self.givers[answer.giver], sha256(answer.id.encode()).digest()[:8], answer.id)
        self._places[answer.id] = place
        insort(self._deck, place)
        self.tally.add(answer)

    def _unnote(self, answer: Answer) -> None:
        self.late -= answer.late
        self.withheld -= answer.hidden is not None or answer.held
        if not answer.counted or self.tally is None:
            return
        self.counted -= 1
        self.givers[answer.giver] -= 1
        if not self.givers[answer.giver]:
            del self.givers[answer.giver]
        if not answer.phone:
            self.noted_heads -= answer.heads
        self.flagged.pop(answer.id, None)
        del self._deck[bisect_left(self._deck, self._places.pop(answer.id))]
        self.tally.remove(answer)
