"""The protocol that every kind of activity fulfils, the `Answer` to an activity, and what several kinds share."""

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
    """One answer as it is now. `hidden` is the facilitator's reason for hiding it, None when it is not hidden."""

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
        """Whether it is in tallies, on the screen and among results."""
        return not (self.late or self.held or self.redacted or self.hidden is not None)

    @property
    def flags(self) -> tuple[str, ...]:
        """Why the facilitator should read it first (`live.text.screening`)."""
        return flags(self.text) if self.text else ()

    @property
    def sender(self) -> str:
        """Who is counted for it: the phone, or, if the facilitator wrote it down, the id of the answer."""
        return self.phone or self.id


class Tally(Protocol):
    """Counts answers one by one as they come, so that a view costs the same however many there are."""

    def add(self, answer: Answer) -> None: ...
    def remove(self, answer: Answer) -> None: ...
    def show(self) -> dict[str, Any]:
        """What this kind adds to `results` in a screen's view."""
        ...


class Kind(Protocol):
    takes_answers: bool
    grace_ms: int
    shapes: tuple[str, ...]
    """The ways in which its answers may be drawn, the default first."""

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        """The answer as it will be stored; Refused `empty`, `too-long` or `bad`."""
        ...

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        """A new, empty tally. `word_groups` has the language of the words, and says which count as one."""
        ...


class Talk:
    """Base of the kinds that take no answers: phones show a clock and what to do meanwhile."""

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
    """`Kind.check` for kinds whose answers are texts: cleaned, not empty, at most `written.max` graphemes."""
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
    """The letter that stands for an option, counted from 0: A, B … Z, AA."""
    return (letter(number // 26 - 1) if number >= 26 else "") + chr(65 + number % 26)


def weight(written: Activity, answer: Answer) -> int:
    """How much an answer counts in a tally: 1 for each phone, or its people where the workshop says `count=people`."""
    return answer.heads if written.attrs.get("count") == "people" else 1


def number(attrs: Mapping[str, str | int | bool], name: str, default: int) -> int:
    """The attribute *name* if it is a number, else *default*."""
    value = attrs.get(name, default)
    return value if isinstance(value, int) else default
