"""
Deals cards to phones so that each card is seen equally often: the one way for all kinds in which people are given what
others have written.

What is dealt follows from the calls alone, so it is the same on every worker that applies the same events.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from heapq import heappop, heappush, nsmallest

from msgspec import Struct


class Card(Struct):
    """`seen`: by how many phones, with those that hold it now. `out`: withheld, and dealt to nobody."""

    by: str  # the phone that sent it; empty: it came without one
    order: bytes
    seen: int = 0
    out: bool = False
    pushed: int = 0  # which of its entries in the heap stands


class Deal:
    """
    A phone is dealt the cards that the fewest have seen, none twice and none of its own; among these first those whose
    sender was dealt cards longest ago or never, for that phone is the likeliest to come next, and can't take them; then
    in an order by chance that the time of sending has no part in. Where a card would be seen twice oftener than
    another, it waits, unless the phone has none else: so all are seen equally often, or once more, wherever that is
    possible without knowing who comes next.

    Dealing a card costs a logarithm of their number, and something for each card that the phone has sent or was dealt
    before. It does not depend on the number of phones.
    """

    def __init__(self) -> None:
        self.cards: dict[str, Card] = {}
        self._hands: dict[str, dict[str, bool]] = {}  # phone -> what it was dealt, and whether it counts as seen by it
        self._sent: dict[str, list[str]] = {}  # phone -> its own cards
        self._turns: dict[str, int] = {}  # phone -> its last turn
        self._turn = 0
        self._heap: list[tuple[int, int, bytes, str, int]] = []

    def __iter__(self) -> Iterator[str]:
        """The cards that are not withheld, in the order in which they were added."""
        return (id for id, card in self.cards.items() if not card.out)

    def hand(self, phone: str) -> Mapping[str, bool]:
        """All that *phone* was ever dealt, in that order, and whether each counts as seen by it."""
        return self._hands.get(phone, {})

    def has_more(self, phone: str, *, only_least: bool) -> bool:
        """Whether there is a card for *phone*; with *only_least* one that would not be seen oftener than the others."""
        return self._next(phone, only_least=only_least) is not None

    def least_seen(self, most: int) -> list[str]:
        """Up to *most* cards that the fewest have seen."""
        return nsmallest(most, self, key=lambda id: (self.cards[id].seen, self.cards[id].order))

    # -- change -------------------------------------------------------------------------------------------------------

    def add(self, cards: Iterable[tuple[str, str]], salt: int) -> None:
        """Add *cards*, pairs of an id and the phone that sent it. *salt* goes into their order by chance."""
        for id, by in cards:
            if id not in self.cards:
                self.cards[id] = Card(by, sha256(f"{salt} {id}".encode()).digest()[:8])
                if by:
                    self._sent.setdefault(by, []).append(id)
                self._push(id)

    def set_out(self, id: str, *, out: bool) -> None:
        """Withhold a card, or let it be dealt again."""
        if self.cards[id].out != out:
            self.cards[id].out = out
            self._push(id)

    def deal(self, phone: str, most: int, least: int) -> None:
        """
        Deal *phone* up to *most* cards: *least*, if there are so many, and more where these are seen no oftener than
        others.
        """
        hand = self._hands.setdefault(phone, {})
        for given in range(most):
            id = self._next(phone, only_least=given >= least)
            if id is None:
                break
            hand[id] = True
            self._see(id, 1)
        self._turn += 1
        self._turns[phone] = self._turn
        for id in self._sent.get(phone, ()):
            self._push(id)

    def hold(self, phone: str, ids: Iterable[str], *, held: bool) -> None:
        """Whether cards that *phone* was dealt count as seen by it."""
        hand = self._hands.get(phone, {})
        for id in ids:
            if hand.get(id, held) != held:
                hand[id] = held
                self._see(id, 1 if held else -1)

    def forget(self, phone: str) -> None:
        """Nothing was ever dealt to *phone*."""
        self.hold(phone, list(self.hand(phone)), held=False)
        self._hands.pop(phone, None)
        self._turns.pop(phone, None)

    def phones(self) -> list[str]:
        """Those that were dealt cards."""
        return list(self._hands)

    def _see(self, id: str, more: int) -> None:
        self.cards[id].seen += more
        self._push(id)

    def _push(self, id: str) -> None:
        card = self.cards[id]
        card.pushed += 1
        if not card.out:
            heappush(self._heap, (card.seen, self._turns.get(card.by, 0), card.order, id, card.pushed))

    def _next(self, phone: str, *, only_least: bool) -> str | None:
        """The next card for *phone*; with *only_least* only one of those that the fewest have seen."""
        hand = self.hand(phone)
        aside: list[tuple[int, int, bytes, str, int]] = []
        found = None
        while self._heap and found is None:
            seen, _, _, id, pushed = self._heap[0]
            if pushed != self.cards[id].pushed:  # it has moved since
                heappop(self._heap)
            elif only_least and aside and seen > aside[0][0]:
                break
            elif self.cards[id].by == phone or id in hand:
                aside.append(heappop(self._heap))
            else:
                found = id
        for entry in aside:
            heappush(self._heap, entry)
        return found
