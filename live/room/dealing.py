"""The cards of a room: answers to one activity that people weigh in a later one, and which phones they were dealt."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, assert_never

from msgspec.structs import replace

from live import events
from live.activities.deal import Deal
from live.activities.kind import Answer, read_number
from live.activities.state import ActivityState
from live.room.programme import Programme
from live.room.rehearsal import is_pretend
from live.workshop import Activity, Option

AT_ONCE = 3  # cards in front of a phone, where the file says nothing
HELD_MS = 60_000  # a phone of which nothing was heard for so long has left: its cards go to others
WEIGHED = "weighed"  # the shape of a wall whose answers stand in the order of their support
RENEW_MS = 45_000  # after so long the server says of a phone that it is still there


class AsItWas(NamedTuple):
    """What an answer was when it became a card. As another than that, it is not what people have weighed."""

    rev: int
    released: bool
    masked: bool


class Table:
    """
    What is dealt in one activity. `heard`: when each phone was last heard of that may hold cards which it has not
    weighed, the longest unheard first.
    """

    def __init__(self, state: ActivityState, source: ActivityState) -> None:
        self.state = state
        self.source = source
        self.deal = Deal()
        self.cards: dict[str, AsItWas] = {}
        self.heard: dict[str, int] = {}

    def weighed(self, phone: str) -> set[str]:
        """The cards that *phone* has weighed, as its answers stand."""
        values = (self.state.answers[id].value for id in self.state.by_phone.get(phone, ()))
        return {id for value in values if isinstance(value, Mapping) for id in value}

    def unweighed(self, phone: str) -> list[str]:
        """Of the cards that *phone* was dealt, those that it has not weighed, withheld ones left out."""
        weighed = self.weighed(phone)
        return [id for id in self.deal.hand(phone) if id not in weighed and not self.deal.cards[id].out]

    def in_front(self, phone: str) -> list[str]:
        """The cards that *phone* is to weigh now."""
        return self.unweighed(phone)[: self.at_once]

    @property
    def at_once(self) -> int:
        """How many cards a phone has in front of it."""
        return read_number(self.state.written.attrs, "deal", AT_ONCE)

    def unheard(self, at: int, for_ms: int) -> Iterator[str]:
        for phone, heard_at in self.heard.items():
            if at - heard_at < for_ms:
                return
            yield phone

    def hear(self, phone: str, at: int) -> None:
        self.heard.pop(phone, None)
        self.heard[phone] = at

    def may_be_dealt(self, id: str) -> bool:
        answer, card = self.source.answers.get(id), self.cards[id]
        if answer is None or not answer.received or answer.rev != card.rev:
            return False
        return answer.released >= card.released and (answer.original is not None) >= card.masked


class Dealing:
    """Only `Room.apply` changes it."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._tables: dict[str, Table] = {}  # by activity
        self._weighed_in: dict[str, list[str]] = {}  # answer -> activities in which it is a card

    def table(self, activity: str) -> Table | None:
        table = self._tables.get(activity)
        return table if table and table.state is self._programme.activities.get(activity) else None

    def weighed_in(self, activity: str) -> ActivityState | None:
        """The activity in which answers to *activity* were weighed last; None where nobody has weighed any."""
        tables = (table for id in reversed(self._tables) if (table := self.table(id)))
        return next(
            (one.state for one in tables if one.source.written.id == activity and one.state.turnout.received), None
        )

    def as_dealt(self, state: ActivityState, phone: str) -> Activity:
        """The activity as *phone* has it: of cards, those that it is to weigh."""
        if (table := self.table(state.written.id)) is None:
            return state.written
        front = set(table.in_front(phone))
        return replace(state.written, options=tuple(one for one in state.written.options if one.id in front))

    def shapes_of(self, state: ActivityState) -> tuple[str, ...]:
        """In which its results may be drawn: also by support, where people have weighed its answers."""
        return (*state.shapes, WEIGHED) if state.has_texts and self.weighed_in(state.written.id) else state.shapes

    # -- change ---------------------------------------------------------------------------------------------

    def start(self, event: events.ActivityStarted) -> None:
        """Before an activity is started: the answers that are its cards from now on."""
        state, source = self._programme.activities.get(event.activity), self._programme.source_of(event.activity)
        if state is None or source is None or not state.deals or not event.cards:
            return
        if (table := self.table(event.activity)) is None or table.source is not source:
            table = self._tables[event.activity] = Table(state, source)
        for id in event.cards:
            if id not in table.cards and (answer := table.source.answers.get(id)):
                table.cards[id] = AsItWas(answer.rev, answer.released, answer.original is not None)
                table.deal.add([(id, answer.phone)], event.at)
                table.deal.set_out(id, out=not table.may_be_dealt(id))
                self._weighed_in.setdefault(id, []).append(event.activity)
        self._show(table)

    def apply(self, event: events.DealEvent) -> None:
        if (table := self.table(event.activity)) is None:
            return
        match event:
            case events.CardsDealt(phone=phone):
                for other, ids in event.back.items():
                    table.deal.hold(other, ids, held=False)
                    table.heard.pop(other, None)
                table.deal.hold(phone, event.again, held=True)
                if event.most and len(table.deal.hand(phone)) == event.had:
                    table.deal.deal(phone, event.most, event.least)
                table.hear(phone, event.at)
            case events.HandsKept(phones=phones):
                for phone in phones:
                    if phone in table.heard:
                        table.hear(phone, event.at)
            case _:
                assert_never(event)

    def note_weighed(self, activity: str, phone: str, at: int) -> None:
        """A phone has answered: it is there, or has weighed all that it was dealt."""
        table = self.table(activity)
        if table and phone in table.heard:
            table.hear(phone, at)
            if not table.unweighed(phone):
                del table.heard[phone]

    def note_changed(self, *answers: str) -> None:
        """Answers have changed, or are gone. Those that are cards may have to be withheld, or may be dealt again."""
        changed: dict[str, Table] = {}
        for answer in answers:
            for activity in self._weighed_in.get(answer, ()):
                if table := self.table(activity):
                    changed[activity] = table
                    table.deal.set_out(answer, out=not table.may_be_dealt(answer))
        for table in changed.values():
            table.state.ask_count += 1  # whoever has one of them in front of them gets another
            self._show(table)

    def forget_rehearsal(self) -> None:
        """Pretend participants were dealt nothing."""
        for table in self._tables.values():
            for phone in [phone for phone in table.deal.phones() if is_pretend(phone)]:
                table.deal.forget(phone)
                table.heard.pop(phone, None)

    def _show(self, table: Table) -> None:
        """The cards as they are now become the options of the activity: what is withheld is in no result."""
        table.source.read_on()
        answers: list[Answer] = [table.source.answers[id] for id in table.deal]
        options = tuple(Option(one.id, one.text or "") for one in answers if one.counted)
        self._programme.set_cards(table.state.written.id, options)
