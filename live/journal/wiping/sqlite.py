"""Removes deleted text from the files of the SQLite store, where it may stand for a while after it was blanked."""

import asyncio
import contextlib
import functools
import sqlite3
from collections.abc import Callable
from pathlib import Path

from live.journal.sqlite_migrations import COPY_S, copies, drop_old_copies
from live.journal.sqlite_thread import Maintenance

TO_WIPE = 1  # `application_id` while blanked text may still stand in a file


def flag(connection: sqlite3.Connection) -> None:
    """To be called in the transaction that blanks text: if this process is killed, the next one sees it and wipes."""
    connection.execute(f"pragma application_id = {TO_WIPE}")


def wipe(path: Path, connection: sqlite3.Connection) -> None:
    """
    Remove every byte of blanked text from the files of the store at *path*.

    Blanking in place is not enough, not even with `secure_delete`: a page that was split keeps old copies in its
    unused middle, and the WAL holds them until it is checkpointed and truncated. When the disk is full or the WAL is
    being read, `application_id` stays TO_WIPE, and the next blanking, opening or closing of the store tries again.
    """
    with contextlib.suppress(sqlite3.Error, OSError):
        if connection.execute("pragma application_id").fetchone()[0] == TO_WIPE:
            for copy in copies(path):
                copy.unlink()
            connection.execute("vacuum")
            if not connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]:
                connection.execute("pragma application_id = 0")


class Wiping:
    """When the store at *path* is wiped. *put_maintenance* runs what it is given with the connection that writes."""

    def __init__(self, path: Path, put_maintenance: Callable[[Maintenance], None], after_s: float) -> None:
        self._path = path
        self._put_maintenance = put_maintenance
        self._after_s = after_s
        self._wiping: asyncio.TimerHandle | None = None
        self._dropping: asyncio.TimerHandle | None = None

    def wipe_soon(self) -> None:
        """After text was blanked. What is blanked until then is wiped together."""
        if self._wiping is None:
            self._wiping = asyncio.get_running_loop().call_later(self._after_s, self._wipe_now)

    def _wipe_now(self) -> None:
        self._wiping = None
        self._put_maintenance(functools.partial(wipe, self._path))

    def drop_copies(self) -> None:
        """Remove old copies of a store that was migrated, once they are COPY_S old; checked again while this runs."""
        with contextlib.suppress(OSError):
            if drop_old_copies(self._path):
                self._dropping = asyncio.get_running_loop().call_later(COPY_S, self.drop_copies)

    def close(self) -> None:
        """Before the store is closed: what waits to be wiped is put to be wiped now."""
        if self._dropping is not None:
            self._dropping.cancel()
        if self._wiping is not None:
            self._wiping.cancel()
            self._wipe_now()
