"""uvicorn's server, which sleeps until it is ended and has a gentle stop."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from types import FrameType

import uvicorn

BACKLOG = 4096  # a whole hall connects at once; with a backlog of 100 a connect took a second (docs/performance.md)


class IdleServer(uvicorn.Server):
    """Sleeps until it is ended, where uvicorn's own wakes ten times a second to check the time and whether to end."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._ending = asyncio.Event()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self._ending.wait()

    async def serve_without_signals(self, listening: socket.socket) -> None:
        """`serve`, next to another server in the same process, which handles the signals."""
        await self._serve([listening])

    def end(self) -> None:
        """End serving. To be called in the event loop's thread."""
        self.should_exit = True
        self._ending.set()


class DrainingServer(IdleServer):
    """
    Calls *ready* when it listens. When asked to stop, it waits for *drain* first: faces are told to reconnect at
    different times, and what they have sent is recorded and acked. uvicorn alone would cut every connection at once,
    without acks.
    """

    def __init__(
        self, config: uvicorn.Config, *, ready: Callable[[], Awaitable[None]], drain: Callable[[], Awaitable[None]]
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._drain = drain
        self._asked_to_stop = False
        self._draining: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listening in sockets or ():
            listening.listen(BACKLOG)
        if self.started:
            self._loop = asyncio.get_running_loop()
            await self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.started and not self._asked_to_stop:
            self._asked_to_stop = True
            self._loop.call_soon_threadsafe(self._start_draining)
        else:
            super().handle_exit(sig, frame)  # asked a second time: stop at once
            if self.started:
                self._loop.call_soon_threadsafe(self.end)

    def _start_draining(self) -> None:
        async def drain() -> None:
            for server in self.servers:
                server.close()  # new connections go to another worker, or to the next server
            await self._drain()
            self.end()

        self._draining = asyncio.create_task(drain())

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn's version sends the signal again when it has finished, which ends the process before the store closes.
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
