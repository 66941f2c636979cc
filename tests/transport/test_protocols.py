"""Peers that will not read, will not write, or write without end are cut off, and nobody else notices."""

import asyncio
import contextlib
import gc
import json
import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn
from websockets.asyncio.client import connect
from websockets.frames import Frame, Opcode
from websockets.server import ServerProtocol

from live.journal.sqlite import open_sqlite
from live.server.app import create_app, make_services
from live.server.process import listen
from live.server.uvicorn_config import configure
from live.settings import FAST, PLAIN, read
from live.transport import http_protocol, websocket_protocol
from tests.meeting import one

SOON_S = 0.3


class Running:
    """The app behind a real socket, in this process: its limits may be set shorter."""

    def __init__(self, app, port: int) -> None:
        self.rooms = app.state.services.rooms
        self.port = port
        self.writers: list[asyncio.StreamWriter] = []

    async def raw(self, *, small: bool = False) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A bare connection. *small*: it has room for little that it has not read."""
        plain = socket.socket()
        if small:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.setblocking(False)
        await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", self.port))
        reader, writer = await asyncio.open_connection(sock=plain, limit=1024)
        self.writers.append(writer)
        return reader, writer

    async def upgraded(self, code: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await self.raw(small=True)
        writer.write(
            f"GET /{code}/feed HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        assert b"101" in await reader.readline()
        return reader, writer

    @contextlib.asynccontextmanager
    async def face(self, code: str) -> AsyncIterator:
        async with connect(
            f"ws://127.0.0.1:{self.port}/{code}/feed", compression=None, proxy=None, ping_interval=None
        ) as connection:
            await connection.send('{"type":"hello"}')
            assert "welcome" == json.loads(await connection.recv())["type"]
            yield connection


@pytest.fixture
async def running(tmp_path, request):
    journal = await open_sqlite(tmp_path / "data")
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    settings = read({}, data=tmp_path / "data")
    app = create_app(await make_services(settings, journal, url=f"http://127.0.0.1:{port}", create_key="key"))
    server = uvicorn.Server(configure(app, getattr(request, "param", FAST)))
    serving = asyncio.create_task(server._serve([listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    running = Running(app, port)
    yield running
    for writer in running.writers:
        writer.transport.abort()
    server.should_exit = True
    await serving
    listening.close()
    await journal.close()


def masked(opcode: Opcode, data: bytes) -> bytes:
    return Frame(opcode, data).serialize(mask=True)


async def ended(reader: asyncio.StreamReader) -> bytes:
    """All that came before the line was cut."""
    received = b""
    async with asyncio.timeout(60):
        with contextlib.suppress(ConnectionError):
            while more := await reader.read(4096):
                received += more
    return received


# -- those who do not read ----------------------------------------------------------------------------------


async def test_who_pings_and_never_reads_is_cut(running, monkeypatch):
    """
    And read no further than its answers are taken: what it has not read does not pile up here.
    """
    monkeypatch.setattr(websocket_protocol, "UNREAD_S", SOON_S)
    opened = await running.rooms.open(one("open", "id=a", "Skriv."))
    _, writer = await running.upgraded(opened.code)
    flood = masked(Opcode.PING, b"x" * 125) * 1000
    sent = 0
    async with asyncio.timeout(60):
        with contextlib.suppress(ConnectionError):
            while not writer.transport.is_closing():
                writer.write(flood)
                await writer.drain()
                sent += len(flood)
    assert sent < 20_000_000


async def test_who_does_not_read_holds_up_nobody(running, monkeypatch):
    """
    The line that is full is cut, and the phone that reads has every view.
    """
    monkeypatch.setattr(websocket_protocol, "UNREAD_S", SOON_S)
    opened = await running.rooms.open(one("open", "id=a", "Skriv."))
    _, writer = await running.upgraded(opened.code)
    writer.write(masked(Opcode.TEXT, b'{"type":"hello"}'))
    hub = running.rooms.hub
    async with running.face(opened.code) as connection:
        while hub.presence(opened.code).phones < 2:
            await asyncio.sleep(0.01)
        hub._draw = lambda code, face, real=hub._draw: real(code, face)[:-1] + b" " * 60_000 + b"}"
        for n in range(400):
            hub.step(opened.code)
            await connection.recv()
            if n > 100 and hub.presence(opened.code).phones == 1:
                break
            await asyncio.sleep(0.005)
        assert 1 == hub.presence(opened.code).phones


@pytest.mark.parametrize("running", [FAST, PLAIN], indirect=True)
async def test_views_come_in_order_and_end_with_the_newest(running):
    """
    Whether they are pushed down the line or sent by ASGI alone.
    """
    opened = await running.rooms.open(one("open", "id=a", "Skriv."))
    async with running.face(opened.code) as connection:
        for n in range(50):
            running.rooms.hub.step(opened.code)
            if n % 7 == 0:
                await asyncio.sleep(0)
        await connection.send('{"type":"probe","t0":1}')
        received = []
        while (message := json.loads(await connection.recv()))["type"] != "tick":
            received.append(message["now"])
    assert received
    assert sorted(received) == received


# -- those who do not write, or write without end -----------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        b"\r\n",
        b"POST /new HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nhalf",
    ],
    ids=["nothing", "half a line", "half a head", "an empty line", "half a body"],
)
async def test_who_does_not_finish_is_cut(running, monkeypatch, said):
    monkeypatch.setattr(http_protocol, "HEAD_S", SOON_S)
    monkeypatch.setattr(http_protocol, "BODY_S", SOON_S)
    reader, writer = await running.raw()
    writer.write(said)
    assert b"200 OK" not in await ended(reader)


@pytest.mark.parametrize("asked", ["POST /x/feed HTTP/1.1\r\n", "GET /x/feed HTTP/1.1\r\nSec-WebSocket-Version: 7\r\n"])
async def test_a_handshake_that_is_none_breaks_nothing(running, caplog, asked):
    reader, writer = await running.raw()
    first, _, more = asked.partition("\r\n")
    writer.write(f"{first}\r\nHost: 127.0.0.1\r\n{more}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n".encode())
    assert b" 4" in await reader.readline()
    await reader.read()
    await asyncio.sleep(0)
    assert [] == [record.message for record in caplog.records if record.exc_info and record.name == "asyncio"]


async def test_a_second_request_has_its_own_time(running, monkeypatch):
    monkeypatch.setattr(http_protocol, "HEAD_S", SOON_S)
    reader, writer = await running.raw()
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    assert b"200 OK" in await reader.readline()
    writer.write(b"GET /healthz HT")
    assert b"200 OK" not in await ended(reader)


@pytest.mark.parametrize(("running", "status"), [(FAST, b"431"), (PLAIN, b"400")], indirect=["running"])
async def test_a_head_without_end_is_refused(running, status):
    for head in (b"GET /" + b"a" * 20_000, b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 3000):
        reader, writer = await running.raw()
        writer.write(head + b"\r\n\r\n")
        assert (await ended(reader)).startswith(b"HTTP/1.1 %s " % status)


async def test_a_large_body_that_keeps_coming_has_time(running):
    """
    Slow is not stuck: each piece that comes buys time for the next. All of it takes five times what one piece may.
    """
    loop, later = asyncio.get_running_loop(), 0.0
    # It stays ahead: what was set by it while it was would else ring so much later.
    loop.time = lambda now=loop.time: now() + later
    reader, writer = await running.raw()
    size = 8 * 20_000
    writer.write(
        f"POST /api/rooms HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\nContent-Length: {size}\r\n"
        f"Content-Type: text/markdown\r\nConnection: close\r\n\r\n".encode()
    )
    for _ in range(8):
        writer.write(b"x" * 20_000)
        await writer.drain()
        for _ in range(10):  # each time the loop looks at its sockets first
            await asyncio.sleep(0)
        later += http_protocol.BODY_S * 2 / 3
    assert (await ended(reader)).startswith(b"HTTP/1.1 ")


async def test_a_line_that_is_lost_leaves_nothing_behind(running):
    """
    Ten thousand phones that come again would stay as 25 MB each time: nobody looks for cycles in a full hall.
    """

    def kept() -> int:
        return sum(type(one) is ServerProtocol for one in gc.get_objects())

    code = (await running.rooms.open(one("open", "id=a"))).code
    gc.collect()
    before = kept()
    gc.disable()
    try:
        for _ in range(3):
            async with connect(f"ws://127.0.0.1:{running.port}/{code}/feed") as connection:
                await connection.send('{"type":"hello"}')
                await connection.recv()
        async with asyncio.timeout(60):
            while kept() > before:
                await asyncio.sleep(0.01)
    finally:
        gc.enable()
