"""Suggestions for gathering: groups of similar answers that could become a theme or belong to one."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from live.room.themes import Themes
from live.text.similarity import name

MOST_SUGGESTED = 40  # the console shows three at a time, and the next when one is decided
MOST_CARDS = 60  # in one suggestion; nobody would look through more before accepting it


class Suggestion(Struct, frozen=True):
    """
    Answers (`ids`) that belong together: in `theme`, where most answers similar to them are, or in a new one `name`.
    """

    ids: list[str]
    name: str
    theme: str = ""


def suggest(
    answers: Sequence[tuple[str, str]], groups: Iterable[Sequence[int]], themes: Themes, language: str
) -> list[Suggestion]:
    """
    Suggestions from *groups* of similar *answers* (id, text), without answers that are already in a theme and without
    suggestions that were refused.
    """
    found = []
    for group in groups:
        ids = [answers[place][0] for place in group]
        remaining = [id for id in ids if not themes.first_of(id)][:MOST_CARDS]
        placed = Counter(themes.first_of(id) for id in ids if themes.first_of(id))
        theme, most = placed.most_common(1)[0] if placed else ("", 0)
        theme = theme if most * 2 > sum(placed.values()) else ""
        if len(remaining) < (1 if theme else 2) or any(_was_refused(remaining, refused) for refused in themes.refused):
            continue
        suggested_name = name([answers[place][1] for place in group], language)
        if not theme and (existing := themes.by_name(suggested_name)):
            theme = existing.id
        found.append(Suggestion(remaining, "" if theme else suggested_name, theme))
        if len(found) == MOST_SUGGESTED:
            break
    return found


def _was_refused(ids: Sequence[str], refused: frozenset[str]) -> bool:
    """Whether it is nearly the same as the refused suggestion: more than half of its cards were in that one."""
    return 2 * sum(id in refused for id in ids) > len(ids)
