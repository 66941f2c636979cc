"""
The journal in Redis or Valkey, for several workers on one or more machines.

Every write is a script or a command that changes nothing the second time, because the client sends again by itself
when a reply is lost (docs/decisions/0006). Pub/sub only wakes followers. The stored journal is the truth: a follower
reads it every POLL_S even if nothing woke it.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec

from live.errors import CameBackOlder, CodeTaken, Conflict, RoomNotFound, StorageFailed
from live.events import AnyEvent, Event, blanked, decode, encode, same
from live.journal import PRESENT_MS, Progress, Recorded, RoomRow, Top, sum_columns
from live.journal.access_keys.redis import AccessKeys
from live.journal.due_times.redis import DueTimes
from live.journal.pictures.redis import PictureFiles
from live.journal.redis_cluster import ClusterLink
from live.journal.redis_link import POLL_S, Link, Script, SentinelLink
from live.journal.redis_names import Names
from live.journal.redis_pools import text as _text
from live.journal.wiping.redis import Wiping
from live.redis_address import parse

PAGE = 1000  # events in one reply: nobody else is served while a script runs
MANY, GATHER_S = 100, 0.02  # after so many at once more are on their way: wait a little and read them together
WIPE_AFTER_S = 3600.0  # we promise a day; rewriting the append-only file writes all of it
NO_MARKS: Mapping[int, Event] = MappingProxyType({})
_pack = msgspec.msgpack.encode
LINKS = {"single": Link, "sentinel": SentinelLink, "cluster": ClusterLink}


async def open_redis(url: str, *, prefix: str = "innspill", wipe_after_s: float = WIPE_AFTER_S) -> "RedisJournal":
    """
    Open the store at *url*, in one of the forms of `live.redis_address`.

    Raises StoreUnfit, which says what to set, when the server's settings allow it to lose what it acknowledged;
    StorageFailed when no server answers; ValueError when *url* has none of those forms.
    """
    address = parse(url)
    journal = RedisJournal(LINKS[address.form](address, prefix), prefix, wipe_after_s)
    try:
        await journal.begin()
    except BaseException:
        await journal.close()
        raise
    return journal


class RedisJournal:
    """See `Journal` for the promise, `redis_names` for where what is stored."""

    shared = True

    def __init__(self, link: Link, prefix: str, wipe_after_s: float) -> None:
        self._link = link
        self._call = link.call
        names = Names(prefix)
        self._shared = names.shared
        self._of_room = names.of_room
        self._access_keys = keys = AccessKeys(link, names)
        self.add_key, self.key_right, self.revoke_keys = keys.add, keys.right_of, keys.revoke
        self._due_times = due_times = DueTimes(link, names)
        self.set_due, self.due = due_times.set, due_times.before
        self._wiping = Wiping(link, names, wipe_after_s)
        pictures = PictureFiles(link, names, self._wiping)
        self.put_picture, self.picture, self.drop_pictures = pictures.put, pictures.get, pictures.drop
        self._append, self._read_page, self._blank, self._renew, self._report, self._delete, self._token = map(
            Script, ("append.lua", "read.lua", "blank.lua", "renew.lua", "report.lua", "delete.lua", "token.lua")
        )
        self._begin_anew = Script("begin_anew.lua")

    async def begin(self) -> None:
        await self._link.begin()
        await self._wiping.begin()

    # -- events ---------------------------------------------------------------------------------------------

    async def create(self, code: str, events: Sequence[Event]) -> Recorded:
        # Listed first: a listed code without a room is skipped, but a room that is not listed would never be found.
        await self._call("zadd", self._shared("rooms"), {code: events[0].at}, nx=True)
        return await self._record(code, events, 0, secrets.token_hex(8), events[0].at)

    async def append(self, code: str, events: Sequence[Event], *, step: int, since: Top | None = None) -> Recorded:
        assert len(events) == 1 or not any(event.step for event in events), "a step stands alone in its append"
        return await self._record(code, events, step, "", 0, since)

    async def begin_anew(self, code: str, events: Sequence[Event], *, top: Top) -> bool:
        if self._link.unfit:
            raise StorageFailed(self._link.unfit)
        await self._wiping.flag()
        args: list[Any] = [self._link.publish_command, self._link.channel(code), top.epoch, top.position]
        args += [secrets.token_hex(8), events[0].at, _pack(_rows(events))]
        keys = self._of_room(code, "meta", "events", "keys", "about")
        match int(await self._link.run(self._begin_anew, keys, args, acks=True)):
            case -1:
                raise RoomNotFound(code)
            case 0:
                return False
        await self._wiping.wipe_soon()
        return True

    async def _record(
        self, code: str, events: Sequence[Event], step: int, epoch: str, at: int, since: Top | None = None
    ) -> Recorded:
        if self._link.unfit:
            raise StorageFailed(self._link.unfit)
        args: list[Any] = [self._link.publish_command, self._link.channel(code), step, epoch, at]
        args += [since.epoch, since.position, PAGE] if since else ["", 0, 0]
        args.append(_pack(_rows(events)))
        keys = self._of_room(code, "meta", "events", "keys", "about", f"call:{secrets.token_hex(12)}")
        outcome, *result = await self._link.run(self._append, keys, args, acks=True)
        match _text(outcome):
            case "ok":
                position, new_step, duplicates, *missed = result  # a call that is sent again gets no `missed`
                return Recorded(
                    int(position),
                    int(new_step),
                    frozenset(map(_text, duplicates)),
                    tuple(decode(body) for body in (missed[0] if missed else ())),
                )
            case "conflict":
                raise Conflict(int(result[0]))
            case "taken":
                raise CodeTaken(code)
            case "older":
                assert since
                raise CameBackOlder(since.epoch, since.position)
        raise RoomNotFound(code)

    async def read(self, code: str, *, after: int = 0) -> list[tuple[int, AnyEvent]]:
        return (await self._read_past(code, after))[1]

    async def _read_past(
        self, code: str, after: int, marks: Mapping[int, Event] = NO_MARKS
    ) -> tuple[Top, list[tuple[int, AnyEvent]], bool]:
        """-> where the journal ends, its events after position *after*, and whether it still holds all *marks*."""
        events: list[tuple[int, AnyEvent]] = []
        keys, start, epoch = self._of_room(code, "meta", "events"), after, ""
        holds_marks = True
        while True:
            page = await self._link.run(self._read_page, keys, [start, PAGE, *([] if epoch else marks)])
            if not page:
                raise RoomNotFound(code)
            if epoch and _text(page[0]) != epoch:  # renewed meanwhile: events that were read may have been lost
                return await self._read_past(code, after, marks)
            epoch, top = _text(page[0]), Top(_text(page[0]), int(page[1]), int(page[2]))
            found = zip(page[4], marks.values(), strict=False)  # only the first page asks for them
            holds_marks = holds_marks and all(body is not None and same(mark, decode(body)) for body, mark in found)
            events += [(start + at, decode(body)) for at, body in enumerate(page[3], 1)]
            start += len(page[3])
            if start >= top.position or not page[3]:
                return top, events, holds_marks

    async def follow(
        self, code: str, *, after: int = 0, epoch: str = "", progress: Progress | None = None
    ) -> AsyncGenerator[tuple[int, AnyEvent]]:
        last: dict[int, Event] = {}  # if another event is at its position later, the store lost it and went on
        progress = progress or (lambda: (after, last))
        with self._link.following(code):
            while True:
                wake = self._link.next_wake(code)  # taken before reading: anything recorded from now on sets it
                reached, marks = progress()  # before reading too: the journal must hold at least this much
                after = max(after, reached)
                try:
                    top, events, holds_marks = await self._read_past(code, after, marks)
                except RoomNotFound:
                    self._link.wake(code)
                    return
                if top.epoch != (epoch := epoch or top.epoch):
                    return
                if top.position < after or not holds_marks:
                    raise CameBackOlder(epoch, after)
                for after, event in events:
                    yield after, event
                    last = {after: event}
                if len(events) >= MANY:
                    await asyncio.sleep(GATHER_S)
                if not events:
                    with contextlib.suppress(TimeoutError):
                        # Not wait_for: in Python 3.11 it loses a cancellation that comes in the moment of the wake.
                        async with asyncio.timeout(POLL_S):
                            await wake.wait()

    async def renew(self, code: str, epoch: str) -> bool:
        # Sent twice, the second may return False because of the first. Then no worker counts the lost events; nothing
        # else goes wrong.
        return bool(await self._link.run(self._renew, self._of_room(code, "meta"), [epoch, secrets.token_hex(8)]))

    async def top(self, code: str) -> Top:
        meta = self._of_room(code, "meta")[0]
        epoch, position, step = await self._call("hmget", meta, ["epoch", "position", "step"])
        if epoch is None:
            raise RoomNotFound(code)
        return Top(_text(epoch), int(position), int(step))

    async def redact(self, code: str, answer_id: str, positions: Collection[int] = ()) -> None:
        events, about = self._of_room(code, "events", "about")
        of_answer = _text(await self._call("hget", about, answer_id) or "").split()
        args: list[Any] = []
        for position in dict.fromkeys((*of_answer, *map(str, positions))):
            body = await self._call("hget", events, position)
            if body is None:
                continue
            event = decode(body)
            if (blank := blanked(event)) is not event:
                args += [position, body, encode(blank)]
        if args:
            await self._wiping.flag()
            # With a copy, or a failover could bring back a text whose withdrawal has one.
            await self._link.run(self._blank, [events], args, acks=True)
            await self._wiping.wipe_soon()

    async def rooms(self) -> list[RoomRow]:
        rows = []
        for code in map(_text, await self._call("zrange", self._shared("rooms"), 0, -1)):
            key = self._of_room(code, "meta")[0]
            found = await self._call("hmget", key, ["created_at", "position", "step"])
            if found[0] is not None:
                rows.append(RoomRow(code, *map(int, found)))
        return sorted(rows, key=lambda row: (row.created_at, row.code))

    async def delete(self, code: str, *, report: bytes = b"", keeping: str = "", at: int | None = None) -> bool:
        if report:  # listed first, as in `create`
            await self._call("sadd", self._shared("reports"), code)
        await self._wiping.flag()
        keys = self._of_room(code, "meta", "report", "events", "keys", "about", "present", "pictures")
        if not await self._link.run(self._delete, keys, [report, "" if at is None else at]):
            return False
        if not report:
            await self._call("srem", self._shared("reports"), code)
        await self._access_keys.remove(code, lambda right: right != keeping)
        # The rest last: if this is interrupted, these entries let another process find the room and delete it again.
        await self._due_times.delete(code)
        await self._call("zrem", self._shared("rooms"), code)
        await self._link.publish(code)
        await self._wiping.wipe_soon()
        return True

    async def report(self, code: str) -> bytes | None:
        found = await self._call("get", self._of_room(code, "report")[0])
        return bytes(found) if found is not None else None

    async def keep_report(self, code: str, body: bytes, was: bytes = b"") -> bool:
        if body:
            await self._call("sadd", self._shared("reports"), code)
        await self._wiping.flag()
        if not await self._link.run(self._report, self._of_room(code, "report"), [was, body]):
            return False
        if not body:
            await self._call("srem", self._shared("reports"), code)
        await self._wiping.wipe_soon()
        return True

    async def reports(self) -> list[str]:
        codes = sorted(map(_text, await self._call("smembers", self._shared("reports"))))
        return [code for code in codes if await self.report(code) is not None]

    # -- secrets, tokens, presence ------------------------------------------------------------------------------

    async def secret(self, name: str, fresh: bytes) -> bytes:
        key = self._shared(f"secret:{name}")
        await self._call("set", key, fresh, nx=True)
        return bytes(await self._call("get", key))

    async def take_token(self, name: str, *, size: int, each_ms: int, now: int, wanted: int = 1) -> bool:
        key = self._shared(f"tokens:{name}")
        return bool(await self._link.run(self._token, [key], [size, each_ms, now, wanted]))

    async def clock(self) -> int:
        seconds, microseconds = await self._link.do(self._shared("clock"), lambda redis: redis.time())
        return int(seconds) * 1000 + int(microseconds) // 1000

    def unanswered_s(self, code: str) -> float:
        return self._link.unanswered_s(code)

    async def present(self, code: str, worker: str, counts: Sequence[int], *, now: int) -> list[int]:
        key = self._of_room(code, "present")[0]
        await self._call("hset", key, worker, " ".join(map(str, (now, *counts))))
        found = await self._call("hgetall", key)
        rows = {_text(name): tuple(map(int, row.split())) for name, row in found.items()}
        if gone := [name for name, (at, *_) in rows.items() if at <= now - PRESENT_MS]:
            await self._call("hdel", key, *gone)
        return sum_columns(row[1:] for name, row in rows.items() if name != worker and name not in gone)

    async def close(self) -> None:
        await self._wiping.close()
        await self._link.close()


def _rows(events: Sequence[Event]) -> list[Any]:
    """Four values for each event: key, about, body, how far it moves the step."""
    rows: list[Any] = []
    for event in events:
        rows += [event.key or "", _about(event), encode(event).decode(), int(event.step)]
    return rows


def _about(event: Event) -> str:
    """The id of the answer an event is about, so that its text can be blanked later; empty for other events."""
    return (getattr(event, "id", None) or "") if not event.step else ""
