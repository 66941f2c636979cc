"""
Connections to Redis or Valkey, so many and no more.

Each looks at how its server is set before it is used: one that has just taken over acks nothing unless it keeps it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import BlockingConnectionPool, Connection, SSLConnection, UnixDomainSocketConnection
from redis.asyncio.connection import AbstractConnection, parse_url
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import (
    Sentinel,
    SentinelConnectionPool,
    SentinelManagedConnection,
    SentinelManagedSSLConnection,
)
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as NotInTime

from live.redis_address import Address

CONNECTIONS = 32  # to each server
PATIENCE_S = 5.0  # for one reply, and for a connection to be free
SENTINEL_S = 1.0  # for a Sentinel: there are others to ask
SENTINEL_FRESH_S = 0.1  # that its answer holds
NEEDED = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}
LIMITS: dict[str, Any] = {
    "max_connections": CONNECTIONS, "timeout": PATIENCE_S,
    "socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S,
}  # fmt: skip


class Unfit(RedisError):
    """A server is set so that it may forget; `args[0]` says what to set."""


def told_of(address: Address) -> tuple[list[tuple[str, int]], dict[str, Any]]:
    """Where the servers are that *address* names, and what is told to each."""
    plain: list[dict[str, Any]] = [dict(parse_url(url)) for url in address.urls]
    return [(one["host"], one["port"]) for one in plain], {**plain[0], "host": "", "port": 0}


def once() -> Retry:
    """redis-py asks only once: what to do about a failure is for `Link` alone."""
    return Retry(NoBackoff(), 0)


def pool(told: Any) -> BlockingConnectionPool:
    """For the server that *told* names, as redis-py reads an address."""
    kinds = {SSLConnection: _Secured, UnixDomainSocketConnection: _Local}
    told = dict(told)
    kind = kinds.get(told.pop("connection_class", Connection), _Plain)
    return BlockingConnectionPool(connection_class=kind, retry=once(), **(LIMITS | told))


def master_pool(
    service: str, places: list[tuple[str, int]], told: dict[str, Any]
) -> tuple[Sentinel, BlockingConnectionPool]:
    """For whichever server the Sentinels at *places* call the master; takes out of *told* what is for them alone."""
    theirs = {name.removeprefix("sentinel_"): told.pop(name) for name in list(told) if name.startswith("sentinel_")}
    theirs |= {"socket_timeout": SENTINEL_S, "socket_connect_timeout": SENTINEL_S, "retry": once()}
    secured = told.get("connection_class") is SSLConnection
    if secured:
        theirs |= {"ssl": True, **{name: value for name, value in told.items() if name.startswith("ssl_")}}
    sentinel = Sentinel(places, sentinel_kwargs=theirs)
    for_all = {name: value for name, value in told.items() if name not in ("host", "port", "connection_class")}
    kind = _SecuredMaster if secured else _Master
    return sentinel, _MasterPool(service, sentinel, connection_class=kind, retry=once(), **(LIMITS | for_all))


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
                    self._answer = str(failure).partition(" : ")[0]  # not what each Sentinel is told to be
                self._fresh_until = time.monotonic() + SENTINEL_FRESH_S
        if isinstance(self._answer, str):
            raise NotConnected(self._answer)
        return self._answer


async def looked(asked: Callable[..., Awaitable[Any]], where: str = "") -> str:
    """What is wrong with how a server is set, in a sentence; empty when nothing is."""
    found = {text(name): text(value) for name, value in (await asked(*NEEDED)).items()}
    wrong = [f"{name} {value}" for name, value in NEEDED.items() if found.get(name) != value]
    return f"Redis{where} does not keep what it acknowledges. Set: {', '.join(wrong)}." if wrong else ""


def text(sent: Any) -> str:
    return sent.decode() if isinstance(sent, bytes) else str(sent)
