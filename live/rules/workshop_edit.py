"""An edited workshop meets what people have already answered. A rule, as in `rules`."""

from collections.abc import Callable

from live.activities.state import ActivityState
from live.errors import EditedSince, Refused
from live.events import Event, WorkshopSet
from live.room import Room
from live.rules.commands import EditWorkshop
from live.workshop import Activity, Option, Workshop
from live.workshop.diagnostics import Diagnostics


def edit(room: Room, command: EditWorkshop, now: int) -> list[Event]:
    """EditedSince, or Refused `has-answers` with `errors` that name each line."""
    if command.text == room.workshop_text:
        return []
    if command.based_on is not None and command.based_on != room.workshop_version:
        raise EditedSince(room.workshop_text, room.workshop_version)
    check(room, command.written, command.translate)
    return [WorkshopSet(at=now, text=command.text)]


def check(room: Room, written: Workshop, translate: Callable[[str], str] = str) -> None:
    """Refused when answers of *room* would be without a place in *written*, or count for what people did not choose."""
    diagnostics = Diagnostics(translate)
    lost = []
    now = {activity.id: activity for slide in written.slides for activity in slide.activities}
    for id, state in room.activities.items():
        if id in room.ad_hoc or all(answer in room.rehearsed for answer in state.answers):
            continue
        after = now.get(id)
        if after is None:
            diagnostics.error(
                _line_left(room, state, written),
                "People have answered {word}, which is left out here. Put it back",
                word=id,
            )
        elif after.kind != state.written.kind:
            diagnostics.error(
                after.line,
                "People have answered {word} as {kind}. Make it that again",
                word=id,
                kind=f"`{state.written.kind}`",
            )
        elif option := _moved(state.written, after):
            diagnostics.error(
                after.line,
                "People have answered {word}: «{option}» must keep its place. New options come last",
                word=id,
                option=option.text,
            )
        else:
            continue
        lost.append(id)
    if lost:
        raise Refused("has-answers", activity=lost[0], errors=diagnostics.errors)


def _line_left(room: Room, state: ActivityState, written: Workshop) -> int:
    """Where the activity stood, counted from the heading of its slide if that is still there."""
    line = state.written.line
    if not room.has(state.written.id):
        return line
    home = room.workshop.slides[room.slide_of(state.written.id) - 1]
    for slide in written.slides:
        if slide.id == home.id:
            return slide.line + line - home.line
    return line


def _moved(before: Activity, after: Activity) -> Option | None:
    """The first option whose answers would count for another, or for none: answers name options by their place."""
    if before.options == after.options or (not after.options and "from" in after.attrs):
        return None
    here = {option.id: option.text for option in after.options}
    for option in before.options:
        text = here.get(option.id)
        if text is None or (text != option.text and option.text in here.values()):
            return option
    return None
