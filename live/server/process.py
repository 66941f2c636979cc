"""One server process: its settings for speed, its listening socket, and serving until it is asked to stop."""

import asyncio
import gc
import os
import socket
import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from live.journal.open_store import open_store
from live.runtime import Registry
from live.server.app import create_app, make_services
from live.server.create_key import create_key
from live.server.uvicorn_config import configure
from live.settings import Settings
from live.transport.connections import CONNECTIONS
from live.transport.peer_timer import UNREAD_S
from live.transport.uvicorn_server import BACKLOG, DrainingServer, IdleServer

T = TypeVar("T")

MOST_FILES = 20_000
RESERVED = 64  # file descriptors for the store, its files, and what else a process has open
LOCAL_SOCKET = "server.sock"


def set_up_process() -> None:
    """Set the garbage collector, thread switching and the limit of open files as measurements call for."""
    # With the default a full collection stops the whole server for 80 ms per thousand phones, each time there are a
    # quarter more objects. None of our reference cycles grow with a meeting, so full collections are practically
    # switched off. New objects are collected in small portions: with a million at a time a collection took a second,
    # once in 30,000 answers; like this it takes 5 ms.
    gc.set_threshold(5_000, 1, 100_000)
    # By default a thread that wants to run waits up to 5 ms for one that computes. The thread that writes to the store
    # waits so at every row: a commit of 500 answers took 33 ms next to a busy event loop, and takes 10 ms like this.
    sys.setswitchinterval(0.0005)
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(most, MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    CONNECTIONS.most = max(wanted - RESERVED, RESERVED)


def run_forever(work: Coroutine[Any, Any, T]) -> T:
    """asyncio.run, on uvloop where it is installed."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name != "nt":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(UNREAD_S * 1000))
        listening.bind((host, port))
        listening.listen(BACKLOG)
        listening.setblocking(False)
    except BaseException:
        listening.close()
        raise
    return listening


def lan_address() -> str:
    """This machine's address on its network: the kernel says from which one a packet would leave; none is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1 (RFC 5737), where nobody is
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


async def run(
    settings: Settings,
    ready: Callable[[Registry, str], Awaitable[None]],
    listening: socket.socket | None = None,
    *,
    first: bool = True,
) -> None:
    """
    Serve until asked to stop. *ready* gets the registry and our address as soon as we listen.

    Several workers get the socket that they share, and only the *first* serves the commands of this machine. Raises
    StoreBusy when another process uses the data folder, OSError when the port is taken, and what `open_store` raises.
    """
    set_up_process()
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    journal = await open_store(settings)
    try:
        await journal.rooms()  # a store that can't be read is told in words before anybody is let in
        listening = listening or open_port(settings)
        url = address(settings, listening)
        services = await make_services(settings, journal, url=url, create_key=await create_key(settings, journal))
        app = create_app(services)

        async def listening_now() -> None:
            await ready(services.rooms, services.url)

        config = configure(app, settings.transport)
        server = DrainingServer(config, ready=listening_now, drain=services.rooms.drain)
        async with asyncio.TaskGroup() as tasks:
            local_server = tasks.create_task(serve_locally(app, settings)) if first else None
            try:
                await server.serve(sockets=[listening])
            finally:
                if local_server:
                    local_server.cancel()
    finally:
        await journal.close()


def open_port(settings: Settings) -> socket.socket:
    return listen("0.0.0.0" if settings.lan else settings.host, settings.port)  # noqa: S104 - asked for by --lan


def address(settings: Settings, listening: socket.socket) -> str:
    """The URL at which people on this machine or its network reach the socket."""
    host = lan_address() if settings.lan else settings.host
    host = lan_address() if host in ("0.0.0.0", "::") else host  # noqa: S104 - only compared
    return f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"


async def serve_locally(app: Starlette, settings: Settings) -> None:
    """
    Serve the same app on a socket in the data folder, for commands on this machine. Whoever can open the socket may do
    everything.
    """
    path = settings.data / LOCAL_SOCKET
    if not hasattr(socket, "AF_UNIX") or len(os.fsencode(path)) > 100:
        return

    async def local(scope: Scope, receive: Receive, send: Send) -> None:
        scope["extensions"] = scope.get("extensions", {}) | {"innspill.local": {}}
        await app(scope, receive, send)

    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listening.bind(os.fspath(path))
    finally:
        os.umask(before)
    server = IdleServer(configure(local, settings.transport))
    server.config.lifespan = "off"
    server.config.load()
    try:
        await server.serve_without_signals(listening)
    finally:
        path.unlink(missing_ok=True)
