"""
Counts the signs that phones give (`live.activities.pulse`). All of it is in memory, and nobody is told who gave which.

What fades is kept as one number for each sign, so that a press and a view cost the same however many phones there are.
"""

from collections.abc import Callable

from live.activities.pulse import LOST, SIGNS
from live.views.pulse import HALF_LIFE_MS, Pulse

PRESS_MS = 1_000  # of the presses of one phone within this time, the first counts
LOST_MS = 60_000  # how long a phone that has said that it is lost counts as such
FAINT = 0.05  # what has faded this much is gone


class _RoomPulse:
    def __init__(self) -> None:
        self.levels: dict[str, float] = {}
        self.at = 0  # when the levels were that high
        self.pressed: dict[str, int] = {}  # phone -> its last press, longest ago first; forgotten after PRESS_MS
        self.lost: dict[str, int] = {}  # phone -> when it last said so, longest ago first
        self.totals = dict.fromkeys(SIGNS, 0)  # presses here since the room's first
        self.remote: list[int] | None = None  # presses in other processes, as last heard
        self.remote_lost = 0

    def add(self, presses: dict[str, int], now: int) -> None:
        faded = 0.5 ** (max(0, now - self.at) / HALF_LIFE_MS)
        levels = {sign: level * faded for sign, level in self.levels.items()}
        for sign, n in presses.items():
            levels[sign] = levels.get(sign, 0) + n
        self.levels = {sign: level for sign, level in levels.items() if level >= FAINT}
        self.at = now

    def expire(self, now: int) -> bool:
        """Forget presses and lost phones of long ago; whether fewer phones are lost than before."""
        before = len(self.lost)
        for phones, kept_ms in ((self.pressed, PRESS_MS), (self.lost, LOST_MS)):
            while phones and next(iter(phones.values())) <= now - kept_ms:
                del phones[next(iter(phones))]
        return len(self.lost) < before


class Pulses:
    """*touch* is called with the code of a room in which something has changed that views show."""

    def __init__(self, touch: Callable[[str], None], now: Callable[[], int]) -> None:
        self._touch = touch
        self._now = now
        self._rooms: dict[str, _RoomPulse] = {}

    def press(self, code: str, phone: str, sign: str) -> bool:
        """A phone gives a sign; whether it counts, which it does once each PRESS_MS."""
        now, pulse = self._now(), self._rooms.setdefault(code, _RoomPulse())
        pulse.expire(now)
        if phone in pulse.pressed:
            return False
        pulse.pressed[phone] = now
        pulse.totals[sign] += 1
        if sign == LOST:
            pulse.lost.pop(phone, None)
            pulse.lost[phone] = now
        pulse.add({sign: 1}, now)
        self._touch(code)
        return True

    def show(self, code: str) -> Pulse:
        pulse = self._rooms.get(code)
        if pulse is None:
            return Pulse()
        return Pulse(pulse.levels, pulse.at, len(pulse.lost) + pulse.remote_lost)

    def tick(self) -> None:
        """To be called each second: phones stop being lost, and rooms that have been quiet for long are forgotten."""
        now = self._now()
        for code, pulse in list(self._rooms.items()):
            if pulse.expire(now):
                self._touch(code)

    def forget(self, code: str) -> None:
        """The room has no signs any more, or nobody is in it."""
        self._rooms.pop(code, None)

    def counts(self, code: str) -> list[int]:
        """What other processes are told: how many phones are lost here, and all presses of each sign."""
        pulse = self._rooms.get(code) or _RoomPulse()
        return [len(pulse.lost), *pulse.totals.values()]

    def set_remote(self, code: str, counts: list[int]) -> None:
        """
        The sums of `counts` of the other processes. What has come since they last told counts as pressed now; where it
        is less, one of them has ended, and counting goes on from there.
        """
        lost, *totals = counts or [0]
        totals += [0] * (len(SIGNS) - len(totals))
        pulse = self._rooms.setdefault(code, _RoomPulse())
        before, pulse.remote = pulse.remote, totals
        fresh = {sign: n - old for sign, n, old in zip(SIGNS, totals, before or totals, strict=True) if n > old}
        if fresh:
            pulse.add(fresh, self._now())
        if fresh or lost != pulse.remote_lost:
            pulse.remote_lost = lost
            self._touch(code)
