"""
Finds the slide of a deck that each slide of a workshop was made of: by words and order, as an alignment of two
sequences (Needleman and Wunsch 1970) in which a slide of the deck may have become several. What was moved since is
found by its heading.
"""

import re
from collections import Counter
from collections.abc import Sequence

from live.exports.into_deck.results import Written

SAME_TITLE = 2.0
LEAST = 0.5  # of all their words that two slides with different headings share
FEWEST_WORDS = 4
AGAIN = 0.25  # what it costs that one slide of the deck stands for several of the workshop
_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(r"\[\D*(\d+)\D*\]")  # the heading that a slide without one has got


class _Words:
    def __init__(self, slide: Written) -> None:
        self.title = " ".join(_WORD.findall(slide.title.casefold()))
        self.all = frozenset(_WORD.findall(slide.words.casefold()))
        found = _NUMBERED.fullmatch(slide.title.strip())
        self.number = int(found[1]) if found else 0


def align(workshop: Sequence[Written], deck: Sequence[Written]) -> list[int | None]:
    """For each slide of *workshop* where in *deck*, from 0, the slide stands that it was made of, or None."""
    ours, theirs = [_Words(one) for one in workshop], [_Words(one) for one in deck]
    found = _in_order(ours, theirs)
    titles, free = Counter(one.title for one in theirs), set(range(len(theirs))) - set(found)
    by_title = {theirs[j].title: j for j in free if theirs[j].title and titles[theirs[j].title] == 1}
    return [by_title.get(one.title) if j is None else j for one, j in zip(ours, found, strict=True)]


def followed(places: Sequence[int | None], slide: int | None) -> int | None:
    """Where in the deck the slide stands that a question on *slide*, from 1, belongs to or came after."""
    before = places[: slide or 0]
    return next((place for place in reversed(before) if place is not None), None)


def _alike(one: _Words, other: _Words, place: int) -> float:
    """0 where they are not the same slide; the more, the more surely they are."""
    if not other.title and one.number == place + 1:
        return SAME_TITLE + 1
    shared = len(one.all & other.all) / max(1, len(one.all | other.all))
    if one.title and one.title == other.title:
        return SAME_TITLE + shared
    return shared if shared >= LEAST and min(len(one.all), len(other.all)) >= FEWEST_WORDS else 0


def _in_order(ours: list[_Words], theirs: list[_Words]) -> list[int | None]:
    n, m = len(ours), len(theirs)
    best = [[0.0] * (m + 1) for _ in range(n + 1)]  # of the first i and j slides
    matched = [[0.0] * (m + 1) for _ in range(n + 1)]  # the same, where slide i was made of slide j; 0: it was not
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            if alike := _alike(ours[i - 1], theirs[j - 1], j - 1):
                again = matched[i - 1][j] - AGAIN if matched[i - 1][j] else 0.0
                matched[i][j] = alike + max(best[i - 1][j - 1], again)
            best[i][j] = max(best[i - 1][j], best[i][j - 1], matched[i][j])
    found: list[int | None] = [None] * n
    i, j = n, m
    while i and j:
        if best[i][j] != matched[i][j] or not matched[i][j]:
            i, j = (i - 1, j) if best[i][j] == best[i - 1][j] else (i, j - 1)
            continue
        found[i - 1] = j - 1
        # Made of one slide of the deck together with the one before it?
        while matched[i - 1][j] and matched[i - 1][j] - AGAIN > best[i - 1][j - 1]:
            i -= 1
            found[i - 1] = j - 1
        i, j = i - 1, j - 1
    return found
