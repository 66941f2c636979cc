"""
Which two options a phone compares next: the pair that the fewest have been given.

It follows from the answers of the activity in their order alone, so it is the same on every worker and in every replay.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from heapq import heappop, heappush
from itertools import combinations

Pair = tuple[str, str]
"""Two options by their ids, the smaller first."""


def pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _chance(*about: str) -> int:
    return int.from_bytes(sha256(" ".join(about).encode()).digest()[:8])


class PairDeal:
    """
    The first pair of a phone follows from its id. With each answer it is given the next: of those that it has not
    compared the one given least often, counting those that phones have before them now; of equals one by chance. A
    phone that leaves keeps the pair it has.

    A pair costs a logarithm of the number of pairs, and something for each that the phone has compared before. It does
    not depend on the number of phones or answers.
    """

    def __init__(self, options: Iterable[str]) -> None:
        self.seen: dict[Pair, int] = {}
        self._first: list[Pair] = []
        self._given: dict[str, Pair] = {}  # phone -> what it has before it, once it has answered
        self._compared: dict[str, set[Pair]] = {}
        self._heap: list[tuple[int, int, Pair]] = []
        self._pairs: set[Pair] = set()
        self.set_options(options)

    def set_options(self, options: Iterable[str]) -> None:
        """The options there are now. What a phone has before it stays, where both are among them."""
        every = {pair(one, other) for one, other in combinations(options, 2)}
        for fresh in every - self._pairs:
            self._push(fresh)
        self._pairs = every
        if not self._first:  # from then on the same for all, whatever is added
            self._first = sorted(every, key=lambda one: _chance(*one))

    def before(self, phone: str) -> Pair | None:
        """The pair that *phone* is to compare now, in the order in which it is shown; None: it has compared all."""
        given = self._given.get(phone)
        if given not in self._pairs:
            given = next(self._from_first(phone), None) or self._least(phone)
        if given is None:
            return None
        return given if _chance(phone, *given) % 2 else (given[1], given[0])

    def has_compared(self, phone: str, one: str, other: str) -> bool:
        return pair(one, other) in self._compared.get(phone, ())

    def compare(self, phone: str, one: str, other: str) -> None:
        """*phone* has compared these; it is given the next."""
        compared = self._compared.setdefault(phone, set())
        done = pair(one, other)
        if done in compared:
            return
        compared.add(done)
        if self._given.pop(phone, None) != done:
            self._see(done, 1)
        if (after := self._least(phone)) is not None:
            self._given[phone] = after
            self._see(after, 1)

    def take_back(self, phone: str, one: str, other: str) -> None:
        """*phone* has deleted what it said of these."""
        done = pair(one, other)
        if done in self._compared.get(phone, ()):
            self._compared[phone].remove(done)
            self._see(done, -1)

    def _from_first(self, phone: str) -> Iterator[Pair]:
        """The first pair of a phone that has not been given any, if both are still there."""
        if self._first and not self._compared.get(phone):
            first = self._first[_chance(phone) % len(self._first)]
            if first in self._pairs:
                yield first

    def _see(self, one: Pair, more: int) -> None:
        self.seen[one] = self.seen.get(one, 0) + more
        self._push(one)

    def _push(self, one: Pair) -> None:
        heappush(self._heap, (self.seen.get(one, 0), _chance(*one), one))

    def _least(self, phone: str) -> Pair | None:
        compared = self._compared.get(phone, set())
        aside: list[tuple[int, int, Pair]] = []
        found = None
        while self._heap and found is None:
            entry = self._heap[0]
            seen, _, one = entry
            if one not in self._pairs or seen != self.seen.get(one, 0):
                heappop(self._heap)  # it has moved since, or is gone
            elif one in compared:
                aside.append(heappop(self._heap))
            else:
                found = one
        for entry in aside:
            heappush(self._heap, entry)
        return found
