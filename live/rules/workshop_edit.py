"""The rule for editing the workshop of a room: a change must not harm answers that people have already sent."""

from collections.abc import Callable

from live.activities import SCHEMAS
from live.activities.state import ActivityState
from live.errors import EditedSince, Refused
from live.events import Event, WorkshopSet
from live.room import Room
from live.rules.commands import EditWorkshop
from live.workshop import EDITION, Activity, Option, Workshop, parse
from live.workshop.diagnostics import Diagnostics
from live.workshop.pairing import pair


def edit(room: Room, command: EditWorkshop, now: int) -> list[Event]:
    """Raises EditedSince, WorkshopInvalid, or Refused `has-answers` with `errors`, one problem for each line."""
    if command.text == room.workshop_text:
        return []
    if command.based_on is not None and command.based_on != room.workshop_version:
        raise EditedSince(room.workshop_text, room.workshop_version)
    names = check(room, command.text, command.written, command.translate)
    return [WorkshopSet(at=now, text=command.text, edition=EDITION, names=names)]


def check(room: Room, text: str, written: Workshop, translate: Callable[[str], str] = str) -> dict[int, str]:
    """
    The ids for activities of *text* that have none there (`pairing`). *written* is what it was read as without them.

    Refused if answers in *room* would have no activity, or count for options people did not choose. WorkshopInvalid if
    a `from=` goes by an id that belongs to another activity.
    """
    diagnostics = Diagnostics(translate)
    lost = []
    pairing = pair(room.workshop, written, room.activities.keys())
    if pairing.names:
        written, _ = parse(text, SCHEMAS, translate=translate, names=pairing.names)
    new = {activity.id: activity for slide in written.slides for activity in slide.activities}
    for id, state in room.activities.items():
        if id in room.ad_hoc or all(answer in room.rehearsed for answer in state.answers):
            continue
        after = new.get(id)
        if lines := pairing.unsure.get(id):
            diagnostics.error(
                lines[0],
                "People have answered {word}, and this may be another. If it is the same, write `id={id}` here",
                word=id,
                id=id,
            )
        elif after is None:
            diagnostics.error(
                _line_of_missing(room, state, written),
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
        elif option := _moved_option(state.written, after):
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
    return pairing.names


def _line_of_missing(room: Room, state: ActivityState, written: Workshop) -> int:
    """The line where the missing activity was, counted from the heading of its slide if that still exists."""
    line = state.written.line
    if not room.has(state.written.id):
        return line
    home = room.workshop.slides[room.slide_of(state.written.id) - 1]
    for slide in written.slides:
        if slide.id == home.id:
            return slide.line + line - home.line
    return line


def _moved_option(before: Activity, after: Activity) -> Option | None:
    """The first option whose answers would count for another option or none, as answers name options by their place."""
    if before.options == after.options or (not after.options and "from" in after.attrs):
        return None
    texts = {option.id: option.text for option in after.options}
    for option in before.options:
        text = texts.get(option.id)
        if text is None or (text != option.text and option.text in texts.values()):
            return option
    return None
