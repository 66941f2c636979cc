"""uvicorn's server, set up as measurements call for, and with a gentle stop."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from types import FrameType

import uvicorn

from live.runtime import Registry
from live.transport.http_protocol import RequestProtocol
from live.transport.websocket_protocol import FeedProtocol

BACKLOG = 4096  # a whole hall connects at once; with a backlog of 100 a connect took a second (docs/performance.md)
MOST_FRAME = 16_384
ACCEPTED_AT_ONCE = 16  # connections taken from it in one turn of the event loop, so that the limits see them in between


class IdleServer(uvicorn.Server):
    """Sleeps until it is ended, where uvicorn's own wakes ten times a second to check the time and whether to end."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._ending = asyncio.Event()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self._ending.wait()

    def end(self) -> None:
        """End serving. To be called in the event loop's thread."""
        self.should_exit = True
        self._ending.set()


class Server(IdleServer):
    """
    Calls *ready* when it listens. When asked to stop, it drains first: faces are told to reconnect at different times,
    and what they have sent is recorded and acked. uvicorn alone would cut every connection at once, without acks.
    """

    def __init__(self, config: uvicorn.Config, ready: Callable[[], Awaitable[None]], rooms: Registry) -> None:
        super().__init__(config)
        self._ready = ready
        self._rooms = rooms
        self._draining: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listening in sockets or ():
            listening.listen(BACKLOG)
        if self.started:
            self._loop = asyncio.get_running_loop()
            await self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.started and not self._rooms.draining:
            self._rooms.draining = True
            self._loop.call_soon_threadsafe(self._drain)
        else:
            super().handle_exit(sig, frame)  # asked a second time: stop at once
            if self.started:
                self._loop.call_soon_threadsafe(self.end)

    def _drain(self) -> None:
        async def drain() -> None:
            for server in self.servers:
                server.close()  # new connections go to another worker, or to the next server
            await self._rooms.drain()
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


def configure(app: object, **options: object) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=RequestProtocol,
        ws=FeedProtocol,
        ws_per_message_deflate=False,
        ws_max_size=MOST_FRAME,
        ws_ping_interval=None,  # ticks show a face that we are alive; UNREAD_S finds the faces that are not
        backlog=ACCEPTED_AT_ONCE,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        log_config=None,
        timeout_graceful_shutdown=10,
        lifespan="on",
        **options,  # type: ignore[arg-type]
    )
