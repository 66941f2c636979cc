"""The participants of a room, as far as it knows them: phones by random ids, and how many people share each."""

from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple, assert_never

from live import events
from live.activities.state import ActivityState
from live.room.rehearsal import is_pretend
from live.text.screening import name_flags


def most_without_phone(activities: Iterable[ActivityState]) -> int:
    """The most people behind answers without a phone in one activity: they may be the same ones in the next."""
    return max((one.turnout.heads_without_phone for one in activities), default=0)


class Name(NamedTuple):
    """
    The name that a phone gave last, and how many it has given. `shown` is what the facilitator says of it; None:
    nothing yet, so it is shown unless it is flagged.
    """

    text: str
    shown: bool | None = None
    given: int = 1

    @property
    def is_shown(self) -> bool:
        return bool(self.text) and (not name_flags(self.text) if self.shown is None else self.shown)


class Participants:
    """Only `Room.apply` changes it; rules and views read it."""

    def __init__(self) -> None:
        self.hall = 0  # people in the hall, as the facilitator counted; 0: not counted
        self.heads: dict[str, int] = {}  # phones that more than one person shares
        self.muted: set[str] = set()  # phones whose answers are all held until somebody lets them through
        self.names: dict[str, Name] = {}  # phone -> the name it gave, or that it gave none
        self.pulse = True  # whether they may give signs, where the workshop has any
        self.door_closed_at: int | None = None  # since when new phones are not let in
        self.newcomers_since: int | None = None  # phones that came since then were muted together; can be undone
        self.recovery_phrases: dict[str, str] = {}  # keyed hash of the phrase -> the phone whose answers it finds
        self._aliases: dict[str, str] = {}
        self._first_answers: dict[str, int] = {}  # phone -> when its first answer came, in that order
        self._alias_counts = {"P": 0, "R": 0}  # how many aliases there are in each series

    def apply(self, event: events.PeopleEvent) -> None:
        match event:
            case events.PeopleCounted(people=people):
                self.hall = people
            case events.HeadsSet(phone=phone, heads=heads):
                if heads > 1:
                    self.heads[phone] = heads
                else:
                    self.heads.pop(phone, None)
            case events.DoorClosed(at=at):
                self.door_closed_at = at
            case events.DoorOpened():
                self.door_closed_at = None
            case events.NameGiven(phone=phone, name=name):
                before = self.names.get(phone, Name("", given=0))
                self.names[phone] = Name(
                    name, None if before.shown and name != before.text else before.shown, before.given + 1
                )
            case events.NameModerated(phone=phone, shown=shown):
                if phone in self.names:
                    self.names[phone] = self.names[phone]._replace(shown=shown)
            case events.PulseSet(on=on):
                self.pulse = on
            case events.ReceiptMade(phone=phone, mark=mark):
                self.recovery_phrases[mark] = phone
            case _:
                assert_never(event)

    def alias(self, phone: str) -> str:
        """`P001`, `P002` … in the order of first answers; `R001` … for pretend participants; empty without a phone."""
        return self._aliases[phone] if phone else ""

    def name(self, phone: str, *, withheld: bool = False) -> str:
        """The name of *phone*, where it gave one that may be shown; *withheld*: also where it may not."""
        given = self.names.get(phone)
        return given.text if given and (withheld or given.is_shown) else ""

    def number(self, phone: str) -> int:
        """The number in its alias, by which people may be called without a name."""
        return int(self._aliases[phone][1:])

    def newcomers(self, since: int) -> list[str]:
        """The phones whose first answer came at *since* or later, newest first."""
        return [phone for phone, _ in takewhile(lambda one: one[1] >= since, reversed(self._first_answers.items()))]

    def phones_behind(self, activity: ActivityState) -> int:
        """How many phones are behind the answers; what came on paper or was said aloud is of none."""
        return len(activity.turnout.senders) - activity.turnout.answers_without_phone

    def people_so_far(self, activities: Iterable[ActivityState]) -> int:
        """
        How many people have taken part, as far as the answers tell: those who share each phone that has answered, and
        those without a phone.
        """
        shared = sum(heads - 1 for phone, heads in self.heads.items() if phone in self._aliases)
        return len(self._aliases) + shared + most_without_phone(activities)

    def people_behind(self, activity: ActivityState) -> int:
        """How many people are behind the answers: those who share each phone, and those without a phone."""
        shared = sum(heads - 1 for phone, heads in self.heads.items() if phone in activity.turnout.senders)
        return self.phones_behind(activity) + shared + activity.turnout.heads_without_phone

    def note_answer(self, phone: str, at: int) -> None:
        """
        Note that an answer came from *phone*, and give it an alias.

        Pretend participants have a series of their own, so that the first real phone is P001 after any rehearsal.
        """
        self._first_answers.setdefault(phone, at)
        if phone not in self._aliases:
            series = "R" if is_pretend(phone) else "P"
            self._alias_counts[series] += 1
            self._aliases[phone] = f"{series}{self._alias_counts[series]:03d}"

    def restore(self, aliases: dict[str, str]) -> None:
        """Take over the aliases of an imported meeting."""
        self._aliases.update(aliases)
        for series in self._alias_counts:
            numbers = (int(alias[1:]) for alias in aliases.values() if alias[0] == series)
            self._alias_counts[series] = max(numbers, default=0)

    def forget_rehearsal(self) -> None:
        for phones in (self.heads, self.names, self._aliases, self._first_answers):
            for phone in [phone for phone in phones if is_pretend(phone)]:
                del phones[phone]
        self.muted = {phone for phone in self.muted if not is_pretend(phone)}
        self._alias_counts["R"] = 0
