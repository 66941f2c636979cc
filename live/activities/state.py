"""The state of one activity in a room: how it runs, its answers and their tally, and who has answered."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from sys import maxsize
from typing import Any

from live.activities.card_order import CardOrder
from live.activities.kind import Answer, Asked, Kind, Tally
from live.activities.run import Run
from live.activities.timer import Timer
from live.activities.turnout import Turnout
from live.activities.turns import Turns
from live.text.screening import flags
from live.text.word_groups import WordGroups
from live.workshop import Activity


class ActivityState(Run):
    """Only `Room.apply` changes it; rules and views read it."""

    def __init__(self, written: Activity, kind: Kind | None, word_groups: WordGroups) -> None:
        super().__init__(written, kind)
        self.answers: dict[str, Answer] = {}  # by id, in order of arrival
        self.by_phone: dict[str, list[str]] = {}  # sender -> ids of its answers
        self.changes = 0  # goes up with everything that lists of questions show
        self.votes = 0  # for questions, also those that wait
        self.late = self.withheld = self._counted = 0
        self.turnout = Turnout(len(written.versions))
        self.order = CardOrder()
        self.word_groups = word_groups
        self._unread: dict[str, Answer] = {}  # received, but not yet in the tally and not yet screened
        self._flagged: dict[str, None] = {}
        self._waiting: dict[str, None] = {}
        self._tally = kind.tally(written, word_groups) if kind else None
        self.turns = Turns(written, kind)

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

    def _run(self, at: int, timer: Timer) -> None:
        super()._run(at, timer)
        self.order.forget_shuffle()  # not needed while answers come

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
        if self.takes_votes:
            answer.asked = Asked(chances=self.votes)
        self.answers[answer.id] = answer
        self.turns.add(answer)
        self.by_phone.setdefault(answer.sender, []).append(answer.id)
        self._count(answer)

    def remove(self, answer: Answer) -> None:
        """Remove an answer, as if it had never come."""
        self._uncount(answer)
        self.votes -= answer.asked.votes if answer.asked else 0
        del self.answers[answer.id]
        self.turns.remove(answer)
        self.by_phone[answer.sender].remove(answer.id)

    @contextmanager
    def listed_anew(self, answer: Answer) -> Iterator[Asked]:
        """What is changed meanwhile of a question: afterwards the tally lists it by that."""
        assert answer.asked is not None
        self.read_on()
        tally = self._tally if answer.counted and self.takes_votes else None
        if tally:
            tally.remove(answer)
        yield answer.asked
        if tally:
            tally.add(answer)
        self.changes += 1

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
        grew, self.written, self.kind = self.turns.set_written(self.written, written, kind), written, kind
        if self.turnout.version != len(written.versions):  # people are asked anew: only answers to these words count
            self.turnout = Turnout(len(written.versions))
            for answer in self.answers.values():
                self.turnout.add(answer)
        if grew and self._tally is not None:  # counting all anew for each would cost ever more
            self._tally.written = written
            return
        self.word_groups.language = language
        self._tally = kind.tally(written, self.word_groups) if kind else None
        self._flagged.clear()
        self._waiting.clear()
        for answer in self.answers.values() if self.takes_votes else ():
            answer.asked = answer.asked or Asked()
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
        self.changes += 1
        self.late += answer.late
        self.withheld += answer.hidden is not None or answer.held
        if not answer.received or self.kind is None:
            return
        self.turnout.add(answer)
        self.order.add(answer.id, self.turnout.senders.get(answer.sender, 1))
        self._unread[answer.id] = answer

    def _uncount(self, answer: Answer) -> None:
        self.changes += 1
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
