"""The heading of a slide, and the `{hidden}` after it."""

import re

from msgspec import Struct

from live.workshop.markdown import plain
from live.workshop.scanner import EDITION, Line, RawSlide
from live.workshop.schema import SLIDE, canonical

_HEADING = re.compile(r" {0,3}(#{1,2})(?:[ \t]+(.*))?$")
HIDDEN = re.compile(r"(?:^|[ \t]+)\{[ \t]*(\w+)[ \t]*\}[ \t]*$")
_CLOSING_MARKS = re.compile(r"(?<![^ \t])#+$")


class Heading(Struct, frozen=True):
    """The first heading of a slide outside listings: its line, marks and text, and the other lines of the slide."""

    line: int
    marks: str
    title: str
    rest: list[Line]
    hidden: bool = False


def heading_of(raw: RawSlide, edition: int = EDITION) -> Heading:
    fence = ""
    first = next(
        (number for number, text in raw.lines if text.strip()),
        raw.blocks[0].line if raw.blocks else raw.line,
    )
    for at, (number, text) in enumerate(raw.lines):
        if raw.code is not None:
            fence = "x" if number in raw.code else ""
        elif text.lstrip().startswith(("```", "~~~")):
            mark = text.lstrip()[:3]
            fence = "" if fence == mark else fence or mark
            continue
        if not fence and (found := _HEADING.match(text)):
            words, hidden = (found[2] or "").rstrip(), False
            if edition > 2:
                words, hidden = without_hidden(words)
            words = _CLOSING_MARKS.sub("", words)
            return Heading(number, found[1], plain(words), raw.lines[:at] + raw.lines[at + 1 :], hidden)
    return Heading(first, "", "", raw.lines)


def without_hidden(words: str) -> tuple[str, bool]:
    """The text of a heading without the `{hidden}` after it, and whether it had one."""
    found = HIDDEN.search(words)
    if found is None or canonical(found[1], "slide", SLIDE) is None:
        return words, False
    return words[: found.start()], True
