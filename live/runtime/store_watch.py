"""Notices when the store stops to answer about a room, and when it answers again, so that every face is told."""

import asyncio
import time

from live.journal import Journal, Top
from live.runtime.open_room import OpenRoom
from live.runtime.open_rooms import OpenRooms
from live.transport.hub import Hub

LOOK_S = 0.5
LATE_S = 1.5  # a call that waits longer is told of, so that everybody knows within 3 s
CALM_S = 2.0  # more than LATE_S: calls that fail and are made again must not look like answers


class StoreWatch:
    """`look` is to be called every LOOK_S."""

    def __init__(self, open_rooms: OpenRooms, journal: Journal, hub: Hub, *, tasks: asyncio.TaskGroup) -> None:
        self._open_rooms = open_rooms
        self._journal = journal
        self._hub = hub
        self._tasks = tasks
        self._late_at: dict[str, float] = {}  # code -> when the store was last seen to be late
        self._trying: set[str] = set()

    def stalled(self, code: str) -> bool:
        """Whether what is sent to the room can't be recorded now."""
        return code in self._late_at

    def look(self) -> None:
        now = time.monotonic()
        for code in {*self._late_at, *self._open_rooms.codes()}:
            open_room = self._open_rooms.get(code)
            before = code in self._late_at
            if open_room is None:
                self._late_at.pop(code, None)
            elif open_room.failing or self._journal.unanswered_s(code) > LATE_S:
                self._late_at[code] = now
                self._try(code, open_room)
            elif before and now - self._late_at[code] >= CALM_S:
                del self._late_at[code]
            if before != (code in self._late_at):
                self._hub.step(code)

    def _try(self, code: str, open_room: OpenRoom) -> None:
        """Find out whether a store that has failed records again: nobody may send anything more."""
        if open_room.failing and code not in self._trying:
            self._trying.add(code)
            self._tasks.create_task(self._store_again(code, open_room))

    async def _store_again(self, code: str, open_room: OpenRoom) -> None:
        room = open_room.room
        as_of = Top(open_room.epoch, room.position, room.step)
        try:
            await self._journal.set_due(code, "delete", room.delete_at, as_of=as_of)
            open_room.failing = False
        except Exception:  # noqa: S110 - it is tried again, and the failed append was logged
            pass
        finally:
            self._trying.discard(code)
