"""
Where a film on show is: what all screens play, and what consoles steer.

Moments are milliseconds since the epoch on the server's clock.
"""

from msgspec import Struct


class Playback(Struct):
    """At `position_ms` from its beginning, and playing on from there since `since`; None while it is paused."""

    position_ms: int = 0
    since: int | None = None

    def at(self, now: int, duration_ms: int = 0) -> int:
        """The position at *now*, not past the end where *duration_ms* is known (0: it is not)."""
        played = self.position_ms + (max(0, now - self.since) if self.since is not None else 0)
        return min(played, duration_ms) if duration_ms else played

    def pause(self, now: int) -> None:
        self.position_ms, self.since = self.at(now), None
