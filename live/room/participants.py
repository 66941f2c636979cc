"""Who takes part in one room, as far as it knows: phones by their random ids, and how many people share them."""

from itertools import takewhile
from typing import assert_never

from live.activities.state import ActivityState
from live.events import DoorClosed, DoorOpened, HeadsSet, PeopleCounted, PhoneUnmuted, ReceiptMade
from live.room.rehearsal import pretends

PeopleEvent = DoorClosed | DoorOpened | HeadsSet | PeopleCounted | PhoneUnmuted | ReceiptMade


class Participants:
    """Changed by `Room.apply` alone; rules and views read it."""

    def __init__(self) -> None:
        self.hall = 0  # what the hall itself counted; 0: not counted
        self.heads: dict[str, int] = {}  # phones that more than one person shares
        self.muted: set[str] = set()  # phones whose answers all wait to be let through
        self.door_closed_at: int | None = None
        self.newcomers_since: int | None = None  # whose muting can be taken back
        self.receipts: dict[str, str] = {}  # keyed hash of three words -> the phone whose answers they find
        self._aliases: dict[str, str] = {}
        self._came: dict[str, int] = {}  # phone -> when it first gave an answer, in that order
        self._named = {"P": 0, "R": 0}  # who have an alias, in each series

    def apply(self, event: PeopleEvent) -> None:
        match event:
            case PeopleCounted(people=people):
                self.hall = people
            case HeadsSet(phone=phone, heads=heads):
                if heads > 1:
                    self.heads[phone] = heads
                else:
                    self.heads.pop(phone, None)
            case PhoneUnmuted(phone=phone):
                self.muted.discard(phone)
            case DoorClosed(at=at):
                self.door_closed_at = at
            case DoorOpened():
                self.door_closed_at = None
            case ReceiptMade(phone=phone, mark=mark):
                self.receipts[mark] = phone
            case _:
                assert_never(event)

    def alias(self, phone: str) -> str:
        """`P001` and on, in the order phones first gave an answer, `R001` for those who pretend; empty without one."""
        return self._aliases[phone] if phone else ""

    def newcomers(self, since: int) -> list[str]:
        """Phones whose first answer came at *since* or later, newest first."""
        return [phone for phone, _ in takewhile(lambda one: one[1] >= since, reversed(self._came.items()))]

    def behind(self, activity: ActivityState) -> int:
        """People behind the phones that have answered; never more phones than people."""
        shared = sum(heads - 1 for phone, heads in self.heads.items() if phone in activity.givers)
        noted = sum(1 for giver in activity.givers if giver not in self._aliases)
        return len(activity.givers) - noted + shared + activity.noted_heads

    def gave(self, phone: str, at: int) -> None:
        """
        An answer came from *phone*.

        Pretend participants have a series of their own: the first real phone is P001 however much was rehearsed.
        """
        self._came.setdefault(phone, at)
        if phone not in self._aliases:
            series = "R" if pretends(phone) else "P"
            self._named[series] += 1
            self._aliases[phone] = f"{series}{self._named[series]:03d}"

    def bring_back(self, aliases: dict[str, str]) -> None:
        """What an import tells of."""
        self._aliases.update(aliases)
        for series in self._named:
            numbers = (int(alias[1:]) for alias in aliases.values() if alias[0] == series)
            self._named[series] = max(numbers, default=0)

    def forget_pretends(self) -> None:
        for phones in (self.heads, self._aliases, self._came):
            for phone in [phone for phone in phones if pretends(phone)]:
                del phones[phone]
        self.muted = {phone for phone in self.muted if not pretends(phone)}
        self._named["R"] = 0
