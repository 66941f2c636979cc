"""
The way to a Cluster: each key goes to the master that holds its slot, each room's wakes come from there too.

Not redis-py's RedisCluster: that refuses where a pool should wait, can't look at a server before using it, and can't
send a script and the WAIT for its copy over one connection. Here all three are as for one server, and only commands
about one room's keys are sent, which makes the rest small.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from redis.asyncio import Redis
from redis.crc import key_slot
from redis.exceptions import ClusterDownError, RedisError
from redis.exceptions import ConnectionError as NotConnected

from live.journal.redis_link import POLL_S, Link, end, room_of, spoken
from live.journal.redis_pools import pool, told_of

Place = tuple[str, int]


class ClusterLink(Link):
    says = "SPUBLISH"
    copied = True

    def _open(self) -> None:
        self._named, self._told = told_of(self.address)
        self._clients: dict[Place, Redis] = {}
        self._masters: list[tuple[int, int, Place]] = []  # first and last slot, and who holds them
        self._replicas: set[Place] = set()
        self._mapping = asyncio.Lock()
        self._changed = asyncio.Event()

    def _client(self, place: Place) -> Redis:
        if place not in self._clients:
            told = self._told | {"host": place[0], "port": place[1]}
            self._clients[place] = Redis.from_pool(pool(told))
        return self._clients[place]

    async def _hang_up(self) -> None:
        for redis in self._clients.values():
            await redis.aclose()

    # -- who holds what -------------------------------------------------------------------------------------

    async def _draw(self, drawn: int) -> None:
        async with self._mapping:
            if self.drawn != drawn:
                return
            failure: Exception = NotConnected("The Cluster does not answer.")
            for place in dict.fromkeys([*(place for *_, place in self._masters), *self._replicas, *self._named]):
                try:
                    told = await self._client(place).execute_command("CLUSTER", "SLOTS")
                except (RedisError, OSError) as problem:
                    failure = problem
                    continue
                if told:
                    await self._take(told, place)
                    return
            raise failure

    async def _take(self, told: list[Any], asked: Place) -> None:
        def place(node: list[Any]) -> Place:
            return (node[0].decode() if node[0] else asked[0]), int(node[1])

        before = {place for *_, place in self._masters}
        self._masters = [(int(first), int(last), place(nodes[0])) for first, last, *nodes in told]
        self._replicas = {place(node) for _, _, _, *nodes in told for node in nodes}
        self.drawn += 1
        self._changed.set()
        masters = {place for *_, place in self._masters}
        for new in masters - before:  # looked at anew, however long we have known it as a replica
            await self._client(new).connection_pool.disconnect(inuse_connections=False)
        known = masters | self._replicas | set(self._named)
        for place_gone in [one for one in self._clients if one not in known]:
            redis = self._clients.pop(place_gone)
            self._alone.discard(redis)
            self.keep(redis.aclose())

    def _place(self, key: str) -> Place:
        slot = key_slot(key.encode())
        for first, last, place in self._masters:
            if first <= slot <= last:
                return place
        raise ClusterDownError("Nobody in the Cluster holds this room.")

    async def _server(self, key: str) -> Redis:
        if not self._masters:
            await self._draw(self.drawn)
        return self._client(self._place(key))

    @contextlib.asynccontextmanager
    async def _servers(self, everywhere: bool) -> AsyncIterator[list[Redis]]:
        await self._draw(self.drawn)
        places = {place for *_, place in self._masters} | (self._replicas if everywhere else set())
        yield [self._client(place) for place in sorted(places)]

    # -- wakes ----------------------------------------------------------------------------------------------

    def listen_anew(self) -> None:
        self._changed.set()

    async def _listen(self) -> None:
        """Keep one subscription to every master that holds a room that is followed."""
        ears: dict[Place, _Ear] = {}
        while True:
            wanted: dict[Place, set[str]] = {}
            for code in self._followed:
                with contextlib.suppress(ClusterDownError):
                    wanted.setdefault(self._place(self.channel(code)), set()).add(code)
            for place in [place for place, ear in ears.items() if place not in wanted or ear.broken]:
                await ears.pop(place).close()
            for place in set(wanted) - set(ears):
                ears[place] = _Ear(self, self._client(place))
            await asyncio.gather(*(ears[place].attend(codes) for place, codes in wanted.items()))
            self._changed.clear()
            with contextlib.suppress(TimeoutError):
                # Not wait_for, which in Python 3.11 forgets that it was cancelled if this was set in the same moment.
                async with asyncio.timeout(0.2 if any(ear.broken for ear in ears.values()) else POLL_S):
                    await self._changed.wait()


class _Ear:
    """A subscription to the rooms that one server holds. Of no use any more once it is broken."""

    def __init__(self, link: ClusterLink, redis: Redis) -> None:
        self.broken = False
        self._link = link
        self._heard = redis.pubsub()
        self._codes: set[str] = set()
        self._hearing: asyncio.Task[None] | None = None

    async def attend(self, codes: set[str]) -> None:
        """Follow just these. One channel at a time: two may lie in different slots."""
        come, gone, self._codes = codes - self._codes, self._codes - codes, set(codes)
        try:
            for code in come:
                await self._heard.ssubscribe(self._link.channel(code))
            for code in gone:
                await self._heard.sunsubscribe(self._link.channel(code))
        except (RedisError, OSError):
            self.broken = True
        if self._hearing is None:
            self._hearing = self._link.keep(self._hear())

    async def _hear(self) -> None:
        with contextlib.suppress(RedisError, OSError):
            async for message in spoken(self._heard):
                code = room_of(message["channel"])
                if message["type"] == "sunsubscribe" and code in self._codes:
                    break  # its slot has moved elsewhere
                self._link.wake(code)  # said, or subscribed, perhaps again
        self.broken = True
        self._link.listen_anew()

    async def close(self) -> None:
        await end([self._hearing] if self._hearing else [])
        await self._heard.aclose()
