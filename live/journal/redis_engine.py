"""
The journal in Redis or Valkey, for several workers on one or more machines.

Every write is a script, or a command, that changes nothing when it comes twice: the client sends again by itself when a
reply is lost (docs/decisions/0006). Pub/sub only wakes; the stored journal is the truth, and is looked at every POLL_S
even if nothing woke.
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
from live.journal import PRESENT_MS, Held, Recorded, RoomRow, Top, added_up
from live.journal.redis_cluster import ClusterLink
from live.journal.redis_link import POLL_S, Link, Script, SentinelLink
from live.journal.redis_pools import text as _text
from live.redis_address import parse

PAGE = 1000  # events in one reply: a script holds up everybody else while it runs
BUSY, REST_S = 100, 0.02  # so many came at once: more are on their way, and are read together
WIPE_AFTER_S = 3600.0  # the promise is a day; rewriting the append-only file costs its whole size
NO_MARKS: Mapping[int, Event] = MappingProxyType({})
_pack = msgspec.msgpack.encode
LINKS = {"single": Link, "sentinel": SentinelLink, "cluster": ClusterLink}


async def open_redis(url: str, *, prefix: str = "innspill", wipe_after_s: float = WIPE_AFTER_S) -> "RedisJournal":
    """
    Open the store at *url*, in one of the forms of `live.redis_address`.

    Raises StoreUnfit, saying what to set, when what is acked there would not be on disk; StorageFailed when nobody
    answers; ValueError when *url* is none.
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
    """See `Journal` for the promise. Keys of a room stand under one hash tag, `prefix:{code}:…`."""

    shared = True

    def __init__(self, link: Link, prefix: str, wipe_after_s: float) -> None:
        self._link = link
        self._asked = link.asked
        self._prefix = prefix
        self._wipe_after_s = wipe_after_s
        self._wiping: asyncio.TimerHandle | None = None
        self._closed = False
        self._append, self._read_on, self._blank, self._renew, self._report, self._delete = map(
            Script, ("append.lua", "read.lua", "blank.lua", "renew.lua", "report.lua", "delete.lua")
        )

    async def begin(self) -> None:
        await self._link.begin()
        if await self._asked("exists", self._key("wipe")):
            self._wipe_later()

    def _key(self, name: str) -> str:
        return f"{self._prefix}:{name}"

    def _keys(self, code: str, *names: str) -> list[str]:
        return [f"{self._prefix}:{{{code}}}:{name}" for name in names]

    # -- events ---------------------------------------------------------------------------------------------

    async def create(self, code: str, events: Sequence[Event]) -> Recorded:
        # Listed first: a code that is listed and leads nowhere is passed over, a room that is not listed would be lost.
        await self._asked("zadd", self._key("rooms"), {code: events[0].at}, nx=True)
        return await self._record(code, events, 0, secrets.token_hex(8), events[0].at)

    async def append(self, code: str, events: Sequence[Event], *, step: int, since: Top | None = None) -> Recorded:
        assert len(events) == 1 or not any(event.step for event in events), "a step stands alone in its append"
        return await self._record(code, events, step, "", 0, since)

    async def _record(
        self, code: str, events: Sequence[Event], step: int, epoch: str, at: int, since: Top | None = None
    ) -> Recorded:
        if self._link.unfit:
            raise StorageFailed(self._link.unfit)
        told: list[Any] = [self._link.says, self._link.channel(code), step, epoch, at]
        told += [since.epoch, since.position, PAGE] if since else ["", 0, 0]
        rows: list[Any] = []
        for event in events:
            rows += [event.key or "", _about(event), encode(event).decode(), int(event.step)]
        told.append(_pack(rows))
        keys = self._keys(code, "meta", "events", "keys", "about", f"call:{secrets.token_hex(12)}")
        word, *result = await self._link.run(self._append, keys, told, acks=True)
        match _text(word):
            case "ok":
                position, new_step, known, *missed = result  # told once: not of a call that was sent again
                return Recorded(
                    int(position),
                    int(new_step),
                    frozenset(map(_text, known)),
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
        return (await self._past(code, after))[1]

    async def _past(
        self, code: str, after: int, marks: Mapping[int, Event] = NO_MARKS
    ) -> tuple[Top, list[tuple[int, AnyEvent]], bool]:
        """-> where the room stands, its events past *after*, and whether all *marks* stand in it."""
        events: list[tuple[int, AnyEvent]] = []
        keys, start, epoch = self._keys(code, "meta", "events"), after, ""
        stands = True
        while True:
            page = await self._link.run(self._read_on, keys, [start, PAGE, *([] if epoch else marks)])
            if not page:
                raise RoomNotFound(code)
            if epoch and _text(page[0]) != epoch:  # renewed meanwhile: what was read may be gone
                return await self._past(code, after, marks)
            epoch, top = _text(page[0]), Top(_text(page[0]), int(page[1]), int(page[2]))
            there = zip(page[4], marks.values(), strict=False)  # of the first page alone
            stands = stands and all(body is not None and same(mark, decode(body)) for body, mark in there)
            events += [(start + at, decode(body)) for at, body in enumerate(page[3], 1)]
            start += len(page[3])
            if start >= top.position or not page[3]:
                return top, events, stands

    async def follow(
        self, code: str, *, after: int = 0, epoch: str = "", held: Held | None = None
    ) -> AsyncGenerator[tuple[int, AnyEvent]]:
        last: dict[int, Event] = {}  # where another stands in its place, the store lost it and went on
        held = held or (lambda: (after, last))
        with self._link.following(code):
            while True:
                wake = self._link.heard(code)  # taken before reading: what is recorded from now on sets it
                known, marks = held()  # before reading too: at least so much must be found
                after = max(after, known)
                try:
                    top, events, stands = await self._past(code, after, marks)
                except RoomNotFound:
                    self._link.wake(code)
                    return
                if top.epoch != (epoch := epoch or top.epoch):
                    return
                if top.position < after or not stands:
                    raise CameBackOlder(epoch, after)
                for after, event in events:
                    yield after, event
                    last = {after: event}
                if len(events) >= BUSY:
                    await asyncio.sleep(REST_S)
                if not events:
                    with contextlib.suppress(TimeoutError):
                        # Not wait_for, which in Python 3.11 forgets that it was cancelled if woken in the same moment.
                        async with asyncio.timeout(POLL_S):
                            await wake.wait()

    async def renew(self, code: str, epoch: str) -> bool:
        # Sent twice, it may say False of its own doing: then nobody counts what was lost, and nothing else is missed.
        return bool(await self._link.run(self._renew, self._keys(code, "meta"), [epoch, secrets.token_hex(8)]))

    async def top(self, code: str) -> Top:
        meta = self._keys(code, "meta")[0]
        epoch, position, step = await self._asked("hmget", meta, ["epoch", "position", "step"])
        if epoch is None:
            raise RoomNotFound(code)
        return Top(_text(epoch), int(position), int(step))

    async def redact(self, code: str, answer_id: str) -> None:
        events, about = self._keys(code, "events", "about")
        places = _text(await self._asked("hget", about, answer_id) or "").split()
        told: list[Any] = []
        for place in places:
            body = await self._asked("hget", events, place)
            event = decode(body)
            blank = {name: empty for name, empty in (("text", ""), ("value", None)) if hasattr(event, name)}
            if blank:
                told += [place, body, encode(msgspec.structs.replace(event, **blank))]
        if told:
            await self._mark()
            await self._link.run(self._blank, [events], told)
            await self._wipe_soon()

    async def rooms(self) -> list[RoomRow]:
        rows = []
        for code in map(_text, await self._asked("zrange", self._key("rooms"), 0, -1)):
            key = self._keys(code, "meta")[0]
            found = await self._asked("hmget", key, ["created_at", "position", "step"])
            if found[0] is not None:
                rows.append(RoomRow(code, *map(int, found)))
        return sorted(rows, key=lambda row: (row.created_at, row.code))

    async def delete(self, code: str, *, report: bytes = b"", keeping: str = "", at: int | None = None) -> bool:
        if report:  # listed first, as a room is
            await self._asked("sadd", self._key("reports"), code)
        await self._mark()
        keys = self._keys(code, "meta", "report", "events", "keys", "about", "present")
        if not await self._link.run(self._delete, keys, [report, "" if at is None else at]):
            return False
        if not report:
            await self._asked("srem", self._key("reports"), code)
        await self._end_keys(code, lambda right: right != keeping)
        # Last of what whoever was interrupted would look for.
        due = [_text(member) for member in await self._asked("zrange", self._key("due"), 0, -1)]
        if mine := [member for member in due if member.startswith(f"{code}|")]:
            await self._asked("zrem", self._key("due"), *mine)
        await self._asked("zrem", self._key("rooms"), code)
        await self._link.say(code)
        await self._wipe_soon()
        return True

    async def report(self, code: str) -> bytes | None:
        found = await self._asked("get", self._keys(code, "report")[0])
        return bytes(found) if found is not None else None

    async def keep_report(self, code: str, body: bytes, was: bytes = b"") -> bool:
        if body:
            await self._asked("sadd", self._key("reports"), code)
        await self._mark()
        if not await self._link.run(self._report, self._keys(code, "report"), [was, body]):
            return False
        if not body:
            await self._asked("srem", self._key("reports"), code)
        await self._wipe_soon()
        return True

    async def reports(self) -> list[str]:
        codes = sorted(map(_text, await self._asked("smembers", self._key("reports"))))
        return [code for code in codes if await self.report(code) is not None]

    # -- keys, secrets, due times, presence -----------------------------------------------------------------

    async def add_key(self, key_hash: str, *, code: str, right: str, at: int) -> None:
        await self._asked("sadd", self._keys(code, "hashes")[0], key_hash)
        told = {"code": code, "right": right, "at": at}
        await self._asked("hset", self._key(f"key:{key_hash}"), mapping=told)

    async def key_right(self, key_hash: str) -> tuple[str, str] | None:
        code, right = await self._asked("hmget", self._key(f"key:{key_hash}"), ["code", "right"])
        return (_text(code), _text(right)) if code is not None else None

    async def revoke_keys(self, code: str, right: str = "") -> None:
        await self._end_keys(code, lambda held: right in ("", held))

    async def _end_keys(self, code: str, ends: Callable[[str], bool]) -> None:
        """Those whose right *ends* says so."""
        listed = self._keys(code, "hashes")[0]
        hashes = [_text(one) for one in await self._asked("smembers", listed)]
        for one in hashes:  # each lies where a Cluster puts it
            found = await self.key_right(one)
            if found and not ends(found[1]):
                continue
            await self._asked("delete", self._key(f"key:{one}"))
            await self._asked("srem", listed, one)

    async def secret(self, name: str, fresh: bytes) -> bytes:
        key = self._key(f"secret:{name}")
        await self._asked("set", key, fresh, nx=True)
        return bytes(await self._asked("get", key))

    async def set_due(self, code: str, what: str, at: int | None) -> None:
        member = f"{code}|{what}"
        if at is None:
            await self._asked("zrem", self._key("due"), member)
        else:
            await self._asked("zadd", self._key("due"), {member: at})

    async def due(self, before: int) -> list[tuple[str, str, int]]:
        found = await self._asked("zrangebyscore", self._key("due"), "-inf", f"({before}", withscores=True)
        return [(*_text(member).split("|", 1), int(at)) for member, at in found]  # type: ignore[misc]

    async def clock(self) -> int:
        seconds, microseconds = await self._link.ask(self._key("clock"), lambda redis: redis.time())
        return int(seconds) * 1000 + int(microseconds) // 1000

    async def present(self, code: str, worker: str, counts: Sequence[int], *, now: int) -> list[int]:
        key = self._keys(code, "present")[0]
        await self._asked("hset", key, worker, " ".join(map(str, (now, *counts))))
        found = await self._asked("hgetall", key)
        told = {_text(name): tuple(map(int, row.split())) for name, row in found.items()}
        if gone := [name for name, (at, *_) in told.items() if at <= now - PRESENT_MS]:
            await self._asked("hdel", key, *gone)
        return added_up(row[1:] for name, row in told.items() if name != worker and name not in gone)

    # -- leaving no trace -----------------------------------------------------------------------------------

    async def _mark(self) -> None:
        """Before text is taken away: whoever is interrupted then leaves it to the next process."""
        await self._asked("set", self._key("wipe"), 1)

    async def _wipe_soon(self) -> None:
        await self._mark()
        self._wipe_later()

    def _wipe_later(self) -> None:
        if self._wiping is None:
            self._wiping = asyncio.get_running_loop().call_later(
                self._wipe_after_s, lambda: self._link.keep(self._wipe())
            )

    async def _wipe(self) -> None:
        """The append-only file still tells how blanked text came in, until it is written anew."""
        self._wiping = None
        try:
            await self._asked("delete", self._key("wipe"))
            await self._link.rewrite()
        except StorageFailed:  # one is being written, perhaps from before what was blanked last
            with contextlib.suppress(StorageFailed):
                await self._mark()
            if not self._closed:
                self._wipe_later()

    async def close(self) -> None:
        self._closed = True
        if self._wiping is not None:
            self._wiping.cancel()
            await self._wipe()
        await self._link.close()


def _about(event: Event) -> str:
    """The answer an event is about, so that all it said can be blanked."""
    return (getattr(event, "id", None) or "") if not event.step else ""
