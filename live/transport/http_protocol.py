"""uvicorn's HTTP protocol, with limits of time and size against peers that send too slowly or too much."""

import asyncio

from httptools import HttpParserError
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from live.transport.connections import CONNECTIONS, TURNED_AWAY
from live.transport.limits import MOST_HEAD
from live.transport.peer_timer import UNREAD_S, PeerTimer

HEAD_S, BODY_S = 10.0, 20.0  # time limits for a request's head, and for each MOST_HEAD bytes of its body


class RequestProtocol(HttpToolsProtocol):
    """Cuts off a request whose head or body comes too slowly, or whose head is too large."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._slow_timer = PeerTimer(self._cut)
        self._unread_timer = PeerTimer(self._cut)
        self._head_bytes = 0
        self._body_bytes = 0
        self._too_large = False
        self._slow_timer.start(HEAD_S)
        CONNECTIONS.add(self, self._cut)

    def connection_lost(self, exc: Exception | None) -> None:
        CONNECTIONS.remove(self)
        self._slow_timer.stop()
        self._unread_timer.stop()
        super().connection_lost(exc)

    def _cut(self) -> None:
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        if not self._slow_timer.runs and (self.cycle is None or self.cycle.response_complete):
            self._slow_timer.start(HEAD_S)
        super().data_received(data)

    def handle_websocket_upgrade(self) -> None:
        self._slow_timer.stop()
        CONNECTIONS.remove(self)  # the WebSocket protocol adds it again
        super().handle_websocket_upgrade()

    def on_message_begin(self) -> None:
        self._head_bytes = self._body_bytes = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count_head(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count_head(len(name) + len(value) + 4)
        super().on_header(name, value)

    def _count_head(self, more: int) -> None:
        self._head_bytes += more
        if self._head_bytes > MOST_HEAD:
            self._too_large = True
            raise HttpParserError("the head is too large")

    def on_headers_complete(self) -> None:
        self._slow_timer.start(BODY_S)
        CONNECTIONS.mark_active(self)
        if self.client is not None and CONNECTIONS.turns_away(
            self.headers
        ):  # None: it came by the socket in the data folder
            self.transport.write(TURNED_AWAY)
            self.transport.close()
            raise HttpParserError("there is no place")
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        if self._body_bytes >= MOST_HEAD:
            self._body_bytes = 0
            self._slow_timer.start(BODY_S)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._slow_timer.stop()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete):
            CONNECTIONS.mark_idle(self, self._cut)

    def send_400_response(self, msg: str) -> None:
        if self.transport.is_closing():
            return
        if self._too_large:
            self.transport.write(
                b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )
            self.transport.close()
        else:
            super().send_400_response(msg)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread_timer.start(UNREAD_S)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._unread_timer.stop()
