"""What takes the newest press back, where one other press does: back for next, reopen for close, hide for reveal."""

from typing import Any, NamedTuple

from live.activities.state import CLOSED
from live.events import (
    ActivityClosed,
    ActivityReopened,
    ActivityReturned,
    ActivityStarted,
    AnswerHidden,
    AnswerRestored,
    ClosingSet,
    Event,
    LobbyShown,
    ResultsHidden,
    ResultsShown,
    RoomEnded,
    ScreenBlanked,
    ScreenUnblanked,
    SlideShown,
    TimerPaused,
    TimerResumed,
)
from live.room import LastStep, Room
from live.room.route import route

_MOVES = (
    SlideShown, LobbyShown, ActivityStarted, ActivityReturned, ActivityClosed, ActivityReopened, ResultsShown,
    ResultsHidden,
)  # fmt: skip
_TURNED = {
    ScreenBlanked: ("blank", "unblank"), ScreenUnblanked: ("unblank", "blank"), TimerPaused: ("pause", "resume"),
    TimerResumed: ("resume", "pause"), ResultsShown: ("reveal", "hide"), ResultsHidden: ("hide", "reveal"),
    RoomEnded: ("end", "back"),
}  # fmt: skip


class Undo(NamedTuple):
    """*did* is the press that happened, *action* the fields of the one that takes it back."""

    did: str
    action: dict[str, Any]


def undo(room: Room) -> Undo | None:
    """None where no single press leads back to just what was, and for what a timer did."""
    last = room.last
    if last is None:
        return None
    event = last.event
    for kind, (did, back) in _TURNED.items():
        if isinstance(event, kind):
            return Undo(did, {"do": back})
    match event:
        case AnswerHidden(id=id) if last.counted:
            return Undo("hide_answer", {"do": "restore_answer", "id": id})
        case AnswerRestored(id=id) if last.hidden is not None:
            return Undo("restore_answer", {"do": "hide_answer", "id": id, "reason": last.hidden})
        case ActivityClosed(at=at):
            return Undo("close", {"do": "reopen"}) if at != last.due and _as_opened(room) else None
        case ActivityReopened() if last.stop.stage == CLOSED:
            return Undo("reopen", {"do": "close"})
        case ClosingSet() if last.due is None and room.state == "closing" and _as_opened(room):
            return Undo("close_in", {"do": "reopen"})
    return _walked(room, event, last)


def _as_opened(room: Room) -> bool:
    """Whether opening again would show or hide no more than closing left it."""
    state = room.activity
    return state is not None and state.revealed == (state.written.reveal == "live")


def _walked(room: Room, event: Event, last: LastStep) -> Undo | None:
    """One step along the route is taken back by one step the other way; a leap between slides by a leap."""
    stops = route(room)
    if not isinstance(event, _MOVES) or last.stop not in stops or room.stop not in stops:
        return None
    moved = stops.index(room.stop) - stops.index(last.stop)
    if moved == 1:
        return Undo("next", {"do": "back"})
    if moved == -1 and last.stop.activity == -1:
        return Undo("back", {"do": "next"})
    slides = room.workshop.slides
    if moved and last.stop.activity == -1 and not last.stop.stage and 0 < last.stop.slide <= len(slides):
        return Undo("goto", {"do": "goto", "slide": slides[last.stop.slide - 1].id})
    return None


def show(room: Room) -> dict[str, Any] | None:
    """For the console: `at` when it happened, `did`, and `undo`, the action that takes it back."""
    found = undo(room)
    return found and room.last and {"at": room.last.event.at, "did": found.did, "undo": found.action}
