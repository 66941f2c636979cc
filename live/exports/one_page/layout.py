"""
Computes the layout of the one-page sheet in millimetres: which themes and quotes fit, and how large their letters are.

Letters are assumed to be somewhat wider than they are, because the reader's font is not known.
"""

import re
from functools import lru_cache

from msgspec import Struct

from live.exports.question_section import QUOTES

COLUMN = 89.0  # how wide a column is
BODY, LINE, GAP = 3.35, 4.4, 0.9  # size of a letter (9.5 pt), height of a line, space between quotes
HEAD_SIZE, HEAD, AFTER = 4.1, 5.4, 4.0  # a theme's name (bold): size of a letter, height of a line; space below a theme
INDENT = 3.5
SCALES = (1.5, 1.25, 1.0)  # larger letters if everything fits
MOST_THEMES, MOST_LOOSE = 12, 60
FEW_LINES = 8  # so few are set in one column
CANDIDATES = 40  # answers of each theme from which the quotes are chosen
LEVELS = ((1, 1), (2, 1), (QUOTES, 1), (QUOTES, 2), (QUOTES, 3), (QUOTES, 5))  # quotes of a theme, lines of each
NARROW, SLIM, BROAD = set(" .,:;!|'’iljI()[]-/"), set("frt"), set("mwMWÆæŒœ@%—…")


class Theme(Struct, frozen=True):
    """
    A theme on the sheet: name, number of answers, the quotes that fit, and how many `more` there are. Without a name
    it is only quotes.
    """

    name: str
    answers: int
    quotes: list[str]
    more: int


Shown = tuple[Theme, float]  # with its height
Columns = tuple[list[Theme], list[Theme]]


def wide(text: str, size: float) -> float:
    """The width of *text* in millimetres, rather too wide: as in DejaVu Sans, the widest substitute for Arial."""
    return size * sum(_letter(sign) for sign in text)


def _letter(sign: str) -> float:
    if sign in NARROW:
        return 0.34
    if sign in SLIM:
        return 0.42
    if sign in BROAD or ord(sign) > 0x2E80:
        return 1.05
    return 0.78 if sign.isupper() else 0.64


def _words(text: str) -> list[str]:
    """The words between which a line may break; a no-break space does not separate words."""
    return [word for word in re.split(r"[ \t\r\n]+", text) if word]


def wrapped(text: str, size: float, width: float, most: int = 1000) -> list[str]:
    """The first *most* lines as a browser would break them: at spaces, and inside words wider than a line."""
    lines, line, at = [], "", 0.0
    for word in _words(text):
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


def cut(text: str, size: float, width: float, most: int) -> tuple[str, int]:
    """*text* in at most *most* lines, with … if it was longer. Returns it, and the number of its lines."""
    lines = wrapped(text, size, width, most + 1)
    if len(lines) <= most:
        return " ".join(_words(text)), len(lines)
    last = lines[most - 1]
    while last and wide(f"{last} …", size) > width:
        last = last.rpartition(" ")[0] if " " in last else last[:-1]
    return " ".join([*lines[: most - 1], f"{last} …" if last else "…"]), most


def choose(themes: list[tuple[str, list[str]]], high: float) -> tuple[Columns, float, int]:
    """
    Set themes in two columns of *high* millimetres. Returns the columns, the scale of letters, and how many themes did
    not fit.

    Each theme gets one quote, then each a second and a third, then longer ones, the largest themes first, as they fit.
    """
    texts = [(name, some[:CANDIDATES], len(some)) for name, some in themes]
    for scale in SCALES[:-1]:
        whole = [_theme(*one, *LEVELS[-1], scale) for one in texts]
        at = _split(whole, high)
        if at is not None and not any(text.endswith("…") for one, _ in whole for text in (one.name, *one.quotes)):
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
    """The index where the second column begins; None if they don't fit."""

    def tall(some: list[Shown]) -> float:
        return sum(high for _, high in some)

    at = min(range(len(shown) + 1), key=lambda at: (max(tall(shown[:at]), tall(shown[at:])), -at))
    return at if max(tall(shown[:at]), tall(shown[at:])) <= high else None


def loose(name: str, texts: list[str], high: float, *, answers: int = 0) -> tuple[Columns, float, int]:
    """As `choose`, for lines without themes: as many as fit into two columns."""
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
def _cut(text: str, lines: int, scale: float) -> tuple[str, int]:
    return cut(text, BODY * scale, COLUMN - INDENT * scale, lines)


def _theme(name: str, texts: list[str], answers: int, quotes: int, lines: int, scale: float = 1.0) -> Shown:
    """A theme with its height. Answers that fit whole are preferred to those that would be cut."""
    chosen = sorted((_cut(text, lines, scale) for text in texts), key=lambda one: one[0].endswith("…"))[:quotes]
    named, high = cut(name, HEAD_SIZE * scale, COLUMN - 14, 1 if lines == 1 else 2)
    more = answers - len(chosen)
    tall = high * HEAD + sum(n * LINE + GAP for _, n in chosen) + (LINE if more else 0) + AFTER
    return Theme(named, answers, [text for text, _ in chosen], more), tall * scale
