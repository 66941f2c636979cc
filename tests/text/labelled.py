"""
Reads the labelled answers of `tests/data/` and measures what the machine finds in them; all were made up for this.

Two files are split in halves: rules and numbers were tuned on `TUNED`, and `HELD` was only measured. The answers
`LATER` were written when the rules were done, and what they showed was mended; after the answers `LAST` nothing was.
`python -m bench.labelled` prints all figures.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import comb
from pathlib import Path
from typing import NamedTuple

from live.room.themes import Themes
from live.text import similarity
from live.text.screening import flags
from live.views import suggestions

DATA = Path(__file__).parents[1] / "data"
TUNED, HELD, LATER, LAST = "tuned", "held", "later", "last"


class Gathered(NamedTuple):
    """An answer, its theme, and the number of the group of near-duplicates it belongs to; empty: it has none."""

    text: str
    theme: str
    same_as: str


class Screened(NamedTuple):
    """An answer and the flag it ought to have; empty: none."""

    text: str
    flag: str


def gathered(half: str) -> list[Gathered]:
    """The answers of every second unit (a single answer, or a whole group of near-duplicates) of each theme."""
    found, theme, units = [], "", {}
    for line in (DATA / "local_democracy.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            theme, units = line[3:], {}
            continue
        number, text = line[1:].split(" ", 1) if line.startswith("=") else ("", line)
        unit = units.setdefault(number or text, len(units))
        if unit % 2 == (half == HELD):
            found.append(Gathered(text, theme, number))
    return found


def screened(part: str) -> list[Screened]:
    """
    Every second answer of each heading, or all answers LATER or LAST; those under `## none` ought to have no flag.
    """
    is_whole = part in (LATER, LAST)
    found, flag, place = [], "", 0
    for line in (DATA / f"flagged_answers{f'_{part}' if is_whole else ''}.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            flag, place = line[3:].replace("none", ""), 0
            continue
        if is_whole or place % 2 == (part == HELD):
            found.append(Screened(line, flag))
        place += 1
    return found


def agreement(themes: Sequence[str], groups: Iterable[Iterable[int]]) -> float:
    """
    Adjusted Rand index (Hubert and Arabie 1985) of *groups* of indexes and the *themes* made by hand: 0 by chance, 1 if
    they are the same. Each text in no group is a group of its own.
    """
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    ours = [group_of.get(place, -place - 1) for place in range(len(themes))]
    pairs = sum(comb(n, 2) for n in Counter(zip(themes, ours, strict=True)).values())
    by_hand = sum(comb(n, 2) for n in Counter(themes).values())
    suggested = sum(comb(n, 2) for n in Counter(ours).values())
    chance = by_hand * suggested / comb(len(themes), 2)
    return (pairs - chance) / ((by_hand + suggested) / 2 - chance)


def shown_groups(answers: Sequence[Gathered]) -> list[list[int]]:
    """The suggestions that the console is told of, as indexes of *answers*."""
    cards = [(f"{place}", one.text) for place, one in enumerate(answers)]
    groups = similarity.alike([one.text for one in answers], "nb")
    return [[int(id) for id in one.ids] for one in suggestions.suggest(cards, groups, Themes("a"), "nb")]


def shown_agreement(answers: Sequence[Gathered]) -> float:
    return agreement([one.theme for one in answers], shown_groups(answers))


def whole_share(answers: Sequence[Gathered]) -> float:
    """The share of near-duplicate groups all of which is in one suggestion."""
    wanted = defaultdict(set)
    for place, one in enumerate(answers):
        if one.same_as:
            wanted[one.same_as].add(place)
    shown = list(map(set, shown_groups(answers)))
    return sum(any(group <= one for one in shown) for group in wanted.values()) / len(wanted)


def found_share(answers: Sequence[Screened], flag: str) -> float:
    """The share of the answers that ought to have *flag* and have it."""
    wanted = [one for one in answers if one.flag == flag]
    return sum(flag in flags(one.text) for one in wanted) / len(wanted)


def false_flags(answers: Sequence[Screened]) -> list[tuple[str, tuple[str, ...]]]:
    """The harmless answers that have a flag, with their flags."""
    return [(one.text, found) for one in answers if not one.flag and (found := flags(one.text))]
