"""How many files at once may arrive and be read: each takes memory, disk and a process of its own."""

import contextlib
from collections.abc import Iterator

from live.errors import Refused

RETRY_MS = 30_000


class Places:
    """`taken`, of *most*."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken = 0

    def require(self) -> None:
        """Raises Refused `converting` when none is free."""
        if self.taken >= self.most:
            raise Refused("converting", retry_in=RETRY_MS)

    @contextlib.contextmanager
    def one(self) -> Iterator[None]:
        """Take a place, from when the first byte arrives. Raises as `require` does."""
        self.require()
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1


DECKS = Places(2)
PICTURES = Places(4)  # and workshops with pictures, of up to 64 MB
FILMS = Places(2)  # each of up to 500 MB
