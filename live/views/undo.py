"""The action that undoes the newest press, where one action can: `back` for `next`, `reopen` for `close`, and so on."""

from typing import Any, NamedTuple

from live.activities.run import CLOSED
from live.events import (
    ActivityClosed,
    ActivityReopened,
    ActivityReturned,
    ActivityStarted,
    AnswerHidden,
    AnswerMasked,
    AnswerRestored,
    AnswersReleased,
    ClosingSet,
    Event,
    LobbyShown,
    PhoneMuted,
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
_OPPOSITES = {
    ScreenBlanked: ("blank", "unblank"), ScreenUnblanked: ("unblank", "blank"), TimerPaused: ("pause", "resume"),
    TimerResumed: ("resume", "pause"), ResultsShown: ("reveal", "hide"), ResultsHidden: ("hide", "reveal"),
    RoomEnded: ("end", "back"),
}  # fmt: skip


class Undo(NamedTuple):
    """`did` is the action that happened, `action` the fields of the action that undoes it."""

    did: str
    action: dict[str, Any]


def undo(room: Room) -> Undo | None:
    """None where no single action leads back exactly to what was before, and for what a timer did."""
    last = room.last
    if last is None:
        return None
    event = last.event
    for kind, (did, back) in _OPPOSITES.items():
        if isinstance(event, kind):
            return Undo(did, {"do": back})
    match event:
        case AnswerHidden(id=id) if last.received:  # one that waited for its flags waits again
            return Undo("hide_answer", {"do": "restore_answer", "id": id, "release": False})
        case AnswerMasked(id=id):
            return Undo("mask_answer", {"do": "unmask_answer", "id": id})
        case PhoneMuted(phone=phone):
            ids = (id for state in room.activities.values() for id in state.by_phone.get(phone, ()))
            return Undo("mute_phone", {"do": "unmute_phone", "id": next(ids, ""), "undo": True})
        case AnswersReleased():
            return Undo("release_answers", {"do": "undo_release"})
        case AnswerRestored(id=id) if last.hidden is not None:
            return Undo("restore_answer", {"do": "hide_answer", "id": id, "reason": last.hidden})
        case ActivityClosed(at=at):
            return Undo("close", {"do": "reopen"}) if at != last.due and _as_opened(room) else None
        case ActivityReopened() if last.stop.stage == CLOSED:
            return Undo("reopen", {"do": "close"})
        case ClosingSet() if last.due is None and room.state == "closing" and _as_opened(room):
            return Undo("close_in", {"do": "reopen"})
    return _undo_move(room, event, last)


def _as_opened(room: Room) -> bool:
    """Whether reopening would leave the results as visible as they are now."""
    state = room.activity
    return state is not None and state.revealed == (state.written.reveal == "live")


def _undo_move(room: Room, event: Event, last: LastStep) -> Undo | None:
    """A step along the route is undone by a step in the other direction, a jump between slides by a jump back."""
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
    """For the console: `at` when it happened, `did`, and `undo`, the action that undoes it."""
    found = undo(room)
    return found and room.last and {"at": room.last.event.at, "did": found.did, "undo": found.action}
