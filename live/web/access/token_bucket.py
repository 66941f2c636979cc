"""Token buckets: how fast one phone may send, by feed and by POST. Per phone, because many phones share an address."""

import time

from live.errors import Refused

BURST, PER_S = 40, 20  # messages
REMEMBERED = 20_000


class TokenBuckets:
    """A bucket for each sender, refilled by *per_s* tokens a second up to *burst*."""

    def __init__(self, *, limited: bool, burst: int = BURST, per_s: float = PER_S) -> None:
        self._limited = limited
        self._burst = burst
        self._per_s = per_s
        self._buckets: dict[str, tuple[float, float]] = {}  # sender -> (tokens left, when that was)

    def take(self, sender: str) -> bool:
        """Take a token; False when *sender* has none left."""
        if not self._limited:
            return True
        now = time.monotonic()
        tokens, at = self._buckets.pop(sender, (float(self._burst), now))
        tokens += (now - at) * self._per_s
        if tokens > self._burst:
            tokens = float(self._burst)
        # A refused message costs no token: a sender who slows down gets through again at once.
        self._buckets[sender] = (tokens - 1 if tokens >= 1 else tokens, now)
        if len(self._buckets) > REMEMBERED:
            del self._buckets[next(iter(self._buckets))]  # whoever has sent nothing for longest
        return tokens >= 1

    def give_back(self, sender: str) -> None:
        """Put back the token that *sender* took last."""
        tokens, at = self._buckets.get(sender, (float(self._burst), 0.0))
        self._buckets[sender] = (tokens + 1, at)

    def require(self, sender: str) -> None:
        """Take a token; raises Refused `rate` when *sender* has none left."""
        if not self.take(sender):
            raise Refused("rate", retry_in=2_000)
