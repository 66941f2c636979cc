"""Who comes in when very many do: those who have been here go on, and the others stand in line by when they came."""

import secrets
import time
from collections import deque
from collections.abc import Callable

from live.errors import Refused
from live.transport.load import FULL, Load
from live.web.access.token_bucket import TokenBuckets

BURST, PER_S = 3000, 300  # newcomers to one room: a whole hall at once is no crowd
RELEASED_PER_S = 100  # from the line, once it moves
MOST_WAITING = 20_000  # whose places are told apart; those after them come in together, last
LEAST_MS, MOST_MS = 5_000, 20_000  # before a page in line asks again


class _Line:
    """Of one room."""

    def __init__(self, up_to: int, now: float) -> None:
        self.up_to = up_to  # whose token is no newer comes in
        self.waiting: deque[int] = deque(maxlen=MOST_WAITING)
        self.moved_at = now


class WaitingLine:
    """
    A phone's place in line is when its token was made, which the token tells: nothing is kept of whoever waits but that
    time, and a page that asks again has not lost its place.

    Each room has a line of its own, so that a crowd before one of them holds up no other.
    """

    def __init__(self, load: Load, *, limited: bool, seconds: Callable[[], float] = time.monotonic) -> None:
        self._load = load
        self._seconds = seconds
        self._paces = TokenBuckets(limited=limited, burst=BURST, per_s=PER_S)
        self._lines: dict[str, _Line] = {}

    def come(self, code: str, since: int, *, fresh: bool) -> None:
        """
        Refused `queue` for a phone whose token is of *since* and whose turn it is not; *fresh*: it has just come. Only
        for a room that there is.
        """
        self._move()
        line = self._lines.get(code)
        if line is None:
            if not fresh or (self._load.level < FULL and self._paces.take(code)):
                return
            line = self._lines[code] = _Line(since - 1, self._seconds())
        if since <= line.up_to:
            return
        if fresh:
            line.waiting.append(since)
        raise Refused("queue", retry_in=LEAST_MS + secrets.randbelow(MOST_MS - LEAST_MS))

    def _move(self) -> None:
        """What is released is shared by the lines."""
        now = self._seconds()
        for code, line in list(self._lines.items()):
            if self._load.level >= FULL:
                line.moved_at = now
                continue
            free = int((now - line.moved_at) * RELEASED_PER_S / len(self._lines))
            if not free:
                continue
            line.moved_at = now
            for _ in range(min(free, len(line.waiting))):
                line.up_to = max(line.up_to, line.waiting.popleft())
            if not line.waiting:
                del self._lines[code]
