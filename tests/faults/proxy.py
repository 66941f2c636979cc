"""
A bad network on loopback: a proxy that delays, loses or cuts bytes between a client and a server. Its random choices
follow from a seed.
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable
from typing import Any

UP, DOWN = "up", "down"  # towards the server, and back


class Proxy:
    """
    `cut` and `still` apply to all connections; the other attributes are read when a connection is made.

    *delay*(random) -> seconds that each piece is delayed, by direction. *filter*(bytes) -> bytes for the way down.
    """

    def __init__(self, port: int, seed: int = 0) -> None:
        self.random = random.Random(seed)
        self.delay: dict[str, Callable[[random.Random], float]] = {}
        self.filter: Callable[[], Callable[[bytes], bytes]] | None = None
        self.cut_after: int | None = None  # bytes down, and then the line breaks
        self.swallow = False  # the next reply is lost, and the line with it
        self.hold = b""  # the first piece up that has these bytes waits, and sets `held`, until `release` is set
        self.held, self.release = asyncio.Event(), asyncio.Event()
        self.still: set[str] = set()  # directions in which nothing moves, though the line stands
        self.port = 0
        self._to = port
        self._connections: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """Every line breaks, without a word."""
        for connection in list(self._connections):
            connection.transport.abort()

    async def _carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            far, there = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            back.transport.abort()
            return
        self._connections |= {back, there}
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pour(near, there, UP))
                both.create_task(self._pour(far, back, DOWN))
        except* (OSError, EOFError):
            pass
        finally:
            for connection in (back, there):
                connection.transport.abort()
                self._connections.discard(connection)

    async def _pour(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: str) -> None:
        """Pieces leave in order, each after its own delay; an end is an end for both ways."""
        delay, sieve = self.delay.get(way), self.filter() if self.filter and way == DOWN else None
        waits = delay(self.random) if delay else 0.0
        passed = 0
        while data := await source.read(65_536):
            while way in self.still:
                await asyncio.sleep(0.01)
            if waits:
                await asyncio.sleep(waits)
            if way == UP and self.hold and self.hold in data:
                self.hold = b""
                self.held.set()
                await self.release.wait()
            if way == DOWN:
                if self.swallow:
                    self.swallow = False
                    break
                passed += len(data)
                if self.cut_after is not None and passed > self.cut_after:
                    sink.write(data[: max(0, len(data) - (passed - self.cut_after))])
                    break
                data = sieve(data) if sieve else data
            sink.write(data)
            await sink.drain()
        raise EOFError


@contextlib.asynccontextmanager
async def proxy(port: int, seed: int = 0) -> AsyncIterator[Proxy]:
    between = Proxy(port, seed)
    listening = await asyncio.start_server(between._carry, "127.0.0.1", 0, backlog=2048)
    between.port = listening.sockets[0].getsockname()[1]
    try:
        yield between
    finally:
        between.still.clear()
        between.release.set()
        listening.close()
        between.cut()


class Forgetful:
    """A filter that loses *share* of what Redis publishes, message by message, and nothing else. `lost` counts them."""

    def __init__(self, share: float, chance: random.Random) -> None:
        self.lost = 0
        self._share = share
        self._chance = chance

    def __call__(self) -> Callable[[bytes], bytes]:
        """For one connection."""
        held = bytearray()

        def sieve(data: bytes) -> bytes:
            held.extend(data)
            out = bytearray()
            while (end := _reply_end(held, 0)) is not None:
                reply = bytes(held[:end])
                del held[:end]
                if reply[:1] in b"*>" and b"message\r\n" in reply[:40] and self._chance.random() < self._share:
                    self.lost += 1
                else:
                    out += reply
            return bytes(out)

        return sieve


def _reply_end(data: Any, at: int) -> int | None:
    """Where the reply that begins *at* ends, by the protocol's own lengths (RESP 2 and 3); None: not all here yet."""
    line = data.find(b"\r\n", at)
    if line < 0:
        return None
    kind, rest, after = data[at : at + 1], data[at + 1 : line], line + 2
    if kind in (b"$", b"=", b"!"):
        size = int(rest)
        end = after + size + 2 if size >= 0 else after
        return end if end <= len(data) else None
    if kind in (b"*", b">", b"~", b"%"):
        for _ in range(max(0, int(rest)) * (2 if kind == b"%" else 1)):
            found = _reply_end(data, after)
            if found is None:
                return None
            after = found
    return after
