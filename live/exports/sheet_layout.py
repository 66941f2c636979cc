"""
What fits on one sheet, in millimetres, and what is told of the rest.

Letters are reckoned somewhat wider than they are, for nobody knows here which the reader has.
"""

import re
from functools import lru_cache

from msgspec import Struct

from live.exports.report_document import QUOTES

COLUMN = 89.0  # how wide a column is
BODY, LINE, GAP = 3.35, 4.4, 0.9  # a letter's height (9.5 pt), a line, and what stands between quotes
HEAD_SIZE, HEAD, AFTER = 4.1, 5.4, 4.0  # a theme's name in bold, a line of it, and the space below a theme
INDENT = 3.5
SCALES = (1.5, 1.25, 1.0)  # larger letters where everything fits in them
MOST_THEMES, MOST_LOOSE = 12, 60
FEW_LINES = 8  # that stand in one column
LOOKED_AT = 40  # answers of each theme, of which the shorter ones are taken
LEVELS = ((1, 1), (2, 1), (QUOTES, 1), (QUOTES, 2), (QUOTES, 3), (QUOTES, 5))  # quotes of a theme, lines of each
NARROW, SLIM, BROAD = set(" .,:;!|'’iljI()[]-/"), set("frt"), set("mwMWÆæŒœ@%—…")


class Theme(Struct, frozen=True):
    """A name, how many answers, some of them as they fit, and how many more there are. Without a name: quotes alone."""

    name: str
    answers: int
    quotes: list[str]
    more: int


Shown = tuple[Theme, float]  # and how high it is
Columns = tuple[list[Theme], list[Theme]]


def wide(said: str, size: float) -> float:
    """Millimetres, rather too many: as in DejaVu Sans, the widest that stands in for Arial."""
    return size * sum(_letter(sign) for sign in said)


def _letter(sign: str) -> float:
    if sign in NARROW:
        return 0.34
    if sign in SLIM:
        return 0.42
    if sign in BROAD or ord(sign) > 0x2E80:
        return 1.05
    return 0.78 if sign.isupper() else 0.64


def _words(said: str) -> list[str]:
    """What may stand on lines of its own; a space that holds two together is none of these."""
    return [word for word in re.split(r"[ \t\r\n]+", said) if word]


def wrapped(said: str, size: float, width: float, most: int = 1000) -> list[str]:
    """Lines as a browser would break them, at spaces and in words wider than a line; *most* of them, and no further."""
    lines, line, at = [], "", 0.0
    for word in _words(said):
        if at + 0.34 * size + wide(word, size) <= width:
            line = f"{line} {word}" if line else word
            at = wide(line, size)
            continue
        if line:
            lines.append(line)
        line, at = "", 0.0
        for sign in word:
            if at + wide(sign, size) > width and line:
                lines.append(line)
                line, at = "", 0.0
            line, at = line + sign, at + wide(sign, size)
        if len(lines) >= most:
            return lines[:most]
    return [*lines, line] if line else lines


def cut(said: str, size: float, width: float, most: int) -> tuple[str, int]:
    """*said* in at most so many lines, with … where it was longer. Returns it, and its lines."""
    lines = wrapped(said, size, width, most + 1)
    if len(lines) <= most:
        return " ".join(_words(said)), len(lines)
    last = lines[most - 1]
    while last and wide(f"{last} …", size) > width:
        last = last.rpartition(" ")[0] if " " in last else last[:-1]
    return " ".join([*lines[: most - 1], f"{last} …" if last else "…"]), most


def choose(themes: list[tuple[str, list[str]]], high: float) -> tuple[Columns, float, int]:
    """
    Themes in two columns of *high* millimetres; how large their letters are; how many there was no place for.

    Each gets one quote, then all a second and a third, then longer ones, the largest themes first, while there is room.
    """
    texts = [(name, some[:LOOKED_AT], len(some)) for name, some in themes]
    for scale in SCALES[:-1]:
        whole = [_theme(*one, *LEVELS[-1], scale) for one in texts]
        at = _split(whole, high)
        if at is not None and not any(said.endswith("…") for one, _ in whole for said in (one.name, *one.quotes)):
            return _columns(whole, at), scale, 0
    for kept in range(min(len(texts), MOST_THEMES), 0, -1):
        shown = [_theme(*one, *LEVELS[0]) for one in texts[:kept]]
        if _split(shown, high) is None:
            continue
        for level in LEVELS[1:]:
            for place, one in enumerate(texts[:kept]):
                grown = [*shown[:place], _theme(*one, *level), *shown[place + 1 :]]
                if _split(grown, high) is not None:
                    shown = grown
        return _columns(shown, _split(shown, high)), 1.0, len(texts) - kept
    return ([], []), 1.0, len(texts)


def _columns(shown: list[Shown], at: int | None) -> Columns:
    return [one for one, _ in shown[:at]], [one for one, _ in shown[at:]]


def _split(shown: list[Shown], high: float) -> int | None:
    """Where the second column begins; None where they don't fit."""

    def tall(some: list[Shown]) -> float:
        return sum(high for _, high in some)

    at = min(range(len(shown) + 1), key=lambda at: (max(tall(shown[:at]), tall(shown[at:])), -at))
    return at if max(tall(shown[:at]), tall(shown[at:])) <= high else None


def loose(name: str, texts: list[str], high: float, *, answers: int = 0) -> tuple[Columns, float, int]:
    """Lines without themes, as many as there is room for in two columns; how large their letters are."""
    most = min(len(texts), MOST_LOOSE)
    for scale, shown in [(scale, most) for scale in SCALES[:-1]] + [(1.0, n) for n in range(most, 0, -1)]:
        half = shown if shown <= FEW_LINES else -(-shown // 2)
        left, left_high = _theme(name, texts[:half], half, half, 2, scale)
        right, right_high = _theme("", texts[half:shown], shown - half, shown - half, 2, scale)
        if max(left_high, right_high) + (HEAD + LINE) * scale <= high:
            first, second = Theme(name, answers, left.quotes, 0), Theme("", 0, right.quotes, len(texts) - shown)
            return ([first], [second] if second.quotes or second.more else []), scale, 0
    return ([], []), 1.0, 0


@lru_cache(2000)
def _cut(said: str, lines: int, scale: float) -> tuple[str, int]:
    return cut(said, BODY * scale, COLUMN - INDENT * scale, lines)


def _theme(name: str, texts: list[str], answers: int, quotes: int, lines: int, scale: float = 1.0) -> Shown:
    """Answers that stand whole are taken before those that would be cut."""
    told = sorted((_cut(said, lines, scale) for said in texts), key=lambda one: one[0].endswith("…"))[:quotes]
    named, high = cut(name, HEAD_SIZE * scale, COLUMN - 14, 1 if lines == 1 else 2)
    more = answers - len(told)
    tall = high * HEAD + sum(n * LINE + GAP for _, n in told) + (LINE if more else 0) + AFTER
    return Theme(named, answers, [said for said, _ in told], more), tall * scale
