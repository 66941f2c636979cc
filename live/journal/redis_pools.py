"""
Pools with a limited number of connections to Redis or Valkey.

Each connection checks its server's settings before it is used, so that a server that has just become master is not
used unless it keeps on disk what it acknowledges.
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
PATIENCE_S = 5.0  # the longest wait for one reply, and for a free connection
SENTINEL_S = 1.0  # the longest wait for a Sentinel: there are others to ask
SENTINEL_FRESH_S = 0.1  # how long the Sentinels' reply is used
NEEDED = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}
LIMITS: dict[str, Any] = {
    "max_connections": CONNECTIONS, "timeout": PATIENCE_S,
    "socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S,
}  # fmt: skip


class Unfit(RedisError):
    """A server's settings allow it to lose what it acknowledged; `args[0]` says what to set."""


def read_address(address: Address) -> tuple[list[tuple[str, int]], dict[str, Any]]:
    """(host, port) of each server that *address* names, and the connection options for all of them."""
    parsed: list[dict[str, Any]] = [dict(parse_url(url)) for url in address.urls]
    return [(url["host"], url["port"]) for url in parsed], {**parsed[0], "host": "", "port": 0}


def no_retry() -> Retry:
    """redis-py must not retry by itself: `Link` decides what to do after a failure."""
    return Retry(NoBackoff(), 0)


def pool(options: Any) -> BlockingConnectionPool:
    """For one server; *options* as redis-py's `parse_url` returns them."""
    classes = {SSLConnection: _Tls, UnixDomainSocketConnection: _Local}
    options = dict(options)
    connection_class = classes.get(options.pop("connection_class", Connection), _Plain)
    return BlockingConnectionPool(connection_class=connection_class, retry=no_retry(), **(LIMITS | options))


def master_pool(
    service: str, sentinels: list[tuple[str, int]], options: dict[str, Any]
) -> tuple[Sentinel, BlockingConnectionPool]:
    """
    For whichever server the Sentinels at *sentinels* name as master. Removes from *options* what is for the Sentinels
    only: those whose names begin with `sentinel_`.
    """
    sentinel_options = {
        name.removeprefix("sentinel_"): options.pop(name) for name in list(options) if name.startswith("sentinel_")
    }
    sentinel_options |= {"socket_timeout": SENTINEL_S, "socket_connect_timeout": SENTINEL_S, "retry": no_retry()}
    uses_tls = options.get("connection_class") is SSLConnection
    if uses_tls:
        sentinel_options |= {"ssl": True, **{name: value for name, value in options.items() if name.startswith("ssl_")}}
    sentinel = Sentinel(sentinels, sentinel_kwargs=sentinel_options)
    shared = {name: value for name, value in options.items() if name not in ("host", "port", "connection_class")}
    connection_class = _TlsMaster if uses_tls else _Master
    pool_options = LIMITS | shared
    return sentinel, _MasterPool(service, sentinel, connection_class=connection_class, retry=no_retry(), **pool_options)


class _Checked(AbstractConnection):
    """Checks its server's settings before anybody uses the connection."""

    async def on_connect_check_health(self, check_health: bool = True) -> None:
        await super().on_connect_check_health(check_health)

        async def call(*names: str) -> Any:
            await self.send_command("CONFIG", "GET", *names, check_health=False)
            found = await self.read_response()
            return found if isinstance(found, dict) else dict(zip(found[::2], found[1::2], strict=True))

        host, port = getattr(self, "host", ""), getattr(self, "port", "")
        if wrong := await settings_problem(call, f" at {host}:{port}" if host else ""):
            raise Unfit(wrong)


class _Plain(_Checked, Connection):
    pass


class _Tls(_Checked, SSLConnection):
    pass


class _Local(_Checked, UnixDomainSocketConnection):
    pass


class _CheckedMaster(_Checked):
    """Refuses a server that is a replica: the Sentinels may still name a former master that has come back as one."""

    async def on_connect_check_health(self, check_health: bool = True) -> None:
        await super().on_connect_check_health(check_health)
        await self.send_command("ROLE", check_health=False)
        if text((await self.read_response())[0]) != "master":
            raise NotConnected("No master yet.")


class _Master(_CheckedMaster, SentinelManagedConnection):
    pass


class _TlsMaster(_CheckedMaster, SentinelManagedSSLConnection):
    pass


class _MasterPool(SentinelConnectionPool, BlockingConnectionPool):
    """
    Waits for a free connection, where redis-py's pool for Sentinel opens any number. And asks the Sentinels only once
    for all connections that are opened together: in a failover there are as many as there are rooms, again and again.
    """

    def __init__(self, service: str, sentinel: Sentinel, **options: Any) -> None:
        super().__init__(service, sentinel, **options)  # type: ignore[no-untyped-call]
        self._asking = asyncio.Lock()
        self._answer: tuple[str, int] | str = ""  # (host, port), or why there is no master
        self._fresh_until = 0.0

    async def get_master_address(self) -> tuple[str, int]:
        async with self._asking:
            if time.monotonic() >= self._fresh_until:
                try:
                    self._answer = await super().get_master_address()  # type: ignore[no-untyped-call]
                except (NotConnected, NotInTime) as failure:
                    self._answer = str(failure).partition(" : ")[0]  # without the options of each Sentinel
                self._fresh_until = time.monotonic() + SENTINEL_FRESH_S
        if isinstance(self._answer, str):
            raise NotConnected(self._answer)
        return self._answer


async def settings_problem(call: Callable[..., Awaitable[Any]], where: str = "") -> str:
    """What is wrong with a server's settings, as a sentence; empty when nothing is. *call* is its CONFIG GET."""
    found = {text(name): text(value) for name, value in (await call(*NEEDED)).items()}
    wrong = [f"{name} {value}" for name, value in NEEDED.items() if found.get(name) != value]
    return f"Redis{where} does not keep what it acknowledges. Set: {', '.join(wrong)}." if wrong else ""


def text(reply: Any) -> str:
    return reply.decode() if isinstance(reply, bytes) else str(reply)
