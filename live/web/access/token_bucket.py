"""How fast one phone may send, by whichever way: many honest phones share an address, so that phones are counted."""

import time

from live.errors import Refused

BURST, PER_S = 40, 20  # messages
REMEMBERED = 20_000


class TokenBuckets:
    """A bucket for each sender, which fills up again with time."""

    def __init__(self, *, limited: bool, burst: int = BURST, per_s: float = PER_S) -> None:
        self._limited = limited
        self._burst = burst
        self._per_s = per_s
        self._left: dict[str, tuple[float, float]] = {}  # who -> messages left, when

    def take(self, who: str) -> bool:
        """Whether *who* may send one more message now."""
        if not self._limited:
            return True
        now = time.monotonic()
        left, at = self._left.pop(who, (float(self._burst), now))
        left += (now - at) * self._per_s
        if left > self._burst:
            left = float(self._burst)
        # What is refused costs nothing: who slows down is heard again at once.
        self._left[who] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > REMEMBERED:
            del self._left[next(iter(self._left))]  # who has been quiet longest
        return left >= 1

    def give_back(self, who: str) -> None:
        """What *who* took last did not count."""
        left, at = self._left.get(who, (float(self._burst), 0.0))
        self._left[who] = (left + 1, at)

    def require(self, who: str) -> None:
        """Refused `rate` for who is too fast."""
        if not self.take(who):
            raise Refused("rate", retry_in=2_000)
