"""
The embedded journal: one SQLite file, one thread that writes, one that reads.

WAL with `synchronous=FULL`. All appends that wait go into one commit, so the disk sets the latency but never the
throughput (docs/performance.md). Exactly one connection writes and checkpoints: SQLite before 3.51.3 can lose commits
when two do.
"""

import asyncio
import secrets
import sqlite3
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from pathlib import Path
from typing import TypeVar

from live.errors import CameBackOlder, CodeTaken, Conflict, RoomNotFound
from live.events import AnyEvent, Event, blanked, decode, encode
from live.journal import PRESENT_MS, Progress, Recorded, RoomRow, Top, sum_columns
from live.journal.access_keys.sqlite import AccessKeys
from live.journal.due_times.sqlite import DueTimes
from live.journal.event_keys import KeyCache
from live.journal.pictures.sqlite import PictureFiles
from live.journal.sqlite_file import FILE as FILE
from live.journal.sqlite_file import SqliteFile
from live.journal.sqlite_tokens import Tokens
from live.journal.wiping.sqlite import Wiping, flag

WIPE_AFTER_S = 3600.0  # we promise a day; this way a busy hour is wiped once

T = TypeVar("T")


async def open_sqlite(folder: Path, *, wipe_after_s: float = WIPE_AFTER_S) -> "SqliteJournal":
    """Open the store in *folder*, creating it if needed. Raises StoreBusy when another process has it open."""
    journal = await asyncio.to_thread(SqliteJournal, folder, wipe_after_s)
    journal.wiping.drop_copies()
    return journal


class SqliteJournal:
    """See `Journal` for the promise. For one process only: a lock file keeps others out."""

    shared = False

    def __init__(self, folder: Path, wipe_after_s: float = WIPE_AFTER_S) -> None:
        self._event_keys = KeyCache()
        self._file = SqliteFile(folder, on_undone=self._event_keys.forget)
        self._read = self._file.read
        self._due_times = due_times = DueTimes(self._file)
        self.set_due, self.due = due_times.set, due_times.before
        keys = AccessKeys(self._file)
        self.add_key, self.key_right, self.revoke_keys = keys.add, keys.right_of, keys.revoke
        pictures = PictureFiles(self._file, self._write_and_wipe)
        self.put_picture, self.picture, self.drop_pictures = pictures.put, pictures.get, pictures.drop
        self.wiping = Wiping(self._file.path, self._file.put_maintenance, wipe_after_s)
        self._wakes: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._present: dict[str, dict[str, tuple[int, ...]]] = {}
        self._tokens = Tokens()
        self._closed = False

    async def _write(self, job: Callable[[sqlite3.Connection], T], *, wake: str = "") -> T:
        # Also when the caller is cancelled, the followers of room *wake* must be woken.
        return await self._file.write(job, on_end=(lambda: self._wake(wake)) if wake else None)

    async def _write_and_wipe(self, job: Callable[[sqlite3.Connection], T], *, wake: str = "") -> T:
        def blank(connection: sqlite3.Connection) -> T:
            result = job(connection)
            flag(connection)
            return result

        result = await self._write(blank, wake=wake)
        self.wiping.wipe_soon()
        return result

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

    async def begin_anew(self, code: str, events: Sequence[Event], *, top: Top) -> bool:
        def job(connection: sqlite3.Connection) -> bool:
            if _top(connection, code) != top:
                return False
            self._event_keys.forget(code)
            connection.execute("delete from events where code = ?", (code,))
            connection.execute(
                "update rooms set epoch = ?, created_at = ? where code = ?",
                (secrets.token_hex(8), events[0].at, code),
            )
            self._add(connection, code, events, 0, 0)
            return True

        return await self._write_and_wipe(job, wake=code)

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

    async def redact(self, code: str, answer_id: str, positions: Collection[int] = ()) -> None:
        def job(connection: sqlite3.Connection) -> None:
            for position in {*self._event_keys.of_room(connection, code).positions_of(answer_id), *positions}:
                found = connection.execute(
                    "select body from events where code = ? and position = ?", (code, position)
                ).fetchone()
                if found is None:
                    continue
                event = decode(found[0])
                if (blank := blanked(event)) is not event:
                    connection.execute(
                        "update events set body = ? where code = ? and position = ?", (encode(blank), code, position)
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
            self._due_times.delete(connection, code)
            for table in ("events", "rooms", "pictures"):
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

    # -- secrets, tokens, presence ------------------------------------------------------------------------------

    async def secret(self, name: str, fresh: bytes) -> bytes:
        def job(connection: sqlite3.Connection) -> bytes:
            connection.execute("insert or ignore into secrets values (?, ?)", (name, fresh))
            return bytes(connection.execute("select value from secrets where name = ?", (name,)).fetchone()[0])

        return await self._write(job)

    async def take_token(self, name: str, *, size: int, each_ms: int, now: int, wanted: int = 1) -> bool:
        return self._tokens.take(name, size=size, each_ms=each_ms, now=now, wanted=wanted)

    async def clock(self) -> None:
        return None

    def unanswered_s(self, code: str) -> float:
        return self._file.unanswered.longest_s()

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
        self.wiping.close()
        await self._file.close()


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
