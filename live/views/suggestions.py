"""Suggestions to people who gather answers into themes: which of those that are alike belong together."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from live.room.themes import Themes
from live.text.similarity import name

MOST_SUGGESTED = 12
MOST_CARDS = 60  # in one suggestion; more than that nobody looks through before they agree


class Suggestion(Struct, frozen=True):
    """`ids` belong together; in *theme*, where most of their like have been placed, or in a new one called *name*."""

    ids: list[str]
    name: str
    theme: str = ""


def suggest(
    answers: Sequence[tuple[str, str]], groups: Iterable[Sequence[int]], themes: Themes, language: str
) -> list[Suggestion]:
    """What is left to suggest of *groups* of *answers* (id, text), when some have been placed and some were refused."""
    found = []
    for group in groups:
        ids = [answers[place][0] for place in group]
        left = [id for id in ids if not themes.first_of(id)][:MOST_CARDS]
        placed = Counter(themes.first_of(id) for id in ids if themes.first_of(id))
        theme, most = placed.most_common(1)[0] if placed else ("", 0)
        theme = theme if most * 2 > sum(placed.values()) else ""
        if len(left) < (1 if theme else 2) or any(_again(left, refused) for refused in themes.refused):
            continue
        called = name([answers[place][1] for place in group], language)
        if not theme and (there := themes.by_name(called)):
            theme = there.id
        found.append(Suggestion(left, "" if theme else called, theme))
        if len(found) == MOST_SUGGESTED:
            break
    return found


def _again(ids: Sequence[str], refused: frozenset[str]) -> bool:
    """Whether it is the refused one, also when it has lost a card or won one."""
    return 2 * sum(id in refused for id in ids) > len(ids)
