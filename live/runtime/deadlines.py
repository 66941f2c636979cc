"""When one room's open question closes by itself, and when the room is deleted."""

import asyncio
import logging
from collections.abc import Callable

from live.clock import Clock
from live.journal import Journal
from live.room import Room

RINGING = -1
RETRY_S = 1.0

logger = logging.getLogger("live.runtime.deadlines")


class Deadlines:
    """
    Set from what the room says; *ring* is called when its time has run out.

    Both times are stored, so that it happens after a restart even if nobody asks for the room.
    """

    def __init__(
        self, code: str, *, journal: Journal, clock: Clock, tasks: asyncio.TaskGroup, ring: Callable[[], None]
    ) -> None:
        self._code = code
        self._journal = journal
        self._clock = clock
        self._tasks = tasks
        self._tell = ring
        self._handle: asyncio.TimerHandle | None = None
        self._due: int | None = None
        self._delete_at: int | None = None
        self._off = False

    @property
    def waits(self) -> bool:
        """Whether it will ring, or has rung and is not set again."""
        return self._due is not None

    def set(self, room: Room) -> None:
        if room.delete_at != self._delete_at:
            self._delete_at = room.delete_at
            self._tasks.create_task(self._note("delete", self._delete_at))
        due = room.due()
        if self._off or (due == self._due and self._handle is not None):
            return
        if self._handle:
            self._handle.cancel()
            self._handle = None
        if due is not None:
            again = self._due == RINGING  # it rang, and the store did not take what came of it
            wait_s = max(RETRY_S if again else 0, (due - self._clock.now()) / 1000)
            self._handle = asyncio.get_running_loop().call_later(wait_s, self._ring)
        if due != self._due:
            self._due = due
            self._tasks.create_task(self._note("timer", due))

    def turn_off(self) -> None:
        """For good: the room leaves this process, or is deleted, and nothing more may be written of it."""
        self._off = True
        if self._handle:
            self._handle.cancel()

    def _ring(self) -> None:
        self._handle, self._due = None, RINGING
        self._tell()

    async def _note(self, what: str, due: int | None) -> None:
        if self._off:
            return
        try:
            await self._journal.set_due(self._code, what, due)
        except Exception:
            logger.warning("due time not stored", exc_info=True)
