"""
The embedded journal: one SQLite file, one thread that writes, one that reads.

WAL with `synchronous=FULL`. All appends that wait go into one commit, so the disk sets the latency but never the
throughput (docs/performance.md). Exactly one connection writes and checkpoints: SQLite before 3.51.3 can lose commits
when two do.
"""

import asyncio
import contextlib
import functools
import os
import secrets
import sqlite3
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from live.errors import CameBackOlder, CodeTaken, Conflict, LiveError, RoomNotFound, StorageFailed, StoreBusy
from live.events import AnyEvent, Event, decode, encode
from live.journal import PRESENT_MS, Progress, Recorded, RoomRow, Top, sum_columns
from live.journal.event_keys import KeyCache
from live.journal.file_lock import lock
from live.journal.sqlite_migrations import COPY_S, VERSION, copies, drop_old_copies, migrate, version_of
from live.journal.sqlite_thread import Job, Worker, fail

FILE = "innspill.db"
CACHE_KIB = 65_536
CHECKPOINT_PAGES = 8_000
TO_WIPE = 1  # `application_id` while blanked text may still stand in a file
WIPE_AFTER_S = 3600.0  # we promise a day; this way a busy hour is wiped once

SCHEMA = """
create table rooms (
    code text primary key, epoch text not null, created_at integer not null,
    position integer not null, step integer not null
) without rowid;
create table events (
    code text not null, position integer not null, key text, body blob not null, primary key (code, position)
) without rowid;
create table keys (hash text primary key, code text not null, right text not null, at integer not null) without rowid;
create index keys_by_room on keys (code);
create table due (code text not null, what text not null, at integer not null, primary key (code, what)) without rowid;
create table secrets (name text primary key, value blob not null) without rowid;
create table reports (code text primary key, body blob not null) without rowid;
"""

T = TypeVar("T")


async def open_sqlite(folder: Path, *, wipe_after_s: float = WIPE_AFTER_S) -> "SqliteJournal":
    """Open the store in *folder*, creating it if needed. Raises StoreBusy when another process has it open."""
    journal = await asyncio.to_thread(SqliteJournal, folder, wipe_after_s)
    journal.drop_copies()
    return journal


class SqliteJournal:
    """See `Journal` for the promise. For one process only: a lock file keeps others out."""

    shared = False

    def __init__(self, folder: Path, wipe_after_s: float = WIPE_AFTER_S) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / FILE
        self._wakes: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._present: dict[str, dict[str, tuple[int, ...]]] = {}
        self._due_states: dict[tuple[str, str], Top] = {}  # from which states the stored due times follow
        self._closed = False
        self._wipe_after_s = wipe_after_s
        self._wiping: asyncio.TimerHandle | None = None
        self._dropping: asyncio.TimerHandle | None = None
        self._lock = _lock_store(folder / "innspill.lock")
        with contextlib.ExitStack() as undo:
            undo.callback(os.close, self._lock)
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
            migrate(self._path)
            self._event_keys = KeyCache()
            self._writer = Worker("innspill-writer", self._connect, self._commit)
            undo.callback(self._writer.stop)
            self._reader = Worker("innspill-reader", self._connect_to_read, self._run_reads)
            undo.pop_all()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.executescript(
            "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;"
            "pragma secure_delete = on;"
            f"pragma cache_size = -{CACHE_KIB}; pragma wal_autocheckpoint = {CHECKPOINT_PAGES};"
        )
        if version_of(connection) == 0:
            connection.executescript(f"begin; {SCHEMA} pragma user_version = {VERSION}; commit;")
        _wipe(self._path, connection)
        return connection

    def _connect_to_read(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("pragma query_only = on")
        return connection

    # -- the two threads ------------------------------------------------------------------------------------

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
                        self._event_keys.forget()
                    fail(future, refusal)
                connection.execute("release one")
            connection.execute("commit")
        except sqlite3.Error as failure:
            self._event_keys.forget()
            # The commit may or may not be on disk. Every job fails with StorageFailed, and its sender sends again.
            with contextlib.suppress(sqlite3.Error):
                connection.execute("rollback")
            for _, future in jobs:
                fail(future, StorageFailed(str(failure)))
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
                fail(future, StorageFailed(str(failure)))
            except Exception as refusal:
                fail(future, refusal)

    async def _write(self, job: Callable[[sqlite3.Connection], T], *, wake: str = "") -> T:
        # A caller that is cancelled must not undo what others in the same commit wait for, and followers must be woken.
        written = asyncio.wrap_future(self._writer.put(job))
        if wake:
            written.add_done_callback(lambda _: self._wake(wake))
        return await asyncio.shield(written)

    async def _read(self, job: Callable[[sqlite3.Connection], T]) -> T:
        return await asyncio.wrap_future(self._reader.put(job))

    # -- events ---------------------------------------------------------------------------------------------

    async def create(self, code: str, events: Sequence[Event]) -> Recorded:
        def job(connection: sqlite3.Connection) -> Recorded:
            try:
                connection.execute(
                    "insert into rooms values (?, ?, ?, 0, 0)", (code, secrets.token_hex(8), events[0].at)
                )
            except sqlite3.IntegrityError:
                raise CodeTaken(code) from None
            return self._add(connection, code, events, 0, 0)

        return await self._write(job)

    async def append(self, code: str, events: Sequence[Event], *, step: int, since: Top | None = None) -> Recorded:
        assert len(events) == 1 or not any(event.step for event in events), "a step stands alone in its append"

        def job(connection: sqlite3.Connection) -> Recorded:
            top = _top(connection, code)
            if since and (top.epoch != since.epoch or top.position < since.position):
                raise CameBackOlder(since.epoch, since.position)
            if top.step != step:
                raise Conflict(top.step)
            return self._add(connection, code, events, top.position, top.step)

        return await self._write(job, wake=code)

    def _add(
        self, connection: sqlite3.Connection, code: str, events: Sequence[Event], position: int, step: int
    ) -> Recorded:
        keys, rows, duplicates = self._event_keys.of_room(connection, code), [], set()
        for event in events:
            key = event.key
            if key is not None and not keys.add(key, position + 1):
                duplicates.add(key)
                continue
            position += 1
            step += event.step
            rows.append((code, position, key, encode(event)))
        connection.executemany("insert into events values (?, ?, ?, ?)", rows)
        connection.execute("update rooms set position = ?, step = ? where code = ?", (position, step, code))
        return Recorded(position, step, frozenset(duplicates))

    async def read(self, code: str, *, after: int = 0) -> list[tuple[int, AnyEvent]]:
        return (await self._read_past(code, after))[1]

    async def _read_past(self, code: str, after: int) -> tuple[Top, list[tuple[int, AnyEvent]]]:
        def job(connection: sqlite3.Connection) -> tuple[Top, list[tuple[int, bytes]]]:
            connection.execute("begin")  # so that both queries see the same state
            try:
                return _top(connection, code), connection.execute(
                    "select position, body from events where code = ? and position > ? order by position", (code, after)
                ).fetchall()
            finally:
                connection.execute("rollback")

        top, rows = await self._read(job)
        return top, [(position, decode(body)) for position, body in rows]

    async def follow(
        self, code: str, *, after: int = 0, epoch: str = "", progress: Progress | None = None
    ) -> AsyncGenerator[tuple[int, AnyEvent]]:
        while True:
            wake = self._wakes[code]  # taken before reading: anything recorded from now on sets it
            try:
                top, events = await self._read_past(code, after)
            except RoomNotFound:
                self._wake(code)
                return
            if top.epoch != (epoch := epoch or top.epoch):
                return
            for after, event in events:
                yield after, event
            if not events:
                await wake.wait()

    async def renew(self, code: str, epoch: str) -> bool:
        def job(connection: sqlite3.Connection) -> bool:
            changed = connection.execute(
                "update rooms set epoch = ? where code = ? and epoch = ?", (secrets.token_hex(8), code, epoch)
            )
            return bool(changed.rowcount)

        return await self._write(job, wake=code)

    def _wake(self, code: str) -> None:
        if (wake := self._wakes.pop(code, None)) is not None:
            wake.set()

    async def top(self, code: str) -> Top:
        return await self._read(lambda connection: _top(connection, code))

    async def redact(self, code: str, answer_id: str) -> None:
        def job(connection: sqlite3.Connection) -> None:
            for position in self._event_keys.of_room(connection, code).positions_of(answer_id):
                (body,) = connection.execute(
                    "select body from events where code = ? and position = ?", (code, position)
                ).fetchone()
                event = decode(body)
                blank = {name: empty for name, empty in (("text", ""), ("value", None)) if hasattr(event, name)}
                if blank:
                    connection.execute(
                        "update events set body = ? where code = ? and position = ?",
                        (encode(msgspec.structs.replace(event, **blank)), code, position),
                    )

        await self._write_and_wipe(job)

    async def rooms(self) -> list[RoomRow]:
        def job(connection: sqlite3.Connection) -> list[RoomRow]:
            rows = connection.execute("select code, created_at, position, step from rooms order by created_at, code")
            return [RoomRow(*row) for row in rows]

        return await self._read(job)

    async def delete(self, code: str, *, report: bytes = b"", keeping: str = "", at: int | None = None) -> bool:
        def job(connection: sqlite3.Connection) -> bool:
            if at is not None:
                row = connection.execute("select position from rooms where code = ?", (code,)).fetchone()
                if row is None or row[0] != at:
                    return False
            self._present.pop(code, None)
            self._event_keys.forget(code)
            for of_room in [pair for pair in self._due_states if pair[0] == code]:
                del self._due_states[of_room]
            for table in ("events", "due", "rooms"):
                connection.execute(f"delete from {table} where code = ?", (code,))  # noqa: S608 - names of our own
            connection.execute("delete from keys where code = ? and right <> ?", (code, keeping))
            _put_report(connection, code, report)
            return True

        return await self._write_and_wipe(job, wake=code)

    async def report(self, code: str) -> bytes | None:
        return await self._read(lambda connection: _report(connection, code))

    async def keep_report(self, code: str, body: bytes, was: bytes = b"") -> bool:
        def job(connection: sqlite3.Connection) -> bool:
            if (_report(connection, code) or b"") not in (was, body):
                return False
            _put_report(connection, code, body)
            return True

        return await self._write_and_wipe(job)

    async def reports(self) -> list[str]:
        return await self._read(
            lambda connection: [code for (code,) in connection.execute("select code from reports order by code")]
        )

    async def _write_and_wipe(self, job: Callable[[sqlite3.Connection], T], *, wake: str = "") -> T:
        def blank(connection: sqlite3.Connection) -> T:
            result = job(connection)
            connection.execute(f"pragma application_id = {TO_WIPE}")
            return result

        result = await self._write(blank, wake=wake)
        if self._wiping is None:
            self._wiping = asyncio.get_running_loop().call_later(self._wipe_after_s, self._wipe_now)
        return result

    def drop_copies(self) -> None:
        """Remove old copies of a store that was migrated, once they are COPY_S old; checked again while this runs."""
        with contextlib.suppress(OSError):
            if drop_old_copies(self._path):
                self._dropping = asyncio.get_running_loop().call_later(COPY_S, self.drop_copies)

    def _wipe_now(self) -> None:
        self._wiping = None
        self._writer.put_maintenance(functools.partial(_wipe, self._path))

    # -- keys, secrets, due times ---------------------------------------------------------------------------

    async def add_key(self, key_hash: str, *, code: str, right: str, at: int) -> None:
        await self._write(
            lambda connection: connection.execute(
                "insert or replace into keys values (?, ?, ?, ?)", (key_hash, code, right, at)
            ).close()
        )

    async def key_right(self, key_hash: str) -> tuple[str, str] | None:
        return await self._read(
            lambda connection: connection.execute("select code, right from keys where hash = ?", (key_hash,)).fetchone()
        )

    async def revoke_keys(self, code: str, right: str = "") -> None:
        await self._write(
            lambda connection: connection.execute(
                "delete from keys where code = ? and (? = '' or right = ?)", (code, right, right)
            ).close()
        )

    async def secret(self, name: str, fresh: bytes) -> bytes:
        def job(connection: sqlite3.Connection) -> bytes:
            connection.execute("insert or ignore into secrets values (?, ?)", (name, fresh))
            return bytes(connection.execute("select value from secrets where name = ?", (name,)).fetchone()[0])

        return await self._write(job)

    async def set_due(self, code: str, what: str, at: int | None, *, as_of: Top | None = None) -> None:
        def job(connection: sqlite3.Connection) -> None:
            if as_of:
                known = self._due_states.get((code, what), as_of)
                if known.epoch == as_of.epoch and known.position > as_of.position:
                    return
                self._due_states[code, what] = as_of
            if at is None:
                connection.execute("delete from due where code = ? and what = ?", (code, what))
            else:
                connection.execute("insert or replace into due values (?, ?, ?)", (code, what, at))

        await self._write(job)

    async def due(self, before: int) -> list[tuple[str, str, int]]:
        return await self._read(
            lambda connection: connection.execute(
                "select code, what, at from due where at < ? order by at", (before,)
            ).fetchall()
        )

    async def clock(self) -> None:
        return None

    async def present(self, code: str, worker: str, counts: Sequence[int], *, now: int) -> list[int]:
        rows = self._present.setdefault(code, {})
        rows[worker] = (now, *counts)
        for name in [name for name, (at, *_) in rows.items() if at <= now - PRESENT_MS]:
            del rows[name]
        return sum_columns(counts for name, (_, *counts) in rows.items() if name != worker)

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        if self._dropping is not None:
            self._dropping.cancel()
        if self._wiping is not None:
            self._wiping.cancel()
            self._wipe_now()
        await asyncio.to_thread(self._reader.stop)
        await asyncio.to_thread(self._writer.stop)  # last: the last connection to close does the checkpoint
        os.close(self._lock)


def _wipe(path: Path, connection: sqlite3.Connection) -> None:
    """
    Remove every byte of blanked text from the files.

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


def _top(connection: sqlite3.Connection, code: str) -> Top:
    row = connection.execute("select epoch, position, step from rooms where code = ?", (code,)).fetchone()
    if row is None:
        raise RoomNotFound(code)
    return Top(*row)


def _report(connection: sqlite3.Connection, code: str) -> bytes | None:
    row = connection.execute("select body from reports where code = ?", (code,)).fetchone()
    return bytes(row[0]) if row else None


def _put_report(connection: sqlite3.Connection, code: str, body: bytes) -> None:
    connection.execute("delete from reports where code = ?", (code,))
    if body:
        connection.execute("insert into reports values (?, ?)", (code, body))


def _lock_store(path: Path) -> int:
    """Lock the store for this process. Raises StoreBusy."""
    try:
        return lock(path, wait=False)
    except OSError:
        raise StoreBusy(str(path.parent)) from None
