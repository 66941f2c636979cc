"""The access links of a room: links that colleagues were given, each with a name and a right."""

from msgspec import Struct

from live.events import LinkGiven


class Link(Struct, frozen=True):
    """A link that works. `at` is when it was given, in milliseconds since the epoch."""

    id: str
    name: str
    right: str
    at: int


class Links:
    """The links of one room. `changes` goes up with every link that is given or ends."""

    def __init__(self) -> None:
        self.working: dict[str, Link] = {}
        self.ended: set[str] = set()
        self.changes = 0

    def add(self, event: LinkGiven) -> None:
        self.working[event.id] = Link(event.id, event.name, event.right, event.at)
        self.changes += 1

    def end(self, id: str) -> None:
        self.working.pop(id, None)
        self.ended.add(id)
        self.changes += 1

    def end_all(self) -> None:
        for id in list(self.working):
            self.end(id)
