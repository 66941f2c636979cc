"""
The way to Redis or Valkey: one server, or the one that Sentinels call the master. `redis_cluster` is for many.

What is asked may be sent twice, for it is asked again when a reply is lost: only what changes nothing the second time
may be asked.
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
from live.journal.redis_pools import PATIENCE_S, Unfit, looked, master_pool, pool, text, told_of
from live.redis_address import Address

APPENDS = 24  # at once, for reading must go on while they wait for a copy
PAUSES_S = (0.05, 0.1, 0.2, *[0.4] * 7)  # before asking again; together about as long as a failover takes
PASSING = (
    OSError, NotConnected, NotInTime, AskError, ClusterDownError, MasterDownError, MovedError, ReadOnlyError,
    TryAgainError,
)  # fmt: skip
POLL_S = 2.0
CHECK_S = 60.0
COPY_MS = 500  # what an append waits for a replica to have it too
ALONE_S = 1.0  # between looks whether there is a replica again, once one has kept an append waiting in vain

logger = logging.getLogger("live.journal")

Work = Callable[["Redis"], Awaitable[Any]]


class Script:
    """A script beside this file, known to a server by its hash once that has seen it."""

    def __init__(self, name: str) -> None:
        self.text = (files("live.journal") / name).read_text("utf-8")
        self.sha = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()


class Link:
    """To one server. What is asked names a key first, by which a Cluster finds the server."""

    says = "PUBLISH"
    copied = False  # whether an ack waits for a replica
    drawn = 0  # how often it has been asked who holds what

    def __init__(self, address: Address, prefix: str) -> None:
        self.address = address
        self.unfit = ""
        self._prefix = prefix
        self._wakes: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._followed: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False
        self._appending = asyncio.Semaphore(APPENDS)
        self._alone: set[Redis] = set()  # whose replicas are not waited for
        self._open()

    def _open(self) -> None:
        self._redis: Redis = Redis.from_pool(pool(parse_url(self.address.urls[0])))

    async def begin(self) -> None:
        self.unfit = await self._look(everywhere=True)
        if self.unfit:
            raise StoreUnfit(self.unfit)
        self.keep(self._listen())
        self.keep(self._look_again())

    def keep(self, work: Any) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        self._closed = True
        await end(self._tasks)
        await self._hang_up()

    async def _hang_up(self) -> None:
        await self._redis.aclose()

    # -- asking ---------------------------------------------------------------------------------------------

    async def asked(self, command: str, key: str, *args: Any, **named: Any) -> Any:
        """What the server that holds *key* answers to a method of redis-py; StorageFailed."""
        return await self.ask(key, lambda redis: getattr(redis, command)(key, *args, **named))

    async def run(self, script: Script, keys: Sequence[str], args: Sequence[Any], *, acks: bool = False) -> Any:
        """What *script* returns. What *acks* waits until a replica has it too, or there seems to be none."""

        async def work(redis: Redis) -> Any:
            try:
                return await sent("EVALSHA", script.sha, redis)
            except NoScriptError:
                return await sent("EVAL", script.text, redis)

        async def sent(command: str, which: str, redis: Redis) -> Any:
            told = [command, which, len(keys), *keys, *args]
            if not acks:
                return await redis.execute_command(*told)
            async with self._appending:
                return await self._copied(redis, told)

        return await self.ask(keys[0], work)

    async def _copied(self, redis: Redis, told: Sequence[Any]) -> Any:
        if not self.copied or redis in self._alone:
            return await redis.execute_command(*told)
        # One connection for both, for a server waits for what that connection wrote.
        both = redis.pipeline(transaction=False)
        both.execute_command(*told)
        both.execute_command("WAIT", 1, COPY_MS)
        answer, copies = await both.execute(raise_on_error=False)
        if copies == 0 and redis not in self._alone:
            self._alone.add(redis)
            self.keep(self._until_copied(redis))
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _until_copied(self, redis: Redis) -> None:
        logger.warning("No replica of the store keeps up. What is acked stands on one machine.")
        copies = 0
        while not copies and redis in self._alone:
            await asyncio.sleep(ALONE_S)
            with contextlib.suppress(RedisError, OSError):
                copies = await redis.execute_command("WAIT", 1, COPY_MS)
        self._alone.discard(redis)
        logger.warning("A replica of the store keeps up again.")

    async def ask(self, key: str, work: Work) -> Any:
        """*work* done with the server that holds *key*. A caller that gives up does not undo what it asked for."""

        async def asking() -> Any:
            try:
                return await self._patiently(lambda: self._done(key, work))
            except (RedisError, OSError) as failure:
                raise StorageFailed(str(failure)) from failure

        if self._closed:
            raise StorageFailed("The store has been closed.")
        task = self.keep(asking())
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # noted, whoever waits
        return await asyncio.shield(task)

    async def _done(self, key: str, work: Work) -> Any:
        return await work(await self._server(key))

    async def _patiently(self, ask: Callable[[], Awaitable[Any]]) -> Any:
        """What passes, as a restart, a failover or a slot on its way elsewhere, is waited for and asked again."""
        enough = time.monotonic() + 2 * PATIENCE_S
        for pause in (*PAUSES_S, None):
            drawn = self.drawn
            try:
                return await ask()
            except PASSING as failure:
                if pause is None or time.monotonic() >= enough or isinstance(failure, AuthenticationError):
                    raise
                await asyncio.sleep(0 if isinstance(failure, MovedError) else pause)
                with contextlib.suppress(RedisError, OSError):
                    await self._draw(drawn)

    async def _server(self, key: str) -> Redis:
        return self._redis

    async def _draw(self, drawn: int) -> None:
        """Ask who holds what, where that may change, unless somebody has since it was *drawn*."""

    # -- every server ---------------------------------------------------------------------------------------

    @contextlib.asynccontextmanager
    async def _servers(self, everywhere: bool) -> AsyncIterator[list[Redis]]:
        """Who acks, and who keeps a copy too when *everywhere*. Open as long as the block runs."""
        yield [self._redis]

    async def _look(self, everywhere: bool) -> str:
        """What is wrong with how the servers are set, in a sentence; empty when nothing is. StorageFailed."""

        async def look() -> str:
            async with self._servers(everywhere) as servers:
                wrong = await asyncio.gather(*(looked(redis.config_get) for redis in servers))
                return next(filter(None, wrong), "")

        try:
            return str(await self._patiently(look))
        except Unfit as failure:
            return str(failure)
        except (RedisError, OSError) as failure:
            raise StorageFailed(str(failure)) from failure

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(CHECK_S)
            with contextlib.suppress(StorageFailed):
                self.unfit = await self._look(everywhere=False)
                if self.unfit:
                    logger.error(self.unfit)

    async def rewrite(self) -> None:
        """Let every server write its append-only file anew; StorageFailed when one could not begin."""
        try:
            async with self._servers(True) as servers:
                for redis in servers:
                    await redis.bgrewriteaof()
        except (RedisError, OSError) as failure:
            raise StorageFailed(str(failure)) from failure

    # -- wakes ----------------------------------------------------------------------------------------------

    def channel(self, code: str) -> str:
        return f"{self._prefix}:{{{code}}}"

    async def say(self, code: str) -> None:
        await self.ask(self.channel(code), lambda redis: redis.execute_command(self.says, self.channel(code), -1))

    @contextlib.contextmanager
    def following(self, code: str) -> Iterator[None]:
        """Be told of *code* meanwhile."""
        self._followed[code] += 1
        self.listen_anew()
        try:
            yield
        finally:
            self._followed[code] -= 1
            if not self._followed[code]:
                del self._followed[code]
            self.listen_anew()

    def listen_anew(self) -> None:
        """Other rooms are followed than before. Here all come by one pattern."""

    def heard(self, code: str) -> asyncio.Event:
        """Set at the next word about *code*, and after any break in which a word may have been lost."""
        return self._wakes[code]

    def wake(self, code: str) -> None:
        if (wake := self._wakes.pop(code, None)) is not None:
            wake.set()

    async def _listen(self) -> None:
        while True:
            with contextlib.suppress(RedisError, OSError):
                async with self._redis.pubsub() as heard:
                    await heard.psubscribe(f"{self._prefix}:{{*}}")
                    async for message in spoken(heard):
                        if message["type"] == "pmessage":
                            self.wake(room_of(message["channel"]))
                        else:  # subscribed, perhaps again
                            for code in list(self._wakes):
                                self.wake(code)
            await asyncio.sleep(0.2)


class SentinelLink(Link):
    """To whichever server the Sentinels call the master."""

    copied = True

    def _open(self) -> None:
        places, self._told = told_of(self.address)
        self._sentinel, masters = master_pool(self.address.service, places, self._told)
        self._redis = Redis.from_pool(masters)

    @contextlib.asynccontextmanager
    async def _servers(self, everywhere: bool) -> AsyncIterator[list[Redis]]:
        async with contextlib.AsyncExitStack() as stack:
            servers = [self._redis]
            for host, port in await self._sentinel.discover_slaves(self.address.service) if everywhere else ():
                told = self._told | {"host": host, "port": port}
                servers.append(await stack.enter_async_context(Redis.from_pool(pool(told))))
            yield servers

    async def _hang_up(self) -> None:
        await super()._hang_up()
        await self._sentinel.aclose()


async def end(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel *tasks* until they end: wait_for, which redis-py uses, may forget a cancellation in Python 3.11."""
    while left := [task for task in tasks if not task.done()]:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=0.1)


async def spoken(heard: Any) -> AsyncIterator[dict[str, Any]]:
    """What comes on a subscription. TimeoutError when the server does not even answer: the line may be half open."""
    quiet = 0
    while quiet < 2:
        message = await heard.get_message(timeout=POLL_S)
        if message is None:
            quiet += 1
            await heard.ping()
            continue
        quiet = 0
        if message["type"] != "pong":
            yield message
    raise TimeoutError


def room_of(channel: bytes) -> str:
    return text(channel).rpartition("{")[2].rstrip("}")
