"""Links to a meeting that colleagues were given, as the room holds them."""

from msgspec import Struct

from live.events import LinkGiven


class Link(Struct, frozen=True):
    """A link that works. `at` is when it was given, milliseconds."""

    id: str
    name: str
    right: str
    at: int


class Links:
    """Of one room, as the events made them. `changes` goes up with every one."""

    def __init__(self) -> None:
        self.working: dict[str, Link] = {}
        self.ended: set[str] = set()
        self.changes = 0

    def given(self, event: LinkGiven) -> None:
        self.working[event.id] = Link(event.id, event.name, event.right, event.at)
        self.changes += 1

    def end(self, id: str) -> None:
        self.working.pop(id, None)
        self.ended.add(id)
        self.changes += 1

    def end_all(self) -> None:
        for id in list(self.working):
            self.end(id)
