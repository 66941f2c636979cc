"""The server's clock: milliseconds since the epoch that never jump."""

import time


class Clock:
    """
    Wall time when it was made, carried on by the monotonic clock: setting the machine's clock in mid-meeting moves no
    timer. A restart reads the wall again.
    """

    def __init__(self) -> None:
        self._start_ms = time.time_ns() // 1_000_000
        self._start_ns = time.monotonic_ns()

    def go_by(self, now: int) -> None:
        """Count on from *now* instead, for machines whose own clocks may differ."""
        self._start_ms = now
        self._start_ns = time.monotonic_ns()

    def now(self) -> int:
        return self._start_ms + (time.monotonic_ns() - self._start_ns) // 1_000_000
