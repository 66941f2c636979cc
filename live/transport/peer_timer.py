"""A timer for peers that take too long, and how long one may leave unread what was sent to it."""

import asyncio
from typing import Any

UNREAD_S = 8.0  # a peer that reads nothing for this long is cut off


class PeerTimer:
    """Calls *then* when what it was started for takes too long. Starting again replaces the earlier deadline."""

    def __init__(self, then: Any) -> None:
        self._then = then
        self._handle: asyncio.TimerHandle | None = None

    def start(self, seconds: float) -> None:
        self.stop()
        self._handle = asyncio.get_running_loop().call_later(seconds, self._then)

    def stop(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    @property
    def runs(self) -> bool:
        return self._handle is not None
