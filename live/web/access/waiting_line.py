"""The waiting line for a room when very many join: phones that are in stay in, new ones wait in order of arrival."""

import secrets
import time
from collections import deque
from collections.abc import Callable

from live.errors import Refused
from live.transport.load import FULL, Load
from live.web.access.token_bucket import TokenBuckets

BURST, PER_S = 3000, 300  # new phones in one room without a line: a whole hall may join at once
RELEASED_PER_S = 100  # phones from all lines, once the load allows
MOST_WAITING = 20_000  # places in a line that are remembered; those after them come in together, last
LEAST_MS, MOST_MS = 5_000, 20_000  # before a waiting page asks again


class _Line:
    """The line of one room."""

    def __init__(self, admitted_up_to: int, now: float) -> None:
        self.admitted_up_to = admitted_up_to  # a phone whose token is not newer is let in
        self.waiting: deque[int] = deque(maxlen=MOST_WAITING)
        self.released_at = now


class WaitingLine:
    """
    A phone's place in line is the time its token was made, which the token holds. Nothing else is kept of those who
    wait, and a page that asks again does not lose its place.

    Each room has a line of its own, so that a crowd in one room delays no other.
    """

    def __init__(self, load: Load, *, limited: bool, seconds: Callable[[], float] = time.monotonic) -> None:
        self._load = load
        self._seconds = seconds
        self._buckets = TokenBuckets(limited=limited, burst=BURST, per_s=PER_S)
        self._lines: dict[str, _Line] = {}

    def admit(self, code: str, since: int, *, fresh: bool) -> None:
        """
        Raises Refused `queue` for a phone that must wait. *since* is when its token was made, milliseconds; *fresh*: it
        has just been made. Only for rooms that exist.
        """
        self._release()
        line = self._lines.get(code)
        if line is None:
            if not fresh or (self._load.level < FULL and self._buckets.take(code)):
                return
            line = self._lines[code] = _Line(since - 1, self._seconds())
        if since <= line.admitted_up_to:
            return
        if fresh:
            line.waiting.append(since)
        raise Refused("queue", retry_in=LEAST_MS + secrets.randbelow(MOST_MS - LEAST_MS))

    def _release(self) -> None:
        """Let in those whose time has come. All lines share RELEASED_PER_S."""
        now = self._seconds()
        for code, line in list(self._lines.items()):
            if self._load.level >= FULL:
                line.released_at = now
                continue
            free = int((now - line.released_at) * RELEASED_PER_S / len(self._lines))
            if not free:
                continue
            line.released_at = now
            for _ in range(min(free, len(line.waiting))):
                line.admitted_up_to = max(line.admitted_up_to, line.waiting.popleft())
            if not line.waiting:
                del self._lines[code]
