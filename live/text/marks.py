"""Where in a text its flags come from: the console underlines these words, and can hide names and numbers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from live.text import health, person_names, screening
from live.text.normalize import visible_places

HIDDEN = "…"
NAMES_AND_NUMBERS = frozenset((screening.NAME, screening.PHONE, screening.EMAIL, screening.ID_NUMBER))
MOST_WORDS = 8  # of an insult or a threat
MOST_TOKENS = 200  # of a text that are looked at for rude words
_token = regex.compile(r"\S+")
_to_space = regex.compile(r"\S*")


class Mark(NamedTuple):
    """Characters `start` up to `end` of a text, counted in code points, are why it has `flag`."""

    start: int
    end: int
    flag: str


def marks(text: str) -> tuple[Mark, ...]:
    """
    In order; empty for a text without flags. They may overlap. What is said of somebody's health has its words for an
    illness marked.
    """
    flags = screening.flags(text)
    if not flags:
        return ()
    places = visible_places(text)
    plain = "".join(text[place] for place in places)
    found = [(*span, flag) for flag in flags for span in _SPANS[flag](plain)]
    return tuple(sorted(Mark(places[start], places[end - 1] + 1, flag) for start, end, flag in found))


def without(text: str, spans: Iterable[Sequence[int]]) -> str:
    """*text* with `…` in the place of each of *spans*, (start, end); those that overlap become one."""
    kept: list[str] = []
    at = 0
    for start, end in sorted((max(0, start), end) for start, end in spans):
        if start >= len(text):
            break
        if start >= at:
            kept += [text[at:start], HIDDEN]
        at = max(at, end)
    return "".join(kept) + text[at:]


def spans_between(text: str, shown: str) -> list[tuple[int, int]]:
    """Spans for `without` that make *shown* of *text*; empty if none do."""
    first, *pieces = shown.split(HIDDEN)
    spans, at = [], len(first)
    for number, piece in enumerate(pieces, start=1):
        end = len(text) - len(piece) if number == len(pieces) else text.find(piece, at + 1)
        if end <= at:
            return []
        spans.append((at, end))
        at = end + len(piece)
    return spans if without(text, spans) == shown else []


def _without_email(text: str) -> str:
    """*text* with spaces in the place of addresses: all else keeps its place."""
    return screening.email.sub(lambda found: " " * len(found[0]), text) if "@" in text else text


def _names(text: str) -> Iterator[tuple[int, int]]:
    text = _without_email(text)
    words = list(screening.word.finditer(text))
    as_written = [word[0] for word in words]
    folded = [word.casefold() for word in as_written]
    starts = {word.start(): n for n, word in enumerate(words)}
    titled = {starts[place] for place in screening.places_after_titles(text) if place in starts}
    last = -1
    for at in sorted(titled.union(person_names.places(as_written, folded))):
        if at <= last:
            continue
        last = at
        while last + 1 < len(words) and text[words[last].end() : words[last + 1].start()] == " ":
            if not person_names.continues(as_written, folded, last + 1):
                break
            last += 1
        yield words[at].start(), words[last].end()


def _illness(text: str) -> Iterator[tuple[int, int]]:
    for word in screening.word.finditer(text):
        if word[0] == "ME" or not health.WORDS.isdisjoint((word[0].casefold(), *word[0].casefold().split("-"))):
            yield word.span()


def _rude(text: str) -> Iterator[tuple[int, int]]:
    """The shortest runs of words that are rude by themselves."""
    tokens = [token.span() for token in _token.finditer(text)][:MOST_TOKENS]
    taken: set[int] = set()
    for width in range(1, MOST_WORDS + 1):
        for first in range(len(tokens) - width + 1):
            if not taken.isdisjoint(range(first, first + width)):
                continue
            start, end = tokens[first][0], tokens[first + width - 1][1]
            if screening.RUDE in screening.flags(text[start:end]):
                taken.update(range(first, first + width))
                yield start, end


def _links(text: str) -> Iterator[tuple[int, int]]:
    text = _without_email(text)
    for found in screening.link.finditer(text):
        rest = _to_space.match(text, found.end())
        yield found.start(), rest.end() if rest else found.end()


def _all_like(pattern: regex.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    return lambda text: (found.span() for found in pattern.finditer(text))


_SPANS: dict[str, Callable[[str], Iterator[tuple[int, int]]]] = {
    screening.ID_NUMBER: _all_like(screening.id_number), screening.PHONE: _all_like(screening.phone),
    screening.EMAIL: _all_like(screening.email), screening.NAME: _names, screening.HEALTH: _illness,
    screening.RUDE: _rude, screening.LINK: _links,
}  # fmt: skip
