"""The access links of a room: links that colleagues were given, each with a name and a right."""

from typing import assert_never

from msgspec import Struct

from live import events


class Link(Struct, frozen=True):
    """A link that works. `at` is when it was given, in milliseconds since the epoch."""

    id: str
    name: str
    right: str
    at: int


class Links:
    """
    The links of one room. `changes` goes up with every link that is given or ends, `revocations` when all keys end.
    """

    def __init__(self) -> None:
        self.working: dict[str, Link] = {}
        self.ended: set[str] = set()
        self.changes = 0
        self.revocations = 0

    def apply(self, event: events.LinkEvent) -> None:
        match event:
            case events.LinkGiven():
                self.working[event.id] = Link(event.id, event.name, event.right, event.at)
                self.changes += 1
            case events.LinkEnded(id=id):
                self._end(id)
            case events.KeysRevoked():
                self.revocations += 1
                for id in list(self.working):
                    self._end(id)
            case _:
                assert_never(event)

    def _end(self, id: str) -> None:
        self.working.pop(id, None)
        self.ended.add(id)
        self.changes += 1
