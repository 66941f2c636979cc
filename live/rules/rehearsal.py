"""Rules for a rehearsal: pretend participants come, and all they did is removed afterwards."""

from live.errors import Refused
from live.events import Event, RehearsalCleared, RehearsalStarted, RehearsalStopped
from live.room import Room
from live.room.rehearsal import is_pretend
from live.rules.commands import Action, Ask, GoTo, Next, Rehearse, Start

DEFAULT_PHONES, MOST_PHONES = 40, 200
LONGEST_MS = 5 * 60_000
STARTS = (Next, GoTo, Start, Ask)  # actions by which a meeting leaves the lobby


# -- rules --------------------------------------------------------------------------------------------------


def rehearse(room: Room, action: Rehearse, now: int) -> list[Event]:
    phones = DEFAULT_PHONES if action.n is None else action.n
    if not 1 <= phones <= MOST_PHONES:
        raise Refused("rehearsal-size", most=MOST_PHONES)
    if room.ended:
        raise Refused("ended")
    if room.rehearsal and room.rehearsal.runs(now):
        raise Refused("rehearsing")
    return [RehearsalStarted(at=now, phones=phones, until=now + LONGEST_MS)]


def stop_rehearsal(room: Room, now: int) -> list[Event]:
    return [RehearsalStopped(at=now)] if room.rehearsal and room.rehearsal.runs(now) else []


def clear_rehearsal(room: Room, now: int) -> list[Event]:
    """
    Remove what pretend participants did. If the rehearsal began in the lobby, the meeting goes back there.

    It does not go back once somebody real has answered, because then the meeting has begun.
    """
    if room.rehearsal is None:
        return []
    return [RehearsalCleared(at=now, to_lobby=back_to_lobby(room))]


def back_to_lobby(room: Room) -> bool:
    return room.rehearsal is not None and room.rehearsal.from_lobby and not room.real_answers


def begins_meeting(room: Room, action: Action, now: int) -> bool:
    """Whether *action* begins the real meeting after a rehearsal, which must be cleared first."""
    rehearsal = room.rehearsal
    return isinstance(action, STARTS) and room.state == "lobby" and rehearsal is not None and not rehearsal.runs(now)


def check_running(room: Room, phone: str, now: int) -> None:
    """Refused `closed` for a pretend participant when no rehearsal is running, so that none of its answers is late."""
    if is_pretend(phone) and not (room.rehearsal and room.rehearsal.runs(now)):
        raise Refused("closed")
