"""The calls that a store has not answered yet."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Unanswered:
    def __init__(self) -> None:
        self._calls: dict[int, tuple[str, float]] = {}  # number -> (what it is about, when it began), oldest first
        self._number = 0

    @contextmanager
    def call(self, about: str = "") -> Iterator[None]:
        """Inside the block, a call waits for its answer."""
        self._number += 1
        number = self._number
        self._calls[number] = (about, time.monotonic())
        try:
            yield
        finally:
            del self._calls[number]

    def longest_s(self, counts: Callable[[str], bool] = lambda about: True) -> float:
        """How long the oldest call has waited, of those about something that *counts*; 0 when none waits."""
        now = time.monotonic()
        return next((now - since for about, since in self._calls.values() if counts(about)), 0.0)
