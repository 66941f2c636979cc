"""
uvicorn's WebSocket protocol, with limits against peers that do not read or send without end, and a fast path for
whole text messages.

The classes of uvicorn that this and `http_protocol` extend are not a documented interface: pyproject.toml pins its
minor version, tests/transport/test_uvicorn.py says what of it a new version lacks, and `INNSPILL_TRANSPORT=plain`
serves without them (docs/decisions/0022).
"""

import asyncio
import contextlib
import os
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from live.transport.connections import CONNECTIONS
from live.transport.feed_connection import CONNECTION, FeedConnection, Receiver
from live.transport.peer_timer import UNREAD_S, PeerTimer
from live.transport.seat import Direct

try:
    from websockets.speedups import apply_mask
except ImportError:
    from websockets.utils import apply_mask

MOST_BUFFERED = 65_536  # bytes written and not yet taken; above it the peer is behind
MOST_WAITING_BYTES = 16_384  # of messages that wait for earlier ones; above it no more are read from the socket
MOST_IN_PROGRESS = 8  # messages of one connection that the receiver has taken and not finished
WHOLE_TEXT, PING, PONG = 0x81, 0x89, 0x8A  # first byte of such a frame, unfragmented and without extensions
MASKED = 0x80  # upper bit of the second byte


class _Inbox:
    """
    Messages for the app, with one waiter only. asyncio's queue allows any number of waiters, and its four deques take
    2.6 KiB while they are empty.
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
            assert self._waiter is None, "somebody waits for a message already"
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return self._messages.pop(0)


# uvicorn's attributes and ours as slots: an object with more than thirty attributes gets a dictionary of its own.
_ATTRIBUTES = """
    config app loop logger root_path asgi_version app_state connections tasks default_headers transport server client
    scheme queue handshake_initiated handshake_complete close_sent disconnected close_timer close_timeout
    initial_response conn read_paused writable ping_interval ping_timeout ping_timer pong_timer pending_ping_payload
    ping_sent_at last_ping_rtt frames curr_msg_data_type request response scope
    behind _unread_timer _fast_path _partial _waiting_frames _waiting_bytes _app_busy _receiver _request_headers
""".split()  # noqa: SIM905 - one to a line, or a line past the edge


class _Flusher:
    """
    Connections that have frames to write at the end of this turn of the event loop. All frames of one connection go in
    one write, directly to its socket where possible (docs/decisions/0013): the write is most of an ack's cost.
    """

    def __init__(self) -> None:
        self._connections: list[FeedProtocol] = []

    def add(self, connection: "FeedProtocol") -> None:
        if not self._connections:
            asyncio.get_running_loop().call_soon(self._flush_all)
        self._connections.append(connection)

    def _flush_all(self) -> None:
        connections, self._connections = self._connections, []
        for connection in connections:
            connection.flush()


FLUSHER = _Flusher()


class FeedProtocol(WebSocketsSansIOProtocol):
    """
    While the peer does not take what we write, nothing is read from it; after UNREAD_S the connection is cut.

    The fast path: whole text messages are cut out of the byte stream here and given to the receiver in their order. An
    answer goes directly to its room (`live.web.phone_messages`) without waking a task and without twenty calls on its
    way, which took 70 µs of 190. Everything else goes through uvicorn: messages that the receiver does not take, pings,
    and everything from the first other frame on. The app gets a message when all earlier ones are done, and the
    receiver gets the next only after the app has asked for more.
    """

    __slots__ = tuple(_ATTRIBUTES)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.queue = _Inbox()  # type: ignore[assignment]
        self.behind = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._unread_timer = PeerTimer(self.transport.abort)
        self._fast_path = True  # so far only whole text messages and pings have come
        self._partial = b""  # the beginning of a frame whose rest has not come
        self._waiting_frames: list[bytes] = []  # wait for earlier ones; at most MOST_WAITING_BYTES and one frame
        self._waiting_bytes = 0
        self._app_busy = True  # the app has not asked for the next message
        self._in_progress = 0  # messages that the receiver has taken and not finished
        self._receiver: Receiver | None = None
        self._outgoing = b""  # frames to be written at the end of this turn of the event loop
        self._direct: Direct | None = None
        CONNECTIONS.add(self, self.transport.abort)
        self.transport.set_write_buffer_limits(high=MOST_BUFFERED)

    def connection_lost(self, exc: Exception | None) -> None:
        CONNECTIONS.remove(self)
        CONNECTIONS.behind -= self.behind
        self._unread_timer.stop()
        self._leave_fast_path()
        super().connection_lost(exc)
        # These objects refer to each other, and only a full garbage collection would free them. We make those rare
        # (`live.server.process.set_up_process`), so ten thousand phones that reconnect would leave 200 MB behind.
        self._unread_timer = PeerTimer(None)
        self.conn.parser.close()  # frees the parser and its generator, 2.5 KiB
        if scope := getattr(self, "scope", None):  # there is none if the handshake failed
            scope["extensions"].pop(CONNECTION, None)

    def drop_headers(self) -> None:
        self.scope["headers"].clear()  # type: ignore[attr-defined]
        self._request_headers.clear()
        self.response.headers.clear()

    def handle_connect(self, event: Any) -> None:
        self._request_headers = event.headers
        super().handle_connect(event)

    def data_received(self, data: bytes) -> None:
        if not self._fast_path or not self.handshake_initiated:
            return super().data_received(data)
        data, at = self._partial + data, 0
        end = len(data)
        while end - at >= 2:
            kind, size = data[at], data[at + 1] - MASKED
            head = 6
            if size == 126:
                head = 8
                size = int.from_bytes(data[at + 2 : at + 4], "big") if end - at >= 4 else 126
            whole = kind == WHOLE_TEXT or (head == 6 and kind in (PING, PONG))
            if not whole or not 0 <= size <= self.config.ws_max_size or (head == 6 and size > 125):
                self._leave_fast_path()
                return super().data_received(data[at:])
            if end - at < head + size:
                break
            frame = data[at : at + head + size]
            at += head + size
            if kind == WHOLE_TEXT and self._receiver:
                self._take(frame)
            else:
                super().data_received(frame)
        self._partial = data[at:]

    def seat_taken(self) -> None:
        CONNECTIONS.mark_active(self)

    def set_receiver(self, receiver: Receiver) -> None:
        self._receiver = receiver if self._fast_path else None
        self._direct = self.direct

    def _take(self, frame: bytes) -> None:
        if not (self._app_busy or self._waiting_frames) and self._hand_over(frame):
            return
        self._waiting_frames.append(frame)
        self._waiting_bytes += len(frame)
        if self._waiting_bytes > MOST_WAITING_BYTES and not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()

    def _hand_over(self, frame: bytes) -> bool:
        """Give *frame* to the receiver or else the app; False when it must wait until earlier messages are done."""
        if self._receiver and not self.close_sent and self._in_progress < MOST_IN_PROGRESS:
            head = 8 if frame[1] == MASKED + 126 else 6
            if self._receiver(apply_mask(frame[head:], frame[head - 4 : head]), self._done, self._in_progress > 0):
                self._in_progress += 1
                return True
        if self._in_progress:
            return False
        self._app_busy = True
        super().data_received(frame)
        return True

    def _done(self) -> None:
        self._in_progress -= 1
        self._hand_on_waiting()

    def _hand_on_waiting(self) -> None:
        while self._waiting_frames and not self._app_busy:
            frame = self._waiting_frames.pop(0)
            if not self._hand_over(frame):
                self._waiting_frames.insert(0, frame)
                break
            self._waiting_bytes -= len(frame)
        if not self._waiting_frames and self.queue.empty():
            self._resume_reading()

    def _resume_reading(self) -> None:
        if self.read_paused and not self.transport.is_closing():
            self.read_paused = False
            if not self.behind:
                self.transport.resume_reading()

    def _leave_fast_path(self) -> None:
        """From here on uvicorn handles the connection alone. Frames that wait go to it first."""
        self.flush()
        self._fast_path, self._receiver = False, None
        if self._waiting_frames and not self.read_paused:
            self.read_paused = True
            if not self.transport.is_closing():
                self.transport.pause_reading()
        while self._waiting_frames:
            super().data_received(self._waiting_frames.pop(0))

    def pause_writing(self) -> None:
        super().pause_writing()
        CONNECTIONS.behind += not self.behind
        self.behind = True
        self._unread_timer.start(UNREAD_S)
        if not self.transport.is_closing():
            self.transport.pause_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        CONNECTIONS.behind -= self.behind
        self.behind = False
        self._unread_timer.stop()
        if not self.read_paused and not self.transport.is_closing():
            self.transport.resume_reading()

    async def receive(self) -> Any:
        if self._receiver and self.queue.empty():
            self._app_busy = False
            self._hand_on_waiting()
        message = await self.queue.get()
        if self.queue.empty() and not self._waiting_frames:
            self._resume_reading()
        return message

    async def run_asgi(self) -> None:
        extensions: dict[str, Any] = self.scope["extensions"]
        connection: FeedConnection = self
        extensions[CONNECTION] = connection
        await super().run_asgi()

    def push(self, frame: bytes) -> bool:
        if self.behind or self.close_sent or self.transport.is_closing():
            return False
        self.transport.write(frame)
        return True

    @property
    def direct(self) -> Direct | None:
        plain = self.transport.get_extra_info("socket") if os.name == "posix" and self.scheme == "ws" else None
        if plain is None or plain.fileno() < 0:
            return None
        return plain.fileno(), self.transport.get_write_buffer_size, self.transport.is_closing

    def write_soon(self, frame: bytes) -> None:
        if not self._outgoing:
            FLUSHER.add(self)
        self._outgoing += frame

    def flush(self) -> None:
        """Write the frames that `write_soon` collected, after the rest of a frame that waits in the transport."""
        frames, self._outgoing = self._outgoing, b""
        if not frames or self.close_sent or self.transport.is_closing():
            return
        written = 0
        if self._direct and not self._direct[1]():
            with contextlib.suppress(OSError):  # its buffer is full, or it is broken, which the event loop finds out
                written = os.write(self._direct[0], frames)
        if written < len(frames):
            self.transport.write(frames[written:])

    async def send(self, message: Any) -> None:
        self.flush()
        await super().send(message)
