"""
The embedded journal: one SQLite file, one thread that writes, one that reads.

WAL with `synchronous=FULL`, and every append that waits goes into one commit: the disk sets the latency, never the
throughput (docs/performance.md). Exactly one connection writes and checkpoints: SQLite before 3.51.3 can lose commits
when two do.
"""

import asyncio
import contextlib
import os
import queue
import secrets
import sqlite3
import threading
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from live.errors import CameBackOlder, CodeTaken, Conflict, RoomNotFound, StorageFailed, StoreBusy
from live.events import AnyEvent, Event, decode, encode
from live.journal import PRESENT_MS, Held, Recorded, RoomRow, Top

FILE = "innspill.db"
MOST_IN_ONE_COMMIT = 256
TO_WIPE = 1  # `application_id` while blanked text may still stand in a file
WIPE_AFTER_S = 3600.0  # the promise is a day; a busy hour is wiped once

SCHEMA = """
create table rooms (
    code text primary key, epoch text not null, created_at integer not null,
    position integer not null, step integer not null
) without rowid;
create table events (
    code text not null, position integer not null, key text, about text, body blob not null,
    primary key (code, position)
) without rowid;
create unique index events_by_key on events (code, key) where key is not null;
create index events_by_answer on events (code, about) where about is not null;
create table keys (hash text primary key, code text not null, right text not null, at integer not null) without rowid;
create index keys_by_room on keys (code);
create table due (code text not null, what text not null, at integer not null, primary key (code, what)) without rowid;
create table secrets (name text primary key, value blob not null) without rowid;
pragma user_version = 1;
"""

T = TypeVar("T")
Errand = Callable[[sqlite3.Connection], None]
Job = tuple[Callable[[sqlite3.Connection], Any], Future[Any]]


async def open_sqlite(folder: Path, *, wipe_after_s: float = WIPE_AFTER_S) -> "SqliteJournal":
    """Open the store in *folder*, making it if need be; StoreBusy when another process holds it."""
    return await asyncio.to_thread(SqliteJournal, folder, wipe_after_s)


class SqliteJournal:
    """See `Journal` for the promise. For one process: a lock file keeps others out."""

    shared = False

    def __init__(self, folder: Path, wipe_after_s: float = WIPE_AFTER_S) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / FILE
        self._wakes: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._present: dict[str, dict[str, tuple[int, int, int]]] = {}
        self._closed = False
        self._wipe_after_s = wipe_after_s
        self._wiping: asyncio.TimerHandle | None = None
        self._lock = _hold(folder / "innspill.lock")
        with contextlib.ExitStack() as undo:
            undo.callback(os.close, self._lock)
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
            self._writer = _Worker("innspill-writer", self._connect, self._commit)
            undo.callback(self._writer.stop)
            self._reader = _Worker("innspill-reader", self._connect_to_read, self._run_reads)
            undo.pop_all()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.executescript(
            "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;"
            "pragma secure_delete = on;"
        )
        if connection.execute("pragma user_version").fetchone()[0] == 0:
            connection.executescript(f"begin; {SCHEMA} commit;")
        _wipe(connection)
        return connection

    def _connect_to_read(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("pragma query_only = on")
        return connection

    # -- the two threads ------------------------------------------------------------------------------------

    def _commit(self, connection: sqlite3.Connection, jobs: list[Job]) -> None:
        """Everything that waits in one transaction; a job that refuses undoes only itself."""
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
                    _refuse(future, refusal)
                connection.execute("release one")
            connection.execute("commit")
        except sqlite3.Error as failure:
            # What was in the group may or may not be on disk. Everyone is told so, and sends again.
            with contextlib.suppress(sqlite3.Error):
                connection.execute("rollback")
            for _, future in jobs:
                _refuse(future, StorageFailed(str(failure)))
            return
        for future, result in done:
            future.set_result(result)

    @staticmethod
    def _run_reads(connection: sqlite3.Connection, jobs: list[Job]) -> None:
        for job, future in jobs:
            if not future.set_running_or_notify_cancel():
                continue  # whoever asked has gone
            try:
                future.set_result(job(connection))
            except sqlite3.Error as failure:
                _refuse(future, StorageFailed(str(failure)))
            except Exception as refusal:
                _refuse(future, refusal)

    async def _write(self, job: Callable[[sqlite3.Connection], T], *, wake: str = "") -> T:
        # A caller that gives up must not undo what others in the commit wait for, and followers hear of it anyhow.
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

    @staticmethod
    def _add(connection: sqlite3.Connection, code: str, events: Sequence[Event], position: int, step: int) -> Recorded:
        known = set()
        for event in events:
            key = event.key
            try:
                connection.execute(
                    "insert into events values (?, ?, ?, ?, ?)",
                    (code, position + 1, key, _about(event), encode(event)),
                )
            except sqlite3.IntegrityError:
                known.add(str(key))
                continue
            position += 1
            step += event.step
        connection.execute("update rooms set position = ?, step = ? where code = ?", (position, step, code))
        return Recorded(position, step, frozenset(known))

    async def read(self, code: str, *, after: int = 0) -> list[tuple[int, AnyEvent]]:
        return (await self._past(code, after))[1]

    async def _past(self, code: str, after: int) -> tuple[Top, list[tuple[int, AnyEvent]]]:
        def job(connection: sqlite3.Connection) -> tuple[Top, list[tuple[int, bytes]]]:
            connection.execute("begin")  # both from the same moment
            try:
                return _top(connection, code), connection.execute(
                    "select position, body from events where code = ? and position > ? order by position", (code, after)
                ).fetchall()
            finally:
                connection.execute("rollback")

        top, rows = await self._read(job)
        return top, [(position, decode(body)) for position, body in rows]

    async def follow(
        self, code: str, *, after: int = 0, epoch: str = "", held: Held | None = None
    ) -> AsyncGenerator[tuple[int, AnyEvent]]:
        while True:
            wake = self._wakes[code]  # taken before reading: what is recorded from now on sets it
            try:
                top, events = await self._past(code, after)
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
            rows = connection.execute(
                "select position, body from events where code = ? and about = ?", (code, answer_id)
            ).fetchall()
            for position, body in rows:
                event = decode(body)
                blank = {name: empty for name, empty in (("text", ""), ("value", None)) if hasattr(event, name)}
                if blank:
                    connection.execute(
                        "update events set body = ? where code = ? and position = ?",
                        (encode(msgspec.structs.replace(event, **blank)), code, position),
                    )

        await self._write_over(job)

    async def rooms(self) -> list[RoomRow]:
        def job(connection: sqlite3.Connection) -> list[RoomRow]:
            rows = connection.execute("select code, created_at, position, step from rooms order by created_at, code")
            return [RoomRow(*row) for row in rows]

        return await self._read(job)

    async def delete(self, code: str) -> None:
        def job(connection: sqlite3.Connection) -> None:
            self._present.pop(code, None)
            for table in ("events", "keys", "due", "rooms"):
                connection.execute(f"delete from {table} where code = ?", (code,))  # noqa: S608 - names of our own

        await self._write_over(job, wake=code)

    async def _write_over(self, job: Callable[[sqlite3.Connection], None], *, wake: str = "") -> None:
        def blank(connection: sqlite3.Connection) -> None:
            job(connection)
            connection.execute(f"pragma application_id = {TO_WIPE}")

        await self._write(blank, wake=wake)
        if self._wiping is None:
            self._wiping = asyncio.get_running_loop().call_later(self._wipe_after_s, self._wipe_now)

    def _wipe_now(self) -> None:
        self._wiping = None
        self._writer.between(_wipe)

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

    async def revoke_keys(self, code: str) -> None:
        await self._write(lambda connection: connection.execute("delete from keys where code = ?", (code,)).close())

    async def secret(self, name: str, fresh: bytes) -> bytes:
        def job(connection: sqlite3.Connection) -> bytes:
            connection.execute("insert or ignore into secrets values (?, ?)", (name, fresh))
            return bytes(connection.execute("select value from secrets where name = ?", (name,)).fetchone()[0])

        return await self._write(job)

    async def set_due(self, code: str, what: str, at: int | None) -> None:
        def job(connection: sqlite3.Connection) -> None:
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

    async def present(self, code: str, worker: str, phones: int, people: int, *, now: int) -> tuple[int, int]:
        told = self._present.setdefault(code, {})
        told[worker] = (now, phones, people)
        for name in [name for name, (at, _, _) in told.items() if at <= now - PRESENT_MS]:
            del told[name]
        others = [counts for name, (_, *counts) in told.items() if name != worker]
        return sum(phones for phones, _ in others), sum(people for _, people in others)

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        if self._wiping is not None:
            self._wiping.cancel()
            self._wipe_now()
        await asyncio.to_thread(self._reader.stop)
        await asyncio.to_thread(self._writer.stop)  # last, so that it is the one to checkpoint
        os.close(self._lock)


class _Worker:
    """A thread with a connection of its own, and the jobs that wait for it."""

    def __init__(
        self,
        name: str,
        connect: Callable[[], sqlite3.Connection],
        work: Callable[[sqlite3.Connection, list[Job]], None],
    ) -> None:
        self._jobs: queue.SimpleQueue[Job | Errand] = queue.SimpleQueue()
        self._connect = connect
        self._work = work
        self._opened: Future[None] = Future()
        self._going = True
        self._ended = False
        self._door = threading.Lock()  # nothing is put behind the end
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()
        self._opened.result()

    def put(self, job: Callable[[sqlite3.Connection], T]) -> Future[T]:
        future: Future[T] = Future()
        with self._door:
            if self._going:
                self._jobs.put((job, future))
            else:
                future.set_exception(StorageFailed("closed"))
        return future

    def between(self, errand: Errand) -> None:
        """Do *errand* when what came before it is done, outside of any transaction."""
        self._jobs.put(errand)

    def stop(self) -> None:
        with self._door:
            self._going = False
            self._jobs.put(self._end)
        self._thread.join()

    def _end(self, connection: sqlite3.Connection) -> None:
        connection.close()
        self._ended = True

    def _run(self) -> None:
        try:
            connection = self._connect()
        except sqlite3.Error as failure:
            return self._opened.set_exception(StorageFailed(str(failure)))
        self._opened.set_result(None)
        while not self._ended:
            jobs: list[Job] = []
            next_one = self._jobs.get()
            while isinstance(next_one, tuple):
                jobs.append(next_one)
                if len(jobs) == MOST_IN_ONE_COMMIT or self._jobs.empty():
                    break
                next_one = self._jobs.get()
            if jobs:
                self._work(connection, jobs)
            if not isinstance(next_one, tuple):
                next_one(connection)


def _refuse(future: Future[Any], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)


def _wipe(connection: sqlite3.Connection) -> None:
    """
    Leave no byte of what was blanked.

    Blanking in place is not enough, not even with `secure_delete`: a page that was split keeps old copies in its
    unused middle, and the WAL has them until it is copied over and cut off. Where the disk is full or the WAL is being
    read the mark stays, and the next who blanks, opens or closes the store tries again.
    """
    with contextlib.suppress(sqlite3.Error):
        if connection.execute("pragma application_id").fetchone()[0] == TO_WIPE:
            connection.execute("vacuum")
            if not connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]:
                connection.execute("pragma application_id = 0")


def _top(connection: sqlite3.Connection, code: str) -> Top:
    row = connection.execute("select epoch, position, step from rooms where code = ?", (code,)).fetchone()
    if row is None:
        raise RoomNotFound(code)
    return Top(*row)


def _about(event: Event) -> str | None:
    """The answer an event is about, so that all it said can be blanked."""
    return getattr(event, "id", None) if not event.step else None


def _hold(path: Path) -> int:
    """Lock the store for this process; the lock goes with the process, however it ends."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise StoreBusy(str(path.parent)) from None
    return handle
