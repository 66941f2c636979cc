"""
The way to Redis or Valkey: one server, or the one that Sentinels call the master. `redis_cluster` is for many.

What is asked may be sent twice, for the client asks again when a reply is lost: only what changes nothing the second
time may be asked. Every connection looks at how its server is set before it is used, so that a server that has just
taken over acks nothing unless it keeps it.
"""

import asyncio
import contextlib
import hashlib
import logging
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from importlib.resources import files
from typing import Any

from redis.asyncio import BlockingConnectionPool, Connection, Redis, SSLConnection, UnixDomainSocketConnection
from redis.asyncio.connection import AbstractConnection, parse_url
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import (
    Sentinel,
    SentinelConnectionPool,
    SentinelManagedConnection,
    SentinelManagedSSLConnection,
)
from redis.backoff import NoBackoff
from redis.exceptions import (
    AskError,
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
from live.journal.address import Address

CONNECTIONS = 32  # to each server
APPENDS = 24  # at once, for reading must go on while they wait for a copy
PATIENCE_S = 5.0  # for one reply, and for a connection to be free
SENTINEL_S = 1.0  # for a Sentinel: there are others to ask
SENTINEL_FRESH_S = 0.1  # that its answer holds
PAUSES_S = (0.05, 0.1, 0.2, *[0.4] * 7)  # before asking again; together about as long as a failover takes
PASSING = (
    OSError, NotConnected, NotInTime, AskError, ClusterDownError, MasterDownError, MovedError, ReadOnlyError,
    TryAgainError,
)  # fmt: skip
POLL_S = 2.0
CHECK_S = 60.0
COPY_MS = 500  # what an append waits for a replica to have it too
ALONE_S = 10.0  # that no append waits any more, once a replica has kept one waiting in vain
NEEDED = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}

logger = logging.getLogger("live.journal")

Work = Callable[["Redis"], Awaitable[Any]]


class Unfit(RedisError):
    """A server is set so that it may forget; `args[0]` says what to set."""


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
        self._appending = asyncio.Semaphore(APPENDS)
        self._alone: dict[Redis, float] = {}  # until when the replicas of a server are not waited for
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
        while tasks := list(
            self._tasks
        ):  # again: wait_for, as redis-py uses it, may forget a cancellation in Python 3.11
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks, timeout=0.1)
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
        if not self.copied or time.monotonic() < self._alone.get(redis, 0):
            return await redis.execute_command(*told)
        # One connection for both, for a server waits for what that connection wrote.
        both = redis.pipeline(transaction=False)
        both.execute_command(*told)
        both.execute_command("WAIT", 1, COPY_MS)
        answer, copies = await both.execute(raise_on_error=False)
        if copies == 0:
            if time.monotonic() >= self._alone.get(redis, 0):
                logger.warning("No replica of the store keeps up. What is acked stands on one machine.")
            self._alone[redis] = time.monotonic() + ALONE_S
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def ask(self, key: str, work: Work) -> Any:
        """*work* done with the server that holds *key*. A caller that gives up does not undo what it asked for."""

        async def asking() -> Any:
            try:
                return await self._done(key, work)
            except (RedisError, OSError) as failure:
                raise StorageFailed(str(failure)) from failure

        task = self.keep(asking())
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # noted, whoever waits
        return await asyncio.shield(task)

    async def _done(self, key: str, work: Work) -> Any:
        """What passes, as a restart, a failover or a slot on its way elsewhere, is waited for and asked again."""
        enough = time.monotonic() + 2 * PATIENCE_S
        for pause in (*PAUSES_S, None):
            drawn = self.drawn
            try:
                return await work(await self._server(key))
            except PASSING as failure:
                if pause is None or time.monotonic() >= enough:
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
        try:
            async with self._servers(everywhere) as servers:
                wrong = await asyncio.gather(*(looked(redis.config_get) for redis in servers))
                return next(filter(None, wrong), "")
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
        told: dict[str, Any] = dict(parse_url(self.address.urls[0]))
        theirs = {name.removeprefix("sentinel_"): told.pop(name) for name in list(told) if name.startswith("sentinel_")}
        if told.get("connection_class") is SSLConnection:
            theirs |= {"ssl": True, **{name: value for name, value in told.items() if name.startswith("ssl_")}}
        patience = {"socket_timeout": SENTINEL_S, "socket_connect_timeout": SENTINEL_S}
        where = [(plain["host"], plain["port"]) for plain in map(parse_url, self.address.urls)]
        self._sentinel = Sentinel(where, sentinel_kwargs=theirs | patience | {"retry": once()})
        secured = told.pop("connection_class", None) is SSLConnection
        self._told = {name: value for name, value in told.items() if name not in ("host", "port")}
        self._kind = SSLConnection if secured else Connection
        self._redis = Redis.from_pool(
            _MasterPool(
                self.address.service, self._sentinel, connection_class=_SecuredMaster if secured else _Master,
                retry=once(), **LIMITS, **self._told,
            )
        )  # fmt: skip

    @contextlib.asynccontextmanager
    async def _servers(self, everywhere: bool) -> AsyncIterator[list[Redis]]:
        async with contextlib.AsyncExitStack() as stack:
            servers = [self._redis]
            for host, port in await self._sentinel.discover_slaves(self.address.service) if everywhere else ():
                told = self._told | {"host": host, "port": port, "connection_class": self._kind}
                servers.append(await stack.enter_async_context(Redis.from_pool(pool(told))))
            yield servers

    async def _hang_up(self) -> None:
        await super()._hang_up()
        await self._sentinel.aclose()


# -- connections ----------------------------------------------------------------------------------------------

LIMITS: dict[str, Any] = {
    "max_connections": CONNECTIONS, "timeout": PATIENCE_S,
    "socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S,
}  # fmt: skip


def once() -> Retry:
    """redis-py asks only once: what to do about a failure is for `Link` alone."""
    return Retry(NoBackoff(), 0)


def pool(told: Any) -> BlockingConnectionPool:
    """For the server that *told* names, as redis-py reads an address."""
    kinds = {SSLConnection: _Secured, UnixDomainSocketConnection: _Local}
    told = dict(told)
    kind = kinds.get(told.pop("connection_class", Connection), _Plain)
    return BlockingConnectionPool(connection_class=kind, retry=once(), **LIMITS, **told)


class _Looking(AbstractConnection):
    """Looks at how its server is set before anybody uses it."""

    async def on_connect_check_health(self, check_health: bool = True) -> None:
        await super().on_connect_check_health(check_health)

        async def asked(*names: str) -> Any:
            await self.send_command("CONFIG", "GET", *names, check_health=False)
            found = await self.read_response()
            return found if isinstance(found, dict) else dict(zip(found[::2], found[1::2], strict=True))

        host, port = getattr(self, "host", ""), getattr(self, "port", "")
        if wrong := await looked(asked, f" at {host}:{port}" if host else ""):
            raise Unfit(wrong)


class _Plain(_Looking, Connection):
    pass


class _Secured(_Looking, SSLConnection):
    pass


class _Local(_Looking, UnixDomainSocketConnection):
    pass


class _Ruling(_Looking):
    """The Sentinels may still name a server that has come back as a replica: that one is not asked."""

    async def on_connect_check_health(self, check_health: bool = True) -> None:
        await super().on_connect_check_health(check_health)
        await self.send_command("ROLE", check_health=False)
        if text((await self.read_response())[0]) != "master":
            raise NotConnected("No master yet.")


class _Master(_Ruling, SentinelManagedConnection):
    pass


class _SecuredMaster(_Ruling, SentinelManagedSSLConnection):
    pass


class _MasterPool(SentinelConnectionPool, BlockingConnectionPool):
    """
    Waits for a free connection, where the pool of redis-py for Sentinel has no end. And asks the Sentinels once for all
    connections that are opened together: in a failover those are as many as there are rooms, again and again.
    """

    def __init__(self, service: str, sentinel: Sentinel, **told: Any) -> None:
        super().__init__(service, sentinel, **told)  # type: ignore[no-untyped-call]
        self._asking = asyncio.Lock()
        self._answer: tuple[str, int] | str = ""  # or why there is none
        self._fresh_until = 0.0

    async def get_master_address(self) -> tuple[str, int]:
        async with self._asking:
            if time.monotonic() >= self._fresh_until:
                try:
                    self._answer = await super().get_master_address()  # type: ignore[no-untyped-call]
                except (NotConnected, NotInTime) as failure:
                    self._answer = str(failure)
                self._fresh_until = time.monotonic() + SENTINEL_FRESH_S
        if isinstance(self._answer, str):
            raise NotConnected(self._answer)
        return self._answer


async def looked(asked: Callable[..., Awaitable[Any]], where: str = "") -> str:
    """What is wrong with how a server is set, in a sentence; empty when nothing is."""
    found = {text(name): text(value) for name, value in (await asked(*NEEDED)).items()}
    wrong = [f"{name} {value}" for name, value in NEEDED.items() if found.get(name) != value]
    return f"Redis{where} does not keep what it acknowledges. Set: {', '.join(wrong)}." if wrong else ""


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


def text(sent: Any) -> str:
    return sent.decode() if isinstance(sent, bytes) else str(sent)
