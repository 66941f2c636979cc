"""The load level of this process, by which less urgent work waits so that answers and their acks come first."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

from live.transport import hub

SAMPLE_S = 0.5
BUSY_S, HIGH_S, FULL_S = 0.3, 1.0, 2.0  # how late the event loop is, or how long an answer waits to be recorded
PATIENCE_S = 10.0  # the longest that less urgent work waits; then it is done all the same
LATE_SAMPLES = 6  # late for three seconds: a whole hall that joins at once is in by then
CALM_SAMPLES = 20  # on time for ten seconds: down one level
MOST_BEHIND = 1000  # connections whose peers have not taken the 64 KiB that were written

NORMAL, BUSY, HIGH, FULL, SHEDDING = range(5)
VIEW_INTERVAL_S = {NORMAL: hub.VIEW_INTERVAL_S, BUSY: 1.0, HIGH: 2.0, FULL: 5.0, SHEDDING: 5.0}
"""Seconds between two views of a screen or console; a step of the facilitator is always shown at once."""


class Usage(NamedTuple):
    """
    What raises the level at once, without waiting for LATE_SAMPLES: the shares in use of the memory and connections
    that this process may have, and how many connections are behind.
    """

    memory: float = 0.0
    connections: float = 0.0
    behind: int = 0

    @property
    def level(self) -> int:
        if self.memory > 0.9 or self.connections > 0.95:
            return SHEDDING
        if self.connections > 0.85:
            return FULL
        return HIGH if self.memory > 0.7 or self.behind > MOST_BEHIND else NORMAL


NO_USAGE = Usage()


class Memory:
    """The share of the machine's or container's memory that this process uses; 0 where the system does not say."""

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
    """A number in a file of the system; 0 where there is none, as when a control group has no limit."""
    try:
        with open(path, encoding="ascii") as file:
            return int(file.read().split()[place])
    except (OSError, ValueError, IndexError):
        return 0


class Load:
    """
    The load level, from how late the event loop and the answers are in each sample, and from what is in use.

    It rises after three late seconds, or at once when memory or connections run out, and falls one level after ten
    seconds on time. BUSY: screens are drawn once a second. HIGH: every other second, and exports and new rooms wait.
    FULL: every fifth second, and newcomers wait in line. SHEDDING: the phones that have been quiet longest are
    disconnected for a minute or two. Never put off: answers, acks, and what a facilitator does.
    """

    def __init__(self) -> None:
        self.level = NORMAL
        self._late = [0, 0, 0]  # samples in a row: later than BUSY_S, than HIGH_S, than FULL_S
        self._calm = 0

    def note(self, late_s: float, usage: Usage = NO_USAGE) -> None:
        late = zip(self._late, (BUSY_S, HIGH_S, FULL_S), strict=True)
        self._late = [count + 1 if late_s > most else 0 for count, most in late]
        level = max(sum(count >= LATE_SAMPLES for count in self._late), usage.level)
        if level >= self.level:
            self.level, self._calm = level, 0
            return
        self._calm = self._calm + 1 if late_s <= BUSY_S else 0
        if self._calm >= CALM_SAMPLES:
            self.level, self._calm = self.level - 1, 0

    @contextlib.asynccontextmanager
    async def monitored(
        self, waits_s: Callable[[], float], usage: Callable[[], Usage], on_sample: Callable[[bool], None]
    ) -> AsyncIterator[None]:
        """
        Sample every SAMPLE_S inside the block: how late the event loop is, *waits_s* (how long an answer has waited)
        and *usage*. Calls *on_sample* with whether the level changed.
        """
        monitoring = asyncio.create_task(self._monitor(waits_s, usage, on_sample))
        try:
            yield
        finally:
            monitoring.cancel()

    async def settle(self, most_s: float) -> None:
        """Wait until the level is below HIGH, but no longer than *most_s* seconds."""
        for _ in range(int(most_s / SAMPLE_S)):
            if self.level < HIGH:
                return
            await asyncio.sleep(SAMPLE_S)

    async def _monitor(
        self, waits_s: Callable[[], float], usage: Callable[[], Usage], on_sample: Callable[[bool], None]
    ) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due, before = loop.time() + SAMPLE_S, self.level
            await asyncio.sleep(SAMPLE_S)
            self.note(max(loop.time() - due, waits_s()), usage())
            on_sample(self.level != before)
