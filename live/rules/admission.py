"""The door, and what is to be done when a crowd comes in that nobody asked for. Rules, as in `rules`."""

from collections.abc import Callable
from typing import Protocol

from live.errors import Refused
from live.events import DoorClosed, DoorOpened, Event, NewcomersAdmitted, NewcomersMuted
from live.room import Room

MOST_S = 3600  # how long ago somebody may have come and still be called new


class Asked(Protocol):
    @property
    def seconds(self) -> int | None: ...


def close_door(room: Room, act: Asked, now: int) -> list[Event]:
    """Whoever has not been here before stays outside."""
    return [] if room.people.door_closed_at is not None else [DoorClosed(at=now)]


def open_door(room: Room, act: Asked, now: int) -> list[Event]:
    return [] if room.people.door_closed_at is None else [DoorOpened(at=now)]


def mute_newcomers(room: Room, act: Asked, now: int) -> list[Event]:
    """Every phone whose first answer came in the last *seconds*; what they send waits to be let through."""
    if act.seconds is None or not 0 < act.seconds <= MOST_S:
        raise Refused("bad")
    since = now - act.seconds * 1000
    if not any(phone not in room.people.muted for phone in room.people.newcomers(since)):
        raise Refused("no-newcomers")
    return [NewcomersMuted(at=now, since=since)]


def admit_newcomers(room: Room, act: Asked, now: int) -> list[Event]:
    """Take the last muting of newcomers back: they are heard again, and what they sent is shown."""
    if room.people.newcomers_since is None:
        raise Refused("nothing-to-undo")
    return [NewcomersAdmitted(at=now)]


ACTIONS: dict[str, Callable[[Room, Asked, int], list[Event]]] = {
    "close_door": close_door, "open_door": open_door,
    "mute_newcomers": mute_newcomers, "admit_newcomers": admit_newcomers,
}  # fmt: skip
