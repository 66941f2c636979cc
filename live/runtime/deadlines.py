"""The deadlines of one room: when its open activity closes by itself, and when the room is deleted."""

import asyncio
import logging
from collections.abc import Callable

from live.clock import Clock
from live.journal import Journal, Top
from live.room import Room

FIRED = -1
RETRY_S = 1.0

logger = logging.getLogger("live.runtime.deadlines")


class Deadlines:
    """
    `set` takes both deadlines from the room; *on_due* is called when the activity's time has run out.

    Both are stored, so that they are met after a restart even if nobody asks for the room.
    """

    def __init__(
        self, code: str, *, journal: Journal, clock: Clock, tasks: asyncio.TaskGroup, on_due: Callable[[], None]
    ) -> None:
        self._code = code
        self._journal = journal
        self._clock = clock
        self._tasks = tasks
        self._on_due = on_due
        self._handle: asyncio.TimerHandle | None = None
        self._due: int | None = None
        self._delete_at: int | None = None
        self._off = False

    @property
    def pending(self) -> bool:
        """Whether *on_due* will be called, or has been called and no new deadline is set."""
        return self._due is not None

    def set(self, room: Room, epoch: str) -> None:
        """Take both from *room*, which is of *epoch*."""
        if room.delete_at != self._delete_at:
            self._delete_at = room.delete_at
            self._store("delete", self._delete_at, Top(epoch, room.position, room.step))
        due = room.due()
        if self._off or (due == self._due and self._handle is not None):
            return
        if self._handle:
            self._handle.cancel()
            self._handle = None
        if due is not None:
            retry = self._due == FIRED  # it was due, but the store did not record the closing
            wait_s = max(RETRY_S if retry else 0, (due - self._clock.now()) / 1000)
            self._handle = asyncio.get_running_loop().call_later(wait_s, self._fire)
        if due != self._due:
            self._due = due
            self._store("timer", due, Top(epoch, room.position, room.step))

    def turn_off(self) -> None:
        """Stop for good: the room is unloaded or deleted, and nothing more may be stored about it."""
        self._off = True
        if self._handle:
            self._handle.cancel()

    def _fire(self) -> None:
        self._handle, self._due = None, FIRED
        self._on_due()

    def _store(self, what: str, due: int | None, as_of: Top) -> None:
        # Not waited for, so they may reach the store in another order, also because other workers store theirs: the
        # state that each follows from tells which is the last.
        self._tasks.create_task(self._try_to_store(what, due, as_of))

    async def _try_to_store(self, what: str, due: int | None, as_of: Top) -> None:
        if self._off:
            return
        try:
            await self._journal.set_due(self._code, what, due, as_of=as_of)
        except Exception:
            logger.warning("due time not stored", exc_info=True)
