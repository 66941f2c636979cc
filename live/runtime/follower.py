"""Follows the journal of a room, and applies what other processes record, as it is recorded."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from live.errors import CameBackOlder, RoomNotFound
from live.events import WorkshopSet
from live.journal import Journal
from live.runtime.replay import read_workshop
from live.runtime.replica import Replica

RETRY_S = 1.0

logger = logging.getLogger("live.runtime.follower")


class Follower:
    """
    *publish* is called when events have been applied, *catch_up* when some are missing, *on_rollback* when the store
    has lost its end, *on_gone* when the room was deleted by another process.
    """

    def __init__(
        self,
        replica: Replica,
        journal: Journal,
        *,
        tasks: asyncio.TaskGroup,
        publish: Callable[[], None],
        catch_up: Callable[[], Awaitable[None]],
        on_rollback: Callable[[CameBackOlder], Awaitable[None]],
        on_gone: Callable[[], None],
    ) -> None:
        self._replica = replica
        self._journal = journal
        self._tasks = tasks
        self._publish = publish
        self._catch_up = catch_up
        self._on_rollback = on_rollback
        self._on_gone = on_gone
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = self._tasks.create_task(self._follow())

    def stop(self) -> None:
        if self._task:
            self._task.cancel()

    async def _follow(self) -> None:
        while True:
            self._replica.unconfirm_marks()
            try:
                await self._follow_once()
            except CameBackOlder as older:
                try:
                    await self._on_rollback(older)
                except Exception:
                    logger.warning("a room could not be begun again", exc_info=True)
                    await asyncio.sleep(RETRY_S)
            except RoomNotFound:
                self._on_gone()
                return
            except Exception:
                logger.warning("a room could not be followed", exc_info=True)
                await asyncio.sleep(RETRY_S)

    async def _follow_once(self) -> None:
        """Until the journal ends this stream, which it does when the epoch has changed."""
        replica = self._replica
        code = replica.room.code
        async with contextlib.aclosing(
            self._journal.follow(code, after=replica.room.position, epoch=replica.epoch, progress=replica.progress)
        ) as events:
            async for position, event in events:
                if isinstance(event, WorkshopSet):
                    await read_workshop(event)
                if position == replica.room.position + 1:
                    replica.add(event)
                    self._publish()
                elif position > replica.room.position:
                    await self._catch_up()
        await replica.follow_renewal()
