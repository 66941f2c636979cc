"""A connection's place in the hub, and how its frames are written."""

import asyncio
from collections.abc import Callable

Push = Callable[[bytes], bool]
"""Writes a WebSocket frame at once; False when the peer has not taken what was written before."""

Direct = tuple[int, Callable[[], int], Callable[[], bool]]
"""The number of a socket, how many bytes still wait to be written to it, and whether it is closing."""


def text_frame(payload: bytes) -> bytes:
    """*payload* as an unmasked, unfragmented WebSocket text message (RFC 6455, section 5.2)."""
    size = len(payload)
    if size < 126:
        return b"\x81" + bytes((size,)) + payload
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


class Seat:
    """
    One connection's place in the hub. Where `push` is set and the connection is free, a frame is written at once;
    else it is stored, replacing an older one, until `take` returns it.
    """

    __slots__ = (
        "_frame", "_waiter", "beat_at", "direct", "ended", "face", "free", "frozen", "link", "phone", "push",
        "retry_in", "soundless",
    )  # fmt: skip

    def __init__(self, face: str, phone: str, link: str = "") -> None:
        self.face = face
        self.phone = phone
        self.push: Push | None = None
        self.direct: Direct | None = None  # the socket behind `push`, for writing to it directly
        self.free = True  # no frame waits for `take` or is being sent by it, so that a pushed frame overtakes none
        self.link = link  # id of the access link it was opened with
        self.beat_at: int | None = None  # when a screen last said that it draws; None while nobody looks at it
        self.frozen = False
        self.soundless = False  # a screen whose browser plays no film before somebody presses there
        self.ended = ""
        self.retry_in = 0
        self._frame: bytes | None = None
        self._waiter: asyncio.Future[None] | None = None

    def offer(self, payload: bytes, frame: bytes) -> None:
        """Send a view, or store it as the newest. *frame* is *payload* as a WebSocket frame."""
        if self.push and self.free and self.push(frame):
            return
        self.free = False
        self._frame = payload
        self._wake()

    def end(self, why: str, retry_in: int = 0) -> None:
        """The connection must end, and may come again after *retry_in* ms: `take` returns None from now on."""
        self.ended, self.retry_in, self.free = why, retry_in, False
        self._wake()

    async def take(self) -> bytes | None:
        while True:
            if self.ended:
                return None
            if self._frame is not None:
                payload, self._frame = self._frame, None
                return payload
            self.free = True
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
