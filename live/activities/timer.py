"""
The timer of an activity: start, length, pauses, added time, and when it ends.

Moments are milliseconds since the epoch on the server's clock.
"""

from msgspec import Struct


class Timer(Struct):
    """`length_ms` None means that it has no end. Paused time does not count."""

    started_at: int
    length_ms: int | None = None
    paused_at: int | None = None
    paused_ms: int = 0

    @property
    def deadline(self) -> int | None:
        """The moment it runs out; None without a length and while paused."""
        if self.length_ms is None or self.paused_at is not None:
            return None
        return self.started_at + self.length_ms + self.paused_ms

    @property
    def left_when_paused(self) -> int | None:
        """Milliseconds that remained when it was paused (negative in overtime); None while it runs."""
        if self.length_ms is None or self.paused_at is None:
            return None
        return self.started_at + self.length_ms + self.paused_ms - self.paused_at

    def run_ms(self, at: int) -> int | None:
        """How long it has run at *at*, without pauses; None if it has no length."""
        if self.length_ms is None:
            return None
        return (at if self.paused_at is None else self.paused_at) - self.started_at - self.paused_ms

    def pause(self, at: int) -> None:
        if self.paused_at is None:
            self.paused_at = at

    def resume(self, at: int) -> None:
        if self.paused_at is not None:
            self.paused_ms += max(0, at - self.paused_at)
            self.paused_at = None

    def add(self, ms: int, at: int) -> None:
        """Add *ms*. If time has already run out, the added time counts from *at* and not from the old end."""
        if self.length_ms is None:
            self.length_ms = max(0, at - self.started_at - self.paused_ms)
        over_ms = (self.paused_at or at) - self.started_at - self.paused_ms - self.length_ms
        self.length_ms += max(0, over_ms) + ms

    def end_at(self, at: int) -> None:
        """Make it run out at *at*, whatever was planned."""
        self.resume(at)
        self.length_ms = max(0, at - self.started_at - self.paused_ms)
