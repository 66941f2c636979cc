"""The server's clock: milliseconds since the epoch that never jump."""

import time


class Clock:
    """
    The wall clock when it was made, continued by the monotonic clock, so that setting the machine's clock during a
    meeting moves no timer. A restart reads the wall clock again.
    """

    def __init__(self) -> None:
        self._start_ms = time.time_ns() // 1_000_000
        self._start_ns = time.monotonic_ns()

    def go_by(self, now: int) -> None:
        """Continue from *now* instead: the store's clock, where several machines' clocks may differ."""
        self._start_ms = now
        self._start_ns = time.monotonic_ns()

    def now(self) -> int:
        return self._start_ms + (time.monotonic_ns() - self._start_ns) // 1_000_000
