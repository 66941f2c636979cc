"""
The connection to a Redis Cluster: each key goes to the master that holds its slot, and the notifications of each room
come from that master too.

Why not redis-py's RedisCluster: it refuses where a pool should wait for a free connection, it can't check a server's
settings before using it, and it can't send a script and the WAIT for its replica over one connection. Here all three
work as for one server. Every command is about the keys of one room, which keeps the rest small.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from redis.asyncio import Redis
from redis.crc import key_slot
from redis.exceptions import ClusterDownError, RedisError
from redis.exceptions import ConnectionError as NotConnected

from live.journal.redis_link import POLL_S, Link, end, messages_of, room_of
from live.journal.redis_pools import pool, read_address

NodeAddress = tuple[str, int]


class ClusterLink(Link):
    publish_command = "SPUBLISH"
    has_replicas = True

    def _open(self) -> None:
        self._first_nodes, self._options = read_address(self.address)
        self._clients: dict[NodeAddress, Redis] = {}
        self._masters: list[tuple[int, int, NodeAddress]] = []  # first slot, last slot, and the master that holds them
        self._replicas: set[NodeAddress] = set()
        self._slots_lock = asyncio.Lock()
        self._changed = asyncio.Event()

    def _client(self, node: NodeAddress) -> Redis:
        if node not in self._clients:
            options = self._options | {"host": node[0], "port": node[1]}
            self._clients[node] = Redis.from_pool(pool(options))
        return self._clients[node]

    async def _disconnect(self) -> None:
        for redis in self._clients.values():
            await redis.aclose()

    # -- which master holds which slots ---------------------------------------------------------------------

    async def _refresh_slots(self, slots_version: int) -> None:
        async with self._slots_lock:
            if self.slots_version != slots_version:
                return
            failure: Exception = NotConnected("The Cluster does not answer.")
            for node in dict.fromkeys([*(node for *_, node in self._masters), *self._replicas, *self._first_nodes]):
                try:
                    slots = await self._client(node).execute_command("CLUSTER", "SLOTS")
                except (RedisError, OSError) as problem:
                    failure = problem
                    continue
                if slots:
                    await self._read_slots(slots, node)
                    return
            raise failure

    async def _read_slots(self, slots: list[Any], asked: NodeAddress) -> None:
        """Take over the reply to CLUSTER SLOTS; a node without a name is the one that was *asked*."""

        def node_address(entry: list[Any]) -> NodeAddress:
            return (entry[0].decode() if entry[0] else asked[0]), int(entry[1])

        before = {node for *_, node in self._masters}
        self._masters = [(int(first), int(last), node_address(nodes[0])) for first, last, *nodes in slots]
        self._replicas = {node_address(entry) for _, _, _, *nodes in slots for entry in nodes}
        self.slots_version += 1
        self._changed.set()
        masters = {node for *_, node in self._masters}
        for new in masters - before:  # new connections check its settings again, even if it was our replica before
            await self._client(new).connection_pool.disconnect(inuse_connections=False)
        current = masters | self._replicas | set(self._first_nodes)
        for gone in [node for node in self._clients if node not in current]:
            redis = self._clients.pop(gone)
            self._without_replica.discard(redis)
            self.start_task(redis.aclose())

    def _node_of(self, key: str) -> NodeAddress:
        slot = key_slot(key.encode())
        for first, last, node in self._masters:
            if first <= slot <= last:
                return node
        raise ClusterDownError("Nobody in the Cluster holds this room.")

    async def _server(self, key: str) -> Redis:
        if not self._masters:
            await self._refresh_slots(self.slots_version)
        return self._client(self._node_of(key))

    def _on_same_server(self, key: str, other: str) -> bool:
        try:
            return self._node_of(key) == self._node_of(other)
        except ClusterDownError:
            return True

    @contextlib.asynccontextmanager
    async def _servers(self, everywhere: bool) -> AsyncIterator[list[Redis]]:
        await self._refresh_slots(self.slots_version)
        nodes = {node for *_, node in self._masters} | (self._replicas if everywhere else set())
        yield [self._client(node) for node in sorted(nodes)]

    # -- notifications --------------------------------------------------------------------------------------

    def followed_changed(self) -> None:
        self._changed.set()

    async def _listen(self) -> None:
        """Keep one subscription to every master that holds a followed room."""
        subscriptions: dict[NodeAddress, _Subscription] = {}
        while True:
            wanted: dict[NodeAddress, set[str]] = {}
            for code in self._followed:
                with contextlib.suppress(ClusterDownError):
                    wanted.setdefault(self._node_of(self.channel(code)), set()).add(code)
            for node in [
                node for node, subscription in subscriptions.items() if node not in wanted or subscription.broken
            ]:
                await subscriptions.pop(node).close()
            for node in set(wanted) - set(subscriptions):
                subscriptions[node] = _Subscription(self, self._client(node))
            await asyncio.gather(*(subscriptions[node].update(codes) for node, codes in wanted.items()))
            self._changed.clear()
            with contextlib.suppress(TimeoutError):
                # Not wait_for: in Python 3.11 it loses a cancellation that comes in the moment the event is set.
                async with asyncio.timeout(
                    0.2 if any(subscription.broken for subscription in subscriptions.values()) else POLL_S
                ):
                    await self._changed.wait()


class _Subscription:
    """A subscription to the followed rooms of one server. Once `broken`, it must be closed and replaced."""

    def __init__(self, link: ClusterLink, redis: Redis) -> None:
        self.broken = False
        self._link = link
        self._pubsub = redis.pubsub()
        self._codes: set[str] = set()
        self._receiving: asyncio.Task[None] | None = None

    async def update(self, codes: set[str]) -> None:
        """Follow exactly *codes*. One channel per command, because two may be in different slots."""
        come, gone, self._codes = codes - self._codes, self._codes - codes, set(codes)
        try:
            for code in come:
                await self._pubsub.ssubscribe(self._link.channel(code))
            for code in gone:
                await self._pubsub.sunsubscribe(self._link.channel(code))
        except (RedisError, OSError):
            self.broken = True
        if self._receiving is None and not self.broken:  # or there may be no connection to read from
            self._receiving = self._link.start_task(self._receive())

    async def _receive(self) -> None:
        with contextlib.suppress(RedisError, OSError):
            async for message in messages_of(self._pubsub):
                code = room_of(message["channel"])
                if message["type"] == "sunsubscribe" and code in self._codes:
                    break  # its slot has moved to another master
                self._link.wake(code)  # for a notification, and for a new subscription: one may have been missed before
        self.broken = True
        self._link.followed_changed()

    async def close(self) -> None:
        await end([self._receiving] if self._receiving else [])
        await self._pubsub.aclose()
