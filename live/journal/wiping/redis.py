"""Removes deleted text from the append-only file of Redis, where it stands until that is rewritten."""

import asyncio
import contextlib

from live.errors import StorageFailed
from live.journal.redis_link import Link
from live.journal.redis_names import Names


class Wiping:
    """When the file is rewritten: *after_s* after the first text was blanked, for all that was blanked until then."""

    def __init__(self, link: Link, names: Names, after_s: float) -> None:
        self._link = link
        self._flag = names.shared("wipe")
        self._after_s = after_s
        self._wiping: asyncio.TimerHandle | None = None
        self._closed = False

    async def begin(self) -> None:
        """Go on with what an interrupted process has left."""
        if await self._link.call("exists", self._flag):
            self._wipe_later()

    async def flag(self) -> None:
        """To be called before text is removed: if this process is interrupted, the next one sees the flag and wipes."""
        await self._link.call("set", self._flag, 1)

    async def wipe_soon(self) -> None:
        """After text was removed."""
        await self.flag()
        self._wipe_later()

    def _wipe_later(self) -> None:
        if self._wiping is None:
            self._wiping = asyncio.get_running_loop().call_later(
                self._after_s, lambda: self._link.start_task(self._wipe())
            )

    async def _wipe(self) -> None:
        self._wiping = None
        try:
            await self._link.call("delete", self._flag)
            await self._link.rewrite()
        except StorageFailed:  # a rewrite is already running, and may have begun before the last text was blanked
            with contextlib.suppress(StorageFailed):
                await self.flag()
            if not self._closed:
                self._wipe_later()

    async def close(self) -> None:
        """Before the link is closed: what waits to be wiped is wiped now."""
        self._closed = True
        if self._wiping is not None:
            self._wiping.cancel()
            await self._wipe()
