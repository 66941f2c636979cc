"""The one shape behind which every kind stands, and what several kinds share."""

from collections.abc import Mapping
from typing import Any, Protocol

from msgspec import Struct

from live.activities.grace import GRACE_MS
from live.errors import Refused
from live.events import Value
from live.text.normalize import CHARACTERS_PER_GRAPHEME, MOST_CHARACTERS, clean, graphemes, is_plain, visible
from live.text.screening import flags
from live.text.word_groups import WordGroups
from live.workshop import Activity


class Answer(Struct, gc=False):
    """One answer as it stands now. `hidden` is the facilitator's reason, None while it is shown."""

    id: str
    activity: str
    phone: str
    at: int
    text: str | None = None
    value: Value = None
    rev: int = 1
    heads: int = 1
    via: str = "phone"
    late: bool = False
    held: bool = False
    hidden: str | None = None
    redacted: bool = False
    position: int = 0

    @property
    def counted(self) -> bool:
        """Stands in tallies, on the screen and among results."""
        return not (self.late or self.held or self.redacted or self.hidden is not None)

    @property
    def flags(self) -> tuple[str, ...]:
        """What is worth a look in it."""
        return flags(self.text) if self.text else ()

    @property
    def giver(self) -> str:
        """Who is counted for it: the phone, or for what the facilitator wrote down, the answer itself."""
        return self.phone or self.id


class Tally(Protocol):
    """Kept up answer by answer, so that a view costs the same however many there are."""

    def add(self, answer: Answer) -> None: ...
    def remove(self, answer: Answer) -> None: ...
    def show(self) -> dict[str, Any]:
        """The part of a screen's `results` that this kind adds."""
        ...


class Kind(Protocol):
    takes_answers: bool
    grace_ms: int
    shapes: tuple[str, ...]
    """How its answers may be drawn, the usual way first."""

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        """The answer as it will be stored; Refused `empty`, `too-long` or `bad`."""
        ...

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        """A new one. `word_groups` says in which language words are counted, and which are one."""
        ...


class Talk:
    """The kinds that take no answers: a clock, and what people do meanwhile."""

    takes_answers = False
    grace_ms = GRACE_MS
    shapes: tuple[str, ...] = ()

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        raise Refused("closed")

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return NoTally()


class NoTally:
    """For kinds that take no answers."""

    def add(self, answer: Answer) -> None:
        raise AssertionError("this kind takes no answers")

    remove = add

    def show(self) -> dict[str, Any]:
        return {}


def check_text(written: Activity, text: str | None, value: Value, *, one_line: bool = False) -> tuple[str, None]:
    if text is None or value is not None:
        raise Refused("bad")
    if len(text) > MOST_CHARACTERS:
        raise Refused("too-long", max=written.max)
    if len(text) <= written.max and is_plain(text):
        return text, None
    text = clean(text)
    if one_line:
        text = " ".join(text.split())
    if not visible.search(text):
        raise Refused("empty")
    if len(text) > written.max and (len(text) > written.max * CHARACTERS_PER_GRAPHEME or graphemes(text) > written.max):
        raise Refused("too-long", max=written.max)
    return text, None


def letter(number: int) -> str:
    """The letter beside a series: A, B … Z, AA."""
    return (letter(number // 26 - 1) if number >= 26 else "") + chr(65 + number % 26)


def weight(written: Activity, answer: Answer) -> int:
    """How much one answer counts in a tally: one phone one vote, unless the workshop says `count=people`."""
    return answer.heads if written.attrs.get("count") == "people" else 1


def number(attrs: Mapping[str, str | int | bool], name: str, default: int) -> int:
    value = attrs.get(name, default)
    return value if isinstance(value, int) else default
