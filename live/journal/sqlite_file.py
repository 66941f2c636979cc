"""The file of the SQLite store: locked for this process, and opened by one thread that writes and one that reads."""

import asyncio
import contextlib
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from live.errors import LiveError, StoreBusy
from live.journal.file_lock import lock
from live.journal.sqlite_migrations import SCHEMA, VERSION, migrate, version_of
from live.journal.sqlite_thread import Job, Worker, fail, failed
from live.journal.unanswered import Unanswered
from live.journal.wiping.sqlite import wipe

FILE = "innspill.db"
CACHE_KIB = 65_536
CHECKPOINT_PAGES = 8_000

T = TypeVar("T")


class SqliteFile:
    """
    *on_undone* is called in the thread that writes, when what jobs have done may not be in the file after all.

    Raises StoreBusy when another process has the store open, StoreUnfit when it can't be migrated to this version.
    """

    def __init__(self, folder: Path, on_undone: Callable[[], None]) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = folder / FILE
        self._on_undone = on_undone
        self.unanswered = Unanswered()  # of those that write
        self._lock = _lock_store(folder / "innspill.lock")
        with contextlib.ExitStack() as undo:
            undo.callback(os.close, self._lock)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            migrate(self.path)
            self._writer = Worker("innspill-writer", self._connect, self._commit)
            undo.callback(self._writer.stop)
            self._reader = Worker("innspill-reader", self._connect_to_read, self._run_reads)
            undo.pop_all()
        self.put_maintenance = self._writer.put_maintenance

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.executescript(
            "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;"
            "pragma secure_delete = on;"
            f"pragma cache_size = -{CACHE_KIB}; pragma wal_autocheckpoint = {CHECKPOINT_PAGES};"
        )
        if version_of(connection) == 0:
            connection.executescript(f"begin; {SCHEMA} pragma user_version = {VERSION}; commit;")
        wipe(self.path, connection)
        return connection

    def _connect_to_read(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute("pragma query_only = on")
        return connection

    def _commit(self, connection: sqlite3.Connection, jobs: list[Job]) -> None:
        """Run all waiting jobs in one transaction. A job that raises is rolled back alone."""
        done: list[tuple[Future[Any], Any]] = []
        try:
            connection.execute("begin immediate")
            for job, future in jobs:
                connection.execute("savepoint one")
                try:
                    done.append((future, job(connection)))
                except sqlite3.Error:
                    raise
                except Exception as refusal:
                    connection.execute("rollback to one")
                    if not isinstance(refusal, LiveError):
                        self._on_undone()
                    fail(future, refusal)
                connection.execute("release one")
            connection.execute("commit")
        except sqlite3.Error as failure:
            self._on_undone()
            # The commit may or may not be on disk. Every job fails with StorageFailed, and its sender sends again.
            with contextlib.suppress(sqlite3.Error):
                connection.execute("rollback")
            for _, future in jobs:
                fail(future, failed(failure))
            return
        for future, result in done:
            future.set_result(result)

    @staticmethod
    def _run_reads(connection: sqlite3.Connection, jobs: list[Job]) -> None:
        for job, future in jobs:
            if not future.set_running_or_notify_cancel():
                continue  # the caller has been cancelled
            try:
                future.set_result(job(connection))
            except sqlite3.Error as failure:
                fail(future, failed(failure))
            except Exception as refusal:
                fail(future, refusal)

    async def write(self, job: Callable[[sqlite3.Connection], T], *, on_end: Callable[[], None] | None = None) -> T:
        """
        What *job* returns, once it is committed together with others that wait. *on_end* is called then, or when it has
        failed, even if the caller has been cancelled. Raises StorageFailed, and what *job* raises.
        """
        # A caller that is cancelled must not undo what others in the same commit wait for.
        written = asyncio.wrap_future(self._writer.put(job))
        if on_end is not None:
            written.add_done_callback(lambda _: on_end())
        with self.unanswered.call():
            return await asyncio.shield(written)

    async def read(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """What *job* returns; it may only read. Raises StorageFailed, and what *job* raises."""
        return await asyncio.wrap_future(self._reader.put(job))

    async def close(self) -> None:
        await asyncio.to_thread(self._reader.stop)
        await asyncio.to_thread(self._writer.stop)  # last: the last connection to close does the checkpoint
        os.close(self._lock)


def _lock_store(path: Path) -> int:
    """Lock the store for this process. Raises StoreBusy."""
    try:
        return lock(path, wait=False)
    except OSError:
        raise StoreBusy(str(path.parent)) from None
