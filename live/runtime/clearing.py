"""
Clears a room of a meeting that was held, so that another group can use it under the same code.

The whole journal is copied first, to a room of its own: the archive. Only when that is stored does the room begin anew.
A process that fails between the two leaves both whole.
"""

import asyncio
import secrets

from msgspec import Struct

from live import codes
from live.errors import CodeTaken, Refused, RoomNotFound, StorageFailed
from live.events import Archive, Event
from live.media.store import files_of
from live.rights import FACILITATOR
from live.room import Room
from live.rules import clearing
from live.runtime import replay, room_pictures
from live.runtime.registry import Registry
from live.views.view import title

MOST_ATTEMPTS = 5  # answers may come while the archive is stored: then all of it is done again


class Cleared(Struct, frozen=True):
    """What a facilitator is told. `key` opens the archive as its facilitator; the store holds only its hash."""

    archive: Archive
    title: str
    key: str


async def clear(rooms: Registry, code: str) -> Cleared:
    """Raises Refused, as `clearing.check` does, or `busy` when answers come all the time."""
    journal, open_rooms = rooms.journal, rooms.open_rooms
    for _ in range(MOST_ATTEMPTS):
        open_room = await open_rooms.load(code)
        await open_rooms.newest(code)
        now, top = rooms.clock.now(), await journal.top(code)
        clearing.check(open_room.room, now)
        events = [event for _, event in await journal.read(code)]
        # Built from what is copied, and not the open one, which may know of more or less by now.
        room = await replay.load(journal, code, read_answers=False)
        if (top.position, room.position) != (len(events), len(events)):
            continue
        clearing.check(room, now)  # another press may have cleared it since the open one was brought up to date
        archived = await _store_copy(rooms, [*events, *clearing.archive_end(room, now)], room)
        kept = clearing.archive(room, archived, now)
        try:
            has_begun = await journal.begin_anew(code, clearing.beginning(room, events, kept, now), top=top)
        except StorageFailed:  # it may have begun all the same
            if (await journal.top(code)).epoch == top.epoch:
                await _delete_copy(rooms, archived)
            else:
                await open_room.replica.follow_renewal()
            raise
        if has_begun:
            await open_room.replica.follow_renewal()
            key = await rooms.new_key(archived, FACILITATOR)
            return Cleared(kept, title(await rooms.get(archived)), key)
        await _delete_copy(rooms, archived)
    raise Refused("busy", retry_in=2_000)


async def _delete_copy(rooms: Registry, archived: str) -> None:
    await rooms.journal.delete(archived)
    await asyncio.to_thread(rooms.media.drop_room, archived)


async def _store_copy(rooms: Registry, events: list[Event], room: Room) -> str:
    """A room of its own, which is deleted when those who took part were told. Returns its code."""
    journal = rooms.journal
    while True:
        code = codes.make(secrets.randbelow)
        if await journal.report(code) is not None:
            continue
        try:
            await journal.create(code, events)
        except CodeTaken:
            continue
        await journal.set_due(code, "delete", room.delete_at)
        await room_pictures.put(journal, code, await room_pictures.read(journal, room.code, room.pictures))
        await asyncio.to_thread(rooms.media.share, room.code, code, files_of(room.films))
        return code


async def key_of(rooms: Registry, code: str, archived: str) -> str:
    """A new key to an archive of the room. Raises RoomNotFound where that is none of its archives, or is deleted."""
    room = await rooms.newest(code)
    if archived not in {one.code for one in room.archives} or (await rooms.newest(archived)).archive_of != code:
        raise RoomNotFound
    return await rooms.new_key(archived, FACILITATOR)
