"""Builds a room by applying the events of its journal."""

import asyncio
from collections.abc import Callable, Iterable
from typing import NamedTuple

from live import workshop
from live.activities import SCHEMAS
from live.events import (
    AnswerChanged,
    AnswerHidden,
    AnswerRedacted,
    AnswerSent,
    AnswerWithdrawn,
    Event,
    QuestionAnswered,
    ReasonGiven,
    RehearsalCleared,
    ThemeMade,
    ThemeRenamed,
    WorkshopSet,
)
from live.journal import Journal
from live.room import Room
from live.room.rehearsal import REHEARSAL
from live.text import lemmas

APPLIED_AT_ONCE = 500  # events, before others get their turn: 100,000 events of one room take 5 s


class Removed(NamedTuple):
    """
    An answer whose text must leave the store, also what was named after its words at other `positions`. A `rehearsed`
    one is a pretend participant's, which nobody minds to see again from a backup.
    """

    id: str
    rehearsed: bool
    positions: tuple[int, ...] = ()


async def load(journal: Journal, code: str, *, read_answers: bool = True) -> Room:
    """
    The room as its journal has it now, for reading only: it is not kept up to date. *read_answers* as for `catch_up`.
    Raises RoomNotFound.
    """
    room = Room(code)
    await catch_up(journal, room, read_answers=read_answers)
    return room


async def catch_up(
    journal: Journal, room: Room, on_event: Callable[[Event], None] = lambda event: None, *, read_answers: bool = True
) -> set[Removed]:
    """
    Apply the events that the journal has beyond *room*; *on_event* is called with each. The texts of answers are
    counted with *read_answers*, else left for later.

    Returns: the removed answers whose text may still be in the journal.
    """
    has_text: dict[str, bool] = {}
    named: set[int] = set()
    before = room.position
    removed: set[Removed] = set()
    for position, event in await journal.read(room.code, after=room.position):
        if isinstance(event, WorkshopSet) and position > room.position:
            await read_workshop(event)
        if position <= room.position:
            continue  # applied in another way while this was read
        assert position == room.position + 1, "the journal has a gap"
        removed.update(removed_answers(room, event))
        room.apply(event)
        on_event(event)
        if isinstance(event, WorkshopSet) and room.words_by:
            await asyncio.to_thread(lemmas.load, room.workshop.language)  # takes half a second the first time
        if not room.position % APPLIED_AT_ONCE:
            if read_answers:
                room.read_on(APPLIED_AT_ONCE)
            await asyncio.sleep(0)
        if isinstance(event, AnswerSent | AnswerChanged):
            has_text[event.id] = has_text.get(event.id, False) or bool(event.text or event.value)
        elif _says(event):
            named.add(room.position)
    return {
        answer
        for answer in removed
        if has_text.get(answer.id, True) or any(at <= before or at in named for at in answer.positions)
    }


async def read_workshop(event: WorkshopSet) -> None:
    """Read a workshop beside the loop, before it is applied: a large one takes seconds, and all would wait."""
    await asyncio.to_thread(workshop.reread, event.text, SCHEMAS)


def removed_answers(room: Room, event: Event) -> list[Removed]:
    """The answers whose text must leave the journal because of *event*, the next one of *room*."""
    if isinstance(event, RehearsalCleared):
        return [Removed(id, rehearsed=True) for id in room.rehearsed]
    if isinstance(event, AnswerRedacted | AnswerWithdrawn):
        return [Removed(event.id, event.id in room.rehearsed, tuple(event.blank))]
    return []


def _says(event: Event) -> bool:
    """Whether it has a name, a reason or a reply that may have to be blanked."""
    match event:
        case ThemeMade(name=said) | ThemeRenamed(name=said) | AnswerHidden(reason=said) | ReasonGiven(reason=said):
            return bool(said)
        case QuestionAnswered(text=text):
            return bool(text)
    return False


def texts_left(events: Iterable[tuple[int, Event]]) -> set[Removed]:
    """The removed answers of a whole journal whose text is still in it, without building the room."""
    with_text, rehearsed, removed = set[str](), set[str](), set[str]()
    said, positions = set[int](), dict[str, tuple[int, ...]]()
    for position, event in events:
        if _says(event):
            said.add(position)
        match event:
            case AnswerSent(id=id) | AnswerChanged(id=id):
                if event.text or event.value:
                    with_text.add(id)
                if isinstance(event, AnswerSent) and event.via == REHEARSAL:
                    rehearsed.add(id)
            case AnswerWithdrawn(id=id) | AnswerRedacted(id=id):
                removed.add(id)
                positions[id] = left = tuple(at for at in event.blank if at in said)
                if left:
                    with_text.add(id)
            case RehearsalCleared():
                removed |= rehearsed
    return {Removed(id, id in rehearsed, positions.get(id, ())) for id in removed & with_text}
