"""How hard a process is pressed, and what it leaves off so that answers and their acks come first."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

from live.transport import hub

LOOK_S = 0.5
PRESSED_S, HARD_S, FULL_S = 0.3, 1.0, 2.0  # how late the event loop comes, or how long an answer waits to be recorded
PATIENCE_S = 10.0  # of what has time: then it is done all the same
LASTS_LOOKS = 6  # late for three seconds: a hall that comes in all at once is over by then
CALM_LOOKS = 20  # ten seconds in time: down one level
MOST_BEHIND = 1000  # lines whose 64 KiB are not taken

CALM, PRESSED, HARD, FULL, BRIM = range(5)
REST_S = {CALM: hub.REST_S, PRESSED: 1.0, HARD: 2.0, FULL: 5.0, BRIM: 5.0}
"""Between two views of a screen or console that nobody's press has called for."""


class Signs(NamedTuple):
    """What has no time to last: shares of the memory and of the connections that this process may have."""

    memory: float = 0.0
    lines: float = 0.0
    behind: int = 0

    @property
    def level(self) -> int:
        if self.memory > 0.9 or self.lines > 0.95:
            return BRIM
        if self.lines > 0.85:
            return FULL
        return HARD if self.memory > 0.7 or self.behind > MOST_BEHIND else CALM


NOTHING = Signs()


class Memory:
    """How much this process has of what the machine, or its container, gives it. 0 where nobody tells."""

    def __init__(self) -> None:
        self._page = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
        self._most = min(filter(None, (self._machine(), _number("/sys/fs/cgroup/memory.max"))), default=0)

    def _machine(self) -> int:
        try:
            return self._page * os.sysconf("SC_PHYS_PAGES") if self._page else 0
        except (OSError, ValueError):
            return 0

    @property
    def share(self) -> float:
        resident = _number("/proc/self/statm", 1) * self._page
        return resident / self._most if self._most else 0.0


def _number(path: str, place: int = 0) -> int:
    """0 where there is none, as where a group has no limit."""
    try:
        with open(path, encoding="ascii") as file:
            return int(file.read().split()[place])
    except (OSError, ValueError, IndexError):
        return 0


class Load:
    """
    The level, from how late things were each time somebody looked, and from what there is left.

    Up when they were late for three seconds or something runs out, down one level after ten in time. Pressed, screens
    are drawn once a second; hard, every other, and exports and new rooms wait for their time; full, every fifth, and
    newcomers stand in line; at the brim, phones that have been quiet longest are sent off for a minute or two. Never
    left off: answers, acks, what a facilitator presses.
    """

    def __init__(self) -> None:
        self.level = CALM
        self._late = [0, 0, 0]  # looks in a row: later than PRESSED_S, than HARD_S, than FULL_S
        self._calm = 0

    def note(self, late_s: float, signs: Signs = NOTHING) -> None:
        late = zip(self._late, (PRESSED_S, HARD_S, FULL_S), strict=True)
        self._late = [count + 1 if late_s > most else 0 for count, most in late]
        level = max(sum(count >= LASTS_LOOKS for count in self._late), signs.level)
        if level >= self.level:
            self.level, self._calm = level, 0
            return
        self._calm = self._calm + 1 if late_s <= PRESSED_S else 0
        if self._calm >= CALM_LOOKS:
            self.level, self._calm = self.level - 1, 0

    @contextlib.asynccontextmanager
    async def watched(
        self, waits_s: Callable[[], float], signs: Callable[[], Signs], looked: Callable[[bool], None]
    ) -> AsyncIterator[None]:
        """Look by itself meanwhile, at what *waits_s* and *signs* say too; *looked* hears if the level changed."""
        looking = asyncio.create_task(self._look(waits_s, signs, looked))
        try:
            yield
        finally:
            looking.cancel()

    async def calm(self, most_s: float) -> None:
        """Returns when it is no longer hard, or after *most_s*."""
        for _ in range(int(most_s / LOOK_S)):
            if self.level < HARD:
                return
            await asyncio.sleep(LOOK_S)

    async def _look(
        self, waits_s: Callable[[], float], signs: Callable[[], Signs], looked: Callable[[bool], None]
    ) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due, before = loop.time() + LOOK_S, self.level
            await asyncio.sleep(LOOK_S)
            self.note(max(loop.time() - due, waits_s()), signs())
            looked(self.level != before)
