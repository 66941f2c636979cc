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
MOST_PLACES = 20_000  # in a line that are remembered; where more wait, neighbours share one and come in together
LEAST_MS, MOST_MS = 5_000, 20_000  # before a waiting page asks again


class _Line:
    """The line of one room."""

    def __init__(self, admitted_up_to: int, now: float) -> None:
        self.admitted_up_to = admitted_up_to  # a phone whose token is not newer is let in
        self.waiting: deque[tuple[int, int]] = deque()  # places: the newest token of those who share one, how many
        self.released_at = now

    def add(self, since: int) -> None:
        self.waiting.append((since, 1))
        if len(self.waiting) > MOST_PLACES:
            places = list(self.waiting)
            halved = [
                (max(one, other), many + more)
                for (one, many), (other, more) in zip(places[::2], places[1::2], strict=False)
            ]
            self.waiting = deque(halved + places[len(halved) * 2 :])

    def release(self, free: int) -> int:
        """Let in *free* phones at most. Returns how many more may come, for a place that is shared by more."""
        while self.waiting and self.waiting[0][1] <= free:
            since, many = self.waiting.popleft()
            self.admitted_up_to = max(self.admitted_up_to, since)
            free -= many
        return free


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
            line.add(since)
        raise Refused("queue", retry_in=LEAST_MS + secrets.randbelow(MOST_MS - LEAST_MS))

    def _release(self) -> None:
        """Let in those whose time has come. All lines share RELEASED_PER_S."""
        now = self._seconds()
        for code, line in list(self._lines.items()):
            if self._load.level >= FULL:
                line.released_at = now
                continue
            per_s = RELEASED_PER_S / len(self._lines)
            free = int((now - line.released_at) * per_s)
            if not free:
                continue
            line.released_at += (free - line.release(free)) / per_s
            if not line.waiting:
                del self._lines[code]
