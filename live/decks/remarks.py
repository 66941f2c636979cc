"""What could not be taken over from a deck: one sentence each, with the slide it is about."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from live.errors import DeckRefused

MOST = 500  # nobody reads more; a hostile deck could make one for each of its shapes
LONGEST_FACT = 120


class Remark(Struct, frozen=True):
    """`slide` counts from 1 in the deck; 0: the deck as a whole."""

    slide: int
    message: str


class Remarks:
    """
    Collects remarks. Sentences have `{placeholders}`; *translate* is applied before these are filled in. The same
    sentence about the same slide is kept once.
    """

    def __init__(self, translate: Callable[[str], str] = str) -> None:
        self.say = translate
        self._found: dict[Remark, None] = {}

    def warn(self, slide: int, sentence: str, **facts: object) -> None:
        message = self.say(sentence).format(**{name: _short(fact) for name, fact in facts.items()})
        if len(self._found) < MOST:
            self._found.setdefault(Remark(slide, message))

    def add(self, remarks: Iterable[Remark]) -> None:
        """Those that were made before, in the reader's language."""
        self._found.update(dict.fromkeys(remarks))

    def refuse(self, sentence: str, **facts: object) -> DeckRefused:
        """The error to raise when nothing of the deck can be read."""
        return DeckRefused(self.say(sentence).format(**{name: _short(fact) for name, fact in facts.items()}))

    @property
    def found(self) -> list[Remark]:
        """In the order of the slides; what is about the whole deck comes first."""
        return sorted(self._found, key=lambda remark: remark.slide)


def _short(fact: object) -> str:
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in str(fact)).split())
    return text if len(text) <= LONGEST_FACT else text[: LONGEST_FACT - 1] + "…"
