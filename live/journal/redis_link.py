"""
The connection to Redis or Valkey: one server, or the one that the Sentinels name as master. For a Cluster see
`redis_cluster`.

A command may be sent twice, because it is sent again when its reply is lost. So only commands that change nothing the
second time may be sent.
"""

import asyncio
import contextlib
import hashlib
import logging
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Sequence
from importlib.resources import files
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.connection import parse_url
from redis.exceptions import (
    AskError,
    AuthenticationError,
    ClusterDownError,
    MasterDownError,
    MovedError,
    NoScriptError,
    ReadOnlyError,
    RedisError,
    TryAgainError,
)
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import TimeoutError as NotInTime

from live.errors import StorageFailed, StoreUnfit
from live.journal.redis_pools import PATIENCE_S, Unfit, master_pool, pool, read_address, settings_problem, text
from live.journal.unanswered import Unanswered
from live.redis_address import Address

MOST_APPENDS = 24  # at once: fewer than the connections, so that reading goes on while appends wait for a replica
PAUSES_S = (0.05, 0.1, 0.2, *[0.4] * 7)  # before sending again; together about as long as a failover takes
TRANSIENT = (
    OSError, NotConnected, NotInTime, AskError, ClusterDownError, MasterDownError, MovedError, ReadOnlyError,
    TryAgainError,
)  # fmt: skip
POLL_S = 2.0
SETTINGS_CHECK_S = 60.0  # between two checks of the servers' settings
REPLICA_WAIT_MS = 500  # the longest an append waits until a replica has it too
REPLICA_CHECK_S = 1.0  # between checks whether a replica answers again, after an append has waited for one in vain

logger = logging.getLogger("live.journal")

Work = Callable[["Redis"], Awaitable[Any]]


class Script:
    """A script in `lua/`. A server that has run it once knows it by its hash."""

    def __init__(self, name: str) -> None:
        self.text = (files("live.journal") / "lua" / name).read_text("utf-8")
        self.sha = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()


class Link:
    """The connection to one server. Every call names a key first, by which a Cluster finds the server."""

    publish_command = "PUBLISH"
    has_replicas = False  # whether an ack waits for a replica
    slots_version = 0  # counts the refreshes of the Cluster's slot map

    def __init__(self, address: Address, prefix: str) -> None:
        self.address = address
        self.unfit = ""
        self._prefix = prefix
        self._wakes: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._followed: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False
        self._unanswered = Unanswered()
        self._appending = asyncio.Semaphore(MOST_APPENDS)
        self._without_replica: set[Redis] = set()  # masters whose replicas appends do not wait for
        self._open()

    def _open(self) -> None:
        self._redis: Redis = Redis.from_pool(pool(parse_url(self.address.urls[0])))

    async def begin(self) -> None:
        self.unfit = await self._check_settings(everywhere=True)
        if self.unfit:
            raise StoreUnfit(self.unfit)
        self.start_task(self._listen())
        self.start_task(self._recheck_settings())

    def start_task(self, work: Any) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        self._closed = True
        await end(self._tasks)
        await self._disconnect()

    async def _disconnect(self) -> None:
        await self._redis.aclose()

    # -- commands -------------------------------------------------------------------------------------------

    async def call(self, command: str, key: str, *args: Any, **named: Any) -> Any:
        """Call a method of redis-py with *key* on the server that holds it. Raises StorageFailed."""
        return await self.do(key, lambda redis: getattr(redis, command)(key, *args, **named))

    async def run(self, script: Script, keys: Sequence[str], args: Sequence[Any], *, acks: bool = False) -> Any:
        """
        What *script* returns. With *acks* it returns only when a replica has the change too, or when no replica seems
        to answer.
        """

        async def work(redis: Redis) -> Any:
            try:
                return await send("EVALSHA", script.sha, redis)
            except NoScriptError:
                return await send("EVAL", script.text, redis)

        async def send(command: str, script_or_hash: str, redis: Redis) -> Any:
            words = [command, script_or_hash, len(keys), *keys, *args]
            if not acks:
                return await redis.execute_command(*words)
            async with self._appending:
                return await self._run_and_wait(redis, words)

        return await self.do(keys[0], work)

    async def _run_and_wait(self, redis: Redis, words: Sequence[Any]) -> Any:
        if not self.has_replicas or redis in self._without_replica:
            return await redis.execute_command(*words)
        # One connection for both: WAIT is about what the same connection wrote.
        both = redis.pipeline(transaction=False)
        both.execute_command(*words)
        both.execute_command("WAIT", 1, REPLICA_WAIT_MS)
        answer, copies = await both.execute(raise_on_error=False)
        if copies == 0 and redis not in self._without_replica:
            self._without_replica.add(redis)
            self.start_task(self._wait_for_replica(redis))
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _wait_for_replica(self, redis: Redis) -> None:
        logger.warning("No replica of the store keeps up. What is acknowledged is on one machine only.")
        copies = 0
        while not copies and redis in self._without_replica:
            await asyncio.sleep(REPLICA_CHECK_S)
            with contextlib.suppress(RedisError, OSError):
                copies = await redis.execute_command("WAIT", 1, REPLICA_WAIT_MS)
        self._without_replica.discard(redis)
        logger.warning("A replica of the store keeps up again.")

    async def do(self, key: str, work: Work) -> Any:
        """
        Do *work* with the server that holds *key*, again if it fails for a moment. It goes on when the caller is
        cancelled. Raises StorageFailed.
        """

        async def translated() -> Any:
            try:
                with self._unanswered.call(key):
                    return await self._retried(lambda: self._do_once(key, work))
            except (RedisError, OSError) as failure:
                raise StorageFailed(str(failure)) from failure

        if self._closed:
            raise StorageFailed("The store has been closed.")
        task = self.start_task(translated())
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # else asyncio logs it as unread
        return await asyncio.shield(task)

    async def _do_once(self, key: str, work: Work) -> Any:
        return await work(await self._server(key))

    async def _retried(self, do: Callable[[], Awaitable[Any]]) -> Any:
        """Retry transient failures: a restart, a failover, a slot that is moving to another master."""
        give_up_at = time.monotonic() + 2 * PATIENCE_S
        for pause in (*PAUSES_S, None):
            slots_version = self.slots_version
            try:
                return await do()
            except TRANSIENT as failure:
                if pause is None or time.monotonic() >= give_up_at or isinstance(failure, AuthenticationError):
                    raise
                await asyncio.sleep(0 if isinstance(failure, MovedError) else pause)
                with contextlib.suppress(RedisError, OSError):
                    await self._refresh_slots(slots_version)

    def unanswered_s(self, code: str) -> float:
        """How long the oldest call has waited that the server of that room has not answered."""
        channel = self.channel(code)
        return self._unanswered.longest_s(lambda key: self._on_same_server(key, channel))

    def _on_same_server(self, key: str, other: str) -> bool:
        return True

    async def _server(self, key: str) -> Redis:
        return self._redis

    async def _refresh_slots(self, slots_version: int) -> None:
        """In a Cluster: ask again which master holds which slots, unless that was done after *slots_version*."""

    # -- every server ---------------------------------------------------------------------------------------

    @contextlib.asynccontextmanager
    async def _servers(self, everywhere: bool) -> AsyncIterator[list[Redis]]:
        """The masters, and with *everywhere* the replicas too. Their connections are open inside the block only."""
        yield [self._redis]

    async def _check_settings(self, everywhere: bool) -> str:
        """What is wrong with the servers' settings, as a sentence; empty when nothing is. Raises StorageFailed."""

        async def check() -> str:
            async with self._servers(everywhere) as servers:
                wrong = await asyncio.gather(*(settings_problem(redis.config_get) for redis in servers))
                return next(filter(None, wrong), "")

        try:
            return str(await self._retried(check))
        except Unfit as failure:
            return str(failure)
        except (RedisError, OSError) as failure:
            raise StorageFailed(str(failure)) from failure

    async def _recheck_settings(self) -> None:
        while True:
            await asyncio.sleep(SETTINGS_CHECK_S)
            with contextlib.suppress(StorageFailed):
                self.unfit = await self._check_settings(everywhere=False)
                if self.unfit:
                    logger.error(self.unfit)

    async def rewrite(self) -> None:
        """Make every server rewrite its append-only file. Raises StorageFailed when one could not start."""
        try:
            async with self._servers(True) as servers:
                for redis in servers:
                    await redis.bgrewriteaof()
        except (RedisError, OSError) as failure:
            raise StorageFailed(str(failure)) from failure

    # -- notifications --------------------------------------------------------------------------------------

    def channel(self, code: str) -> str:
        return f"{self._prefix}:{{{code}}}"

    async def publish(self, code: str) -> None:
        await self.do(
            self.channel(code), lambda redis: redis.execute_command(self.publish_command, self.channel(code), -1)
        )

    @contextlib.contextmanager
    def following(self, code: str) -> Iterator[None]:
        """Inside the block, notifications about *code* are received."""
        self._followed[code] += 1
        self.followed_changed()
        try:
            yield
        finally:
            self._followed[code] -= 1
            if not self._followed[code]:
                del self._followed[code]
            self.followed_changed()

    def followed_changed(self) -> None:
        """To be called when the set of followed rooms has changed. Here one pattern covers all rooms."""

    def next_wake(self, code: str) -> asyncio.Event:
        """Set at the next notification about *code*, and after any break in which one may have been lost."""
        return self._wakes[code]

    def wake(self, code: str) -> None:
        if (wake := self._wakes.pop(code, None)) is not None:
            wake.set()

    async def _listen(self) -> None:
        while True:
            with contextlib.suppress(RedisError, OSError):
                async with self._redis.pubsub() as pubsub:
                    await pubsub.psubscribe(f"{self._prefix}:{{*}}")
                    async for message in messages_of(pubsub):
                        if message["type"] == "pmessage":
                            self.wake(room_of(message["channel"]))
                        else:  # subscribed, perhaps again
                            for code in list(self._wakes):
                                self.wake(code)
            await asyncio.sleep(0.2)


class SentinelLink(Link):
    """The connection to whichever server the Sentinels name as master."""

    has_replicas = True

    def _open(self) -> None:
        sentinels, self._options = read_address(self.address)
        self._sentinel, masters = master_pool(self.address.service, sentinels, self._options)
        self._redis = Redis.from_pool(masters)

    @contextlib.asynccontextmanager
    async def _servers(self, everywhere: bool) -> AsyncIterator[list[Redis]]:
        async with contextlib.AsyncExitStack() as stack:
            servers = [self._redis]
            for host, port in await self._sentinel.discover_slaves(self.address.service) if everywhere else ():
                options = self._options | {"host": host, "port": port}
                servers.append(await stack.enter_async_context(Redis.from_pool(pool(options))))
            yield servers

    async def _disconnect(self) -> None:
        await super()._disconnect()
        await self._sentinel.aclose()


async def end(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel *tasks* again until they end: wait_for, which redis-py uses, may lose a cancellation in Python 3.11."""
    while left := [task for task in tasks if not task.done()]:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=0.1)


async def messages_of(pubsub: Any) -> AsyncIterator[dict[str, Any]]:
    """
    The messages of a subscription. Raises TimeoutError when the server does not even answer a ping: the connection may
    be half open.
    """
    quiet = 0
    while quiet < 2:
        message = await pubsub.get_message(timeout=POLL_S)
        if message is None:
            quiet += 1
            await pubsub.ping()
            continue
        quiet = 0
        if message["type"] != "pong":
            yield message
    raise TimeoutError


def room_of(channel: bytes) -> str:
    return text(channel).rpartition("{")[2].rstrip("}")
