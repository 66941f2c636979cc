"""Token buckets in memory, for a store that no other process has open."""

MOST_BUCKETS = 10_000


class Tokens:
    def __init__(self) -> None:
        self._buckets: dict[str, tuple[float, int]] = {}  # what was left, and when

    def take(self, name: str, *, size: int, each_ms: int, now: int, wanted: int) -> bool:
        """See `Journal.take_token`."""
        left, at = self._buckets.pop(name, (float(size), now))
        left = min(size, left + max(0, now - at) / each_ms)
        taken = left >= wanted
        self._buckets[name] = (min(size, left - wanted) if taken else left, max(now, at))
        if len(self._buckets) > MOST_BUCKETS:
            del self._buckets[next(iter(self._buckets))]  # the one that was used longest ago
        return taken
