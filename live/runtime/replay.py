"""A room as its journal makes it."""

import asyncio
from collections.abc import Callable

from live.events import AnswerChanged, AnswerRedacted, AnswerSent, AnswerWithdrawn, Event, RehearsalCleared, WorkshopSet
from live.journal import Journal
from live.room import Room
from live.text import lemmas

APPLIED_AT_ONCE = 500  # events; 100,000 of one room take 5 s, and other rooms must not wait for them


async def load(journal: Journal, code: str) -> Room:
    """The room as its journal makes it, to be looked at only; RoomNotFound."""
    room = Room(code)
    await catch_up(journal, room)
    return room


async def catch_up(
    journal: Journal, room: Room, note: Callable[[Event], None] = lambda event: None, *, read: bool = True
) -> set[str]:
    """
    Add up what the journal has more of, each told to *note*. What answers say is *read*, or left for later.

    Returns: ids of answers taken back whose words may still stand in it.
    """
    words: dict[str, bool] = {}
    gone: set[str] = set()
    for position, event in await journal.read(room.code, after=room.position):
        if position <= room.position:
            continue  # came in by another way while this was read
        assert position == room.position + 1, "the journal has a hole"
        gone.update(taken_back(room, event))
        room.apply(event)
        note(event)
        if isinstance(event, WorkshopSet) and room.words_by:
            await asyncio.to_thread(lemmas.load, room.workshop.language)  # half a second, the first time
        if not room.position % APPLIED_AT_ONCE:
            if read:
                room.read_on(APPLIED_AT_ONCE)
            await asyncio.sleep(0)
        if isinstance(event, AnswerSent | AnswerChanged):
            words[event.id] = words.get(event.id, False) or bool(event.text or event.value)
    return {id for id in gone if words.get(id, True)}


def taken_back(room: Room, event: Event) -> list[str]:
    """Ids of the answers whose words must leave the journal by *event*, which comes next in *room*."""
    if isinstance(event, RehearsalCleared):
        return list(room.rehearsed)
    return [event.id] if isinstance(event, AnswerRedacted | AnswerWithdrawn) else []
