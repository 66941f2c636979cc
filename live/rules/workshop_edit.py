"""The rule for editing the workshop of a room: a change must not harm answers that people have already sent."""

from collections.abc import Callable
from typing import Any

from live.activities import SCHEMAS
from live.activities.state import ActivityState
from live.errors import EditedSince, Refused
from live.events import Event, WorkshopSet
from live.i18n.catalogs import N_
from live.room import Room
from live.rules.commands import EditWorkshop
from live.text.word_count import fold
from live.workshop import EDITION, Activity, Workshop, parse
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

    Refused if answers in *room* would have no activity, or count for what people did not answer. WorkshopInvalid if
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
        elif harm := _harm(room, state, after, written):
            line, sentence, facts = harm
            diagnostics.error(line, sentence, word=id, **facts)
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


def _harm(
    room: Room, state: ActivityState, after: Activity, written: Workshop
) -> tuple[int, str, dict[str, Any]] | None:
    """The line, sentence and facts of the first change that would make answers count for what nobody answered."""
    answers = [answer for id, answer in state.answers.items() if id not in room.rehearsed and not answer.redacted]
    before = _as_written(room, state)
    if harm := state.kind.harm(before, after, answers) if state.kind else None:
        return after.line, *harm
    lines = written.option_lines.get(after.id, ())
    if _rates_itself(before, room.workshop) and _rates_itself(after, written):
        return None  # its only item is the instruction, which may be mended
    chosen = {option for answer in answers if isinstance(answer.value, list | dict) for option in answer.value}
    now = {option.id: option for option in after.options}
    texts = {fold(option.text) for option in after.options}
    for place, option in enumerate(before.options):
        other = now.get(option.id)
        line = lines[place] if place < len(lines) else after.line
        if other is None or (fold(other.text) != fold(option.text) and fold(option.text) in texts):
            sentence = N_("People have answered {word}: «{option}» must keep its place. New options come last")
            return line, sentence, {"option": option.text}
        if option.id in chosen and fold(other.text) != fold(option.text):
            sentence = N_("People have answered {word} with «{option}», not «{other}». New options come last")
            return line, sentence, {"option": option.text, "other": other.text}
    return None


def _as_written(room: Room, state: ActivityState) -> Activity:
    """The activity as the workshop has it now: a state may have themes for options."""
    slides = room.workshop.slides
    return next((one for slide in slides for one in slide.activities if one.id == state.written.id), state.written)


def _rates_itself(activity: Activity, workshop: Workshop) -> bool:
    return workshop.option_lines.get(activity.id) == (activity.line,)
