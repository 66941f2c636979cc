"""Rules for a rehearsal: pretend participants are let in, and all they did is taken out again."""

from collections.abc import Callable
from typing import Protocol

from live.errors import Refused
from live.events import Event, RehearsalCleared, RehearsalStarted, RehearsalStopped
from live.room import Room
from live.room.rehearsal import is_pretend

USUAL, MOST = 40, 200
LONGEST_MS = 5 * 60_000
STARTS = frozenset(("next", "goto", "start", "ask"))  # what a meeting leaves the lobby by


# -- rules --------------------------------------------------------------------------------------------------


class Asked(Protocol):
    """The fields of a facilitator's action that count here (`rules.Act`)."""

    @property
    def do(self) -> str: ...
    @property
    def n(self) -> int | None: ...


def rehearse(room: Room, act: Asked, now: int) -> list[Event]:
    phones = USUAL if act.n is None else act.n
    if not 1 <= phones <= MOST:
        raise Refused("rehearsal-size", most=MOST)
    if room.ended:
        raise Refused("ended")
    if room.rehearsal and room.rehearsal.runs(now):
        raise Refused("rehearsing")
    return [RehearsalStarted(at=now, phones=phones, until=now + LONGEST_MS)]


def stop_rehearsal(room: Room, act: Asked, now: int) -> list[Event]:
    return [RehearsalStopped(at=now)] if room.rehearsal and room.rehearsal.runs(now) else []


def clear_rehearsal(room: Room, act: Asked, now: int) -> list[Event]:
    """
    Where it began in the lobby the meeting goes back there, untouched.

    Not once somebody real has answered: then a meeting is under way, and only what was pretended goes.
    """
    if room.rehearsal is None:
        return []
    return [RehearsalCleared(at=now, to_lobby=back_to_lobby(room))]


def back_to_lobby(room: Room) -> bool:
    return room.rehearsal is not None and room.rehearsal.from_lobby and not room.real_answers


def over_at_start(room: Room, act: Asked, now: int) -> bool:
    """Whether *act* begins the meeting in earnest, so that what was rehearsed before must go first."""
    rehearsal = room.rehearsal
    return act.do in STARTS and room.state == "lobby" and rehearsal is not None and not rehearsal.runs(now)


def let_in(room: Room, phone: str, now: int) -> None:
    """Refused `closed` for a pretend participant without a rehearsal, so that nothing of theirs comes after it."""
    if is_pretend(phone) and not (room.rehearsal and room.rehearsal.runs(now)):
        raise Refused("closed")


ACTIONS: dict[str, Callable[[Room, Asked, int], list[Event]]] = {
    "rehearse": rehearse, "stop_rehearsal": stop_rehearsal, "clear_rehearsal": clear_rehearsal,
}  # fmt: skip
