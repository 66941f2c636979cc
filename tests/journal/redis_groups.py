"""Several real servers that watch each other: a master with its replica under three Sentinels, and a Cluster."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Self

from redis.crc import key_slot

from tests.journal.redis_server import SAFE, RedisServer, free_port

READY_S = 60
DOWN_MS = 500  # how long a master is silent before it counts as down
SLOTS = 16384
# A replica must begin at once, and a Cluster must list it: a replica whose master never wrote a ping is left out.
REPLICATED = (*SAFE, "--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1")


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(READY_S):
        while not await true():
            await asyncio.sleep(0.05)


class Group:
    """Started by `async with`. `url` is what an engine opens, `servers` are those that hold what it stores."""

    url: str
    servers: list[RedisServer]

    def __init__(self, folder: Path, binary: str = "") -> None:
        self._folder = folder
        self._binary = binary
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        try:
            await self._begin()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def _begin(self) -> None:
        raise NotImplementedError

    async def _begun(self, name: str, *settings: str) -> RedisServer:
        server = RedisServer(self._folder / name, settings, self._binary)
        return await self._stack.enter_async_context(server)

    async def master(self, key: str) -> RedisServer:
        """The server that takes writes to *key* now."""
        raise NotImplementedError

    async def replicated(self) -> bool:
        """Whether every server has its role, and every replica holds what its master holds."""
        raise NotImplementedError

    async def _replicas_answer(self) -> bool:
        """Whether every master has heard from its replica."""
        masters = [server for server in self.servers if (await server.ask("ROLE"))[0] == "master"]
        return all([await server.ask("WAIT", 1, 50) for server in masters])

    async def heal(self) -> None:
        """Start the servers that were killed, and wait until each has its role again."""
        for server in self.servers:
            if server.process and server.process.returncode is not None:
                await server.start()
        await until(self.replicated)

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()


class Watched(Group):
    async def _begin(self) -> None:
        one = await self._begun("a", *REPLICATED)
        self.servers = [one, await self._begun("b", *REPLICATED, "--replicaof", f"127.0.0.1 {one.port}")]
        self._sentinels = []
        for name in ("x", "y", "z"):
            config = self._folder / f"{name}.conf"
            config.write_text(
                f"sentinel monitor motet 127.0.0.1 {one.port} 2\n"
                f"sentinel down-after-milliseconds motet {DOWN_MS}\n"
                "sentinel failover-timeout motet 3000\n"
            )
            self._sentinels.append(await self._begun(name, str(config), "--sentinel"))
        self.url = f"redis+sentinel://{','.join(f'127.0.0.1:{one.port}' for one in self._sentinels)}/motet/0"
        await until(self.replicated)

    async def replicated(self) -> bool:
        rows = [await sentinel.ask("SENTINEL", "MASTER", "motet") for sentinel in self._sentinels]
        seen = {(row["num-other-sentinels"], row["num-slaves"], row["flags"], row["port"]) for row in rows}
        rows = [row for sentinel in self._sentinels for row in await sentinel.ask("SENTINEL", "REPLICAS", "motet")]
        if {row["flags"] for row in rows} != {"slave"}:
            return False
        roles = [await server.ask("ROLE") for server in self.servers]
        masters = [str(server.port) for server, role in zip(self.servers, roles, strict=True) if role[0] == "master"]
        follow = [role[3] for role in roles if role[0] == "slave"]
        return seen == {("2", "1", "master", *masters)} and follow == ["connected"] and await self._replicas_answer()

    async def heal(self) -> None:
        for server in self.servers:
            if server.process and server.process.returncode is not None:
                await server.start()  # as a master, of which the Sentinels make a replica only after ten seconds
                if (master := await self.master("")) is not server:
                    await server.ask("REPLICAOF", "127.0.0.1", master.port)
        await super().heal()

    async def master(self, key: str) -> RedisServer:
        _, port = await self._sentinels[0].ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "motet")
        return next(server for server in self.servers if server.port == int(port))


class Cluster(Group):
    """Three masters, and a replica of each."""

    async def _begin(self) -> None:
        busses = [free_port() for _ in range(6)]
        self.servers = [
            await self._begun(
                f"n{n}", *REPLICATED, "--cluster-enabled", "yes", "--cluster-port", str(bus),
                "--cluster-node-timeout", str(DOWN_MS),
            )
            for n, bus in enumerate(busses)
        ]  # fmt: skip
        masters, replicas = self.servers[:3], self.servers[3:]
        for n, server in enumerate(masters):
            await server.ask("CLUSTER", "ADDSLOTSRANGE", SLOTS * n // 3, SLOTS * (n + 1) // 3 - 1)
        for n, server in enumerate(self.servers):
            await server.ask("CLUSTER", "SET-CONFIG-EPOCH", n + 1)
            await masters[0].ask("CLUSTER", "MEET", "127.0.0.1", server.port, busses[n])
        await until(self._acquainted)
        for master, replica in zip(masters, replicas, strict=True):
            await replica.ask("CLUSTER", "REPLICATE", await master.ask("CLUSTER", "MYID"))
        await until(self.replicated)
        self.url = f"redis+cluster://{','.join(f'127.0.0.1:{one.port}' for one in self.servers)}"

    async def _acquainted(self) -> bool:
        replies = [await server.ask("CLUSTER", "INFO") for server in self.servers]
        return all("cluster_known_nodes:6" in str(reply) and "cluster_state:ok" in str(reply) for reply in replies)

    async def replicated(self) -> bool:
        rows = [row for server in self.servers for row in await server.ask("CLUSTER", "SLOTS")]
        roles = [await server.ask("ROLE") for server in self.servers]
        follow = [role[3] for role in roles if role[0] == "slave"]
        complete = await self._acquainted() and all(len(row) == 4 for row in rows)
        return complete and follow == ["connected"] * 3 and await self._replicas_answer()

    async def master(self, key: str) -> RedisServer:
        slot = key_slot(key.encode())
        for server in self.servers:
            if server.process and server.process.returncode is None:
                for first, last, (_, port, *_), *_ in await server.ask("CLUSTER", "SLOTS"):
                    if first <= slot <= last:
                        return next(found for found in self.servers if found.port == port)
        raise AssertionError(f"nobody holds {key}")
