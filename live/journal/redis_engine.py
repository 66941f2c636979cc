"""
The journal in Redis or Valkey, for several workers on one or more machines.

Every write is a script or a command that changes nothing the second time, because the client sends again by itself
when a reply is lost (docs/decisions/0006). Pub/sub only wakes followers. The stored journal is the truth: a follower
reads it every POLL_S even if nothing woke it.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec

from live.errors import CameBackOlder, CodeTaken, Conflict, RoomNotFound, StorageFailed
from live.events import AnyEvent, Event, decode, encode, same
from live.journal import PRESENT_MS, Progress, Recorded, RoomRow, Top, sum_columns
from live.journal.redis_cluster import ClusterLink
from live.journal.redis_link import POLL_S, Link, Script, SentinelLink
from live.journal.redis_pools import text as _text
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
    """See `Journal` for the promise. All keys of a room share one hash tag: `prefix:{code}:…`."""

    shared = True

    def __init__(self, link: Link, prefix: str, wipe_after_s: float) -> None:
        self._link = link
        self._call = link.call
        self._prefix = prefix
        self._wipe_after_s = wipe_after_s
        self._wiping: asyncio.TimerHandle | None = None
        self._closed = False
        self._append, self._read_page, self._blank, self._renew, self._report, self._delete, self._due = map(
            Script, ("append.lua", "read.lua", "blank.lua", "renew.lua", "report.lua", "delete.lua", "due.lua")
        )

    async def begin(self) -> None:
        await self._link.begin()
        if await self._call("exists", self._key("wipe")):
            self._wipe_later()

    def _key(self, name: str) -> str:
        return f"{self._prefix}:{name}"

    def _keys(self, code: str, *names: str) -> list[str]:
        return [f"{self._prefix}:{{{code}}}:{name}" for name in names]

    # -- events ---------------------------------------------------------------------------------------------

    async def create(self, code: str, events: Sequence[Event]) -> Recorded:
        # Listed first: a listed code without a room is skipped, but a room that is not listed would never be found.
        await self._call("zadd", self._key("rooms"), {code: events[0].at}, nx=True)
        return await self._record(code, events, 0, secrets.token_hex(8), events[0].at)

    async def append(self, code: str, events: Sequence[Event], *, step: int, since: Top | None = None) -> Recorded:
        assert len(events) == 1 or not any(event.step for event in events), "a step stands alone in its append"
        return await self._record(code, events, step, "", 0, since)

    async def _record(
        self, code: str, events: Sequence[Event], step: int, epoch: str, at: int, since: Top | None = None
    ) -> Recorded:
        if self._link.unfit:
            raise StorageFailed(self._link.unfit)
        args: list[Any] = [self._link.publish_command, self._link.channel(code), step, epoch, at]
        args += [since.epoch, since.position, PAGE] if since else ["", 0, 0]
        rows: list[Any] = []
        for event in events:
            rows += [event.key or "", _about(event), encode(event).decode(), int(event.step)]
        args.append(_pack(rows))
        keys = self._keys(code, "meta", "events", "keys", "about", f"call:{secrets.token_hex(12)}")
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
        keys, start, epoch = self._keys(code, "meta", "events"), after, ""
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
        return bool(await self._link.run(self._renew, self._keys(code, "meta"), [epoch, secrets.token_hex(8)]))

    async def top(self, code: str) -> Top:
        meta = self._keys(code, "meta")[0]
        epoch, position, step = await self._call("hmget", meta, ["epoch", "position", "step"])
        if epoch is None:
            raise RoomNotFound(code)
        return Top(_text(epoch), int(position), int(step))

    async def redact(self, code: str, answer_id: str) -> None:
        events, about = self._keys(code, "events", "about")
        positions = _text(await self._call("hget", about, answer_id) or "").split()
        args: list[Any] = []
        for position in positions:
            body = await self._call("hget", events, position)
            event = decode(body)
            blank = {name: empty for name, empty in (("text", ""), ("value", None)) if hasattr(event, name)}
            if blank:
                args += [position, body, encode(msgspec.structs.replace(event, **blank))]
        if args:
            await self._flag_wipe()
            await self._link.run(self._blank, [events], args)
            await self._wipe_soon()

    async def rooms(self) -> list[RoomRow]:
        rows = []
        for code in map(_text, await self._call("zrange", self._key("rooms"), 0, -1)):
            key = self._keys(code, "meta")[0]
            found = await self._call("hmget", key, ["created_at", "position", "step"])
            if found[0] is not None:
                rows.append(RoomRow(code, *map(int, found)))
        return sorted(rows, key=lambda row: (row.created_at, row.code))

    async def delete(self, code: str, *, report: bytes = b"", keeping: str = "", at: int | None = None) -> bool:
        if report:  # listed first, as in `create`
            await self._call("sadd", self._key("reports"), code)
        await self._flag_wipe()
        keys = self._keys(code, "meta", "report", "events", "keys", "about", "present")
        if not await self._link.run(self._delete, keys, [report, "" if at is None else at]):
            return False
        if not report:
            await self._call("srem", self._key("reports"), code)
        await self._remove_keys(code, lambda right: right != keeping)
        # The rest last: if this is interrupted, these entries let another process find the room and delete it again.
        due = [_text(member) for member in await self._call("zrange", self._key("due"), 0, -1)]
        if of_room := [member for member in due if member.startswith(f"{code}|")]:
            await self._call("zrem", self._key("due"), *of_room)
        await self._call("delete", self._due_states(code))
        await self._call("zrem", self._key("rooms"), code)
        await self._link.publish(code)
        await self._wipe_soon()
        return True

    async def report(self, code: str) -> bytes | None:
        found = await self._call("get", self._keys(code, "report")[0])
        return bytes(found) if found is not None else None

    async def keep_report(self, code: str, body: bytes, was: bytes = b"") -> bool:
        if body:
            await self._call("sadd", self._key("reports"), code)
        await self._flag_wipe()
        if not await self._link.run(self._report, self._keys(code, "report"), [was, body]):
            return False
        if not body:
            await self._call("srem", self._key("reports"), code)
        await self._wipe_soon()
        return True

    async def reports(self) -> list[str]:
        codes = sorted(map(_text, await self._call("smembers", self._key("reports"))))
        return [code for code in codes if await self.report(code) is not None]

    # -- keys, secrets, due times, presence -----------------------------------------------------------------

    async def add_key(self, key_hash: str, *, code: str, right: str, at: int) -> None:
        await self._call("sadd", self._keys(code, "hashes")[0], key_hash)
        fields = {"code": code, "right": right, "at": at}
        await self._call("hset", self._key(f"key:{key_hash}"), mapping=fields)

    async def key_right(self, key_hash: str) -> tuple[str, str] | None:
        code, right = await self._call("hmget", self._key(f"key:{key_hash}"), ["code", "right"])
        return (_text(code), _text(right)) if code is not None else None

    async def revoke_keys(self, code: str, right: str = "") -> None:
        await self._remove_keys(code, lambda key_right: right in ("", key_right))

    async def _remove_keys(self, code: str, matches: Callable[[str], bool]) -> None:
        """Remove the keys whose right *matches*."""
        listed = self._keys(code, "hashes")[0]
        hashes = [_text(member) for member in await self._call("smembers", listed)]
        for key_hash in hashes:  # one by one: in a Cluster each key may be on another master
            found = await self.key_right(key_hash)
            if found and not matches(found[1]):
                continue
            await self._call("delete", self._key(f"key:{key_hash}"))
            await self._call("srem", listed, key_hash)

    async def secret(self, name: str, fresh: bytes) -> bytes:
        key = self._key(f"secret:{name}")
        await self._call("set", key, fresh, nx=True)
        return bytes(await self._call("get", key))

    async def set_due(self, code: str, what: str, at: int | None, *, as_of: Top | None = None) -> None:
        state = [as_of.epoch, as_of.position] if as_of else ["", 0]
        args = [f"{code}|{what}", what, "" if at is None else at, *state]
        await self._link.run(self._due, [self._key("due"), self._due_states(code)], args)

    def _due_states(self, code: str) -> str:
        """The key of the states that the due times of a room follow from; in a Cluster it is where `due` is."""
        return self._key(f"{{{self._key('due')}}}:{code}")

    async def due(self, before: int) -> list[tuple[str, str, int]]:
        found = await self._call("zrangebyscore", self._key("due"), "-inf", f"({before}", withscores=True)
        return [(*_text(member).split("|", 1), int(at)) for member, at in found]  # type: ignore[misc]

    async def clock(self) -> int:
        seconds, microseconds = await self._link.do(self._key("clock"), lambda redis: redis.time())
        return int(seconds) * 1000 + int(microseconds) // 1000

    async def present(self, code: str, worker: str, counts: Sequence[int], *, now: int) -> list[int]:
        key = self._keys(code, "present")[0]
        await self._call("hset", key, worker, " ".join(map(str, (now, *counts))))
        found = await self._call("hgetall", key)
        rows = {_text(name): tuple(map(int, row.split())) for name, row in found.items()}
        if gone := [name for name, (at, *_) in rows.items() if at <= now - PRESENT_MS]:
            await self._call("hdel", key, *gone)
        return sum_columns(row[1:] for name, row in rows.items() if name != worker and name not in gone)

    # -- removing deleted text from the append-only file ----------------------------------------------------

    async def _flag_wipe(self) -> None:
        """To be called before text is removed: if this process is interrupted, the next one sees the flag and wipes."""
        await self._call("set", self._key("wipe"), 1)

    async def _wipe_soon(self) -> None:
        await self._flag_wipe()
        self._wipe_later()

    def _wipe_later(self) -> None:
        if self._wiping is None:
            self._wiping = asyncio.get_running_loop().call_later(
                self._wipe_after_s, lambda: self._link.start_task(self._wipe())
            )

    async def _wipe(self) -> None:
        """Rewrite the append-only file: until then it still holds the text that was blanked."""
        self._wiping = None
        try:
            await self._call("delete", self._key("wipe"))
            await self._link.rewrite()
        except StorageFailed:  # a rewrite is already running, and may have begun before the last text was blanked
            with contextlib.suppress(StorageFailed):
                await self._flag_wipe()
            if not self._closed:
                self._wipe_later()

    async def close(self) -> None:
        self._closed = True
        if self._wiping is not None:
            self._wiping.cancel()
            await self._wipe()
        await self._link.close()


def _about(event: Event) -> str:
    """The id of the answer an event is about, so that its text can be blanked later; empty for other events."""
    return (getattr(event, "id", None) or "") if not event.step else ""
