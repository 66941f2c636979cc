"""Rules for who is let in: the door, and muting newcomers when unwanted people come in."""

from live.errors import Refused
from live.events import DoorClosed, DoorOpened, Event, NewcomersAdmitted, NewcomersMuted
from live.room import Room
from live.rules.commands import MuteNewcomers

MOST_S = 3600  # somebody who came longer ago than this is not a newcomer


def close_door(room: Room, now: int) -> list[Event]:
    """Phones that have not been in the room before are not let in from now on."""
    return [] if room.people.door_closed_at is not None else [DoorClosed(at=now)]


def open_door(room: Room, now: int) -> list[Event]:
    return [] if room.people.door_closed_at is None else [DoorOpened(at=now)]


def mute_newcomers(room: Room, action: MuteNewcomers, now: int) -> list[Event]:
    """Mute every phone whose first answer came in the last `seconds`: what it sends is held."""
    if action.seconds is None or not 0 < action.seconds <= MOST_S:
        raise Refused("bad")
    since = now - action.seconds * 1000
    if not any(phone not in room.people.muted for phone in room.people.newcomers(since)):
        raise Refused("no-newcomers")
    return [NewcomersMuted(at=now, since=since)]


def admit_newcomers(room: Room, now: int) -> list[Event]:
    """Undo the last muting of newcomers: they are no longer muted, and what they sent is shown."""
    if room.people.newcomers_since is None:
        raise Refused("nothing-to-undo")
    return [NewcomersAdmitted(at=now)]
