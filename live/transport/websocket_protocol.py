"""
uvicorn's WebSocket protocol, with a guard against peers that will not read, will not write, or write without end.

The class of uvicorn's is not a documented interface, nor is that of `http_protocol`: pyproject.toml pins its minor
version, tests/transport/test_protocols.py holds what is relied on, and under any other server the feed sends by ASGI
alone.
"""

import asyncio
import contextlib
import os
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from live.transport.connections import CONNECTIONS
from live.transport.hub import Direct
from live.transport.peer_timer import UNREAD_S, PeerTimer

try:
    from websockets.speedups import apply_mask
except ImportError:
    from websockets.utils import apply_mask

CONNECTION = "innspill.line"
"""The ASGI extension: the `FeedProtocol` of this connection, for its `push`, `direct`, `say` and `hear`."""

Done = Callable[[], None]
Hear = Callable[[bytes, Done, bool], bool]
"""
Takes a text message and calls back, later, when it is done with it; True is told when it is not yet done with an
earlier one. False when it does not take it: whatever came before is to be done with, then the app is to have it.
"""

MOST_BUFFERED = 65_536  # written and not yet taken; then the peer is behind
MOST_AHEAD = 16_384  # bytes of messages that wait for the one before them; then no more are read
MOST_HEARD = 8  # messages of one line that whoever hears is not done with
WHOLE_TEXT, PING, PONG = 0x81, 0x89, 0x8A  # the first byte of such a frame, in one piece and without extensions
MASKED = 0x80  # the upper bit of the second


class _Inbox:
    """
    Messages for the app, which alone waits for them. asyncio's queue does the same for any number, with four deques
    that take 2.6 KiB while they are empty.
    """

    __slots__ = ("_messages", "_waiter")

    def __init__(self) -> None:
        self._messages: list[Any] = []
        self._waiter: asyncio.Future[None] | None = None

    def empty(self) -> bool:
        return not self._messages

    def put_nowait(self, message: Any) -> None:
        self._messages.append(message)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def get(self) -> Any:
        while not self._messages:
            assert self._waiter is None, "one waits for a message already"
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return self._messages.pop(0)


# uvicorn's and ours: past thirty, what an object has of attributes stands in a table of its own for each of them.
_ATTRIBUTES = """
    config app loop logger root_path asgi_version app_state connections tasks default_headers transport server client
    scheme queue handshake_initiated handshake_complete close_sent disconnected close_timer close_timeout
    initial_response conn read_paused writable ping_interval ping_timeout ping_timer pong_timer pending_ping_payload
    ping_sent_at last_ping_rtt frames curr_msg_data_type request response scope
    behind _unread _plain _begun _texts _ahead _busy _hear _asked
""".split()  # noqa: SIM905 - one to a line, or a line past the edge


class _Saying:
    """
    Lines that have something to say, until the event loop comes round: what one is told in a turn goes in one write,
    straight to its socket where it can (docs/decisions/0013). An ack's own write is most of what it costs.
    """

    def __init__(self) -> None:
        self._lines: list[FeedProtocol] = []

    def soon(self, line: "FeedProtocol") -> None:
        if not self._lines:
            asyncio.get_running_loop().call_soon(self._now)
        self._lines.append(line)

    def _now(self) -> None:
        lines, self._lines = self._lines, []
        for line in lines:
            line.speak()


SAYING = _Saying()


class FeedProtocol(WebSocketsSansIOProtocol):
    """
    While what we write is not taken, nothing is read; when that lasts, the line is cut.

    Whole text messages are cut out of the stream here and given to whoever hears them, in their order: an answer goes
    straight to its room (`live.web.feed`), without a task that wakes up for it and twenty calls on its way, which took
    70 µs of 190. All else goes by uvicorn: what the app is to have, pings, and everything from the first frame on that
    is neither. The app has a message when all before it are done with, and nothing is heard until it asks for the next.
    """

    __slots__ = tuple(_ATTRIBUTES)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.queue = _Inbox()  # type: ignore[assignment]
        self.behind = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._unread = PeerTimer(self.transport.abort)
        self._plain = True  # whole text messages and pings so far, nothing else
        self._begun = b""  # a frame of which there is more to come
        self._texts: list[bytes] = []  # frames that wait for the one before them, at most MOST_AHEAD bytes and one more
        self._ahead = 0  # bytes of them
        self._busy = True  # the app is not done with the last one
        self._heard = 0  # that whoever hears is not done with
        self._hear: Hear | None = None
        self._said = b""  # to be written when the event loop comes round
        self._straight: Direct | None = None
        CONNECTIONS.enter(self, self.transport.abort)
        self.transport.set_write_buffer_limits(high=MOST_BUFFERED)

    def connection_lost(self, exc: Exception | None) -> None:
        CONNECTIONS.leave(self)
        CONNECTIONS.behind -= self.behind
        self._unread.stop()
        self._go_by_uvicorn()
        super().connection_lost(exc)
        # What is told of each other would be found by a full collection only, and those are not for halls
        # (`live.server.set_up_process`): ten thousand phones that come again would stay as 200 MB.
        self._unread = PeerTimer(None)
        self.conn.parser.close()  # it and the generator that it reads by, 2.5 KiB
        if scope := getattr(self, "scope", None):  # none where the handshake was none
            scope["extensions"].pop(CONNECTION, None)

    def slim(self) -> None:
        """Forget what the browser said of itself when it came, which is a third of what a phone takes."""
        self.scope["headers"].clear()  # type: ignore[attr-defined]
        self._asked.clear()
        self.response.headers.clear()

    def handle_connect(self, event: Any) -> None:
        self._asked = event.headers
        super().handle_connect(event)

    def data_received(self, data: bytes) -> None:
        if not self._plain or not self.handshake_initiated:
            return super().data_received(data)
        data, at = self._begun + data, 0
        end = len(data)
        while end - at >= 2:
            kind, size = data[at], data[at + 1] - MASKED
            head = 6
            if size == 126:
                head = 8
                size = int.from_bytes(data[at + 2 : at + 4], "big") if end - at >= 4 else 126
            whole = kind == WHOLE_TEXT or (head == 6 and kind in (PING, PONG))
            if not whole or not 0 <= size <= self.config.ws_max_size or (head == 6 and size > 125):
                self._go_by_uvicorn()
                return super().data_received(data[at:])
            if end - at < head + size:
                break
            frame = data[at : at + head + size]
            at += head + size
            if kind == WHOLE_TEXT and self._hear:
                self._take(frame)
            else:
                super().data_received(frame)
        self._begun = data[at:]

    def sat_down(self) -> None:
        """It has said who it is: it gives way to nobody."""
        CONNECTIONS.known(self)

    def hear(self, hear: Hear) -> None:
        """From the next message that the app waits for, *hear* has each first."""
        self._hear = hear if self._plain else None
        self._straight = self.direct

    def _take(self, frame: bytes) -> None:
        if not (self._busy or self._texts) and self._hand(frame):
            return
        self._texts.append(frame)
        self._ahead += len(frame)
        if self._ahead > MOST_AHEAD and not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()

    def _hand(self, frame: bytes) -> bool:
        """False when it is to wait for those before it."""
        if self._hear and not self.close_sent and self._heard < MOST_HEARD:
            head = 8 if frame[1] == MASKED + 126 else 6
            if self._hear(apply_mask(frame[head:], frame[head - 4 : head]), self._done, self._heard > 0):
                self._heard += 1
                return True
        if self._heard:
            return False
        self._busy = True
        super().data_received(frame)
        return True

    def _done(self) -> None:
        self._heard -= 1
        self._go_on()

    def _go_on(self) -> None:
        while self._texts and not self._busy:
            frame = self._texts.pop(0)
            if not self._hand(frame):
                self._texts.insert(0, frame)
                break
            self._ahead -= len(frame)
        if not self._texts and self.queue.empty():
            self._read_again()

    def _read_again(self) -> None:
        if self.read_paused and not self.transport.is_closing():
            self.read_paused = False
            if not self.behind:
                self.transport.resume_reading()

    def _go_by_uvicorn(self) -> None:
        """From here on alone; what has been sent before goes first."""
        self.speak()
        self._plain, self._hear = False, None
        if self._texts and not self.read_paused:
            self.read_paused = True
            if not self.transport.is_closing():
                self.transport.pause_reading()
        while self._texts:
            super().data_received(self._texts.pop(0))

    def pause_writing(self) -> None:
        super().pause_writing()
        CONNECTIONS.behind += not self.behind
        self.behind = True
        self._unread.start(UNREAD_S)
        if not self.transport.is_closing():
            self.transport.pause_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        CONNECTIONS.behind -= self.behind
        self.behind = False
        self._unread.stop()
        if not self.read_paused and not self.transport.is_closing():
            self.transport.resume_reading()

    async def receive(self) -> Any:
        if self._hear and self.queue.empty():
            self._busy = False
            self._go_on()
        message = await self.queue.get()
        if self.queue.empty() and not self._texts:
            self._read_again()
        return message

    async def run_asgi(self) -> None:
        extensions: dict[str, Any] = self.scope["extensions"]
        extensions[CONNECTION] = self
        await super().run_asgi()

    def push(self, frame: bytes) -> bool:
        """Write a frame at once; False when the line is not open, or what was written before is not taken yet."""
        if self.behind or self.close_sent or self.transport.is_closing():
            return False
        self.transport.write(frame)
        return True

    @property
    def direct(self) -> Direct | None:
        """None where frames don't go to the socket as they are."""
        plain = self.transport.get_extra_info("socket") if os.name == "posix" and self.scheme == "ws" else None
        if plain is None or plain.fileno() < 0:
            return None
        return plain.fileno(), self.transport.get_write_buffer_size, self.transport.is_closing

    def say(self, frame: bytes) -> None:
        """Write a frame soon, whether or not others are taken; nothing where the line is not open."""
        if not self._said:
            SAYING.soon(self)
        self._said += frame

    def speak(self) -> None:
        """Write what is to be said, and not in the middle of a frame: what is left of one waits in the transport."""
        said, self._said = self._said, b""
        if not said or self.close_sent or self.transport.is_closing():
            return
        sent = 0
        if self._straight and not self._straight[1]():
            with contextlib.suppress(OSError):  # it is full, or broken, which the event loop finds out
                sent = os.write(self._straight[0], said)
        if sent < len(said):
            self.transport.write(said[sent:])

    async def send(self, message: Any) -> None:
        self.speak()
        await super().send(message)
