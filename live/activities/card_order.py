"""The order of cards once an activity is closed: it does not show who answered first, and it never changes."""

from bisect import insort
from hashlib import sha256


class CardOrder:
    """The first answers of all senders by their hash, then all second answers, and so on."""

    def __init__(self) -> None:
        self._ordinals: dict[str, int] = {}  # answer -> it is the first, second … of its sender
        self._shown: set[str] = set()
        self._cards: dict[str, None] = {}  # those of them whose texts are shown, in the order of `show`
        self._shuffled: list[str] | None = None  # those that are shown; None: not needed yet

    def add(self, answer: str, ordinal: int) -> None:
        """Give an answer its place. It is not shown yet."""
        self._ordinals[answer] = ordinal

    @property
    def cards(self) -> dict[str, None]:
        """The answers whose texts are shown, in the order in which they came to be."""
        return self._cards

    def show(self, answer: str, *, card: bool) -> None:
        self._shown.add(answer)
        if not card:
            return
        self._cards[answer] = None
        if self._shuffled is not None:
            insort(self._shuffled, answer, key=self.key)

    def remove(self, answer: str) -> bool:
        """Take away its place. Returns whether it was shown."""
        if shown := answer in self._shown:
            self._shown.remove(answer)
            if answer in self._cards and self._shuffled is not None:
                self._shuffled.remove(answer)
            self._cards.pop(answer, None)
        self._ordinals.pop(answer, None)
        return shown

    def hide_all(self) -> None:
        self._shown.clear()
        self._cards.clear()
        self._shuffled = None

    def forget_shuffle(self) -> None:
        """The order is not needed for some time: keeping it would cost something for each answer that comes."""
        self._shuffled = None

    def shuffled(self) -> list[str]:
        """The answers whose texts are shown; kept in order from now on."""
        if self._shuffled is None:
            self._shuffled = sorted(self._cards, key=self.key)
        return self._shuffled

    def key(self, answer: str) -> tuple[int, bytes, str]:
        """The sort key of an answer."""
        return self._ordinals[answer], sha256(answer.encode()).digest()[:8], answer
