"""
The journal in Redis or Valkey, for several workers on one or more machines.

Every write is a script, or a command, that changes nothing when it comes twice: the client sends again by itself when a
reply is lost (docs/decisions/0006). Pub/sub only wakes; the stored journal is the truth, and is looked at every POLL_S
even if nothing woke.
"""

import asyncio
import contextlib
import logging
import secrets
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import RedisError

from live.errors import CameBackOlder, CodeTaken, Conflict, RoomNotFound, StorageFailed, StoreUnfit
from live.events import AnyEvent, Event, decode, encode
from live.journal import PRESENT_MS, Recorded, RoomRow, Top

CONNECTIONS = 32
PATIENCE_S = 5.0  # for one reply, and for a connection to be free
TRIES = 3
PAGE = 1000  # events in one reply: a script holds up everybody else while it runs
POLL_S = 2.0
CHECK_S = 60.0
WIPE_AFTER_S = 3600.0  # the promise is a day; rewriting the append-only file costs its whole size
NEEDED = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}

logger = logging.getLogger("live.journal")

T = TypeVar("T")


async def open_redis(url: str, *, prefix: str = "innspill", wipe_after_s: float = WIPE_AFTER_S) -> "RedisJournal":
    """
    Open the store at *url* (`redis://…`, `rediss://…`, `unix://…`).

    Raises StoreUnfit, saying what to set, when what is acked there would not be on disk; StorageFailed when nobody
    answers.
    """
    journal = RedisJournal(url, prefix, wipe_after_s)
    try:
        await journal.begin()
    except BaseException:
        await journal.close()
        raise
    return journal


class RedisJournal:
    """See `Journal` for the promise. Keys of a room stand under one hash tag, `prefix:{code}:…`."""

    shared = True

    def __init__(self, url: str, prefix: str, wipe_after_s: float) -> None:
        retry = Retry(ExponentialWithJitterBackoff(cap=1.0, base=0.05), TRIES)
        pool = BlockingConnectionPool.from_url(
            url, max_connections=CONNECTIONS, timeout=PATIENCE_S, socket_timeout=PATIENCE_S,
            socket_connect_timeout=PATIENCE_S, retry=retry,
        )  # fmt: skip
        self._redis: Redis = Redis(connection_pool=pool)
        self._prefix = prefix
        self._wipe_after_s = wipe_after_s
        self._wiping: asyncio.TimerHandle | None = None
        self._wakes: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._unfit = ""
        self._closed = False
        scripts = files("live.journal")
        self._append, self._read_on, self._blank, self._renew = (
            self._redis.register_script((scripts / name).read_text("utf-8"))
            for name in ("append.lua", "read.lua", "blank.lua", "renew.lua")
        )

    async def begin(self) -> None:
        self._unfit = await self._asked(self._look)
        if self._unfit:
            raise StoreUnfit(self._unfit)
        if await self._asked(self._redis.exists, self._key("wipe")):
            self._wipe_later()
        self._keep(self._listen())
        self._keep(self._look_again())

    # -- the connection -------------------------------------------------------------------------------------

    def _keep(self, work: Any) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _asked(self, ask: Callable[..., Awaitable[Any]], *args: Any, **named: Any) -> Any:
        """What the store answers. A caller that gives up does not undo what it asked for."""

        async def work() -> Any:
            try:
                return await ask(*args, **named)
            except (RedisError, OSError, TimeoutError) as failure:
                raise StorageFailed(str(failure)) from failure

        task = self._keep(work())
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # noted, whoever waits
        return await asyncio.shield(task)

    async def _look(self) -> str:
        """What is wrong with how the store is set, in a sentence; empty when nothing is."""
        found = {key: await self._redis.config_get(key) for key in NEEDED}
        wrong = [f"{key} {value}" for key, value in NEEDED.items() if _text(found[key].get(key)) != value]
        return f"Redis does not keep what it acknowledges. Set: {', '.join(wrong)}." if wrong else ""

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(CHECK_S)
            with contextlib.suppress(StorageFailed):
                self._unfit = await self._asked(self._look)
                if self._unfit:
                    logger.error(self._unfit)

    async def _listen(self) -> None:
        """Wake whoever follows a room; after a break wake all, for what was said meanwhile is lost."""
        while True:
            try:
                async with self._redis.pubsub() as heard:
                    await heard.psubscribe(self._key("*"))
                    while True:
                        message = await heard.get_message(timeout=POLL_S)
                        if message is None:
                            continue
                        if message["type"] == "pmessage":
                            self._wake(_text(message["channel"]).rpartition(":")[2])
                        else:  # subscribed, perhaps again
                            for code in list(self._wakes):
                                self._wake(code)
            except (RedisError, OSError, TimeoutError):
                await asyncio.sleep(0.2)

    def _wake(self, code: str) -> None:
        if (wake := self._wakes.pop(code, None)) is not None:
            wake.set()

    def _key(self, name: str) -> str:
        return f"{self._prefix}:{name}"

    def _keys(self, code: str, *names: str) -> list[str]:
        return [f"{self._prefix}:{{{code}}}:{name}" for name in names]

    # -- events ---------------------------------------------------------------------------------------------

    async def create(self, code: str, events: Sequence[Event]) -> Recorded:
        # Listed first: a code that is listed and leads nowhere is passed over, a room that is not listed would be lost.
        await self._asked(self._redis.zadd, self._key("rooms"), {code: events[0].at}, nx=True)
        return await self._record(code, events, 0, secrets.token_hex(8), events[0].at)

    async def append(self, code: str, events: Sequence[Event], *, step: int, since: Top | None = None) -> Recorded:
        assert len(events) == 1 or not any(event.step for event in events), "a step stands alone in its append"
        return await self._record(code, events, step, "", 0, since)

    async def _record(
        self, code: str, events: Sequence[Event], step: int, epoch: str, at: int, since: Top | None = None
    ) -> Recorded:
        if self._unfit:
            raise StorageFailed(self._unfit)
        told: list[Any] = [self._key(code), step, epoch, at]
        told += [since.epoch, since.position] if since else ["", 0]
        for event in events:
            told += [event.key or "", _about(event), encode(event), int(event.step)]
        keys = self._keys(code, "meta", "events", "keys", "about", f"call:{secrets.token_hex(12)}")
        word, *result = await self._asked(self._append, keys=keys, args=told)
        match _text(word):
            case "ok":
                position, new_step, known = result
                return Recorded(int(position), int(new_step), frozenset(map(_text, known)))
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

    async def _past(self, code: str, after: int) -> tuple[Top, list[tuple[int, AnyEvent]]]:
        events: list[tuple[int, AnyEvent]] = []
        keys, start, epoch = self._keys(code, "meta", "events"), after, ""
        while True:
            page = await self._asked(self._read_on, keys=keys, args=[start, PAGE])
            if not page or (epoch and _text(page[0]) != epoch):
                raise RoomNotFound(code)
            epoch, top = _text(page[0]), Top(_text(page[0]), int(page[1]), int(page[2]))
            events += [(start + at, decode(body)) for at, body in enumerate(page[3], 1)]
            start += len(page[3])
            if start >= top.position or not page[3]:
                return top, events

    async def follow(self, code: str, *, after: int = 0, epoch: str = "") -> AsyncGenerator[tuple[int, AnyEvent]]:
        last: AnyEvent | None = None
        while True:
            wake = self._wakes[code]  # taken before reading: what is recorded from now on sets it
            # The last one known is read again: if another stands in its place, the store lost it and went on.
            before = max(0, after - 1)
            try:
                top, events = await self._past(code, before)
            except RoomNotFound:
                self._wake(code)
                return
            if top.epoch != (epoch := epoch or top.epoch):
                return
            if after:
                if top.position < after or (last and not _same(last, events[0][1])):
                    raise CameBackOlder(epoch, after)
                last = events.pop(0)[1]
            for after, event in events:
                yield after, event
                last = event
            if not events:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), POLL_S)

    async def renew(self, code: str, epoch: str) -> bool:
        # Sent twice, it may say False of its own doing: then nobody counts what was lost, and nothing else is missed.
        return bool(await self._asked(self._renew, keys=self._keys(code, "meta"), args=[epoch, secrets.token_hex(8)]))

    async def top(self, code: str) -> Top:
        meta = self._keys(code, "meta")[0]
        epoch, position, step = await self._asked(self._redis.hmget, meta, ["epoch", "position", "step"])
        if epoch is None:
            raise RoomNotFound(code)
        return Top(_text(epoch), int(position), int(step))

    async def redact(self, code: str, answer_id: str) -> None:
        events, about = self._keys(code, "events", "about")
        places = _text(await self._asked(self._redis.hget, about, answer_id) or "").split()
        told: list[Any] = []
        for place in places:
            body = await self._asked(self._redis.hget, events, place)
            event = decode(body)
            blank = {name: empty for name, empty in (("text", ""), ("value", None)) if hasattr(event, name)}
            if blank:
                told += [place, body, encode(msgspec.structs.replace(event, **blank))]
        if told:
            await self._asked(self._blank, keys=[events], args=told)
            await self._wipe_soon()

    async def rooms(self) -> list[RoomRow]:
        rows = []
        for code in map(_text, await self._asked(self._redis.zrange, self._key("rooms"), 0, -1)):
            key = self._keys(code, "meta")[0]
            found = await self._asked(self._redis.hmget, key, ["created_at", "position", "step"])
            if found[0] is not None:
                rows.append(RoomRow(code, *map(int, found)))
        return sorted(rows, key=lambda row: (row.created_at, row.code))

    async def delete(self, code: str) -> None:
        await self.revoke_keys(code)
        due = [_text(member) for member in await self._asked(self._redis.zrange, self._key("due"), 0, -1)]
        if mine := [member for member in due if member.startswith(f"{code}|")]:
            await self._asked(self._redis.zrem, self._key("due"), *mine)
        keys = self._keys(code, "meta", "events", "keys", "about", "present")
        await self._asked(self._redis.delete, *keys)
        await self._asked(self._redis.zrem, self._key("rooms"), code)
        await self._asked(self._redis.publish, self._key(code), -1)
        await self._wipe_soon()

    # -- keys, secrets, due times, presence -----------------------------------------------------------------

    async def add_key(self, key_hash: str, *, code: str, right: str, at: int) -> None:
        await self._asked(self._redis.sadd, self._keys(code, "hashes")[0], key_hash)
        told = {"code": code, "right": right, "at": at}
        await self._asked(self._redis.hset, self._key(f"key:{key_hash}"), mapping=told)

    async def key_right(self, key_hash: str) -> tuple[str, str] | None:
        code, right = await self._asked(self._redis.hmget, self._key(f"key:{key_hash}"), ["code", "right"])
        return (_text(code), _text(right)) if code is not None else None

    async def revoke_keys(self, code: str) -> None:
        listed = self._keys(code, "hashes")[0]
        hashes = [_text(one) for one in await self._asked(self._redis.smembers, listed)]
        if hashes:
            await self._asked(self._redis.delete, *(self._key(f"key:{one}") for one in hashes))
        await self._asked(self._redis.delete, listed)

    async def secret(self, name: str, fresh: bytes) -> bytes:
        key = self._key(f"secret:{name}")
        await self._asked(self._redis.set, key, fresh, nx=True)
        return bytes(await self._asked(self._redis.get, key))

    async def set_due(self, code: str, what: str, at: int | None) -> None:
        member = f"{code}|{what}"
        if at is None:
            await self._asked(self._redis.zrem, self._key("due"), member)
        else:
            await self._asked(self._redis.zadd, self._key("due"), {member: at})

    async def due(self, before: int) -> list[tuple[str, str, int]]:
        found = await self._asked(self._redis.zrangebyscore, self._key("due"), "-inf", f"({before}", withscores=True)
        return [(*_text(member).split("|", 1), int(at)) for member, at in found]  # type: ignore[misc]

    async def clock(self) -> int:
        seconds, microseconds = await self._asked(self._redis.time)
        return int(seconds) * 1000 + int(microseconds) // 1000

    async def present(self, code: str, worker: str, phones: int, people: int, *, now: int) -> tuple[int, int]:
        key = self._keys(code, "present")[0]
        await self._asked(self._redis.hset, key, worker, f"{now} {phones} {people}")
        found = await self._asked(self._redis.hgetall, key)
        told = {_text(name): tuple(map(int, row.split())) for name, row in found.items()}
        if gone := [name for name, (at, _, _) in told.items() if at <= now - PRESENT_MS]:
            await self._asked(self._redis.hdel, key, *gone)
        others = [row for name, row in told.items() if name != worker and name not in gone]
        return sum(row[1] for row in others), sum(row[2] for row in others)

    # -- leaving no trace -----------------------------------------------------------------------------------

    async def _wipe_soon(self) -> None:
        await self._asked(self._redis.set, self._key("wipe"), 1)
        self._wipe_later()

    def _wipe_later(self) -> None:
        if self._wiping is None:
            self._wiping = asyncio.get_running_loop().call_later(self._wipe_after_s, lambda: self._keep(self._wipe()))

    async def _wipe(self) -> None:
        """The append-only file still tells how blanked text came in, until it is written anew."""
        self._wiping = None
        try:
            await self._asked(self._redis.delete, self._key("wipe"))
            await self._asked(self._redis.bgrewriteaof)
        except StorageFailed:  # one is being written, perhaps from before what was blanked last
            with contextlib.suppress(StorageFailed):
                await self._asked(self._redis.set, self._key("wipe"), 1)
            if not self._closed:
                self._wipe_later()

    async def close(self) -> None:
        self._closed = True
        if self._wiping is not None:
            self._wiping.cancel()
            await self._wipe()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._redis.aclose(close_connection_pool=True)


def _text(sent: Any) -> str:
    return sent.decode() if isinstance(sent, bytes) else str(sent)


def _same(one: AnyEvent, other: AnyEvent) -> bool:
    """Whether they are one event, whatever has been blanked in it since."""
    return type(one) is type(other) and one.at == other.at and one.key == other.key


def _about(event: Event) -> str:
    """The answer an event is about, so that all it said can be blanked."""
    return (getattr(event, "id", None) or "") if not event.step else ""
